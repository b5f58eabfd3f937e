"""What a descriptor may say: how a file is written, and which of its columns are which of ours.

Words are those of Frictionless Data (Package, Dialect, Schema) where it has them. A line of YAML that means nothing is
refused with its line, never passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails

from etl import cells
from etl.cells import closest
from etl.faults import BadCell, BadInput, Fault
from etl.inbox.document import Lines, line_of, read_yaml
from etl.inbox.mapping import OPEN, Column, Dates, Filter, Model, Point, Target, Texts, as_list
from etl.sources import Source

Format = Literal["csv", "tsv", "xlsx", "xls", "ods", "json", "jsonl", "geojson", "parquet"]
MISSING = ("", "-", "–", "—", "NR", "NN", "n.c.", "N.a.", "n/a", ":", "..", "#N/A")
"""What publishers write where they have nothing to say, in any case; never zero."""
FREE = "^[a-z0-9][a-z0-9-]*$"


def encoding(name: str) -> str:
    """A name Python knows, or BadCell."""
    try:
        "".encode(name)
    except LookupError as error:
        known = ["utf-8", "cp1252", "cp1250", "iso-8859-1", "iso-8859-2", "iso-8859-15", "utf-16", "mac-roman"]
        raise BadCell("is not an encoding we know", closest(name, known, "Write utf-8, cp1252 or cp1250")) from error
    return name


def below(path: str) -> str:
    """A path below the folder of its descriptor, or BadCell: nothing else of this machine is anybody's to publish."""
    if PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive or ".." in re.split(r"[/\\]", path):
        raise BadCell(
            "leads out of the folder of the descriptor", "Put the file beside the descriptor, and write its name"
        )
    return path


def address(url: str) -> str:
    """An address of the web, or '' or "?" while there is none; BadCell for any other."""
    return url if url in ("", OPEN) else cells.url(url)


Encodings = Annotated[tuple[Annotated[str, AfterValidator(encoding)], ...], BeforeValidator(as_list)]


class Dialect(Model):
    """How the cells lie in the file. Row numbers count from 1, as a spreadsheet shows them.

    `skip_rows` holds numbers, or what the first cell of a row to skip begins with. `property` is the path to the list
    of records of a JSON file. `quote_char` '' when quotes are ordinary letters.
    """

    delimiter: str = Field(",", min_length=1, max_length=1)
    quote_char: str = Field('"', max_length=1)
    header_rows: Annotated[tuple[int, ...], BeforeValidator(as_list)] = Field((1,), min_length=1)
    header_join: str = " "
    skip_rows: Texts = ()
    sheet: str = ""
    property: str = ""


class Descriptor(Model):
    """A file of someone's, and what to make of it."""

    name: str = Field(pattern=FREE)
    title: str
    path: Annotated[str, AfterValidator(below)] = ""
    url: Annotated[str, AfterValidator(address)] = ""
    format: Format | Literal[""] = ""
    encoding: Encodings = ("utf-8",)
    """Several: tried in turn on every line, for files in which they are mixed."""
    dialect: Dialect = Dialect.model_construct()
    decimal_char: str = ""
    group_char: str = ""
    missing_values: Texts = MISSING
    dates: Dates = Dates.model_construct()
    publisher: str
    licence: str
    citation: str = ""
    homepage: Annotated[str, AfterValidator(address)] = ""
    published: str = ""
    quote: str = ""
    """What the publisher says of the data, word for word; without it, the header of the file."""
    language: str = ""
    natural_key: Texts = ()
    personal: Texts = ()
    """Columns about persons besides those whose name shows it: never taken."""
    not_personal: Texts = ()
    """Columns whose name looks personal, looked at by someone: they may be taken."""
    tables: tuple[Target, ...]

    @model_validator(mode="after")
    def one_file(self) -> Self:
        """A path or an address, and something to make of it."""
        if not self.tables:
            raise BadCell("fills no table", "Write at least one table below `tables`")
        if bool(self.path) == bool(self.url):
            raise BadCell("names a path and an address, or neither", "Write either `path` or `url`")
        return self

    def declared(self) -> Source:
        """What the dataset says of itself, as every other source does."""
        url = self.homepage or self.url
        citation = self.citation or f"{self.publisher}, {self.title}."
        updates = "When its address gives a new file." if self.url else "When somebody drops in a new file."
        every = 7 if self.url else None
        return Source(self.name, self.publisher, self.title, url, self.licence, citation, updates, every_days=every)

    def key(self, target: Target) -> tuple[str, ...]:
        """The columns of theirs that tell one thing of `target` from another."""
        return target.natural_key or self.natural_key


@dataclass(frozen=True)
class Described:
    """A descriptor, where it is, and the line of everything it says."""

    descriptor: Descriptor
    path: Path
    lines: Lines = field(repr=False)

    def fault(self, at: tuple[str | int, ...], value: str, problem: str, remedy: str) -> Fault:
        """The fault of a line of the descriptor."""
        return Fault(str(self.path), line_of(self.lines, at), ".".join(map(str, at)), value, problem, remedy)


def load(path: Path) -> Described:
    """Read a descriptor. Raises BadInput with one sentence, and the line, for everything wrong with it."""
    content, lines = read_yaml(path)
    try:
        return Described(Descriptor.model_validate(content), path, lines)
    except ValidationError as error:
        raise BadInput(list(faults(error, path, lines))) from error


def faults(error: ValidationError, path: Path, lines: Lines) -> Iterator[Fault]:
    """One fault per mistake."""
    for found in error.errors():
        at = found["loc"]
        value = found["input"] if isinstance(found["input"], str) and found["type"] != "missing" else ""
        yield Fault(str(path), line_of(lines, at), ".".join(map(str, at)), value, *sentence(found))


def sentence(found: ErrorDetails) -> tuple[str, str]:
    """What is wrong and how to mend it."""
    name = str(found["loc"][-1]) if found["loc"] else ""
    error = found.get("ctx", {}).get("error")
    if isinstance(error, BadCell):
        return error.problem, error.remedy
    match found["type"]:
        case "missing":
            return "is missing", f"Write `{name}: …`"
        case "extra_forbidden":
            return "is not a word of descriptors", closest(name, words(), "Remove it")
        case "literal_error":
            return "is not one of those we know", f"Write {found['ctx']['expected']}"
    return f"cannot be used ({found['msg'][0].lower()}{found['msg'][1:]})", "Correct it"


@cache
def words() -> tuple[str, ...]:
    """Every word a descriptor may use."""
    models: tuple[type[Model], ...] = (Descriptor, Dialect, Dates, Column, Point, Filter, Target)
    return tuple(sorted({str(declared.alias) for model in models for declared in model.model_fields.values()}))


FORMATS: tuple[str, ...] = get_args(Format)
