"""A page that is open takes a new version of the data by itself: what the reader has chosen stays, and they are told."""

from html import escape

import streamlit as st

from atlas import store
from atlas.store import TablesMissing
from pages.parts import dialogs
from pages.parts.session import arrived, current, link

SECONDS = 2.5
"""Between two looks at the version; with the two seconds that a store may be behind, they are less than five."""
TOLD = "updated"
"""Session state: the version that came while the reader was on the page."""


@st.fragment(run_every=SECONDS)
def watch() -> None:
    """Look whether another version has taken the place of the one that is shown; if so, draw the page anew. While the tables
    are away, what is shown stays; so does a dialog until it is closed."""
    if dialogs.is_open():
        return
    try:
        if store.version() == current().tables.version or store.tables().version == current().tables.version:
            return
    except TablesMissing:
        return
    st.session_state[TOLD] = True
    st.rerun()


def let_go() -> None:
    """On another page the notice is over, and with any run the dialog. To be called first: a run that ends early must not
    bring them along."""
    dialogs.let_go()
    if arrived():
        _close()


def notice() -> None:
    """Tell that the data were updated, until it is closed, or the reader goes to another page."""
    if TOLD not in st.session_state:
        return
    session = current()
    _ = session.view.gettext
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=TOLD):
        said = _("The data were updated to version {version}.").format(version=session.tables.version)
        st.html(f'<p role="status">{escape(said)}</p>', width="content")
        st.page_link("changes.py", label=_("See what changed"), query_params=link(), width="content")
        st.button(_("Close"), key="close-updated", type="tertiary", icon=":material/close:", on_click=_close)


def _close() -> None:
    st.session_state.pop(TOLD, None)
