"""The sheet of one cluster: everything known, each figure with date, qualifier, scope and source."""

from html import escape

import pandas as pd
import streamlit as st

from atlas.charts import union
from atlas.directory import kept_id
from pages.parts.facts import cells_of, disagreements, fact_box
from pages.parts.listing import cluster_line, cluster_row, programme_row
from pages.parts.markup import figures_html, plain, website
from pages.parts.session import current
from pages.parts.sheet import nearest, summary, title, unknown, way_back
from pages.parts.sources import figure_html, sources_html


def cluster_sheet(identifier: str) -> None:
    """One cluster by its id (a merged id opens the kept one); an unknown id says so and offers the nearest."""
    session = current()
    _, view, tables = session.view.gettext, session.view, session.tables
    way_back("clusters.py", _("All clusters"))
    found = tables.clusters[tables.clusters["cluster_id"] == kept_id("clusters", identifier, tables)]
    if found.empty:
        words = _("No cluster has the identifier “{id}”. The link may be mistyped, or the cluster renamed.")
        near = nearest(identifier, tables.clusters, "cluster_id", "name")
        unknown(_("No such cluster"), words.format(id=plain(identifier)), near, cluster_row)
        return
    row = found.iloc[0]
    title(row["name"], cluster_line(row, view))
    text, box = st.columns([3, 2], gap="large")
    with text:
        summary(row, view)
        _figures(row)
        _awards(row)
        _programmes(row)
    with box:
        _facts(row)
    st.subheader(_("Sources"), anchor=False)
    figures = tables.observations[tables.observations["cluster_id"] == row["cluster_id"]]
    awards = tables.awards[tables.awards["cluster_id"] == row["cluster_id"]]
    st.html(sources_html(union([row["source_ids"], *figures["source_ids"], *awards["source_ids"]])))


def _facts(row: pd.Series) -> None:
    session = current()
    view, cells = session.view, cells_of("clusters", row["cluster_id"], session.tables)
    facts = {
        "kind": view.label("kinds", row["kind"]),
        "place": ", ".join(
            str(part) for part in (row["place"], row["region"], view.country(row["country"])) if pd.notna(part)
        ),
        "founded_year": view.missing if pd.isna(row["founded_year"]) else str(row["founded_year"]),
        "lead_organisation": view.missing if pd.isna(row["lead_organisation"]) else row["lead_organisation"],
        "themes": ", ".join(view.label("themes", code) for code in row["themes"]) or view.missing,
        "components": ", ".join(view.label("components", code) for code in row["components"]) or view.missing,
        "status": view.label("statuses", row["status"]),
        "coordinate_precision": view.missing
        if pd.isna(row["latitude"])
        else view.label("coordinate_precisions", row["coordinate_precision"]),
    }
    html = {name: escape(str(value)) for name, value in facts.items()} | {"website": website(row["website"], view)}
    st.html(fact_box(html, cells, view))
    if other := disagreements(cells, view):
        st.html(other)


def _figures(row: pd.Series) -> None:
    session = current()
    _ = session.view.gettext
    figures = session.tables.observations[session.tables.observations["cluster_id"] == row["cluster_id"]]
    st.subheader(_("Published figures"), anchor=False)
    if figures.empty:
        st.markdown(_("No figure is published, or none was found. It does not mean zero."))
        return
    st.caption(_("Open a figure to read its source. Figures of two scopes are never added."))
    st.html(figures_html(figures, session.view))


def _awards(row: pd.Series) -> None:
    session = current()
    view, _ = session.view, session.view.gettext
    awards = session.tables.awards[session.tables.awards["cluster_id"] == row["cluster_id"]].sort_values("year")
    if awards.empty:
        return
    st.subheader(_("Awards"), anchor=False)
    programmes = session.tables.programmes.set_index("programme_id")
    lines = []
    for award in awards.itertuples():
        amount = _("amount not published") if pd.isna(award.amount_eur) else view.money(award.amount_eur)
        parts = [str(award.year), view.name(programmes.loc[award.programme_id]), amount]
        lines.append(figure_html(escape(" · ".join(parts)), "", award.source_ids))
    st.html("".join(lines))


def _programmes(row: pd.Series) -> None:
    session = current()
    _ = session.view.gettext
    awarded = session.tables.awards.loc[session.tables.awards["cluster_id"] == row["cluster_id"], "programme_id"]
    tied = session.tables.programmes[session.tables.programmes["programme_id"].isin([*row["programme_ids"], *awarded])]
    if tied.empty:
        return
    st.subheader(_("Laws and funding it is tied to"), anchor=False)
    for index, programme in tied.iterrows():
        programme_row(programme, key=f"tied-{index}")
