"""What the data changed since the briefing was made: told once, until the new figures are taken as seen."""

from datetime import date

import streamlit as st

from atlas.outlets.briefing.changes import Change, changed, changes_line
from atlas.outlets.briefing.seen import refreshed
from pages.parts.briefing.desk import change
from pages.parts.markup import plain
from pages.parts.pins import briefing
from pages.parts.session import current


def news() -> None:
    """The figures that changed, what they said and say, and the button that takes the new ones as seen. Documents always
    carry the figures of the day."""
    session, kept = current(), briefing()
    _ = session.view.gettext
    if not kept.version or kept.version == session.tables.version:
        return
    found = changed(kept, session.tables)
    line = plain(changes_line(found, kept, session.view))
    if not found:
        st.caption(line)
        return
    with st.container(border=True, key="news"):
        st.markdown(f"**{line}**")
        st.markdown(
            "\n".join(_told(item, session.view.gettext("{title}: “{before}” is now “{now}”")) for item in found)
        )
        st.button(
            _("Take the new figures as seen"),
            key="take-news",
            icon=":material/done_all:",
            on_click=lambda: change(refreshed(briefing(), current().tables, date.today())),
        )


def _told(item: Change, words: str) -> str:
    """One change, as an item of a list in Markdown."""
    told = {"title": f"**{plain(item.title)}**", "before": plain(item.before), "now": plain(item.now)}
    return f"- {words.format(**told)}"
