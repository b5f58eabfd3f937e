"""Laws, strategies, calls and funds by country: one column per kind, the European ones apart."""

from html import escape
from textwrap import shorten, wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.comparison import EUROPE_WIDE, item_name, programmes_of
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Laws, strategies, calls and funds by country"),
    question=N_("Which countries have laws, strategies, calls and funds for the social economy and social innovation?"),
    drawn=N_(
        "Number known in each country, one column per kind. "
        "European and transnational ones stand apart, on their own scale."
    ),
    note=N_(
        "Counts follow our search, not only reality. An empty cell means that none was found, not that there is none."
    ),
)
FILTERS = ("countries", "levels", "programme_kinds", "time")
KINDS = ("law", "strategy", "call", "fund")
ROW, HEADER = 26, 44  # heights in pixels
NAMES, FULL = 2.2, 0.6  # width of the names and of the longest bar, in columns


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per country (or group chosen as such) and kind: country (EU: European and transnational), kind (law,
    strategy, call, fund), programmes (count), source_ids; those with the most programmes first, EU last.
    """
    programmes = _programmes(tables, selection)
    counts = (
        programmes.groupby(["country", "kind"])
        .agg(programmes=("programme_id", "size"), source_ids=("source_ids", union))
        .reset_index()
    )
    totals = counts.groupby("country")["programmes"].transform("sum").where(counts["country"] != "EU", 0)
    order = counts.assign(total=-totals, rank=counts["kind"].map(KINDS.index))
    return order.sort_values(["total", "country", "rank"], ignore_index=True)[
        ["country", "kind", "programmes", "source_ids"]
    ]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Laws, strategies, calls and funds, of all the programmes selected; each once, whatever groups it belongs to."""
    programmes = _selected(tables, selection).drop_duplicates("programme_id")
    return Coverage(int(programmes["kind"].isin(KINDS).sum()), len(programmes), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    countries = [
        *(["EU"] if "EU" in set(rows["country"]) else []),
        *(code for code in rows["country"].unique() if code != "EU"),
    ]
    places = {code: i + (0.5 if code != "EU" and countries[0] == "EU" else 0) for i, code in enumerate(countries)}
    longest = rows.groupby(rows["country"] == "EU")["programmes"].max()
    totals = rows.groupby("country")["programmes"].sum()
    figure = go.Figure(layout={"template": view.theme.template(), "barmode": "overlay", "showlegend": False})
    shown = [kind for kind in KINDS if kind in set(rows["kind"])]
    for column, kind in enumerate(shown):
        cells = rows[rows["kind"] == kind]
        label, left = view.label("programme_kinds", kind), NAMES + column
        figure.add_bar(
            orientation="h",
            base=left,
            x=cells["programmes"] / (cells["country"] == "EU").map(longest) * FULL,
            y=cells["country"].map(places),
            width=0.6,
            text=cells["programmes"].map(view.number),
            textposition="outside",
            cliponaxis=False,
            customdata=cells["country"],
            marker={"color": view.colour("programme_kinds", kind)},
            textfont={"color": view.theme.text, "size": 13},
            name=label,
            hovertext=[
                f"{escape(item_name(code, view), quote=False)}<br>"
                + _("{name}: {value}").format(name=label, value=view.number(n))
                for code, n in zip(cells["country"], cells["programmes"], strict=True)
            ],
            hovertemplate="%{hovertext}<extra></extra>",
        )
        figure.add_annotation(
            text="<br>".join(wrap(label, 9)),
            x=left,
            y=1,
            yref="paper",
            xanchor="left",
            yanchor="bottom",
            align="left",
            showarrow=False,
            font={"size": 10, "color": view.theme.quiet},
        )
    for code in countries:
        name = shorten(_("European") if code == "EU" else item_name(code, view), 16, placeholder="…")
        figure.add_annotation(
            text=f"{escape(name, quote=False)} <b>{view.number(totals[code])}</b>",
            font={"size": 13},
            x=0,
            y=places[code],
            xanchor="left",
            showarrow=False,
        )
    if len(countries) > 1 and countries[0] == "EU":
        figure.add_hline(y=0.75, line={"color": view.theme.line, "width": 1})
    last = max(places.values())
    figure.update_layout(height=round(HEADER + ROW * (last + 1) + 8), margin={"l": 8, "r": 8, "t": HEADER, "b": 8})
    figure.update_xaxes(range=[0, NAMES + len(shown) + 0.3], visible=False)
    return figure.update_yaxes(range=[last + 0.5, -0.5], visible=False)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No law, strategy, call or fund matches this selection.")
    totals = rows.groupby("country")["programmes"].sum()
    european, national = int(totals.get("EU", 0)), totals.drop("EU", errors="ignore")
    if national.empty:
        return view.ngettext(
            "{n} law, strategy, call or fund is European; none is of one country.",
            "{n} laws, strategies, calls and funds are European; none is of one country.",
            european,
        )
    leaders = [item_name(code, view) for code in national.index[national == national.max()]]
    words = {
        "most": view.number(national.max()),
        "total": view.number(national.sum()),
        "countries": view.number(len(national)),
        "european": view.number(european),
    }
    if len(national) == 1:
        return _("{country}: {total} laws, strategies, calls and funds known; European ones: {european}.").format(
            country=leaders[0], **words
        )
    if set(national.index) & set(view.vocabulary.codes("country_groups")):
        message = _("Most laws, strategies, calls and funds known: {countries} ({most}).")
        return message.format(countries=", ".join(leaders), most=words["most"])
    if len(leaders) > 1:
        return _(
            "{total} laws, strategies, calls and funds in {countries} countries, at most {most} in one; "
            "European ones: {european}."
        ).format(**words)
    return _(
        "{country} has {most} of the {total} laws, strategies, calls and funds known in {countries} countries; "
        "European ones: {european}."
    ).format(country=leaders[0], **words)


def _programmes(tables: Tables, selection: Selection) -> pd.DataFrame:
    programmes = _selected(tables, selection)
    return programmes[programmes["kind"].isin(KINDS)]


def _selected(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The programmes selected, each with the country, or the group chosen, that it counts for."""
    if set(selection.countries) <= {EUROPE_WIDE}:
        return selection.of_programmes(tables)
    programmes = programmes_of(tables, selection).drop(columns="country").rename(columns={"geo": "country"})
    european = selection.but(countries=(EUROPE_WIDE,)).of_programmes(tables)
    return pd.concat([programmes, european], ignore_index=True) if EUROPE_WIDE in selection.countries else programmes
