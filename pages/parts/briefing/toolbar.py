"""The line above the briefing: edit or preview, one step back, a fresh start."""

import streamlit as st

from atlas.outlets.briefing.document import Briefing
from pages.parts.briefing.desk import change, is_changed, touch, undo
from pages.parts.session import current

MODE = "briefing-mode"


def toolbar() -> None:
    """Edit or preview; take the last step back; begin anew."""
    view = current().view
    _ = view.gettext
    modes = {"edit": _("Edit"), "preview": _("Preview")}
    with st.container(horizontal=True, gap="small", key="briefing-tools", vertical_alignment="center"):
        st.segmented_control(
            _("Edit or preview"),
            list(modes),
            key=MODE,
            default="edit",
            format_func=modes.__getitem__,
            required=True,
            label_visibility="collapsed",
            on_change=touch,
        )
        st.button(
            _("Undo"),
            key="undo",
            icon=":material/undo:",
            type="tertiary",
            disabled=not is_changed(),
            help=_("Takes the last change back"),
            on_click=undo,
        )
        st.button(
            _("Begin anew"),
            key="anew",
            icon=":material/note_add:",
            type="tertiary",
            help=_("Empties the briefing; Undo brings it back"),
            on_click=lambda: change(Briefing(language=view.language)),
        )


def is_previewed() -> bool:
    """Whether the reader looks at the preview."""
    return st.session_state.get(MODE) == "preview"
