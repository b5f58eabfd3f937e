"""Every country ranked on one indicator: the latest figure of each, in one unit, of one study where there are studies."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.indicators import (
    COLUMNS,
    OWN_WAY,
    SERIES,
    STUDIED,
    common_year,
    compared,
    heading,
    hover,
    nothing,
    worded,
    year_text,
    years_text,
)
from atlas.labels import LETTER, below
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Any indicator, ranked"),
    question=N_("Where does each country stand on this indicator?"),
    drawn=N_(
        "Latest published figure of each country, highest first; the year is written where it differs. "
        "Countries you choose are in colour and in bold."
    ),
    note=N_(
        "One unit and, for the social economy, one study at a time; the European figure is as published, and may "
        "leave out countries. Circle: exact; diamond: about; triangle: at least or at most; open mark: another source of the same year."
    ),
)
FILTERS = ("countries", "indicator")
ROW, PHONE = 23, 315
"""Height of a row, and width of the figure on a phone, in pixels."""
NAMED = 6
"""The most countries whose rank is said in the sentence."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per figure: geo, indicator, role (main; second: same year, another source; missing; reference), rank (1 is
    the highest, equals share it), year, value, unit, qualifier, note, source_ids. Highest country first."""
    rows = compared(tables, selection.indicator)
    main = rows[rows["role"] == "main"]
    if main.empty:
        return rows.iloc[:0].assign(rank=None)
    ranks = main.set_index("geo")["value"].rank(ascending=False, method="min").astype(int)
    observed = tables.countries.loc[tables.countries["role"] == "observed", "country"]
    absent = [geo for geo in observed if geo not in set(main["geo"])]
    missing = [{"geo": geo, "indicator": selection.indicator, "role": "missing", "source_ids": []} for geo in absent]
    rows = pd.concat([rows, pd.DataFrame(missing, columns=COLUMNS)], ignore_index=True).astype({"year": "Int64"})
    is_ranked = rows["role"].isin(["main", "second"])
    rows = rows.assign(rank=rows["geo"].map(ranks).where(is_ranked).astype("Int64"))
    by = ["rank", "role", "geo"]
    return rows.sort_values(by, na_position="last", ignore_index=True)[[*COLUMNS[:3], "rank", *COLUMNS[3:]]]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Countries with a figure, of the countries observed."""
    return Coverage(int(rows["role"].eq("main").sum()), int(tables.countries["role"].eq("observed").sum()), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    main = rows[rows["role"] == "main"].reset_index(drop=True)
    if main.empty:
        return blank(view)
    chosen = set(view.vocabulary.members(view.selection.countries)) & set(main["geo"])
    places = {geo: row for row, geo in enumerate(main["geo"])}
    colours = [view.theme.primary if geo in chosen or not chosen else view.theme.quiet for geo in main["geo"]]
    second, texts = rows[rows["role"] == "second"], _texts(main, rows, view)
    head = heading(main, view)
    names = [f"<b>{view.country(geo)}</b>" if geo in chosen else view.country(geo) for geo in main["geo"]]
    top, left = 74 + 17 * head.count("<br>"), int(7.1 * max(len(view.country(geo)) for geo in main["geo"])) + 12
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False, "bargap": 0.8})
    figure.update_layout(height=ROW * len(main) + top, margin={"t": top, "b": 0, "l": left, "r": 8})
    figure.add_bar(x=main["value"], y=main.index, orientation="h", marker_color=view.theme.line, hoverinfo="skip")
    figure.add_traces([_marks(second, places, view), _marks(main, places, view, colours)])
    figure.update_yaxes(range=[len(main) - 0.4, -0.6], tickvals=list(main.index), ticktext=names, automargin=False)
    figure.update_yaxes(ticklabelstandoff=8, showgrid=False, tickfont={"color": view.theme.text, "size": 13})
    figure.update_xaxes(range=[0, _room(main["value"], texts, PHONE - left)], visible=False)
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom"}
    title = {"text": head, "align": "left", "showarrow": False, "xshift": -left, "yshift": 26, **corner}
    figure.update_layout(annotations=[title, *_values(rows, places, texts, view)])
    _european(figure, rows, view)
    return below(figure, [*_others(second, view), *_absent(rows, view)], view, left)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    indicator, main = view.selection.indicator, rows[rows["role"] == "main"]
    if main.empty:
        return nothing(indicator, view)
    words = {"indicator": view.label("indicators", indicator), "n": view.number(len(main)), "years": years_text(main)}
    chosen = main[main["geo"].isin(view.vocabulary.members(view.selection.countries))]
    words |= {"high": _tied(main, main["value"].max(), view), "low": _tied(main, main["value"].min(), view)}
    words |= {"ranks": _("; ").join(_rank(row, view) for row in chosen.to_dict("records"))}
    if len(main) == 1:
        sentence = _("{indicator} ({years}): one country publishes it, {high}.")
    elif 0 < len(chosen) <= NAMED:
        sentence = _("{indicator} ({years}), rank among {n} countries, highest first: {ranks}.")
    else:
        sentence = _("{indicator} ({years}), {n} countries: highest in {high}, lowest in {low}.")
    sentences = [sentence.format(**words), *_as_published(rows, view)]
    return " ".join(sentences + ([] if indicator in SERIES | STUDIED else [_(OWN_WAY)]))


def _as_published(rows: pd.DataFrame, view: View) -> list[str]:
    """The European figures as a sentence, none when there are none."""
    _ = view.gettext
    reference = rows[rows["role"] == "reference"]
    if reference.empty:
        return []
    words = {"name": view.country(reference["geo"].iloc[0]), "value": _european_figures(rows, view)}
    return [_("{name}, as published: {value}.").format(**words)]


def _european_figures(rows: pd.DataFrame, view: View) -> str:
    """The European figures, with their year when it is not that of most countries."""
    _ = view.gettext
    usual = common_year(rows.loc[rows["role"] == "main", "year"])
    return _("; ").join(
        worded(row, view) + ("" if row["year"] == usual else f" · {row['year']}")
        for row in rows[rows["role"] == "reference"].to_dict("records")
    )


def _texts(main: pd.DataFrame, rows: pd.DataFrame, view: View) -> list[str]:
    """What stands beside each mark: the figure, its year when it is not the usual one, and a dagger for another source."""
    usual, doubled = common_year(main["year"]), set(rows.loc[rows["role"] == "second", "geo"])
    return [
        worded(row, view)
        + (f" · {year_text(row['indicator'], row['year'])}" if row["year"] != usual else "")
        + (" †" if row["geo"] in doubled else "")
        for row in main.to_dict("records")
    ]


def _values(rows: pd.DataFrame, places: dict[str, int], texts: list[str], view: View) -> list[dict[str, Any]]:
    """The words beside each mark, right of the furthest, on a ground that interrupts the European line."""
    furthest = rows[rows["geo"].isin(places)].groupby("geo")["value"].max()
    ground = {"bgcolor": view.theme.background, "borderpad": 1, "showarrow": False, "font": {"size": 12.5}}
    return [
        {"x": furthest[geo], "y": row, "text": text, "xanchor": "left", "xshift": 8, **ground}
        for (geo, row), text in zip(places.items(), texts, strict=True)
    ]


def _marks(rows: pd.DataFrame, places: dict[str, int], view: View, colours: list[str] | None = None) -> go.Scatter:
    """A mark per figure in the symbol of its qualifier; without colours, open marks."""
    symbols = [view.vocabulary.property("qualifiers", code, "symbol") for code in rows["qualifier"]]
    is_open = {"symbol": [f"{symbol}-open" for symbol in symbols], "color": view.theme.text, "line": {"width": 1.5}}
    return go.Scatter(
        x=rows["value"],
        y=rows["geo"].map(places),
        mode="markers",
        cliponaxis=False,
        marker={"size": 10, **({"symbol": symbols, "color": colours} if colours else is_open)},
        customdata=[hover(row, view) for row in rows.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _room(values: pd.Series, texts: list[str], width: int) -> float:
    """The end of the axis: in a plot as narrow as `width` pixels, every text still ends inside."""
    shares = [max(1 - (LETTER * len(text) + 12) / width, 0.25) for text in texts]
    return float(max(values / shares)) or 1


def _european(figure: go.Figure, rows: pd.DataFrame, view: View) -> None:
    """The European value: a line for a rate, words for a total, which is not on the scale of a country."""
    _ = view.gettext
    reference = rows[rows["role"] == "reference"]
    if reference.empty:
        return
    first, end = reference.to_dict("records")[0], figure.layout.xaxis.range[1]
    words = {"name": view.country(first["geo"]), "value": _european_figures(rows, view)}
    text = _("{name}: {value}").format(**words)
    is_line = view.vocabulary.property("indicators", first["indicator"], "unit_kind") in {"rate", "index"}
    if is_line and first["value"] <= end:
        line = {"dash": "dot", "width": 1.5, "color": view.theme.quiet}
        figure.add_vline(x=first["value"], line=line, layer="below")
    place = first["value"] if is_line else 0
    side = "left" if place < 0.5 * end else "right"
    corner = {"xanchor": side, "y": 1, "yref": "paper", "yanchor": "bottom"}
    figure.add_annotation(x=min(place, end), text=text, showarrow=False, font_size=12, yshift=2, **corner)


def _others(second: pd.DataFrame, view: View) -> list[str]:
    """The figures of other sources for the same country and year, in words."""
    _ = view.gettext
    named = [
        _("{name}: {value}").format(name=view.country(row["geo"]), value=worded(row, view))
        for row in second.to_dict("records")
    ]
    return [_("† Another source of the same year: {figures}.").format(figures=_("; ").join(named))] if named else []


def _absent(rows: pd.DataFrame, view: View) -> list[str]:
    """The countries without a figure, counted and named."""
    _ = view.gettext
    names = sorted(view.country(geo) for geo in rows.loc[rows["role"] == "missing", "geo"])
    if not names:
        return []
    is_study = rows["indicator"].iloc[0] in STUDIED
    words = _("× Not in this study ({n}): {countries}.") if is_study else _("× Not published ({n}): {countries}.")
    return [words.format(n=view.number(len(names)), countries=", ".join(names))]


def _rank(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    return _("{country} {rank} ({value})").format(
        country=view.country(row["geo"]), rank=view.number(row["rank"]), value=worded(row, view)
    )


def _tied(main: pd.DataFrame, value: float, view: View) -> str:
    """The countries with a value, and the value."""
    tied = main[main["value"] == value]
    names = ", ".join(view.country(geo) for geo in tied["geo"])
    return f"{names} ({worded(tied.to_dict('records')[0], view)})"
