"""The rows that differ between two versions, by the thing they are about: each thing leads to its sheet."""

from collections.abc import Collection, Mapping, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter

import streamlit as st

from atlas.change_summary import version_label
from atlas.change_words import Words
from atlas.changes import Change, Group, Step, among, groups
from pages.parts.markup import capital, plain
from pages.parts.session import choose, current, link

PAGE_SIZE = 20
"""Things on one page."""
MOST = 30
"""Rows of one thing that are told one by one."""
STEPS = 5
"""Other versions that are offered where the chosen one has nothing."""
SIGNS = {"added": "+", "changed": "≠", "removed": "\u2212"}


def row_by_row(changes: Sequence[Change], step: Step, words: Words) -> None:
    """The changes, clusters first, a page of things at a time."""
    view, found = words.view, groups(changes, words.keys)
    if len(changes) < len(step.changes):
        shown = view.ngettext("{n} row of {total}", "{n} rows of {total}", len(changes))
        st.caption(shown.format(total=view.number(len(step.changes))))
    area, pages = st.container(key="changed-rows"), -(-len(found) // PAGE_SIZE)
    number = st.pagination(pages, key=f"page-changes-{step.after}-{len(found)}") if pages > 1 else 1
    first = (number - 1) * PAGE_SIZE
    with area:
        for kind, own in groupby(found[first : first + PAGE_SIZE], key=attrgetter("kind")):
            st.subheader(_titles(words)[kind], anchor=False)
            for group in own:
                _group(group, found.index(group), words)


def no_rows(known: Mapping[str, Step], countries: Collection[str], cluster: str) -> None:
    """Say that nothing chosen differs in this step, and offer the steps in which it does."""
    view = current().view
    _ = view.gettext
    if not countries and not cluster:
        st.info(_("No row differs between these two versions."), icon=":material/check:")
        return
    st.info(_("Nothing that is chosen above differs between these two versions."), icon=":material/search_off:")
    others = [name for name, step in known.items() if among(step.changes, countries, cluster)][:STEPS]
    if others:
        st.markdown(_("It does in these versions:"))
    with st.container(horizontal=True, key="other-versions"):
        for number, name in enumerate(others):
            st.button(
                plain(version_label(known[name], known.values(), view)),
                key=f"other-version-{number}",
                on_click=choose,
                kwargs={"version": name},
            )


def _titles(words: Words) -> dict[str, str]:
    _ = words.view.gettext
    return {
        "cluster": _("Clusters"),
        "programme": _("Programmes"),
        "country": _("Countries"),
        "table": _("Other tables"),
    }


def _group(group: Group, number: int, words: Words) -> None:
    """What one thing is called, which opens its page where there is one, and its rows that differ."""
    name, place = plain(capital(words.group(group))), page_of(group)
    with st.container(key=f"row-change-{number}", gap=None):
        if place:
            st.page_link(f"{place[0]}.py", label=name, query_params=link(**place[1]))
        else:
            st.markdown(f"**{name}**")
        st.html(rows_html(group, words))


def page_of(group: Group) -> tuple[str, dict[str, object]] | None:
    """The page that shows a thing, and what it is given; None for what has gone, and for the rest of a table."""
    tables = current().tables
    if group.kind == "cluster" and group.code in set(tables.clusters["cluster_id"]):
        return "clusters", {"id": group.code}
    if group.kind == "programme" and group.code in set(tables.programmes["programme_id"]):
        return "funding", {"id": group.code}
    if group.kind == "country" and group.code in tables.codes.codes("countries"):
        return "countries", {"countries": (group.code,)}
    return None


def rows_html(group: Group, words: Words) -> str:
    """The rows of one thing as a list: what became of each, and its cells before and after."""
    view = words.view
    items = "".join(_row(change, group.code, words) for change in group.changes[:MOST])
    more = len(group.changes) - MOST
    rest = view.ngettext("and {n} more", "and {n} more", more)
    return f'<ul class="changes">{items}{f"<li>{escape(rest)}</li>" if more > 0 else ""}</ul>'


def _row(change: Change, thing: str, words: Words) -> str:
    """One row; that of the thing itself is not named again."""
    _ = words.view.gettext
    became = {"added": _("added"), "changed": _("changed"), "removed": _("removed")}[change.what]
    row = words.kind(change) if change.key == thing else f"{words.kind(change)}, {words.row(change)}"
    told = escape(_("{became}: {row}")).format(became=f"<b>{escape(capital(became))}</b>", row=escape(row))
    cells = "".join(
        f"<li>{escape(name)} <del>{escape(was)}</del> <i>→</i> <ins>{escape(now)}</ins></li>"
        for name, was, now in words.cells(change)
    )
    return (
        f'<li class="{change.what}"><i aria-hidden="true">{SIGNS[change.what]}</i>'
        f"<div>{told}{f'<ul>{cells}</ul>' if cells else ''}</div></li>"
    )
