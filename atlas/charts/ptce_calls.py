"""Calls for projects that chose PTCE: applications, laureates, success rate and money, in order of date."""

from html import escape
from textwrap import shorten, wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Calls for PTCE"),
    question=N_("How many applied to each call for PTCE, how many were chosen, and with how much money?"),
    drawn=N_("Light bar: applications; dark bar: laureates among them. A tick shows the figure of another source."),
    note=N_(
        "Money is the amount published for the whole call. In 2021, phase 1 chose clusters for support services, "
        "not grants: its rate does not compare with the others. A cross marks applications that are not published. "
        "The average per laureate is computed here, envelope divided by laureates, only where a call publishes both; "
        "published grants are those of the laureates we can name."
    ),
)
FILTERS = ("levels", "time")
SUPPORT = ("fr-ptce-ami-2021-phase1", "fr-prog-ptce-ami-2021-phase1")  # rounds that gave services, not money
FIGURES = ("applications", "laureates", "budget_eur")
COLUMNS = (
    "programme_id name_en name_fr name_local level start end applications laureates success_rate budget_eur budget_kind "
    "is_support other_applications other_laureates other_budget_eur average_grant_eur published_grants mean_grant_eur "
    "summary_en summary_fr source_ids"
)
LINE, BAR, GAP = 19, 14, 22  # heights in pixels


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per French call for PTCE, by year then identifier: programme_id, name_en, name_fr, name_local, level,
    start, end, applications, laureates, success_rate (ratio), budget_eur (EUR), budget_kind, is_support
    (services, not money), other_applications, other_laureates, other_budget_eur (lists: what other sources
    say), average_grant_eur (computed: envelope / laureates, EUR), published_grants (count), mean_grant_eur (mean of
    those, EUR), summary_en, summary_fr, source_ids.
    """
    calls = _calls(tables, selection)
    others = tables.field_sources.query("table == 'programmes' and not is_used and column in @FIGURES")
    rate = calls["laureates"].astype("Float64") / calls["applications"].where(calls["applications"] > 0).astype(
        "Float64"
    )
    calls = calls.assign(success_rate=rate, is_support=calls["programme_id"].isin(SUPPORT), year=calls["start"].str[:4])
    calls, grants = _averages(calls, tables)
    calls["source_ids"] = [
        union(
            [
                ids,
                *others.loc[others["row_id"] == code, "source_ids"],
                *grants.loc[grants["programme_id"] == code, "source_ids"],
            ]
        )
        for code, ids in calls[["programme_id", "source_ids"]].to_numpy()
    ]
    for column in FIGURES:
        said = others[others["column"] == column]
        calls[f"other_{column}"] = [
            [float(value) for value in said.loc[said["row_id"] == code, "value"]] for code in calls["programme_id"]
        ]
    return calls.sort_values(["year", "programme_id"], ignore_index=True)[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(int(rows["success_rate"].notna().sum()), len(rows), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    texts = [_text(row, view) for _i, row in rows.iterrows()]
    heights = [LINE * (text.count("<br>") + 1) + BAR + GAP for text in texts]
    tops = [sum(heights[:i]) for i in range(len(heights))]
    middles = [top + height - GAP - BAR / 2 for top, height in zip(tops, heights, strict=True)]
    hovers = [_hover(row, view) for _i, row in rows.iterrows()]
    bars = {
        "orientation": "h",
        "y": middles,
        "width": BAR,
        "hovertext": hovers,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "customdata": rows["programme_id"],
    }
    figure = go.Figure()
    figure.add_bar(x=rows["applications"].astype(float), marker={"color": view.theme.muted}, **bars)
    figure.add_bar(x=rows["laureates"].astype(float), marker={"color": view.theme.primary}, **bars)
    others = rows["other_applications"] + rows["other_laureates"]
    ticks = [(value, middle) for middle, values in zip(middles, others, strict=True) for value in values]
    figure.add_scatter(
        x=[value for value, middle in ticks],
        y=[middle for value, middle in ticks],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={"symbol": "line-ns-open", "size": BAR + 6, "color": view.theme.text, "line": {"width": 2}},
    )
    longest = rows[["applications", "laureates"]].astype(float).max().max()
    longest = 1.0 if pd.isna(longest) else longest
    unknown = pd.DataFrame({"x": rows["laureates"].fillna(0).astype(float), "y": middles})[rows["applications"].isna()]
    figure.add_scatter(
        x=unknown["x"] + longest / 40,
        y=unknown["y"],
        mode="markers",
        hoverinfo="skip",
        cliponaxis=False,
        marker={"symbol": "x-thin-open", "size": 7, "color": view.theme.quiet, "line": {"width": 2}},
    )
    for text, top in zip(texts, tops, strict=True):
        figure.add_annotation(
            text=text, x=0, y=top, xanchor="left", yanchor="top", xshift=-2, align="left", showarrow=False
        )
    figure.update_layout(
        template=view.theme.template(),
        barmode="overlay",
        showlegend=False,
        height=sum(heights) + 16,
        margin={"l": 4, "r": 12, "t": 8, "b": 8},
    )
    return figure.update_yaxes(range=[sum(heights), 0], visible=False).update_xaxes(
        visible=False, range=[0, longest * 1.02]
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No call for PTCE matches this selection.")
    rates = rows[rows["success_rate"].notna() & ~rows["is_support"]].sort_values("success_rate")
    if rates.empty:
        return view.ngettext(
            "{n} call for PTCE; none that gives grants publishes both applications and laureates.",
            "{n} calls for PTCE; none that gives grants publishes both applications and laureates.",
            len(rows),
        )
    low, high = (
        _("{rate} ({year})").format(rate=view.percent(row["success_rate"]), year=view.date(row["start"][:4]))
        for _i, row in rates.iloc[[0, -1]].iterrows()
    )
    if len(rates) == 1:
        return _("The one call for PTCE that publishes both figures chose {rate} of its applications.").format(rate=low)
    if rows["is_support"].any():
        return _(
            "Calls for PTCE chose from {low} to {high} of their applications, the support-only phase of 2021 apart."
        ).format(low=low, high=high)
    return _("Calls for PTCE chose from {low} to {high} of their applications.").format(low=low, high=high)


def _calls(tables: Tables, selection: Selection) -> pd.DataFrame:
    """French calls whose identifier or name says PTCE."""
    calls = selection.only(FILTERS).of_programmes(tables).query("country == 'FR' and kind == 'call' and part_of.isna()")
    texts = [
        calls[column].astype("string").fillna("") for column in ("programme_id", "name_en", "name_fr", "name_local")
    ]
    is_named = pd.concat([text.str.contains("ptce", case=False) for text in texts], axis=1).any(axis=1)
    return calls[is_named]


def _averages(calls: pd.DataFrame, tables: Tables) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The calls with their computed average grant and the mean of the published ones; and those published grants."""
    grants = tables.awards[
        tables.awards["amount_eur"].notna() & tables.awards["programme_id"].isin(calls["programme_id"])
    ]
    amounts = grants.groupby("programme_id")["amount_eur"]
    is_known = (calls["budget_kind"] == "envelope") & (calls["laureates"] > 0).fillna(False) & ~calls["is_support"]
    average = calls["budget_eur"] / calls["laureates"].astype("float64")
    return calls.assign(
        average_grant_eur=average.where(is_known.astype(bool)),
        published_grants=calls["programme_id"].map(amounts.size()).fillna(0).astype(int),
        mean_grant_eur=calls["programme_id"].map(amounts.mean()).astype("float64"),
    ), grants


def _text(row: pd.Series, view: View) -> str:
    """Name, chosen of applied, money, and what other sources say: a line each."""
    year, name = (
        view.date(row["start"] if pd.isna(row["start"]) else row["start"][:4]),
        escape(shorten(view.name(row), 44, placeholder="…"), quote=False),
    )
    lines = [f"<b>{year}</b> {name}", _chosen(row, view), _money(row, view), *_grants(row, view), _also(row, view)]
    return "<br>".join(
        [
            lines[0],
            *(f"<span style='font-size:12px;color:{view.theme.quiet}'>{line}</span>" for line in lines[1:] if line),
        ]
    )


def _chosen(row: pd.Series, view: View) -> str:
    _ = view.gettext
    applications, laureates = row["applications"], row["laureates"]
    if pd.isna(applications) and pd.isna(laureates):
        return _("Applications and laureates not published")
    if pd.isna(applications):
        return view.ngettext(
            "{n} laureate, applications not published", "{n} laureates, applications not published", laureates
        )
    if pd.isna(laureates):
        return view.ngettext(
            "{n} application, laureates not published", "{n} applications, laureates not published", applications
        )
    return _("{laureates} chosen of {applications} applications: {rate}").format(
        laureates=view.number(laureates), applications=view.number(applications), rate=view.percent(row["success_rate"])
    )


def _money(row: pd.Series, view: View) -> str:
    _ = view.gettext
    if row["is_support"]:
        return _("Support services, not grants")
    if pd.isna(row["budget_eur"]):
        return _("Envelope not published")
    what = _("Amount") if pd.isna(row["budget_kind"]) else view.label("budget_kinds", row["budget_kind"])
    return _("{what}: {amount}").format(what=what, amount=view.money(row["budget_eur"]))


def _grants(row: pd.Series, view: View) -> list[str]:
    """The average per laureate, marked as computed, and what the published grants say."""
    _ = view.gettext
    lines = []
    if pd.notna(row["average_grant_eur"]):
        average = view.money(round(row["average_grant_eur"]))
        lines.append(_("Average per laureate, computed: {amount}").format(amount=average))
    if row["published_grants"]:
        words = view.ngettext(
            "{n} published grant: {amount}", "{n} published grants, {amount} on average", row["published_grants"]
        )
        lines.append(words.format(amount=view.money(round(row["mean_grant_eur"]))))
    return lines


def _also(row: pd.Series, view: View) -> str:
    _ = view.gettext
    applications = [
        view.ngettext("{n} application", "{n} applications", int(value)) for value in row["other_applications"]
    ]
    laureates = [view.ngettext("{n} laureate", "{n} laureates", int(value)) for value in row["other_laureates"]]
    figures = applications + laureates + [view.money(value) for value in row["other_budget_eur"]]
    return _("Another source: {figures}").format(figures=", ".join(figures)) if figures else ""


def _hover(row: pd.Series, view: View) -> str:
    summary = row["summary_fr"] if view.language == "fr" and pd.notna(row["summary_fr"]) else row["summary_en"]
    name = f"<b>{escape(view.name(row), quote=False)}</b>"
    lines = [name, _chosen(row, view), _money(row, view), *_grants(row, view), _also(row, view)]
    return "<br>".join(
        [line for line in lines if line]
        + ([] if pd.isna(summary) else [escape(line, quote=False) for line in wrap(summary, 60)])
    )
