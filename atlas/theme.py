"""One look: light and dark palettes, one plotly template for each, and deck.gl colours from the same source."""

from dataclasses import dataclass, replace

import plotly.graph_objects as go

SANS = "Source Sans, 'Source Sans 3', 'Source Sans Pro', Calibri, Carlito, sans-serif"


@dataclass(frozen=True)
class Theme:
    """A palette. `pages` and exports choose LIGHT or DARK; charts only ask for roles."""

    name: str
    background: str
    surface: str
    text: str
    quiet: str
    line: str
    land: str
    primary: str
    muted: str

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"

    def template(self) -> go.layout.Template:
        """The plotly template every figure carries."""
        axis = {
            "gridcolor": self.line,
            "linecolor": self.quiet,
            "zeroline": False,
            "automargin": True,
            "showline": False,
            "tickfont": {"color": self.quiet},
            "title": {"font": {"color": self.quiet, "size": 13}, "standoff": 12},
        }
        return go.layout.Template(
            layout=go.Layout(
                font={"family": SANS, "size": 14, "color": self.text},
                paper_bgcolor=self.background,
                plot_bgcolor=self.background,
                colorway=[self.primary, self.muted],
                xaxis=axis,
                yaxis=axis,
                bargap=0.25,
                margin={"l": 8, "r": 16, "t": 16, "b": 8},
                hovermode="closest",
                dragmode=False,
                hoverlabel={
                    "bgcolor": self.surface,
                    "bordercolor": self.line,
                    "font": {"color": self.text, "family": SANS},
                    "align": "left",
                },
                legend={
                    "orientation": "h",
                    "yanchor": "top",
                    "y": -0.12,
                    "x": 0,
                    "title": {"text": ""},
                    "font": {"size": 13},
                },
            )
        )


LIGHT = Theme("light", "#fbfaf7", "#f1efe9", "#1d2a33", "#5c6870", "#d9d5cb", "#e4e0d6", "#0b5d6b", "#c8c1b1")
DARK = Theme("dark", "#12181c", "#1b2328", "#e9e6df", "#a3adb3", "#333d44", "#2a343a", "#5ec2cf", "#4b575f")
PAPER = replace(LIGHT, name="paper", background="#ffffff")
"""For documents: the white of the page."""
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def rgba(colour: str, alpha: int = 255) -> list[int]:
    """'#0b5d6b' -> [11, 93, 107, alpha], as deck.gl wants it."""
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


def faded(colour: str, opacity: float) -> str:
    """'#0b5d6b', 0.4 -> 'rgba(11, 93, 107, 0.4)', as plotly wants it."""
    red, green, blue, _ = rgba(colour)
    return f"rgba({red}, {green}, {blue}, {opacity})"
