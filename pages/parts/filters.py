"""The filter row: only the filters that change the page, each a small menu; what is chosen stands below as chips."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from atlas import nuts
from atlas.directory import CLUSTER_FACETS, PROGRAMME_FACETS, facets, programme_facets
from atlas.parameters import VOCABULARIES
from atlas.selection import Selection
from atlas.view import View
from pages.parts.session import choose, current

FIRST_YEAR, LAST_YEAR = 1990, 2030
Count = Callable[[str, tuple[str, ...]], dict[str, int]]
"""How many things each code of a filter would give, beside the filters offered."""


def counted(field: str, offered: tuple[str, ...]) -> dict[str, int]:
    """How many clusters, or on a page that offers no kinds of cluster how many programmes, each code would give."""
    session = current()
    chosen = session.selection.only(offered)
    if "kinds" in offered and field in CLUSTER_FACETS:
        return facets(field, chosen, session.tables)
    return programme_facets(field, chosen, session.tables) if field in PROGRAMME_FACETS else {}


def filters(fields: tuple[str, ...], counts: Count = counted) -> None:
    """Draw the filters of `fields` (names of Selection) in one row, with the number each choice would give."""
    session = current()
    shown = [field for field in MENUS if field in fields and (field != "regions" or len(session.tables.regions))]
    if not shown and "definition" not in fields:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="filters"):
        if "definition" in fields:
            _definitions(session.selection, session.view)
        for field in shown:
            chosen = getattr(session.selection, field)
            label = names(session.view)[field]
            count = f" · {len(chosen) if field != 'time' else '{}–{}'.format(*chosen)}" if chosen else ""
            with st.popover(label + count, key=f"menu-{field}"):
                MENUS[field](field, label, counts(field, fields), session.view)
    chips(shown, session.selection, session.view)


def names(view: View) -> dict[str, str]:
    """What each filter is called."""
    _ = view.gettext
    return {
        "countries": _("Countries"),
        "kinds": _("Kinds of cluster"),
        "themes": _("Themes"),
        "regions": _("Regions"),
        "time": _("Years"),
        "levels": _("Level"),
        "programme_kinds": _("Kinds of programme"),
    }


def _definitions(selection: Selection, view: View) -> None:
    """The list everything is counted by: PTCE only, social-economy clusters, or all that we know."""
    _ = view.gettext
    codes = view.vocabulary.codes("definitions")
    meanings = "\n".join(
        f"- **{view.label('definitions', code)}** · {view.vocabulary.description('definitions', code, view.language)}"
        for code in codes
    )
    st.session_state["definition"] = selection.definition
    st.segmented_control(
        _("List counted by"),
        codes,
        key="definition",
        format_func=lambda code: view.label("definitions", code),
        required=True,
        help=meanings,
        on_change=lambda: choose(definition=st.session_state["definition"]),
    )


def choice(field: str, label: str, options: Sequence[Any], name: Callable[[Any], str], **how: Any) -> Any:
    """A single choice among `options` in a select box, named by `name`; the URL holds it. Returns the option in use."""
    chosen, key = getattr(current().selection, field), f"choice-{field}"
    st.session_state[key] = chosen if chosen in options else options[0]
    return st.selectbox(
        label, options, key=key, format_func=name, on_change=lambda: choose(**{field: st.session_state[key]}), **how
    )


def part(labels: dict[str, str]) -> str:
    """The parts of a long page, one shown at a time: only its charts are drawn. Returns the code of the one shown."""
    codes = list(labels)
    st.session_state["part"] = current().selection.part if current().selection.part in codes else codes[0]
    return st.segmented_control(
        current().view.gettext("Part of the page"),
        codes,
        key="part",
        format_func=labels.__getitem__,
        required=True,
        label_visibility="collapsed",
        wrap=True,
        on_change=lambda: choose(part=st.session_state["part"]),
    )


def chips(fields: list[str], selection: Selection, view: View) -> None:
    """Each choice as a chip that removes it, and one that clears all."""
    _ = view.gettext
    chosen = [(field, code) for field in fields if field != "time" for code in getattr(selection, field)]
    if not chosen and not (selection.time and "time" in fields):
        return
    with st.container(horizontal=True, gap="small", key="chips"):
        for field, code in chosen:
            rest = tuple(other for other in getattr(selection, field) if other != code)
            _chip(label(view, field, code), f"{field}-{code}", **{field: rest})
        if selection.time and "time" in fields:
            _chip("{}–{}".format(*selection.time), "time", time=None)
        nothing = {field: None if field == "time" else () for field in fields}
        st.button(_("Clear all"), key="chip-all", type="tertiary", on_click=choose, kwargs=nothing)


def label(view: View, field: str, code: str) -> str:
    """Label of a code offered by a filter."""
    names = VOCABULARIES.get(field, ())
    return view.label(next((name for name in names if code in view.vocabulary.codes(name)), field), code)


def _chip(text: str, key: str, **change: object) -> None:
    st.button(text, key=f"chip-{key}", icon=":material/close:", icon_position="right", on_click=choose, kwargs=change)


def _menu(field: str, title: str, counts: dict[str, int], view: View) -> None:
    """Several choices, each with the number it would give."""
    key = f"filter-{field}"
    chosen = list(getattr(current().selection, field))
    options = _options(field, counts, chosen, view)

    def named(code: str) -> str:
        count = sum(counts.get(member, 0) for member in view.vocabulary.members([code]))
        return view.gettext("{name} ({count})").format(name=label(view, field, code), count=view.number(count))

    st.session_state[key] = chosen
    st.multiselect(
        title,
        options,
        key=key,
        format_func=named,
        placeholder=view.gettext("All"),
        select_all=False,
        on_change=lambda: choose(**{field: tuple(st.session_state[key])}),
    )


def _years(field: str, title: str, counts: dict[str, int], view: View) -> None:
    first, last = current().selection.time or (FIRST_YEAR, LAST_YEAR)
    st.session_state["filter-time"] = (max(first, FIRST_YEAR), min(last, LAST_YEAR))
    st.slider(
        title,
        FIRST_YEAR,
        LAST_YEAR,
        key="filter-time",
        format="%d",
        on_change=_choose_years,
    )
    st.caption(view.gettext("Clusters founded, and programmes running, in these years. Those without a date leave."))


def _choose_years() -> None:
    """The whole range is no restriction: nobody means to lose the undated."""
    years = tuple(st.session_state["filter-time"])
    choose(time=None if years == (FIRST_YEAR, LAST_YEAR) else years)


def _options(field: str, counts: dict[str, int], chosen: list[str], view: View) -> list[str]:
    """The codes that give something, and those chosen; countries by name, groups of countries after them."""
    codes = [code for name in VOCABULARIES[field] for code in view.vocabulary.codes(name)]
    if field == "regions":
        codes = sorted({*nuts.offered(view.tables), *chosen})
    shown = [
        code for code in codes if code in chosen or any(member in counts for member in view.vocabulary.members([code]))
    ]
    if field != "countries":
        return shown
    groups = view.vocabulary.codes("country_groups")
    return sorted(shown, key=lambda code: (code in groups, code == "EU", "" if code in groups else view.country(code)))


MENUS = {
    **dict.fromkeys(("countries", "regions", "kinds", "themes", "programme_kinds", "levels"), _menu),
    "time": _years,
}
FILTERABLE = {"definition", *MENUS}
"""Fields of Selection that a page offers as filters, or not."""


def pick(field: str, values: pd.Series) -> str:
    """A single choice (metric, scope) among the codes that have figures; the URL holds it. Returns the code in use."""
    session = current()
    view, vocabulary = session.view, f"{field}s"
    present = [code for code in view.vocabulary.codes(vocabulary) if code in set(values)]
    chosen = getattr(session.selection, field)
    counts = values.value_counts()
    st.session_state[f"pick-{field}"] = chosen if chosen in present else counts.idxmax()
    return st.selectbox(
        {"metric": view.gettext("What is measured"), "scope": view.gettext("What it counts")}[field],
        present,
        key=f"pick-{field}",
        format_func=lambda code: f"{view.label(vocabulary, code)} ({view.number(counts[code])})",
        on_change=lambda: choose(**{field: st.session_state[f"pick-{field}"]}),
    )


def search_box(placeholder: str) -> None:
    """The search box; what is typed lives in the URL."""
    session = current()
    if " ".join(st.session_state.get("search", "").split()) != session.selection.query:
        # Only then: a space just typed must not be taken from under the reader's fingers.
        st.session_state["search"] = session.selection.query
    st.text_input(
        session.view.gettext("Search"),
        key="search",
        type="search",
        icon=":material/search:",
        placeholder=placeholder,
        max_chars=100,
        label_visibility="collapsed",
        live=True,
        on_change=lambda: choose(query=" ".join(st.session_state["search"].split())),
    )
