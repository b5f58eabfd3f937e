"""The card of one law, strategy, call, fund or project."""

import re
from html import escape
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from atlas.charts import budgets_by_year, ptce_calls
from atlas.columns import VALUES
from atlas.directory import kept_id
from atlas.search import folded
from atlas.selection import Selection
from pages.parts.facts import cells_of, disagreements, fact_box
from pages.parts.listing import cluster_line, cluster_row, programme_line, programme_row
from pages.parts.markup import plain, website
from pages.parts.session import current, link
from pages.parts.sheet import nearest, summary, title, unknown, way_back
from pages.parts.sources import figure_html, sources_html

OFFICIAL = re.compile(r"(^|\.)(europa\.eu|gouv\.fr|gob\.es|public\.lu|gov|gov\.[a-z]{2})\.?$")
"""Hosts that only public authorities hold."""


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
        _money_inside(row)
        _laureates(row)
        _years(row)
        _partners(row)
    with box:
        facts = {name: escape(value) for name, value in _facts(row).items()}
        if official := _official(row):
            facts["official_page"] = website(official, view)
        st.html(fact_box(facts, cells_of("programmes", row["programme_id"], tables), view))
        if counted := _counted(row):
            st.caption(counted)
    st.subheader(_("Sources"), anchor=False)
    st.html(sources_html(_sources(row)))


def _of(table: pd.DataFrame, row: pd.Series) -> pd.DataFrame:
    """The rows of `table` about this programme."""
    return table[table["programme_id"] == row["programme_id"]]


def _sources(row: pd.Series) -> list[str]:
    """The programme's own sources; a page and quote kept twice are shown once. Other figures open theirs."""
    known = current().tables.source_of.reindex(row["source_ids"])
    return list(known.index[~known.duplicated(["url", "quote"])])


def _official(row: pd.Series) -> str | None:
    """The first source of the programme that a public authority publishes."""
    urls = current().tables.source_of["url"].reindex(row["source_ids"]).dropna()
    return next((url for url in urls if OFFICIAL.search(urlsplit(url).hostname or "")), None)


def _facts(row: pd.Series) -> dict[str, str]:
    """The facts of a programme; laureates are of calls and budgets are not of laws, so elsewhere they are left out when
    missing."""
    view = current().view
    calls = {"applications": view.number(row["applications"]), "laureates": view.number(row["laureates"])}
    is_event = view.vocabulary.property("programme_kinds", row["kind"], "is_event") == "true"
    money = {} if is_event and budget(row) == view.missing else {"budget_eur": budget(row)}
    return {
        "kind": view.label("programme_kinds", row["kind"]),
        "level": view.label("programme_levels", row["level"]),
        "country": view.country(row["country"]),
        "theme": view.label("programme_themes", row["theme"]),
        "start": view.date(row["start"]),
        "end": view.date(row["end"]) if pd.notna(row["end"]) else view.missing,
        **money,
        **{name: value for name, value in calls.items() if row["kind"] == "call" or value != view.missing},
        **_computed(row),
        "name_local": view.missing if pd.isna(row["name_local"]) else row["name_local"],
    }


def _computed(row: pd.Series) -> dict[str, str]:
    """What we compute from the facts, and say so: the success rate; the average of an envelope of grants."""
    view = current().view
    _, facts = view.gettext, {}
    if pd.isna(row["laureates"]):
        return facts
    if pd.notna(row["applications"]) and row["applications"] > 0:
        rate = view.percent(row["laureates"] / row["applications"])
        facts["success_rate"] = _("{figure} (computed: laureates / applications)").format(figure=rate)
    is_grant = row["kind"] == "call" and row["programme_id"] not in ptce_calls.SUPPORT
    if is_grant and row["budget_kind"] == "envelope" and pd.notna(row["budget_eur"]) and row["laureates"] > 0:
        average = view.money(round(row["budget_eur"] / row["laureates"]))
        facts["average_eur"] = _("{figure} (computed: envelope / laureates)").format(figure=average)
    return facts


def budget(row: pd.Series) -> str:
    """The budget as published, with its kind; nothing converted."""
    view = current().view
    amounts = [view.money(row["budget_eur"])] if pd.notna(row["budget_eur"]) else []
    if pd.notna(row["budget_amount"]):
        amounts.append(view.money(row["budget_amount"], row["budget_currency"]))
    kind = f" ({view.label('budget_kinds', row['budget_kind'])})" if pd.notna(row["budget_kind"]) else ""
    return " · ".join(amounts) + kind if amounts else view.missing


def _counted(row: pd.Series) -> str:
    """One sentence on whether the budget enters the sums of this observatory, and why not; empty without a budget."""
    session = current()
    view, _ = session.view, session.view.gettext
    budgets = budgets_by_year.table(session.tables, Selection()).set_index("programme_id")["not_added"]
    if row["programme_id"] not in budgets.index:
        return _("Not in sums: another currency, not converted.") if pd.notna(row["budget_amount"]) else ""
    reason = budgets[row["programme_id"]]
    if pd.isna(reason):
        return _("In sums, this budget is added to the other envelopes of its year.")
    words = view.gettext(VALUES[reason])
    return _("Not in sums: {reason}.").format(reason=words)


def _money_inside(row: pd.Series) -> None:
    """The larger budget that holds this one, and the smaller ones it holds."""
    session = current()
    _, programmes = session.view.gettext, session.tables.programmes
    parent = programmes[programmes["programme_id"] == row["part_of"]]
    parts = programmes[programmes["part_of"] == row["programme_id"]].sort_values(["start_date", "programme_id"])
    if len(parent):
        st.subheader(_("Its money is part of"), anchor=False)
        programme_row(parent.iloc[0], key="parent")
    if len(parts):
        st.subheader(_("Its money holds"), anchor=False)
        st.caption(_("These budgets are inside this one: they are never added to it."))
        for index, part in parts.iterrows():
            with st.container(key=f"card-part-{index}", gap=None):
                programme_row(part, key=f"part-{index}")
                st.caption(plain(budget(part)))


def _other_figures(row: pd.Series) -> None:
    session = current()
    if other := disagreements(cells_of("programmes", row["programme_id"], session.tables), session.view):
        st.subheader(session.view.gettext("Other sources disagree"), anchor=False)
        st.html(other)


def _years(row: pd.Series) -> None:
    session = current()
    view, _ = session.view, session.view.gettext
    years = _of(session.tables.annual_funding, row).sort_values(["year", "kind"])
    if years.empty:
        return
    st.subheader(_("Money by year"), anchor=False)
    st.caption(_("Amounts budgeted and amounts committed are two different things; years are not added here."))
    figures = [
        (f"{year.year} · {view.money(year.amount_eur)} · {view.label('funding_kinds', year.kind)}", year.source_ids)
        for year in years.itertuples()
    ]
    st.html("".join(figure_html(escape(shown), "", ids) for shown, ids in figures))


def _partners(row: pd.Series) -> None:
    """The partners named, country by country, the countries with most partners first."""
    session = current()
    view, _ = session.view, session.view.gettext
    partners = _of(session.tables.partners, row)
    if partners.empty:
        return
    countries = partners["country"].value_counts(dropna=False)
    st.subheader(_("Partners"), anchor=False)
    named = view.ngettext("{n} partner named, in {countries}", "{n} partners named, in {countries}", len(partners))
    where = view.ngettext("{n} country", "{n} countries", countries.index.nunique())
    st.caption(_("{named}; {amounts}").format(named=named.format(countries=where), amounts=_published(partners)))
    order = {code: (-n, folded(view.country(code))) for code, n in countries.items()}
    for code in sorted(order, key=lambda code: order[code]):
        own = partners[partners["country"].fillna("") == ("" if pd.isna(code) else code)]
        heading = f'<p class="scope"><b>{escape(view.country(code))}</b> · {view.number(len(own))}</p>'
        st.html(f'<div class="figures">{heading}{"".join(_partner(partner) for _i, partner in own.iterrows())}</div>')


def _partner(partner: pd.Series) -> str:
    """Organisation, role and amount as HTML; it opens its sources."""
    view = current().view
    _ = view.gettext
    amount = [] if pd.isna(partner["amount_eur"]) else [view.money(partner["amount_eur"])]
    parts = [str(partner["organisation"]), view.label("partner_roles", partner["role"]), *amount]
    return figure_html(escape(" · ".join(parts)), "", partner["source_ids"])


def _laureates(row: pd.Series) -> None:
    """The laureates named, each with its award and sheet; then the other clusters tied to the programme."""
    session = current()
    _, clusters = session.view.gettext, session.tables.clusters
    awards = _of(session.tables.awards, row).merge(
        clusters[["cluster_id", "name"]].rename(columns={"name": "cluster"}), on="cluster_id"
    )
    if len(awards):
        st.subheader(_("Laureates"), anchor=False)
        st.caption(_named(row, awards))
        with st.container(key="list-laureates"):
            for index, award in awards.sort_values(["cluster", "year"]).iterrows():
                _laureate(award, clusters[clusters["cluster_id"] == award["cluster_id"]].iloc[0], f"award-{index}")
    tied = clusters["programme_ids"].map(lambda ids: row["programme_id"] in list(ids)).astype(bool)
    others = clusters[tied & ~clusters["cluster_id"].isin(awards["cluster_id"])].sort_values("name")
    if len(others):
        st.subheader(_("Clusters tied to it"), anchor=False)
    for index, cluster in others.iterrows():
        cluster_row(cluster, key=f"tied-{index}")


def _named(row: pd.Series, awards: pd.DataFrame) -> str:
    """How many laureates are named here, of how many announced, and how many amounts are published."""
    view = current().view
    _ = view.gettext
    if pd.isna(row["laureates"]):
        named = view.ngettext("{n} laureate named here", "{n} laureates named here", len(awards))
    else:
        named = view.ngettext(
            "{n} laureate named here, of {announced} announced",
            "{n} laureates named here, of {announced} announced",
            len(awards),
        ).format(announced=view.number(row["laureates"]))
    return _("{named}; {amounts}").format(named=named, amounts=_published(awards))


def _published(rows: pd.DataFrame) -> str:
    """How many of these awards or partners have a published amount."""
    published = int(rows["amount_eur"].notna().sum())
    return current().view.ngettext("{n} amount published", "{n} amounts published", published)


def _laureate(award: pd.Series, cluster: pd.Series, key: str) -> None:
    """The name of a laureate as a link to its sheet; under it the year and amount, which open their sources."""
    view = current().view
    _ = view.gettext
    amount = _("amount not published") if pd.isna(award["amount_eur"]) else view.money(award["amount_eur"])
    year = view.date(None if pd.isna(award["year"]) else str(award["year"]))
    with st.container(key=f"row-{key}", gap=None):
        st.page_link("clusters.py", label=plain(cluster["name"]), query_params=link(id=cluster["cluster_id"]))
        st.caption(plain(cluster_line(cluster, view)))
        line = _("Laureate in {year} · {amount}").format(year=year, amount=amount)
        st.html(figure_html(escape(line), "", award["source_ids"]))
