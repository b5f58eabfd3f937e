"""What the reader has pinned for a briefing: kept with their session, never on the server."""

from datetime import date

import streamlit as st

from atlas.outlets.briefing.document import Briefing, Figure, KeyFigures, Portrait, Rows
from atlas.outlets.briefing.seen import seen
from atlas.parameters import PARAMETERS
from atlas.selection import Selection
from pages.parts.session import current

KEY, TOLD = "briefing", "briefing-told"
MOST = 60
"""Blocks that a briefing may hold."""
Pinnable = Figure | Rows | KeyFigures | Portrait


def briefing() -> Briefing:
    """The reader's briefing; an empty one in their language until something is pinned."""
    return st.session_state.get(KEY) or Briefing(language=current().view.language)


def keep(changed: Briefing) -> None:
    """Keep `changed` as the reader's briefing."""
    st.session_state[KEY] = changed


def pin(block: Pinnable) -> bool:
    """Add a view to the briefing with what it says now; `tell` then says so. One that is in it already, or that finds no
    room, is not added: False."""
    kept, tables = briefing(), current().tables
    if any(same(block, other) for other in kept.blocks):
        _say("already")
        return False
    if len(kept.blocks) >= MOST:
        _say("full")
        return False
    said = block.model_copy(update={"seen": seen(block, tables, kept.language)})
    first = {} if kept.blocks else {"version": tables.version, "made": date.today().isoformat()}
    keep(kept.but(blocks=(*kept.blocks, said), **first))
    _say("added")
    return True


def pin_button(block: Pinnable, label: str, key: str) -> None:
    """A quiet button that pins a view."""
    st.button(label, key=key, type="tertiary", icon=":material/push_pin:", on_click=pin, args=(block,))


def pinned(selection: Selection) -> dict[str, str]:
    """The parameters of a pinned view: without the language, which is the briefing's."""
    return {name: value for name, value in selection.parameters().items() if name != PARAMETERS["language"]}


def same(block: Pinnable, other: object) -> bool:
    """Whether two blocks show the same view."""
    return (
        isinstance(other, Figure | Rows | KeyFigures | Portrait)
        and block.kind == other.kind
        and block.parameters == other.parameters
        and getattr(block, "chart", "") == getattr(other, "chart", "")
    )


def tell() -> None:
    """Tell the reader what became of the last view that was pinned, once. A toast of a run that ends early may be lost."""
    if told := st.session_state.pop(TOLD, ""):
        st.toast(told, icon=":material/push_pin:")


def _say(what: str) -> None:
    view, count = current().view, len(briefing().blocks)
    _ = view.gettext
    said = {
        "added": _("Added to your briefing."),
        "already": _("This is in your briefing already."),
        "full": _("Your briefing is full: remove something first."),
    }
    held = view.ngettext("It holds {n} item.", "It holds {n} items.", count)
    st.session_state[TOLD] = f"{said[what]} {held}"
