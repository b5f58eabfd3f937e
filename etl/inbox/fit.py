"""Whether a descriptor fits its file, and what it leaves to a human."""

from collections.abc import Iterator

from etl.cells import closest
from etl.faults import BadCell, Fault
from etl.inbox import readers
from etl.inbox.descriptor import Described, Descriptor
from etl.inbox.grid import Text
from etl.inbox.mapping import OPEN, Target
from etl.inbox.personal import is_personal
from etl.inbox.points import is_known
from etl.inbox.take import KEYED, Known

MUST_SAY = ("title", "publisher", "licence")


def misfits(described: Described, text: Text, known: Known) -> list[Fault]:
    """All that a descriptor says and its file, or the project, does not have."""
    return [*unknown_columns(described, text), *unknown_systems(described), *wrong_constants(described, known)]


def left_aside(descriptor: Descriptor, text: Text) -> Iterator[str]:
    """Which columns are not taken: those about persons, then the others."""
    used = {name for _, name in named(descriptor)}
    names = [name for name in map(str, text.rows.columns) if name not in used]
    personal = [name for name in names if name in descriptor.personal or is_personal(name)]
    others = [name for name in names if name not in personal]
    if personal:
        yield f"Columns about persons, left out: {', '.join(personal)}."
    if others:
        yield f"Columns not taken: {', '.join(others)}."


def named(descriptor: Descriptor) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every column of theirs that the descriptor names, and where it does."""
    for key in descriptor.natural_key:
        yield ("naturalKey",), key
    for number, target in enumerate(descriptor.tables):
        at = ("tables", number)
        yield from (((*at, "naturalKey"), key) for key in target.natural_key)
        yield from (((*at, "filters"), one.column) for one in target.filters)
        if target.point:
            point = target.point
            yield from (((*at, "point"), name) for name in (point.x, point.y, point.from_) if name)
        for ours, column in target.fields.items():
            names = (column.from_, column.currency_from)
            yield from (((*at, "fields", ours), name) for name in names if name)


def unknown_columns(described: Described, text: Text) -> Iterator[Fault]:
    """A fault for every column that the file does not have, or that is about persons."""
    descriptor = described.descriptor
    names = [str(name) for name in text.rows.columns]
    for at, name in named(descriptor):
        if name not in names:
            remedy = closest(name, names, f"Its columns are: {', '.join(names)}")
            yield described.fault(at, name, "is not a column of the file", remedy)
        elif name in descriptor.personal or (is_personal(name) and name not in descriptor.not_personal):
            remedy = "Take it out; if it is about no person, name it in notPersonal"
            yield described.fault(at, name, "is a column about persons", remedy)


def unknown_systems(described: Described) -> Iterator[Fault]:
    """A fault for every coordinate system without a definition."""
    for number, target in enumerate(described.descriptor.tables):
        if target.point and not is_known(target.point.crs):
            remedy = "Write EPSG: and its number, such as EPSG:2154 for Lambert-93"
            yield described.fault(
                ("tables", number, "point", "crs"), target.point.crs, "is no coordinate system", remedy
            )


def wrong_constants(described: Described, known: Known) -> Iterator[Fault]:
    """A fault for every constant that its column does not take: said once, not once per row."""
    for number, target in enumerate(described.descriptor.tables):
        for ours, column in target.fields.items():
            if column.constant in (None, OPEN):
                continue
            try:
                readers.reader(described.descriptor, target, ours, known.codes)(column.constant)
            except BadCell as error:
                at = ("tables", number, "fields", ours)
                yield described.fault(at, column.constant, error.problem, error.remedy)


def questions(described: Described) -> Iterator[Fault]:
    """What a human has to decide before anything is taken."""
    descriptor = described.descriptor
    for name in MUST_SAY:
        if getattr(descriptor, name) in (OPEN, ""):
            yield described.fault((name,), "", "is not decided yet", f"Write the {name} of the data")
    if not (descriptor.homepage.strip(OPEN) or descriptor.url):
        remedy = "Write the page on which the data is published: every figure leads to it"
        yield described.fault(("homepage",), "", "is not decided yet", remedy)
    for number, target in enumerate(descriptor.tables):
        yield from undecided(described, number, target)


def undecided(described: Described, number: int, target: Target) -> Iterator[Fault]:
    """The columns of one table that nothing fills and without which it says nothing."""
    for ours in readers.required(target):
        column = target.fields.get(ours)
        is_keyed = KEYED.get(target.table) == ours and described.descriptor.key(target)
        if (column is None and not is_keyed) or (column and column.constant == OPEN):
            codes = readers.contract(target, ours).codes
            where = f"; its codes are in data/vocabulary/{codes[0]}.csv" if codes else ""
            key = " or a naturalKey" if KEYED.get(target.table) == ours else ""
            remedy = f"Write `{ours}: {{constant: …}}` or the name of their column{key}{where}"
            yield described.fault(("tables", number, "fields", ours), "", "is not decided yet", remedy)
    if target.point and "coordinate_precision" not in target.fields:
        at = ("tables", number, "fields", "coordinate_precision")
        yield described.fault(at, "", "is not decided yet", "Write whether points are of the site or the commune")
