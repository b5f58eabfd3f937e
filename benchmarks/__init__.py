"""Figures to watch, as ratios: what the build and the first visit of each page cost."""
