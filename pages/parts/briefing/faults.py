"""What is wrong with a briefing that was given, in one sentence."""

import streamlit as st

from atlas.outlets.briefing.faults import BadBriefing
from atlas.view import View
from pages.parts.markup import plain
from pages.parts.session import current


def say_fault(fault: BadBriefing | None) -> None:
    """Say what is wrong with what was given, if anything."""
    if fault is not None:
        st.warning(bad_briefing(fault, current().view), icon=":material/link_off:")


def bad_briefing(fault: BadBriefing, view: View) -> str:
    """One sentence (Markdown) in the reader's language."""
    _ = view.gettext
    sentences = {
        "too_large": _("This file is too large for a briefing: at most 2 MB."),
        "not_a_briefing": _(
            "This link holds no briefing that can be read: it may have been cut. Ask for the file instead."
        ),
        "invalid": _("This is not a briefing saved here: something is wrong at {place}."),
    }
    place = plain(fault.place[:100]) or view.gettext("its beginning")
    return sentences[fault.reason].format(place=f"**{place}**")
