"""What an Office chart is made of, as far as our figures need it. Colours are '#rrggbb'; missing values are None, never zero."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Fill:
    """A colour; with `pattern` (a plotly shape: '/', '.', 'x'...) drawn over `back`."""

    colour: str
    pattern: str = ""
    back: str = ""
    outline: str = ""


@dataclass(frozen=True)
class Axis:
    """An axis of numbers. `low` and `high` are values (None: automatic), `step` lies between two ticks."""

    title: str = ""
    low: float | None = None
    high: float | None = None
    step: float | None = None
    number_format: str = "General"
    is_log: bool = False
    is_reversed: bool = False
    is_shown: bool = True
    has_grid: bool = True


@dataclass(frozen=True)
class Bar:
    """A series of bars, one value per category. `labels` are written beside them, empty for none; with `label_format` they
    are the values themselves and follow an edit."""

    name: str
    values: tuple[float | None, ...]
    fills: tuple[Fill, ...]
    labels: tuple[str, ...] = ()
    label_format: str = ""

    def part(self, start: int, stop: int) -> "Bar":
        """The same series for some of its categories."""
        cut = slice(start, stop)
        return replace(self, values=self.values[cut], fills=self.fills[cut], labels=self.labels[cut])


@dataclass(frozen=True)
class Bars:
    """Bars or columns, categories in reading order (from the top, or from the left). `notes` stood in the figure as words."""

    categories: tuple[str, ...]
    series: tuple[Bar, ...]
    axis: Axis
    is_horizontal: bool
    is_stacked: bool
    has_legend: bool
    notes: tuple[str, ...] = ()

    def part(self, start: int, stop: int) -> "Bars":
        """Some of the categories, on the same scale."""
        return replace(
            self, categories=self.categories[start:stop], series=tuple(bar.part(start, stop) for bar in self.series)
        )

    @property
    def reach(self) -> float:
        """The largest value drawn: the sum of a stack, else a bar."""
        columns = zip(*(bar.values for bar in self.series), strict=True)
        join = sum if self.is_stacked else max
        return float(max((join([value or 0 for value in column]) for column in columns), default=0))


@dataclass(frozen=True)
class Mark:
    """One mark: `symbol` as plotly names it without '-open', `size` in points (0: none)."""

    symbol: str
    size: float
    fill: str
    outline: str


@dataclass(frozen=True)
class Line:
    colour: str
    width: float
    dash: str = "solid"


@dataclass(frozen=True)
class Dots:
    """A series of points. `labels` are written at `places` ('top', 'bottom', 'left', 'right'), '' for none."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    marks: tuple[Mark, ...]
    labels: tuple[str, ...]
    places: tuple[str, ...]
    line: Line | None = None


@dataclass(frozen=True)
class Scatter:
    """Points and lines over two axes of numbers; dates are numbers of days as Office counts them."""

    series: tuple[Dots, ...]
    x: Axis
    y: Axis
    has_legend: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Panels:
    """Charts of the same rows side by side, each with its title and a scale of its own."""

    titles: tuple[str, ...]
    charts: tuple[Bars, ...]


Native = Bars | Scatter | Panels
