"""Words that a figure writes beside its marks: notes for all of it, and names of its lines."""

import re

import plotly.graph_objects as go

from atlas.outlets.briefing.native_charts.reading import NotPlain, plain, solid

BULLET = re.compile(r"<span style='color:(?P<colour>[^']+)'>●</span>(?P<name>.*)")
MOST_NOTES = 3


def notes(figure: go.Figure) -> tuple[str, ...]:
    """What the figure says of itself in words. Raises NotPlain for words that belong to a place in it."""
    said = [note for note in figure.layout.annotations if not _bullet(note)]
    whole = {"paper", "x domain", "y domain"}
    if len(said) > MOST_NOTES or any(not {note.xref, note.yref} <= whole or note.bgcolor for note in said):
        raise NotPlain("words at a place")
    return tuple(plain(note.text, " · " if note.y is not None and note.y >= 1 else " ") for note in said)


def names(figure: go.Figure) -> dict[str, str]:
    """Colour of a line -> the name written at its end."""
    found = [match for note in figure.layout.annotations if (match := _bullet(note))]
    by_colour = {solid(match["colour"]): plain(match["name"]) for match in found}
    if len(by_colour) < len(found):
        raise NotPlain("two names for one colour")
    return by_colour


def _bullet(note: go.layout.Annotation) -> re.Match[str] | None:
    return BULLET.fullmatch(str(note.text))
