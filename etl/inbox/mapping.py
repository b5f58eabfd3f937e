"""What a descriptor may say of columns: which of theirs is which of ours, and how its cells are written."""

from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel

from etl.cells import closest
from etl.faults import BadCell
from etl.sources import curated

TableName = Literal["clusters", "observations", "programmes", "awards", "partners", "indicators", "sources"]
COLUMNS: dict[str, tuple[str, ...]] = {
    "clusters": tuple(curated.CLUSTERS.values()),
    "observations": tuple(curated.OBSERVATIONS.values()),
    "programmes": tuple(curated.FUNDED.values()),
    "awards": tuple(curated.AWARDS.values()),
    "partners": tuple(curated.PARTNERS.values()),
    "indicators": (*curated.VALUES.values(), "geo", "country", "geo_name", "definition", "as_of", "qualifier"),
    "sources": tuple(curated.SOURCES.values()),
}
"""The columns that may be filled: those of the curated facts."""
OPEN = "?"
"""The value of a constant that nobody has decided yet."""


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", alias_generator=to_camel, frozen=True)


def as_list(value: Any) -> Any:
    """One value where a list may stand is a list of one."""
    return value if isinstance(value, (list, tuple)) else [value]


Texts = Annotated[tuple[str, ...], BeforeValidator(as_list)]


class Dates(Model):
    """`patterns` as strptime writes them (%d/%m/%Y), tried in order; `languages` of month names."""

    patterns: Texts = ()
    languages: Texts = ("en", "fr", "de", "es", "it", "pl")


class Column(Model):
    """Where a column of ours comes from: a column of theirs (`from`) or one value throughout (`constant`)."""

    from_: str = Field("", alias="from")
    constant: str | None = None
    map_: dict[str, str] = Field(default_factory=dict, alias="map")
    """Their value -> ours."""
    separator: str = ""
    decimal_char: str = ""
    group_char: str = ""
    factor: Decimal = Field(Decimal(1), gt=0)
    """1000 where the publisher counts in thousands."""
    is_percent: bool = False
    currency: str = Field("", pattern="^([A-Z]{3})?$")
    currency_from: str = ""
    digits: int = Field(0, ge=0)
    """How long a code of digits is: 5 gives a postcode its lost zero back."""
    dates: Dates | None = None

    @model_validator(mode="after")
    def one_origin(self) -> Self:
        """From a column or a constant, not both and not neither."""
        if bool(self.from_) == (self.constant is not None):
            raise BadCell("names a column and a constant, or neither", "Write either `from` or `constant`")
        return self


class Point(Model):
    """Where the points are: two columns `x` and `y`, or one column `from` that holds both.

    `axis_order` is how the file has them: xy when x is easting or longitude, yx when the first is latitude.
    """

    x: str = ""
    y: str = ""
    from_: str = Field("", alias="from")
    separator: str = ","
    crs: str = "EPSG:4326"
    axis_order: Literal["xy", "yx"] = "xy"

    @model_validator(mode="after")
    def one_origin(self) -> Self:
        """Two columns or one."""
        if bool(self.from_) == bool(self.x and self.y):
            raise BadCell("does not say where the points are", "Write `x` and `y`, or `from`")
        return self


class Filter(Model):
    """Rows to take: those whose `column` is one of `in`, and none of `not_in`."""

    column: str
    in_: Texts = Field((), alias="in")
    not_in: Texts = ()


def as_column(value: Any) -> Any:
    """A column of theirs may be written by its name alone."""
    return {"from": value} if isinstance(value, str) else value


class Target(Model):
    """A table of ours and what fills it. `key` are the columns of theirs that tell one thing from another."""

    table: TableName
    fields: dict[str, Annotated[Column, BeforeValidator(as_column)]] = Field(default_factory=dict)
    point: Point | None = None
    filters: tuple[Filter, ...] = ()
    natural_key: Texts = ()

    @model_validator(mode="after")
    def known_columns(self) -> Self:
        """Only columns that the table has."""
        for name in self.fields:
            if name not in COLUMNS[self.table]:
                raise BadCell(f"has no column {name}", closest(name, COLUMNS[self.table], "See the dictionary"))
        return self
