"""One indicator over time: a line per country, broken where the method changes; points alone where studies differ."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from atlas.axes import Axis
from atlas.charts import Coverage, Words, blank
from atlas.indicators import COLUMNS, EUROPE, SERIES, compared, drawn, heading, history, hover, nothing, worded
from atlas.labels import apart, sides
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Any indicator, over time"),
    question=N_("How has this indicator changed?"),
    drawn=N_(
        "Every published figure of the countries you choose, or of the five with most figures. A line joins figures of "
        "one method; it breaks where the publisher changed its method."
    ),
    note=N_(
        "Figures of different studies are points, never a line. Circle: exact; diamond: about; triangle: at least or at "
        "most. Where two sources give one year of a series, the exact figure is drawn, then the one published last; the "
        "other stands in the table."
    ),
)
FILTERS = ("countries", "indicator")
DEFAULT, MOST = 5, 8
"""Countries shown when none is chosen, and at most."""
HEIGHT, GAP = 330, 17
"""Height of the plot, and between two names, in pixels."""
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
PALETTE = "kinds"
"""The vocabulary whose colours, told apart in each colour vision, are lent to countries, which have none."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per dated figure: geo, indicator, role (national, reference, or second: another source of a year), stretch (figures of one stretch may be
    joined), year, value, unit, qualifier, note, source_ids. Countries with most figures, then most people, first."""
    rows = history(tables, selection.indicator)
    countries = rows[rows["role"] == "national"]
    shown = _countries(countries, tables, selection)
    places = {geo: place for place, geo in enumerate(shown)}
    kept = rows[rows["geo"].isin(shown) | (rows["geo"].eq(EUROPE) & bool(shown))]
    order = kept["geo"].map(places).fillna(len(shown))
    columns = [*COLUMNS[:3], "stretch", *COLUMNS[3:]]
    return kept.assign(order=order).sort_values(["order", "year"], kind="stable", ignore_index=True)[columns]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Countries drawn, of those asked for, or of those that publish a figure."""
    chosen = set(tables.codes.members(selection.countries)) & set(
        tables.countries.query("role == 'observed'")["country"]
    )
    published = history(tables, selection.indicator).query("role == 'national'")["geo"].nunique()
    drawn = rows.loc[rows["role"] == "national", "geo"].nunique()
    return Coverage(drawn, len(chosen) or max(published, drawn), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    rows = drawn(rows, view)
    head, is_joined = heading(rows[rows["role"] == "national"], view), rows["indicator"].iloc[0] in SERIES
    top, axis = 17 * (1 + head.count("<br>")) + 16, Axis.of(rows["value"])
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False})
    figure.update_layout(height=HEIGHT + top + 34, margin={"t": top, "r": 112 if is_joined else 24, "b": 34})
    styles = _styles(rows, view)
    for geo, own in rows.groupby("geo", sort=False):
        figure.add_traces(_line(own, styles[str(geo)], is_joined, view))
    figure.update_yaxes(**axis.layout(rows["unit"].iloc[0], view)).update_xaxes(**_years(rows["year"]))
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom"}
    figure.add_annotation(text=head, align="left", showarrow=False, yshift=10, **corner)
    if is_joined:
        return _named_at_the_end(figure, rows.drop_duplicates("geo", keep="last"), axis, styles, view)
    return figure.add_trace(_named(rows, axis, figure.layout.xaxis.range, view))


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    indicator, countries = view.selection.indicator, rows[rows["role"] == "national"]
    words = {"indicator": view.label("indicators", indicator)}
    if countries.empty:
        known = _("{indicator}: no dated figure is published for these countries.").format(**words)
        return known if view.selection.countries else nothing(indicator, view)
    if indicator not in SERIES:
        loose = view.ngettext(
            "{indicator}: {n} figure; sources and methods differ, so that no change can be read.",
            "{indicator}: {n} figures; sources and methods differ, so that no change can be read between them.",
            len(countries),
        )
        return loose.format(**words)
    changes = unbroken(countries)
    if changes.empty:
        return _("{indicator}: no country of this selection publishes two figures by one method.").format(**words)
    widest = changes.iloc[int((changes["last"] - changes["first"]).abs().argmax())]
    words |= {"country": view.country(widest["geo"]), "n": view.number(len(changes))}
    words |= {end: _dated(countries, widest, end, view) for end in ("first", "last")}
    if len(changes) == 1:
        return _("{indicator}, {country}: {first}, then {last}.").format(**words)
    return _("{indicator}, {n} countries; widest change, {country}: {first}, then {last}.").format(**words)


def unbroken(countries: pd.DataFrame) -> pd.DataFrame:
    """The last stretch of each country, when it has two figures: geo, first and last value, and their rows' labels."""
    latest = countries[countries["stretch"] == countries.groupby("geo")["stretch"].transform("max")]
    ends = latest.groupby("geo", sort=False)["value"].agg(["first", "last", "size"]).reset_index()
    return ends[ends["size"] > 1]


def _dated(countries: pd.DataFrame, change: pd.Series, end: str, view: View) -> str:
    """The figure at one end of the last stretch of a country, and its year."""
    own = countries[countries["geo"] == change["geo"]]
    stretch = own[own["stretch"] == own["stretch"].max()].to_dict("records")
    row = stretch[0 if end == "first" else -1]
    return view.gettext("{value} in {year}").format(value=worded(row, view), year=row["year"])


def _countries(known: pd.DataFrame, tables: Tables, selection: Selection) -> list[str]:
    """The countries with most figures, then most people: the chosen ones, else the first five."""
    chosen = tables.codes.members(selection.countries)
    known = known[known["geo"].isin(chosen)] if chosen else known
    people = compared(tables, "population").query("role == 'main'").set_index("geo")["value"]
    counts = known["geo"].value_counts()
    order = sorted(counts.index, key=lambda geo: (-counts[geo], -people.get(geo, 0), geo))
    return order[: MOST if chosen else DEFAULT]


def _styles(rows: pd.DataFrame, view: View) -> dict[str, dict[str, Any]]:
    """Colour, dash and width of each line: one of each per country; the European one is wide and quiet."""
    palette = [view.colour(PALETTE, code) for code in view.vocabulary.codes(PALETTE)]
    countries = rows.loc[rows["role"] == "national", "geo"].unique()
    quiet = {"color": view.theme.quiet, "width": 5, "dash": "solid"}
    europe = dict.fromkeys(rows.loc[rows["role"] == "reference", "geo"], quiet)
    return europe | {
        geo: {"color": palette[place % len(palette)], "width": 2, "dash": DASHES[place % len(DASHES)]}
        for place, geo in enumerate(countries)
    }


def _line(own: pd.DataFrame, style: dict[str, Any], is_joined: bool, view: View) -> list[go.Scatter]:
    """The figures of one country: a line per stretch, and a mark for each in the symbol of its qualifier."""
    is_europe = own["role"].iloc[0] == "reference"
    return [
        go.Scatter(
            x=part["year"],
            y=part["value"],
            mode="lines+markers" if is_joined else "markers",
            opacity=0.45 if is_europe else 1,
            line=style,
            cliponaxis=False,
            marker={
                "size": 5 if is_joined else 11,
                "color": style["color"],
                "symbol": [view.vocabulary.property("qualifiers", code, "symbol") for code in part["qualifier"]],
            },
            customdata=[hover(row, view) for row in part.to_dict("records")],
            hovertemplate="%{customdata}<extra></extra>",
        )
        for _stretch, part in own.groupby("stretch")
    ]


def _years(years: pd.Series) -> dict[str, Any]:
    """A linear axis of years, with at most six of them written."""
    first, last = int(years.min()), int(years.max())
    step = max(1, -(-(last - first) // 5))
    edge = 0.04 * max(last - first, 5)
    ticks = list(range(last, first - 1, -step))
    return {
        "range": [first - edge, last + edge],
        "tickvals": ticks,
        "ticktext": list(map(str, ticks)),
        "showgrid": False,
        "tickangle": 0,
    }


def _named_at_the_end(
    figure: go.Figure, last: pd.DataFrame, axis: Axis, styles: dict[str, dict[str, Any]], view: View
) -> go.Figure:
    """The names at the right, level with the end of each line and apart from one another."""
    wanted = [HEIGHT * share for share in axis.shares(last["value"])]
    for geo, place in zip(last["geo"], apart(wanted, GAP, 8, HEIGHT - 8), strict=True):
        name = view.country(geo)
        short = name if len(name) <= 15 else f"{name[:14]}…"
        figure.add_annotation(
            text=f"<span style='color:{styles[geo]['color']}'>●</span> {short}",
            hovertext=name,
            x=1,
            xref="paper",
            xanchor="left",
            y=place / HEIGHT,
            yref="paper",
            yanchor="middle",
            showarrow=False,
            font_size=12,
        )
    return figure


def _named(rows: pd.DataFrame, axis: Axis, years: tuple[float, float], view: View) -> go.Scatter:
    """The name of a country beside its last point, and beside the others where there is room."""
    rows = rows.assign(is_last=~rows.duplicated("geo", keep="last"))
    rows = rows.sort_values("is_last", ascending=False, kind="stable")
    shares = ((rows["year"].astype(float) - years[0]) / (years[1] - years[0])).tolist()
    names = [view.country(geo) for geo in rows["geo"]]
    heights = [HEIGHT * share for share in axis.shares(rows["value"])]
    places = sides(shares, heights, [6.0] * len(rows), names, always=int(rows["is_last"].sum()))
    return go.Scatter(
        x=rows["year"],
        y=rows["value"],
        mode="markers+text",
        marker={"size": 11, "opacity": 0},
        text=[name if place else "" for name, place in zip(names, places, strict=True)],
        textposition=[place or "middle left" for place in places],
        textfont={"size": 12, "color": view.theme.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
