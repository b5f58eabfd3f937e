"""Laws, strategies and calls, and the clusters founded in the years around them: an order in time, not a cause."""

from collections import defaultdict
from html import escape
from textwrap import shorten

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Openings around laws and calls"),
    question=N_("Which laws and calls came before clusters opened, and by how many years?"),
    drawn=N_(
        "Clusters founded in each of the five years before and after a law, strategy or call: in its country, or "
        "anywhere in Europe for European ones. A dot means none known, a cross a year too recent to know."
    ),
    note=N_(
        "This shows order in time only, not cause: a cluster counts around every law and call near its year, whether or "
        "not it was helped by them, so lines are never added. Those of the same place and year share a line. Lines "
        "without a founding in the five years after are left out; the most recent come first, and choosing countries "
        "shows their older ones."
    ),
)
FILTERS = (*CLUSTERS, "levels", "programme_kinds")
DATED = ("law", "strategy", "call")
"""Kinds of programme that have a date rather than a duration of their own."""
REACH = 5
"""Years before and after that are counted."""
MOST = {"country": 15, "europe": 6}
"""Lines shown at most, by part of the chart."""
LINE_PX, CELL_PX, GAP_PX = 18, 26, 10
NAMED, WIDTH = 2, 48
"""Laws and calls named on a line, and the letters that fit a phone."""
Openings = defaultdict[tuple[str, int], list[list[str]]]
PROGRAMME = ["programme_id", "name_en", "name_fr", "name_local", "country", "kind", "year"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per law, strategy or call shown and distance in years, countries first and then Europe, the most recent
    first: programme_id, name_en, name_fr, name_local, country, kind, year, distance (-5 to 5, years from the
    programme to the founding), clusters (founded at that distance; empty when no founding so recent is known of), undated
    (clusters selected that have no founding year and are counted nowhere), source_ids."""
    clusters = pd.DataFrame(selection.but(time=None).of_clusters(tables)[["country", "founded_year", "source_ids"]])
    dated = clusters.dropna(subset="founded_year")
    openings = _openings(dated)
    laws = _shown(_dated(tables, selection), openings)
    last = tables.clusters["founded_year"].max()
    grid = laws.merge(pd.DataFrame({"distance": range(-REACH, REACH + 1)}), how="cross")
    found = [openings[country, year + lag] for country, year, lag in _keys(grid)]
    counts = pd.Series([len(own) for own in found], index=grid.index, dtype="Int64")
    grid["clusters"] = counts.mask(grid["year"] + grid["distance"] > (0 if pd.isna(last) else last))
    grid["source_ids"] = [union([ids, *own]) for ids, own in zip(grid["source_ids"], found, strict=True)]
    rows = grid.assign(undated=len(clusters) - len(dated))
    return rows[[*PROGRAMME, "distance", "clusters", "undated", "source_ids"]]


def _keys(grid: pd.DataFrame) -> list[tuple[str, int, int]]:
    return list(zip(grid["country"], grid["year"], grid["distance"], strict=True))


def _dated(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The dated laws, strategies and calls selected, with `year` and `part`: of a country, or of Europe."""
    programmes = selection.of_programmes(tables).query("kind in @DATED").dropna(subset=["start_date", "country"])
    years = programmes["start_date"].dt.year.astype("int64")
    return programmes.assign(year=years, part=np.where(programmes["country"] == "EU", "europe", "country"))


def _openings(dated: pd.DataFrame) -> Openings:
    """Country and year -> the sources of each cluster founded then; under EU those of all countries."""
    openings: Openings = defaultdict(list)
    for country, year, ids in dated[["country", "founded_year", "source_ids"]].to_numpy():
        for place in {country, "EU"}:
            openings[place, year].append(ids)
    return openings


def _shown(laws: pd.DataFrame, openings: Openings) -> pd.DataFrame:
    """The laws and calls of the lines shown: most recent first, with a founding in the years after."""
    lines = laws[["part", "year", "country"]].drop_duplicates()
    after = [
        any(openings[country, year + lag] for lag in range(1, REACH + 1))
        for country, year in zip(lines["country"], lines["year"], strict=True)
    ]
    lines = lines[np.array(after, dtype=bool)].sort_values(["part", "year", "country"], ascending=[True, False, True])
    lines["line"] = lines.groupby("part").cumcount()
    lines = lines[lines["line"] < lines["part"].map(MOST).astype(int)]
    shown = laws.merge(lines, on=["part", "year", "country"])
    return shown.sort_values(["part", "line", "start_date", "programme_id"])[[*PROGRAMME, "source_ids"]]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Laws, strategies and calls shown, of all those selected."""
    selected = selection.of_programmes(tables).query("kind in @DATED")
    return Coverage(rows["programme_id"].nunique(), len(selected), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False})
    y = 0
    for is_europe, part in rows.groupby(rows["country"] == "EU"):
        y = _draw(figure, part, bool(is_europe), y, view)
    if undated := int(rows["undated"].iloc[0]):
        left_out = view.ngettext(
            "{n} cluster without a founding year is counted nowhere.",
            "{n} clusters without a founding year are counted nowhere.",
            undated,
        )
        _write(figure, f"<span style='font-size:12px;color:{view.theme.quiet}'>{left_out}</span>", y)
        y += LINE_PX + GAP_PX
    figure.update_xaxes(visible=False, range=[-REACH - 0.55, REACH + 0.55])
    figure.update_yaxes(visible=False, range=[y, 0])
    return figure.update_layout(height=y + 8, margin={"l": 4, "r": 4, "t": 4, "b": 4})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No law, strategy or call of this selection is followed by a known founding within five years.")
    lines = [line.drop_duplicates("distance") for line in _lines(rows)]
    after = [int(line.loc[line["distance"] > 0, "clusters"].sum()) for line in lines]
    own = [i for i, line in enumerate(lines) if line["country"].iloc[0] != "EU"] or list(range(len(lines)))
    most = max(own, key=lambda i: after[i])
    before = int(lines[most].loc[lines[most]["distance"] < 0, "clusters"].sum())
    words = {
        "place": view.country(lines[most]["country"].iloc[0]),
        "year": int(lines[most]["year"].iloc[0]),
        "before": view.number(before),
        "after": view.number(after[most]),
    }
    return _(
        "Most foundings came after the laws and calls of {year} ({place}): {after} in the five years after, {before} in "
        "the five years before; an order in time, not a cause."
    ).format(**words)


def _lines(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of each place and year, in their order."""
    return [line for _key, line in rows.groupby(["country", "year"], sort=False)]


def _draw(figure: go.Figure, rows: pd.DataFrame, is_europe: bool, top: int, view: View) -> int:
    """The lines of a part of the chart from `top` (pixels) down, under its heading; returns where it ends."""
    _ = view.gettext
    heading = _("European, founded in any country") if is_europe else _("Of a country, founded in it")
    _write(figure, f"<b>{heading}</b>", top)
    figure.add_trace(_heads(top + 34, view))
    y, cells = top + 50, []
    for line in _lines(rows):
        text = _text(line, view)
        height = LINE_PX * (text.count("<br>") + 1)
        _write(figure, text, y)
        cells.append(line.drop_duplicates("distance").assign(y=y + height + CELL_PX / 2))
        y += height + CELL_PX + GAP_PX
    figure.add_traces(_cells(pd.concat(cells), view))
    return y + GAP_PX


def _write(figure: go.Figure, text: str, y: int) -> None:
    figure.add_annotation(
        text=text, x=0, xref="paper", y=y, xanchor="left", yanchor="top", align="left", showarrow=False,
        font={"size": 13},
    )  # fmt: skip


def _heads(y: int, view: View) -> go.Scatter:
    """The distances over the columns: years before, the same year, years after."""
    _ = view.gettext
    distances = list(range(-REACH, REACH + 1))
    heads = [f"−{-lag}" if lag < 0 else f"+{lag}" if lag else "0" for lag in distances]
    return go.Scatter(
        x=distances, y=[y] * len(heads), mode="text", text=heads, textfont={"size": 12, "color": view.theme.quiet},
        hovertext=[_distance(lag, view) for lag in distances], hoverinfo="text",
    )  # fmt: skip


def _text(line: pd.DataFrame, view: View) -> str:
    """Place and year, with how many laws and calls when they are not all named; under it the first ones by name."""
    programmes = line.drop_duplicates("programme_id")
    place, year = escape(view.country(programmes["country"].iloc[0]), quote=False), programmes["year"].iloc[0]
    count = view.ngettext("{n} law or call", "{n} laws and calls", len(programmes))
    names = [shorten(view.name(row), WIDTH, placeholder="…") for _i, row in programmes.head(NAMED).iterrows()]
    quiet = f"<span style='font-size:12px;color:{view.theme.quiet}'>{{}}</span>"
    more = quiet.format(f" · {count}") if len(programmes) > NAMED else ""
    return "<br>".join([f"<b>{place}, {year}</b>{more}", *(quiet.format(escape(name, quote=False)) for name in names)])


def _cells(cells: pd.DataFrame, view: View) -> list[go.Scatter]:
    """One square per line and distance, the darker the more clusters; before in grey, after in colour."""
    counted = cells[cells["clusters"].notna()]
    counts = counted["clusters"].astype(int)
    most = max(counts.max() if len(counts) else 0, 1)
    share = counts / most
    is_after = counted["distance"] >= 0
    colours = [
        _shade(view.theme.primary if after else view.theme.quiet, part, view)
        for after, part in zip(is_after, share, strict=True)
    ]
    ink = [view.theme.background if part > 0.65 else view.theme.text for part in share]
    squares = go.Scatter(
        x=counted["distance"],
        y=counted["y"],
        mode="markers+text",
        marker={"symbol": "square", "size": 22, "color": colours, "opacity": 1, "line": {"width": 0}},
        text=["·" if n == 0 else view.number(n) for n in counts],
        textfont={"size": 12, "color": ink},
        hovertext=[_hover(row, view) for _i, row in counted.iterrows()],
        hoverinfo="text",
    )
    unknown = cells[cells["clusters"].isna()]
    crosses = go.Scatter(
        x=unknown["distance"],
        y=unknown["y"],
        mode="markers",
        marker={"symbol": "x-thin-open", "size": 6, "color": view.theme.quiet, "line": {"width": 1}},
        hovertext=[_hover(row, view) for _i, row in unknown.iterrows()],
        hoverinfo="text",
    )
    return [squares, crosses]


def _shade(colour: str, share: float, view: View) -> str:
    """`colour` laid over the background, the denser the larger the share; none for none."""
    weight = 0.15 + 0.85 * share if share else 0
    mixed = [
        round(weight * int(colour[i : i + 2], 16) + (1 - weight) * int(view.theme.background[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "rgb({}, {}, {})".format(*mixed)


def _hover(row: pd.Series, view: View) -> str:
    _ = view.gettext
    place = escape(view.country(row["country"]), quote=False)
    year = int(row["year"]) + int(row["distance"])
    if pd.isna(row["clusters"]):
        return _("{year}: no founding so recent is known").format(year=year)
    clusters = view.ngettext("{n} cluster founded in {year}", "{n} clusters founded in {year}", int(row["clusters"]))
    return f"<b>{place}, {row['year']}</b><br>{clusters.format(year=year)}<br>{_distance(int(row['distance']), view)}"


def _distance(years: int, view: View) -> str:
    _ = view.gettext
    if years < 0:
        return view.ngettext("{n} year before", "{n} years before", -years)
    return view.ngettext("{n} year after", "{n} years after", years) if years else _("the same year")
