"""What the figures of one metric and scope add up to: how exact the sum is, what is planned, and how much is known."""

from textwrap import wrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank, union
from atlas.observed import observed
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.totals import QUALIFIERS, is_added, parts, whole, worded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("What the figures add up to"),
    question=N_("How many jobs in all, and how sure is it?"),
    drawn=N_(
        "Sum of the latest figure of each cluster by how exact it is, each part after the other; "
        "then how many clusters publish one, and how old it is."
    ),
    note=N_(
        "“About” makes the sum an estimate, “at least” gives it a lower bound only, “at most” an upper bound only; a "
        "planned figure never enters it. Old: more than five years before the newest figure we hold."
    ),
)
FILTERS = (*CLUSTERS, "metric", "scope")
AGES = {
    "recent": N_("five years old or less"),
    "old": N_("more than five years old"),
    "undated": N_("undated"),
    "missing": N_("not published"),
}
PATTERNS = {"about": "/", "at_least": "|", "at_most": "-"}
ROW = 52
COLUMNS = [
    "metric",
    "scope",
    "role",
    "qualifier",
    "clusters",
    "value",
    "lower_bound",
    "upper_bound",
    "unit",
    "clusters_selected",
    "source_ids",
]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per part: metric, scope, role, clusters (number), qualifier, value, lower_bound, upper_bound, unit,
    clusters_selected, source_ids.

    Roles: exact, about, at_least, at_most (parts of the sum: each with the bounds it gives, the upper missing when open), total (their sum), planned (never in it); then, without a value, recent, old, undated, missing (clusters by
    the age of their latest figure, or without any but a planned one). Where a sum would count twice, value is missing
    and there is no total.
    """
    rows = observed(tables, selection)
    latest, planned = rows[rows["role"] == "latest"], rows[rows["role"] == "planned"]
    sums = parts(latest)
    total = [whole(sums)] if len(sums) else []
    selected = len(selection.of_clusters(tables))
    drawn = pd.concat([sums, *total, _planned(planned), _ages(latest, selected)], ignore_index=True)
    if not is_added(selection.metric, selection.scope):
        drawn = drawn[drawn["role"] != "total"].assign(value=np.nan, lower_bound=np.nan, upper_bound=np.nan)
    facts = {"metric": selection.metric, "scope": selection.scope, "unit": rows["unit"].iloc[0] if len(rows) else None}
    return drawn.assign(**facts, clusters_selected=selected)[COLUMNS].reset_index(drop=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    known = rows["role"].isin(["recent", "old", "undated"])
    return Coverage(int(rows.loc[known, "clusters"].sum()), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty or set(rows["role"]) <= {"missing"}:
        return blank(view)
    _ = view.gettext
    ages = rows[rows["role"].isin(list(AGES))]
    sums = rows[~rows["role"].isin(list(AGES))]
    heights = [len(sums) * ROW + 30, len(ages) * ROW + 30]
    figure = make_subplots(2, 1, row_heights=heights, vertical_spacing=0.02)
    figure.update_layout(
        template=view.theme.template(), height=sum(heights) + 20, showlegend=False, margin={"t": 4, "b": 4, "r": 12}
    )
    has_values = bool(sums["value"].notna().any())
    heading = _("Sum") if has_values else _("Not added up")
    words = [_value(part, view) for part in sums.to_dict("records")]
    sizes = sums["value"] if has_values else sums["clusters"]
    _panel(figure, 1, sums.assign(size=sizes, words=words), heading, view)
    _panel(
        figure, 2, ages.assign(size=ages["clusters"], words=[_(AGES[age]) for age in ages["role"]]), _("Clusters"), view
    )
    return figure.update_xaxes(visible=False, rangemode="tozero")


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    metric, scope = view.selection.metric, view.selection.scope
    words = {"metric": view.label("metrics", metric), "scope": view.label("scopes", scope).lower()}
    by_role = rows.set_index("role")
    known = by_role["clusters"].reindex(["recent", "old", "undated"], fill_value=0)
    if not known.sum():
        only_planned = _("{metric}, {scope}: only planned figures are published.")
        none = _("No cluster of this selection publishes a figure for: {metric}, {scope}.")
        return (only_planned if "planned" in by_role.index else none).format(**words)
    words |= {"n": view.number(known.sum()), "all": view.number(rows["clusters_selected"].iloc[0])}
    sums = rows[rows["role"].isin(QUALIFIERS)]
    total = whole(sums).iloc[0].to_dict()
    words |= {"total": worded(total, rows["unit"].iloc[0], view), "exact": view.number(_exact(sums), 2)}
    return " ".join([_sentence(sums, metric, scope, view).format(**words), *_age_sentences(known, view)])


def _sentence(sums: pd.DataFrame, metric: str, scope: str, view: View) -> str:
    """The sentence of a sum: all exact, partly or not at all; or why there is none."""
    _ = view.gettext
    if not is_added(metric, scope):
        return (
            _(
                "{metric}, {scope}: {n} of {all} clusters publish a figure; no sum is made, for each counts something else."
            )
            if scope == "other"
            else _(
                "{metric}, {scope}: {n} of {all} clusters publish a figure; no sum is made, for it would count some twice."
            )
        )
    if sums["role"].eq("exact").all():
        return _("{metric}, {scope}: {total} in all, published by {n} of {all} clusters in exact figures.")
    if not _exact(sums):
        return _("{metric}, {scope}: {total} in all, published by {n} of {all} clusters, none as an exact figure.")
    return _("{metric}, {scope}: {total} in all, of which {exact} in exact figures; {n} of {all} clusters publish it.")


def _age_sentences(known: pd.Series, view: View) -> list[str]:
    """How many of the figures are old, and how many undated, each a sentence; nothing when none is."""
    words = {"all": view.number(known.sum())}
    old = view.ngettext(
        "{n} of the {all} is more than five years old.",
        "{n} of the {all} are more than five years old.",
        int(known["old"]),
    )
    undated = view.ngettext("{n} of the {all} is undated.", "{n} of the {all} are undated.", int(known["undated"]))
    return [sentence.format(**words) for age, sentence in (("old", old), ("undated", undated)) if known[age]]


def _exact(sums: pd.DataFrame) -> float:
    return float(sums.loc[sums["role"] == "exact", "value"].sum())


def _planned(planned: pd.DataFrame) -> pd.DataFrame:
    """The planned figures as one row; two plans of one cluster (sources that disagree) give bounds, not a sum."""
    if planned.empty:
        return pd.DataFrame()
    low, high = (getattr(planned.groupby("cluster_id")["value"], end)().sum() for end in ("min", "max"))
    row = {
        "role": "planned",
        "qualifier": "planned",
        "clusters": planned["cluster_id"].nunique(),
        "value": high,
        "lower_bound": low,
        "upper_bound": high,
    }
    return pd.DataFrame([{**row, "source_ids": union(planned["source_ids"])}])


def _ages(latest: pd.DataFrame, selected: int) -> pd.DataFrame:
    """Clusters by the age of their latest figure, those without one (missing) last."""
    dated = latest["is_old"].map({True: "old", False: "recent"}).astype("object").fillna("undated")
    groups = latest.assign(role=pd.Categorical(dated, list(AGES))).groupby("role", observed=True)
    known = groups.agg(clusters=("cluster_id", "nunique"), source_ids=("source_ids", union)).reset_index()
    absent = selected - int(known["clusters"].sum())
    missing = [pd.DataFrame([{"role": "missing", "clusters": absent, "source_ids": []}])] if absent else []
    return pd.concat([known.astype({"role": "str"}), *missing])


def _panel(figure: go.Figure, row: int, drawn: pd.DataFrame, heading: str, view: View) -> None:
    """Bars under a heading: the parts of a sum follow one another, everything else starts at zero."""
    starts = drawn["size"].where(drawn["role"].isin(["exact", *PATTERNS]), 0)
    bases = starts.cumsum() - starts
    bases = bases.where(drawn["role"].isin(list(PATTERNS)), 0)
    places = list(range(1, len(drawn) + 1))
    colour, labels = (
        view.colour("scopes", view.selection.scope),
        [_label(part, view) for part in drawn.to_dict("records")],
    )
    figure.add_bar(
        x=drawn["size"],
        base=bases,
        y=places,
        orientation="h",
        width=0.4,
        marker={
            "color": [_fill(role, colour, view) for role in drawn["role"]],
            "line": {"width": 1.5, "color": [_edge(role, colour, view) for role in drawn["role"]]},
            "pattern": {"shape": [PATTERNS.get(role, "") for role in drawn["role"]], "fgcolor": colour, "size": 7},
        },
        customdata=labels,
        hovertemplate="%{customdata}<extra></extra>",
        row=row,
        col=1,
    )
    figure.update_yaxes(
        range=[len(drawn) + 0.6, -0.4],
        tickvals=[0, *places],
        ticktext=[f"<b>{heading}</b>", *labels],
        showgrid=False,
        ticklabelstandoff=8,
        row=row,
        col=1,
    )


def _fill(role: str, colour: str, view: View) -> str:
    """Solid when exact, summed or of a known age; faint under a pattern; hollow when planned or missing."""
    return {"planned": view.theme.background, "missing": view.theme.background, "old": faded(colour, 0.45)}.get(
        role, faded(colour, 0.15) if role in {*PATTERNS, "undated"} else colour
    )


def _edge(role: str, colour: str, view: View) -> str:
    return view.theme.quiet if role in {"planned", "missing"} else colour


def _label(part: dict[Any, Any], view: View) -> str:
    """What a bar stands for and, under it, its number of clusters."""
    clusters = view.ngettext("{n} cluster", "{n} clusters", int(part["clusters"]))
    return f"<span style='color:{view.theme.text}'>{'<br>'.join(wrap(part['words'], 24))}</span><br>{clusters}"


def _value(part: dict[Any, Any], view: View) -> str:
    """A part of the sum in words that say how exact it is; only how exact, where nothing is added."""
    _ = view.gettext
    role, unit = part["role"], part["unit"]
    if role == "total":
        return _("in all {value}").format(value=worded(part, unit, view))
    if pd.isna(part["value"]) or role == "exact":
        name = view.label("qualifiers", role)
        return (
            name
            if pd.isna(part["value"])
            else _("{name}: {value}").format(name=name, value=view.figure(part["value"], unit))
        )
    if part["lower_bound"] != part["upper_bound"] and role == "planned":
        words = {"low": view.figure(part["lower_bound"], "", "planned"), "high": view.figure(part["upper_bound"], unit)}
        return _("{low} to {high}").format(**words)
    return view.figure(part["value"], unit, role)
