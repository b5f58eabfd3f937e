"""How a briefing begins: a first draft from a template, or one brought along as a file."""

import streamlit as st

from atlas.directory import ordered
from atlas.outlets.briefing.document import from_json
from atlas.outlets.briefing.faults import BadBriefing, Unshown
from atlas.outlets.briefing.logo import checked
from atlas.outlets.briefing.templates import TEMPLATES, Template
from pages.parts.briefing.desk import change, touch
from pages.parts.briefing.faults import say_fault
from pages.parts.markup import plain
from pages.parts.session import current

COMPARED = 4
"""Countries that a comparison holds at most."""
FAULT = "briefing-fault"
UPLOAD_MB = 10
"""Beyond this the browser refuses, in words of its own; before it, we do."""


def templates() -> None:
    """One card for each template: what it makes, what it needs, and the button that makes it."""
    _ = current().view.gettext
    st.header(_("Begin with a draft"), anchor=False)
    with st.container(key="templates"):
        for code, template in TEMPLATES.items():
            with st.container(key=f"template-{code}"):
                _card(code, template)


def _card(code: str, template: Template) -> None:
    _ = current().view.gettext
    st.subheader(_(template.title), anchor=False)
    st.markdown(_(template.promise))
    parameters = NEEDS[template.needs](code) if template.needs else {}
    if st.button(_("Make a draft"), key=f"draft-{code}", icon=":material/edit_document:", disabled=parameters is None):
        _make(template, parameters or {})


def _make(template: Template, parameters: dict[str, str]) -> None:
    """Draft it with the data of the day, which takes a moment, and open the editor."""
    session = current()
    definition = {"definition": session.selection.definition} if session.selection.definition != "wide" else {}
    try:
        with st.spinner(session.view.gettext("Making the draft…")):
            change(template.draft({**definition, **parameters}, session.tables, session.view.language))
    except Unshown as reason:
        st.warning(plain(reason), icon=":material/info:")
    else:
        st.rerun()


def _country(code: str) -> dict[str, str]:
    view, countries = current().view, _countries()
    asked = [country for country in current().selection.countries if country in countries] or ["FR"]
    chosen = st.selectbox(
        view.gettext("Country"), countries, countries.index(asked[0]), format_func=view.country, key=f"country-{code}"
    )
    return {"country": chosen}


def _some_countries(code: str) -> dict[str, str] | None:
    view, countries = current().view, _countries()
    asked = [country for country in current().selection.countries if country in countries][:COMPARED]
    chosen = st.multiselect(
        view.gettext("Two to four countries"),
        countries,
        asked if len(asked) > 1 else ["FR", "ES", "IT"],
        format_func=view.country,
        max_selections=COMPARED,
        placeholder=view.gettext("Choose countries"),
        select_all=False,
        key=f"countries-{code}",
    )
    return {"country": "~".join(chosen)} if len(chosen) > 1 else None


def _cluster(code: str) -> dict[str, str] | None:
    session = current()
    clusters = ordered(session.tables.clusters, "name", session.tables).set_index("cluster_id")
    chosen = st.selectbox(
        session.view.gettext("Cluster"),
        list(clusters.index),
        None,
        format_func=clusters["name"].__getitem__,
        placeholder=session.view.gettext("Type a name"),
        key=f"cluster-{code}",
    )
    return {"id": chosen} if chosen else None


NEEDS = {"country": _country, "countries": _some_countries, "cluster": _cluster}
"""What a template needs -> the field that asks for it; None while it is not given."""


def _countries() -> list[str]:
    """The countries with a cluster, by name."""
    session = current()
    codes = set(session.tables.clusters["country"]) - {"EU"}
    return sorted(codes, key=session.view.country)


def opening() -> None:
    """The way to open a briefing saved as a file."""
    _ = current().view.gettext
    st.subheader(_("Open a briefing (.json)"), anchor=False)
    st.file_uploader(
        _("Open a briefing (.json)"),
        ["json"],
        key="briefing-file",
        max_upload_size=UPLOAD_MB,
        label_visibility="collapsed",
        on_change=_open,
    )
    say_fault(st.session_state.pop(FAULT, None))


def _open() -> None:
    """Take up the briefing of the file; the one before can be brought back."""
    touch()
    given = st.session_state["briefing-file"]
    if given is None:
        return
    try:
        opened = from_json(given.getvalue())
    except BadBriefing as fault:
        st.session_state[FAULT] = fault
    else:
        change(opened.but(logo=checked(opened.logo)))
