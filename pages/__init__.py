"""The pages of the dashboard."""

PAGES = ("overview", "map", "jobs", "funding", "countries", "clusters", "model", "data")
"""The pages, in the order of the menu; the first is the home page."""

OWN = {
    "map": ("size", "colour", "background", "until", "near", "radius", "camera"),
    "funding": ("by",),
    "countries": ("indicator", "against"),
    "clusters": ("sort", "layout", "shown"),
}
"""Fields of Selection that only one page offers: they stand in the URL of that page alone."""
