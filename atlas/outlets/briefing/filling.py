"""Pages without holes: where a picture just misses the foot of a page, it and its neighbours there become a little smaller."""

from typing import NamedTuple

from atlas.outlets.briefing.paging import Sheet
from atlas.outlets.briefing.pdf_blocks import Block
from atlas.outlets.typesetting import queried

ROUNDS = 12
"""Layouts tried: each closes one hole."""
LEAST = 0.85
"""How far a picture is shrunk to close a hole."""
HOLE = 70
"""Points at the foot of a page that nobody takes for a hole."""
SLACK = 36
"""Points between two blocks, and for the last line of the one before."""


class Edge(NamedTuple):
    page: int
    y: float


class Place(NamedTuple):
    """Where a picture with its words begins and ends, and where the block before it ends."""

    block: int
    before: Edge
    start: Edge
    end: Edge


def fill(template: str, data: Block, sheet: Sheet) -> None:
    """Make pictures of `data` smaller where one is too tall for its page or that closes a hole; where it does not, the text that
    leads to a picture goes before it into the hole."""
    pictures = {
        block["block"]: block for block in data["elements"] if block["kind"] == "picture" and len(block["pieces"]) == 1
    }
    for _round in range(ROUNDS if pictures else 0):
        places = [place for place in _places(template, data) if place.block in pictures]
        if not any(_mended(place, places, pictures, sheet) for place in places):
            return


def _mended(place: Place, places: list[Place], pictures: dict[int, Block], sheet: Sheet) -> bool:
    """Whether something was changed for the picture at `place`."""
    foot, picture = sheet.height - sheet.bottom, pictures[place.block]
    if place.end.page == place.start.page and place.end.y > foot:
        picture["pieces"][0]["height"] -= place.end.y - foot + 1
        return True
    room = foot - place.before.y - SLACK
    if place.start.page != place.before.page + 1 or room < HOLE:
        return False
    neighbours = [pictures[other.block] for other in places if other.start.page == place.before.page]
    return _shrunk([*neighbours, picture], place.end.y - place.start.y - room) or _released(picture)


def _shrunk(pictures: list[Block], excess: float) -> bool:
    """Whether the pictures could be made smaller by `excess` points together."""
    factor = 1 - excess / sum(picture["pieces"][0]["height"] for picture in pictures)
    if factor >= 1 or any(picture["pieces"][0]["height"] * factor < LEAST * picture["natural"] for picture in pictures):
        return False
    for picture in pictures:
        picture["pieces"][0]["height"] *= factor
    return True


def _released(picture: Block) -> bool:
    """Whether a picture had texts that may stand on the page before it: more than a heading."""
    is_led = picture["is_led"] and any(block["kind"] != "heading" for block in picture["before"])
    picture["is_led"] = picture["is_led"] and not is_led
    return is_led


def _places(template: str, data: Block) -> list[Place]:
    places: list[Place] = []
    before, starts = Edge(1, 0), {}
    for found in queried(template, data, "<edge>"):
        edge = Edge(found["page"], found["y"])
        if found["edge"] == "start":
            starts[found["block"]] = before, edge
        elif found["block"] in starts:
            places.append(Place(found["block"], *starts[found["block"]], edge))
        before = edge
    return places
