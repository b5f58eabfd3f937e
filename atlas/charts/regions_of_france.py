"""French regions: jobs and share of the social economy as published, and PTCE per 100 000 inhabitants, by name."""

from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank, union
from atlas.observed import is_old, old_before, symbols
from atlas.regions import french_regions, with_region
from atlas.search import folded
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("French regions"),
    question=N_("How large is the social economy in each French region, and how many PTCE has it?"),
    drawn=N_(
        "Jobs in the social economy and their share of employment, the latest published in words, others faint, hollow "
        "with a dot when more than five years old; and the PTCE we know per 100,000 inhabitants. Regions by name."
    ),
    note=N_(
        "Jobs and shares come from different years, sources and perimeters: regions cannot be ranked by them. Our list of "
        "PTCE is not a census; the rate divides it by the latest published population."
    ),
)
FILTERS: tuple[str, ...] = ()
JOBS, SHARE, RATE = "social_economy_paid_employment", "social_economy_share_of_employment", "ptce_per_100000"
INHABITANTS = 100_000
ROW, HEAD, NAME = 30, 60, 15
"""Height in pixels of a row and of a heading; characters in a line of a name."""
RATED = [
    "geo",
    "indicator",
    "role",
    "ptce",
    "population",
    "population_year",
    "year",
    "value",
    "qualifier",
    "source_ids",
]
COLUMNS = "geo geo_name indicator role year is_old value unit qualifier ptce population population_year note source_ids"


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per region and figure: geo, geo_name, indicator (jobs, share, or ptce_per_100000), role (latest; other: an
    older figure or another source; missing), year, is_old, value, unit (persons, percent, or PTCE per 100 000
    inhabitants), qualifier, ptce (number we know) with population and population_year, note, source_ids. By name."""
    regions, known = french_regions(tables), tables.indicators
    names = regions.set_index("geo")["region"]
    published = known[known["indicator"].isin([JOBS, SHARE]) & known["geo"].isin(names.index)]
    published = published.assign(is_rough=published["qualifier"].ne("exact"))
    published = published.sort_values(["year", "is_rough", "value"], ascending=[False, True, False])
    is_first = ~published.duplicated(["geo", "indicator"])
    published["role"] = is_first.map({True: "latest", False: "other"}).astype("str")
    rows = pd.concat([published, _absent(published, names), _rates(tables, regions)], ignore_index=True)
    rows = rows.assign(geo_name=rows["geo"].map(names), is_old=is_old(rows["year"].astype("Int64"), old_before(tables)))
    places = {"place": rows["geo_name"].map(folded), "panel": rows["indicator"].map([JOBS, SHARE, RATE].index)}
    rows = rows.assign(**places).sort_values(["place", "geo", "panel"], kind="stable", ignore_index=True)
    return rows.reindex(columns=COLUMNS.split())


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """PTCE whose region is known, of all PTCE."""
    placed = rows.loc[rows["indicator"] == RATE, "ptce"].sum()
    return Coverage(int(placed), int((tables.clusters["kind"] == "ptce").sum()), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    regions = list(dict.fromkeys(rows["geo"]))
    placed, names = rows.assign(y=rows["geo"].map(regions.index)), rows.drop_duplicates("geo")["geo_name"]
    height = ROW * len(regions) + HEAD
    figure = make_subplots(3, 1, vertical_spacing=HEAD / (3 * height))
    figure.update_layout(template=view.theme.template(), height=3 * height + 16, showlegend=False)
    figure.update_layout(margin={"t": HEAD, "b": 8, "r": 8})
    for number, indicator in enumerate((JOBS, SHARE, RATE), 1):
        _panel(figure, number, placed[placed["indicator"] == indicator], view)
    labels = ["<br>".join(wrap(escape(name, quote=False), NAME)) for name in names]
    figure.update_yaxes(range=[len(regions) - 0.4, -0.6], tickvals=list(range(len(regions))), ticktext=labels)
    figure.update_yaxes(showgrid=False, ticklabelstandoff=6, tickfont={"color": view.theme.text, "size": 12})
    return figure.update_xaxes(visible=False)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    rates = rows[(rows["indicator"] == RATE) & rows["value"].notna()].sort_values("value")
    if rates.empty or not rates["ptce"].sum():
        return _("No PTCE of the list can be set against the population of a French region.")
    low, high = rates.iloc[[0, -1]].to_dict("records")
    words = {
        "n": view.number(rates["ptce"].sum()),
        "regions": view.number(len(rates)),
        "high": high["geo_name"],
        "rate": view.number(high["value"], 2),
        "low": low["geo_name"],
        "low_rate": view.number(low["value"], 2),
    }
    return _(
        "{n} PTCE that we know in {regions} French regions: from {low_rate} per 100,000 inhabitants ({low}) to "
        "{rate} ({high})."
    ).format(**words)


def _absent(published: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """One row for each region and indicator for which nothing is published."""
    given = set(published[["geo", "indicator"]].itertuples(index=False, name=None))
    keys = [key for key in ((geo, code) for geo in names.index for code in (JOBS, SHARE)) if key not in given]
    return pd.DataFrame([(*key, "missing", []) for key in keys], columns=["geo", "indicator", "role", "source_ids"])


def _rates(tables: Tables, regions: pd.DataFrame) -> pd.DataFrame:
    """PTCE we know by 100 000 inhabitants of the latest year published, one row per region; none is a true zero."""
    ptce = with_region(
        pd.DataFrame(tables.clusters[tables.clusters["kind"] == "ptce"].drop(columns="geometry")), regions
    )
    rows = []
    for region in regions.to_dict("records"):
        here = ptce[ptce["geo"] == region["geo"]]
        rows.append(
            {
                "geo": region["geo"],
                "indicator": RATE,
                "role": "latest" if region["population"] > 0 else "missing",
                "ptce": len(here),
                "population": region["population"],
                "population_year": region["year"],
                "year": region["year"],
                "value": INHABITANTS * len(here) / region["population"] if region["population"] > 0 else None,
                "qualifier": "exact",
                "source_ids": union([*here["source_ids"], region["source_ids"]]),
            }
        )
    return pd.DataFrame(rows, columns=RATED)


def _panel(figure: go.Figure, number: int, panel: pd.DataFrame, view: View) -> None:
    """One quantity: its heading, crosses where nothing is published, other figures faint, and the latest in words."""
    _ = view.gettext
    headings = {
        JOBS: _("Paid jobs in the social economy, and their year"),
        SHARE: _("Share of employment, and its year"),
        RATE: _("PTCE per 100,000 inhabitants (number of PTCE)"),
    }
    indicator = panel["indicator"].iloc[0]
    figure.add_annotation(
        text=f"<b>{'<br>'.join(wrap(headings[indicator], 24))}</b>", x=0, xref="x domain", xanchor="left",
        y=1, yref=f"y{number if number > 1 else ''} domain", yanchor="bottom", align="left", showarrow=False,
        font={"size": 13},
    )  # fmt: skip
    is_known = panel["value"].notna()
    if indicator == RATE:
        figure.add_trace(_bars(panel[is_known], view), number, 1)
    else:
        for role in ("other", "latest"):
            figure.add_trace(_dots(panel[is_known & panel["role"].eq(role)], view), number, 1)
        figure.add_trace(_words(panel[is_known & panel["role"].eq("latest")], panel["value"].max(), view), number, 1)
    figure.add_trace(_crosses(panel[~is_known], view), number, 1)
    room = 1.8 if indicator == RATE else 4.1
    figure.update_xaxes(range=[0, room * max(panel["value"].fillna(0).max(), 0.01)], row=number)


def _dots(rows: pd.DataFrame, view: View) -> go.Scatter:
    """Figures as published: the latest in words with its year, others faint; hollow with a dot when old."""
    is_latest, records = rows["role"].eq("latest").all(), rows.to_dict("records")
    colour = view.theme.primary if is_latest else faded(view.theme.quiet, 0.5)
    return go.Scatter(
        x=rows["value"],
        y=rows["y"],
        mode="markers",
        marker={
            "symbol": symbols(rows, view),
            "size": 10 if is_latest else 7,
            "color": colour,
            "line": {"width": 2, "color": colour},
        },
        cliponaxis=False,
        customdata=[_hover(row, view) for row in records],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _words(rows: pd.DataFrame, largest: float, view: View) -> go.Scatter:
    """The latest figure and its year, in one column right of all the marks."""
    return go.Scatter(
        x=[1.25 * largest] * len(rows),
        y=rows["y"],
        mode="text",
        text=[f"{_value(row, view)} · {_year(row, view)}" for row in rows.to_dict("records")],
        textposition="middle right",
        textfont={"size": 12, "color": view.theme.quiet},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _crosses(rows: pd.DataFrame, view: View) -> go.Scatter:
    """A cross, in words, where nothing is published."""
    return go.Scatter(
        x=[0] * len(rows),
        y=rows["y"],
        mode="markers+text",
        marker={"symbol": "x-thin", "size": 7, "line": {"width": 1.5, "color": view.theme.quiet}},
        text=[view.missing] * len(rows),
        textposition="middle right",
        textfont={"size": 12, "color": view.theme.quiet},
        cliponaxis=False,
        hoverinfo="skip",
    )


def _bars(rows: pd.DataFrame, view: View) -> go.Bar:
    """PTCE per 100 000 inhabitants, with the number of PTCE."""
    _ = view.gettext
    known = rows[rows["value"].notna()]
    return go.Bar(
        x=known["value"],
        y=known["y"],
        orientation="h",
        width=0.4,
        marker={"color": view.colour("kinds", "ptce")},
        text=[f"{view.number(row['value'], 2)} ({view.number(row['ptce'])})" for row in known.to_dict("records")],
        textposition="outside",
        constraintext="none",
        textfont={"size": 12, "color": view.theme.text},
        cliponaxis=False,
        customdata=[_hover(row, view) for row in known.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _value(row: dict[Any, Any], view: View) -> str:
    """A share or a number of jobs, with its qualifier."""
    value = view.percent(row["value"] / 100) if row["indicator"] == SHARE else view.number(row["value"])
    before = view.vocabulary.property("qualifiers", row["qualifier"], f"before_{view.language}")
    return f"{before} {value}" if before else value


def _hover(row: dict[Any, Any], view: View) -> str:
    """Region, figure, year (and that it is old), sources; the note of the publisher."""
    _ = view.gettext
    sources = view.ngettext("{n} source", "{n} sources", len(row["source_ids"]))
    name = f"<b>{escape(row['geo_name'], quote=False)}</b>"
    if row["indicator"] == RATE:
        words = {"people": view.number(row["population"]), "year": row["population_year"]}
        count = view.ngettext("{n} PTCE", "{n} PTCE", int(row["ptce"]))
        people = _("{people} inhabitants ({year})").format(**words)
        return f"{name}<br>{count} · {people} · {sources}"
    note = [] if pd.isna(row["note"]) else wrap(escape(row["note"], quote=False), 50)
    return "<br>".join([name, f"{_value(row, view)} · {_year(row, view)} · {sources}", *note])


def _year(row: dict[Any, Any], view: View) -> str:
    _ = view.gettext
    return _("{year}, old").format(year=row["year"]) if row["is_old"] is True else str(row["year"])
