"""Overview: the four questions, answered in figures, with the way to the rest."""

import streamlit as st

from atlas.charts import charts, union
from pages.parts.finder import finder
from pages.parts.frame import head, key_figure, show
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Social innovation clusters in Europe"),
    _(
        "Where they are, how many jobs they hold, which money and laws brought them, and how countries compare. **Every figure opens its source.**"
    ),
)
view, tables = session.view, session.tables
finder()

clusters = tables.clusters
jobs = tables.observations.query("metric == 'jobs' and scope == 'hosted' and is_latest")
calls = charts()["ptce_calls"].table(tables, session.selection.only(())).query("level == 'national' and not is_support")
dated = tables.programmes["start"].dropna().str[:4].astype(int)

with st.container(horizontal=True, key="key-figures"):
    key_figure(
        _("Clusters and PTCE"),
        view.number(len(clusters)),
        _("in {countries} countries; a list that grows, not a census").format(
            countries=view.number(clusters.query("country != 'EU'")["country"].nunique())
        ),
        union(clusters["source_ids"]),
    )
    key_figure(
        _("Jobs hosted on their sites"),
        view.figure(jobs["value"].sum(), "", "exact" if jobs["qualifier"].eq("exact").all() else "about"),
        _("{reported} of {total} clusters publish it · {first}–{last}").format(
            reported=view.number(jobs["cluster_id"].nunique()),
            total=view.number(len(clusters)),
            first=jobs["as_of"].str[:4].min(),
            last=jobs["as_of"].str[:4].max(),
        ),
        union(jobs["source_ids"]),
    )
    key_figure(
        _("State calls for PTCE"),
        view.number(len(calls)),
        _("{least} to {most} of applications chosen, {first}–{last}").format(
            least=view.percent(calls["success_rate"].min()),
            most=view.percent(calls["success_rate"].max()),
            first=calls["start"].str[:4].min(),
            last=calls["start"].str[:4].max(),
        ),
        union(calls["source_ids"]),
    )
    key_figure(
        _("Laws, calls, funds and projects"),
        view.number(len(tables.programmes)),
        _("{first}–{last}, {countries} countries and the European Union").format(
            first=dated.min(),
            last=dated.max(),
            countries=view.number(tables.programmes.query("country != 'EU'")["country"].nunique()),
        ),
        union(tables.programmes["source_ids"]),
    )

wide, narrow = st.columns([3, 2])
with wide:
    show("cluster_map_print")
    show("clusters_by_kind")
with narrow:
    show("clusters_founded")
    show("ptce_over_time")
show("funding_timeline", programme_kinds=("law", "strategy"))
