"""Two indicators crossed: one mark per country that publishes both, sized by its population."""

from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.axes import Axis
from atlas.charts import Coverage, Words, blank, union
from atlas.indicators import SERIES, STUDIED, compared, worded, year_text
from atlas.labels import sides
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Two indicators crossed"),
    question=N_("Do countries that are high on one indicator stand high on the other?"),
    drawn=N_(
        "One mark per country that publishes both, its area by population. Names are written where there is room; "
        "countries you choose are in colour."
    ),
    note=N_(
        "Latest figure of each, and years may differ: point at a mark to read them. A link between two indicators is "
        "not a cause."
    ),
)
FILTERS = ("countries", "indicator", "against")
ENOUGH, SURE = 8, 0.05
"""Countries a correlation needs, and the chance below which it is called a link."""
HEIGHT, WIDEST, SMALLEST, ALWAYS = 430, 40, 8, 6
"""Height of the plot and diameters of marks in pixels; chosen countries that are named whatever they meet."""
PEOPLE = {"value": "population", "qualifier": "population_qualifier", "source_ids": "population_source_ids"}
SIDE = ["value", "unit", "qualifier", "year", "source_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country and pair of figures: geo, role (main; second: another source of the same year), value, unit,
    qualifier, year of the indicator, the same of the other (`against_`), population and its qualifier, source_ids. Most people first."""
    codes = (selection.indicator, selection.against)
    y, x = (compared(tables, code).query("role != 'reference'")[["geo", "role", *SIDE]] for code in codes)
    rows = y.merge(x.rename(columns={name: f"against_{name}" for name in ["role", *SIDE]}), on="geo")
    rows = rows[(rows["role"].eq("main") | rows["against_role"].eq("main")) & (codes[0] != codes[1])]
    second = rows["role"].eq("second") | rows["against_role"].eq("second")
    people = compared(tables, "population").query("role == 'main'")[["geo", "value", "qualifier", "source_ids"]]
    rows = rows.assign(role=np.where(second, "second", "main")).merge(
        people.rename(columns=PEOPLE), how="left", on="geo"
    )
    lists = ["source_ids", "against_source_ids", "population_source_ids"]
    rows["source_ids"] = [union(ids for ids in row if isinstance(ids, list)) for row in rows[lists].to_numpy()]
    rows = rows.drop(columns=["against_role", *lists[1:]]).astype({"population": "float64"})
    return rows.sort_values(["population", "geo", "role"], ascending=[False, True, True], ignore_index=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Countries with both figures, of the countries observed."""
    return Coverage(rows["geo"].nunique(), int(tables.countries["role"].eq("observed").sum()), "countries")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    chosen = set(view.vocabulary.members(view.selection.countries))
    rows = rows.assign(is_chosen=rows["geo"].isin(chosen), radius=_radii(rows["population"]))
    rows = rows.sort_values("is_chosen", ascending=False, kind="stable")
    across, up = Axis.of(rows["against_value"]), Axis.of(rows["value"])
    main, second = rows[rows["role"] == "main"], rows[rows["role"] == "second"]
    title = _title(view.selection.indicator, rows["unit"].iloc[0], up.is_log, view)
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False})
    figure.update_layout(height=HEIGHT + 90, margin={"t": 26 + 17 * title.count("<br>"), "r": 8})
    figure.add_traces([_marks(second, view), _marks(main.sort_values("is_chosen", kind="stable"), view)])
    figure.add_trace(_names(main, across, up, view))
    below = _title(view.selection.against, rows["against_unit"].iloc[0], across.is_log, view)
    figure.update_xaxes(**across.layout(rows["against_unit"].iloc[0], view), tickangle=0, title=below)
    figure.update_yaxes(**up.layout(rows["unit"].iloc[0], view))
    corner = {"x": 0, "xref": "paper", "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom"}
    small = {"size": 13, "color": view.theme.quiet}
    figure.add_annotation(text=title, align="left", showarrow=False, yshift=4, font=small, **corner)
    return figure


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    pair, n = (view.selection.indicator, view.selection.against), int(rows["role"].eq("main").sum())
    words = dict(zip(("one", "other"), (view.label("indicators", code) for code in pair), strict=True))
    if pair[0] == pair[1]:
        return _("Choose two different indicators to cross: {one} is asked for twice.").format(**words)
    if n == 0:
        return _("No country publishes both of these: {one}; {other}.").format(**words)
    if n < ENOUGH:
        sentence = view.ngettext(
            "{one} and {other}: {n} country publishes both, too few to speak of a link.",
            "{one} and {other}: {n} countries publish both, too few to speak of a link.",
            n,
        )
        return sentence.format(**words)
    sentences = [_link(rows[rows["role"] == "main"], pair, view)]
    if all(view.vocabulary.property("indicators", code, "unit_kind") == "count" for code in pair):
        sentences.append(_("Both are counts, which grow with the size of a country."))
    return " ".join(sentences).format(n=view.number(n), **words)


def _link(main: pd.DataFrame, pair: tuple[str, str], view: View) -> str:
    """The sentence on how two indicators go together, with {one}, {other} and {n} left to fill in."""
    _ = view.gettext
    if not set(pair) <= SERIES | STUDIED:
        return _("{one} and {other}: {n} countries publish both, each counting in its own way: no link is computed.")
    rho, chance = _correlation(main)
    if chance >= SURE:
        return _("{one} and {other}: no clear link among the {n} countries that publish both.")
    link = (
        _(
            "{one} and {other}: among the {n} countries that publish both, the two move together (rank correlation {rho})."
        )
        if rho > 0
        else _(
            "{one} and {other}: among the {n} countries that publish both, the two move against each other (rank correlation {rho})."
        )
    )
    return link.replace("{rho}", view.number(rho, 2).replace("-", "−"))


def _correlation(main: pd.DataFrame) -> tuple[float, float]:
    """Spearman's rank correlation and the chance of one as strong without any link; none when all are equal."""
    if main["value"].nunique() < 2 or main["against_value"].nunique() < 2:
        return 0.0, 1.0
    from scipy.stats import spearmanr  # takes seconds to import, and few views need it

    result = spearmanr(main["value"], main["against_value"])
    return float(result.statistic), float(result.pvalue)


def _radii(population: pd.Series) -> pd.Series:
    """Radii in pixels, areas by population; the smallest where it is not published."""
    most = population.max()
    shares = np.sqrt(population / most) if most > 0 else population * 0
    return (WIDEST * shares).clip(lower=SMALLEST).fillna(SMALLEST) / 2


def _title(indicator: str, unit: str, is_log: bool, view: View) -> str:
    """The indicator, its unit, and that its axis is logarithmic; in lines that fit a phone."""
    _ = view.gettext
    facts = [view.label("indicators", indicator)] + ([] if unit == "percent" else [view.label("units", unit)])
    facts += [_("logarithmic axis")] if is_log else []
    return "<br>".join(wrap(" · ".join(facts), 42))


def _marks(rows: pd.DataFrame, view: View) -> go.Scatter:
    """A mark per country: filled for the figures compared, open for another source or an unknown population."""
    is_open = rows["role"].eq("second") | rows["population"].isna()
    colours = [view.theme.primary if chosen else view.theme.quiet for chosen in rows["is_chosen"]]
    return go.Scatter(
        x=rows["against_value"],
        y=rows["value"],
        mode="markers",
        cliponaxis=False,
        marker={
            "size": 2 * rows["radius"],
            "symbol": ["circle-open" if is_open else "circle" for is_open in is_open],
            "color": colours,
            "opacity": 0.75,
            "line": {
                "width": 1.5,
                "color": [view.theme.text if chosen else view.theme.background for chosen in rows["is_chosen"]],
            },
        },
        customdata=[_hover(row, view) for row in rows.to_dict("records")],
        hovertemplate="%{customdata}<extra></extra>",
    )


def _names(main: pd.DataFrame, across: Axis, up: Axis, view: View) -> go.Scatter:
    """The names that fit, the chosen countries first, then the most populous."""
    names = [view.country(geo) for geo in main["geo"]]
    heights = [HEIGHT * share for share in up.shares(main["value"])]
    always = min(int(main["is_chosen"].sum()), ALWAYS)
    places = sides(across.shares(main["against_value"]), heights, list(main["radius"]), names, always=always)
    bold = [f"<b>{name}</b>" if lit else name for name, lit in zip(names, main["is_chosen"], strict=True)]
    return go.Scatter(
        x=main["against_value"],
        y=main["value"],
        mode="markers+text",
        cliponaxis=False,
        marker={"size": 2 * main["radius"], "opacity": 0},
        text=[name if place else "" for name, place in zip(bold, places, strict=True)],
        textposition=[place or "middle right" for place in places],
        textfont={"size": 12, "color": view.theme.text},
        hoverinfo="skip",
    )


def _hover(row: dict[Any, Any], view: View) -> str:
    """Both figures with their years, and the population."""
    _ = view.gettext
    against = {name: row[f"against_{name}"] for name in SIDE if name != "source_ids"}
    pairs = ((view.selection.indicator, row), (view.selection.against, against))
    lines = [
        _("{name}: {value}").format(name=view.label("indicators", code), value=worded(side, view))
        + f" · {year_text(code, side['year'])}"
        for code, side in pairs
    ]
    people = {"value": row["population"], "unit": "persons", "qualifier": row["population_qualifier"]}
    count = view.missing if pd.isna(row["population"]) else worded(people, view)
    lines.append(_("{name}: {value}").format(name=view.label("indicators", "population"), value=count))
    return "<br>".join([f"<b>{view.country(row['geo'])}</b>", *lines])
