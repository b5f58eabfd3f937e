"""What the last build counted and found: rows, warnings, pairs that may be one thing, decisions that wait."""

import streamlit as st

from atlas import reports
from atlas.build_words import check
from atlas.change_words import Words
from atlas.changes import Change, Group, keys
from atlas.reports import Found, Quality, Suggestion
from pages.parts.imports import imports
from pages.parts.markup import capital, plain
from pages.parts.session import current, link
from pages.parts.tables import table_html

PAIRS = 20
"""Suggestions that are shown."""
SHEETS = {"clusters": "clusters.py", "programmes": "funding.py"}


def quality() -> None:
    """The report of the last build, part by part."""
    view, report = current().view, reports.quality()
    _ = view.gettext
    if report is None:
        st.info(
            _("No build has reported here yet: the report is written by `python -m etl build`."), icon=":material/info:"
        )
        return
    words = Words.of(view, keys())
    st.caption(_("Of the build of version {version}.").format(version=plain(report.version)))
    st.header(_("Rows, in and out"), anchor=False)
    st.html(_ledger(report, words))
    st.header(_("What the checks warn of"), anchor=False)
    _warnings(report, words)
    st.header(_("Perhaps one thing"), anchor=False)
    _suggestions(report, words)
    st.header(_("Proposals that wait for a decision"), anchor=False)
    _waiting(report)
    st.header(_("Dropped-in datasets"), anchor=False)
    imports(report, words)


def _ledger(report: Quality, words: Words) -> str:
    """Rows by table: read = kept + merged + left out."""
    _, number = words.view.gettext, words.view.number
    heads = (_("Table of data"), _("Rows read"), _("Kept"), _("Merged into another"), _("Left out"))
    rows = [
        (capital(words.table(one.table)), *map(number, (one.rows_in, one.rows_out, one.rows_merged, one.rows_rejected)))
        for one in report.ledger
        if one.rows_in
    ]
    return table_html(heads, rows, numbers=(1, 2, 3, 4))


def _warnings(report: Quality, words: Words) -> None:
    _ = words.view.gettext
    if not report.findings:
        st.markdown(_("Every check passed without a warning."))
        return
    st.caption(_("None of these stopped the build; each is worth a look."))
    heads = (_("Where"), _("Value"), _("Why it is worth a look"))
    rows = [(where(one, words), value(one, words), check(one.rule, words.view)) for one in report.findings]
    st.html(table_html(heads, rows))


def where(found: Found, words: Words) -> str:
    """The row that a check speaks of: 'programmes · Law of 2014', 'codes and their labels · units'."""
    row = found.row or ""
    kinds = {"clusters": "cluster", "programmes": "programme"}
    if found.table in kinds:
        name = words.group(Group(kinds[found.table], row, []))  # type: ignore[arg-type]
    else:
        name = words.row(Change(table=found.table, what="changed", key=row)) if row else ""
    column = "" if found.table == "vocabulary" else words.column(found.column or "")
    return " · ".join(filter(None, (capital(words.table(found.table)), name, column)))


def value(found: Found, words: Words) -> str:
    """The cell as the language writes it."""
    try:
        return words.view.number(float(found.value or ""), 2) if found.column == "value" else found.value or ""
    except ValueError:
        return found.value or ""


def _suggestions(report: Quality, words: Words) -> None:
    view = words.view
    _ = view.gettext
    if not report.suggestions:
        st.markdown(_("No two rows look like one thing that nobody has looked at."))
        return
    st.caption(_("Names of one country that are alike. Nothing is merged before somebody says so in `same_as`."))
    with st.container(key="list-pairs"):
        for number, pair in enumerate(report.suggestions[:PAIRS]):
            _pair(pair, number, words)
    more = len(report.suggestions) - PAIRS
    if more > 0:
        st.caption(view.ngettext("and {n} more", "and {n} more", more))


def _pair(pair: Suggestion, number: int, words: Words) -> None:
    _ = words.view.gettext
    with st.container(key=f"row-pair-{number}", gap="xxsmall"):
        for identifier, name in ((pair.id_a, pair.name_a), (pair.id_b, pair.name_b)):
            if pair.table in SHEETS:
                st.page_link(SHEETS[pair.table], label=plain(name), query_params=link(id=identifier))
            else:
                st.markdown(f"**{plain(name)}**")
        alike = _("{table} · alike at {score} of 100")
        st.caption(alike.format(table=capital(words.table(pair.table)), score=words.view.number(pair.score)))


def _waiting(report: Quality) -> None:
    view = current().view
    _ = view.gettext
    lines = [f"- {_proposals(name, count)}" for name, count in report.waiting.items() if count]
    if not lines:
        st.markdown(_("None."))
        return
    st.markdown("\n".join(lines))
    st.caption(_("They stand in `data/review`: whoever keeps the data writes yes or no beside each."))


def _proposals(name: str, count: int) -> str:
    """'3 points for clusters without one (points.csv)'."""
    view = current().view
    told = {
        "points.csv": view.ngettext(
            "{n} point for a cluster that has none", "{n} points for clusters that have none", count
        ),
        "organisations.csv": view.ngettext(
            "{n} entry of the register for a lead organisation",
            "{n} entries of the register for lead organisations",
            count,
        ),
        "participants.csv": view.ngettext(
            "{n} participant of a project that may lead a cluster",
            "{n} participants of projects that may lead a cluster",
            count,
        ),
    }.get(name) or view.ngettext("{n} proposal", "{n} proposals", count)
    return f"{told} ({plain(name)})"
