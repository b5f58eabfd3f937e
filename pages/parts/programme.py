"""The card of one law, strategy, call, fund or project."""

from html import escape

import pandas as pd
import streamlit as st

from atlas.directory import kept_id
from pages.parts.facts import cells_of, disagreements, fact_box
from pages.parts.listing import cluster_row, programme_line, programme_row
from pages.parts.markup import plain
from pages.parts.session import current
from pages.parts.sheet import nearest, summary, title, unknown, way_back
from pages.parts.sources import figure_html, sources_html


def programme_card(identifier: str) -> None:
    """One programme by its id (a merged id opens the kept one); an unknown id says so and offers the nearest."""
    session = current()
    _, view, tables = session.view.gettext, session.view, session.tables
    programmes = tables.programmes
    way_back("funding.py", _("All laws and funding"))
    found = programmes[programmes["programme_id"] == kept_id("programmes", identifier, tables)]
    if found.empty:
        words = _("No law, call or fund has the identifier “{id}”. The link may be mistyped.")
        near = nearest(identifier, programmes, "programme_id", "name_en")
        unknown(_("No such programme"), words.format(id=plain(identifier)), near, programme_row)
        return
    row = found.iloc[0]
    title(view.name(row), programme_line(row, view))
    text, box = st.columns([3, 2], gap="large")
    with text:
        summary(row, view)
        _other_figures(row)
        _years(row)
        _partners(row)
        _laureates(row)
    with box:
        facts = {name: escape(value) for name, value in _facts(row).items()}
        st.html(fact_box(facts, cells_of("programmes", row["programme_id"], tables), view))
        parent = programmes[programmes["programme_id"] == row["part_of"]]
        if len(parent):
            st.caption(_("Its money is part of"))
            programme_row(parent.iloc[0], key="parent")
    st.subheader(_("Sources"), anchor=False)
    st.html(sources_html(row["source_ids"]))


def _facts(row: pd.Series) -> dict[str, str]:
    """The facts of a programme; a law or a strategy has no call, so what only a call has is left out when missing."""
    view = current().view
    calls = {
        "budget_eur": budget(row),
        "applications": view.number(row["applications"]),
        "laureates": view.number(row["laureates"]),
    }
    is_event = view.vocabulary.property("programme_kinds", row["kind"], "is_event") == "true"
    return {
        "kind": view.label("programme_kinds", row["kind"]),
        "level": view.label("programme_levels", row["level"]),
        "country": view.country(row["country"]),
        "start": view.date(row["start"]),
        "end": view.date(row["end"]) if pd.notna(row["end"]) else view.missing,
        **{name: value for name, value in calls.items() if not (is_event and value == view.missing)},
        "name_local": view.missing if pd.isna(row["name_local"]) else row["name_local"],
    }


def budget(row: pd.Series) -> str:
    """The budget as published, with its kind; nothing converted."""
    view = current().view
    amounts = [view.money(row["budget_eur"])] if pd.notna(row["budget_eur"]) else []
    if pd.notna(row["budget_amount"]):
        amounts.append(view.money(row["budget_amount"], row["budget_currency"]))
    kind = f" ({view.label('budget_kinds', row['budget_kind'])})" if pd.notna(row["budget_kind"]) else ""
    return " · ".join(amounts) + kind if amounts else view.missing


def _other_figures(row: pd.Series) -> None:
    session = current()
    if other := disagreements(cells_of("programmes", row["programme_id"], session.tables), session.view):
        st.subheader(session.view.gettext("Other sources disagree"), anchor=False)
        st.html(other)


def _years(row: pd.Series) -> None:
    session = current()
    view, _ = session.view, session.view.gettext
    years = session.tables.annual_funding
    years = years[years["programme_id"] == row["programme_id"]].sort_values(["year", "kind"])
    if years.empty:
        return
    st.subheader(_("Money by year"), anchor=False)
    figures = [
        (f"{year.year} · {view.money(year.amount_eur)} · {view.label('funding_kinds', year.kind)}", year.source_ids)
        for year in years.itertuples()
    ]
    st.html("".join(figure_html(escape(shown), "", ids) for shown, ids in figures))


def _partners(row: pd.Series) -> None:
    session = current()
    view, _ = session.view, session.view.gettext
    partners = session.tables.partners
    partners = partners[partners["programme_id"] == row["programme_id"]]
    if partners.empty:
        return
    st.subheader(_("Partners"), anchor=False)
    lines = []
    for partner in partners.itertuples():
        role = view.label("partner_roles", partner.role)
        amount = _("amount not published") if pd.isna(partner.amount_eur) else view.money(partner.amount_eur)
        parts = [partner.organisation, view.country(partner.country), role, amount]
        lines.append(figure_html(escape(" · ".join(parts)), "", partner.source_ids))
    st.html("".join(lines))


def _laureates(row: pd.Series) -> None:
    session = current()
    _ = session.view.gettext
    awarded = session.tables.awards.loc[session.tables.awards["programme_id"] == row["programme_id"], "cluster_id"]
    clusters = session.tables.clusters
    tied = clusters["programme_ids"].map(lambda ids: row["programme_id"] in list(ids)).astype(bool)
    rows = clusters[clusters["cluster_id"].isin(awarded) | tied].sort_values("name")
    if rows.empty:
        return
    st.subheader(_("Clusters"), anchor=False)
    for index, cluster in rows.iterrows():
        cluster_row(cluster, key=f"laureate-{index}")
