"""The rows of a chart as a table of a document: words for codes, numbers and dates as written, and which sources each has."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd

from atlas.columns import CODED, NAMES, SAID
from atlas.outlets.briefing.composed import Grid
from atlas.outlets.briefing.numbering import Numbering, ranges
from atlas.outlets.briefing.prose import clean
from atlas.outlets.dataset import readable
from atlas.view import View

SHOWN = 25
"""Rows of a table on a page; the data hold them all."""
PROGRAMME_NAMES = ("name_en", "name_fr", "name_local")
UNSHOWN = {
    *("cluster_id", "programme_id", "programme_ids", "source_ids", "geometry", "latitude", "longitude", "class_low"),
    *(
        "class_high",
        "as_of_date",
        "start_date",
        "end_date",
        "start_precision",
        "note",
        "note_en",
        "summary_en",
        "stretch",
    ),
    *("summary_fr", "latest_rule", "is_latest", "clusters_selected", "selected", "times_expected", "countries", "rank"),
    *("unit", "qualifier", "against_unit", "against_qualifier", "population_qualifier", "other_budget_eur"),
    *("lower_bound", "upper_bound", "given_by", "project_names", "budget_currency", "part_of", *PROGRAMME_NAMES[1:]),
    *("other_applications", "other_laureates", "published_grants", "mean_grant_eur", "average_grant_eur", "is_support"),
}
"""Columns for machines, written with another (a value with its unit and qualifier), or computed for the mark alone."""
FIGURES = {
    "value": ("unit", "qualifier"),
    "against_value": ("against_unit", "against_qualifier"),
    "population": ("", "population_qualifier"),
    "budget_amount": ("budget_currency", ""),
}
"""Column of figures -> those of its unit and of its qualifier."""
SHARES = ("share", "success_rate")
YEARS = ("year", "founded_year", "rate_year", "population_year", "against_year")
COUNTS = ("applications", "laureates")
DATES = ("as_of", "start", "end", "date")
WIDEST = 7
"""Columns of a table beside that of its sources."""
LEAST_SAID = ("coordinate_precision", "end", "region", "level")
"""Columns that go first where there are more."""
UNSAID = {*SAID, "end", "metric", "scope", "budget_amount", "budget_kind", "definition", "years", "reported", "is_old"}
"""Columns where nothing is said of a row that they do not concern."""


def grid(rows: pd.DataFrame, caption: str, number: int, numbering: Numbering, view: View, *, most: int = SHOWN) -> Grid:
    """The first `most` of `rows` (with their `source_ids`) as they are written. Codes that are the same in all rows stand
    in the caption; `number` 0 is a table without one."""
    shown = rows.head(most)
    names = _names(rows)
    same = [name for name in names if _is_same(rows[name], name)]
    texts = {name: [clean(text) for text in _column(shown, name, view)] for name in names}
    if same and len(same) < len(names):
        caption = _captioned(caption, {name: max(texts.pop(name), key=bool) for name in same}, view)
    texts = {name: texts[name] for name in _fitting(list(texts))}
    headings = [_heading(name, rows, view) for name in texts]
    columns, is_number = list(texts.values()), [_is_numeric(rows[name], name) for name in texts]
    cited = [numbering.cite(ids) for ids in shown["source_ids"]]
    if any(cited):
        headings.append(view.gettext("Sources"))
        columns.append([ranges(numbers) for numbers in cited])
        is_number.append(False)
    every = tuple(sorted({number for numbers in cited for number in numbers}))
    body = tuple(zip(*columns, strict=True))
    return Grid(number, clean(caption), tuple(headings), tuple(is_number), body, every, len(rows) - len(shown))


def _names(rows: pd.DataFrame) -> list[str]:
    """The columns that are shown: not those without a value, nor the code of a place that is named."""
    unshown = UNSHOWN | ({"geo"} if {"geo_name", "region"} & {*rows} else set())
    names = [str(name) for name in rows if name not in unshown]
    return [name for name in names if rows[name].notna().any() or (name == "value" and "unit" in rows)]


def _fitting(names: list[str]) -> list[str]:
    """The columns that a page holds: what is said least is left out first."""
    surplus = len(names) - WIDEST
    left_out = [name for name in LEAST_SAID if name in names][: max(surplus, 0)]
    return [name for name in names if name not in left_out]


def _is_same(values: pd.Series, name: str) -> bool:
    """Whether a column of codes says one thing of all the rows that it concerns."""
    if name not in CODED or len(values) < 2:
        return False
    return values.astype(str).nunique() == 1 and (name in UNSAID or bool(values.notna().all()))


def _heading(name: str, rows: pd.DataFrame, view: View) -> str:
    """What a column is called; the name of a programme says so beside that of a cluster."""
    if name == "name_en" and "name" in rows:
        return view.gettext("Programme")
    shown = "name" if name == "name_en" else name
    return view.gettext(NAMES[shown])


def _column(rows: pd.DataFrame, name: str, view: View) -> list[str]:
    """One column as it is written."""
    records = rows.to_dict("records")
    if name in FIGURES:
        return [_figure(row, name, view) for row in records]
    if name == "name_en":
        return [_programme(row, view) for _index, row in rows.iterrows()]
    if name in CODED or name in SAID:
        words = readable(rows[[name, "source_ids"]], view.tables, view)[view.gettext(NAMES[name])]
        return [_or_missing(word, name, view) for word in words]
    if name in COUNTS and f"other_{name}" in rows:
        return [_with_others(row[name], row[f"other_{name}"], view) for row in records]
    write = _writer(name, rows[name], view)
    return [_or_missing(None if _is_missing(value) else write(value), name, view) for value in rows[name]]


def _programme(row: pd.Series, view: View) -> str:
    """The name of a programme; nothing where the row is of something else."""
    return view.name(row) if any(pd.notna(row[part]) for part in PROGRAMME_NAMES) else ""


def _with_others(value: Any, others: Any, view: View) -> str:
    """A count, and in brackets what other sources say."""
    said = {"value": view.number(value), "other": ", ".join(view.number(other) for other in others)}
    return view.gettext("{value} (another source: {other})").format(**said) if len(others) else said["value"]


def _writer(name: str, values: pd.Series, view: View) -> Callable[[Any], str]:
    """How a value of the column `name` is written."""
    if _is_bool(values):
        return lambda value: view.gettext("yes") if value else view.gettext("no")
    by_name: dict[str, Callable[[Any], str]] = {
        **dict.fromkeys(YEARS, lambda value: str(int(value))),
        **dict.fromkeys(DATES, view.date),
        **dict.fromkeys(SHARES, view.percent),
    }
    write = by_name.get(name) or (view.money if name.endswith("_eur") else None)
    if write or not pd.api.types.is_numeric_dtype(values):
        return write or (lambda value: ", ".join(map(str, value)) if pd.api.types.is_list_like(value) else str(value))
    return partial(view.number, decimals=2)


def _figure(row: dict[Any, Any], name: str, view: View) -> str:
    """A value with its unit and qualifier: 'about 350 jobs', '7.4%', '€3,000,000'; nothing where none is expected."""
    unit_column, qualifier_column = FIGURES[name]
    value, unit = row[name], row.get(unit_column)
    if pd.isna(value):
        return "" if "event" in row else view.missing
    qualifier = row.get(qualifier_column)
    qualifier = "exact" if pd.isna(qualifier) else str(qualifier)
    known = str(unit) if unit in view.vocabulary.codes("units") else ""
    if known != "percent":
        return view.figure(value, known, qualifier)
    before = view.vocabulary.property("qualifiers", qualifier, f"before_{view.language}")
    return " ".join(filter(None, (before, view.percent(value / 100, 2))))


def _or_missing(text: Any, name: str, view: View) -> str:
    """A text, or that it is not published, or undated; nothing where the column does not concern the row."""
    if name == "as_of" and pd.isna(text):
        return view.date(None)
    return str(text) if pd.notna(text) else "" if name in UNSAID else view.missing


def _is_missing(value: Any) -> bool:
    return len(value) == 0 if pd.api.types.is_list_like(value) else bool(pd.isna(value))


def _is_numeric(values: pd.Series, name: str) -> bool:
    return name in FIGURES or (pd.api.types.is_numeric_dtype(values) and not _is_bool(values))


def _is_bool(values: pd.Series) -> bool:
    return pd.api.types.is_bool_dtype(values) or str(values.dtype) == "boolean"


def _captioned(caption: str, same: dict[str, str], view: View) -> str:
    """'Figures over time. What is measured: Jobs; what it counts: On the site'."""
    if not same:
        return caption
    said = view.gettext("{column}: {value}")
    facts = "; ".join(said.format(column=view.gettext(NAMES[name]), value=text) for name, text in same.items())
    return view.gettext("{title} ({facts})").format(title=caption, facts=facts)
