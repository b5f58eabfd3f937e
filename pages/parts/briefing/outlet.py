"""The briefing to take away: files made when asked for, a preview, the file that opens it again, the link."""

import logging
from base64 import b64encode
from datetime import date
from time import time_ns
from typing import NamedTuple

import streamlit as st

from atlas.outlets.briefing.compose import compose
from atlas.outlets.briefing.document import Briefing, to_json
from atlas.outlets.briefing.writers import FORMATS
from atlas.outlets.chromium import NoPicture
from atlas.search import folded
from pages.parts.briefing.desk import LINK, touch
from pages.parts.pins import briefing
from pages.parts.session import base, current, page_address

FILE, PREVIEW = "briefing-made", "briefing-previewed"
HEIGHT = 1000
"""Pixels of the preview, which scrolls."""
SLUG = 60
TAKE = """<script>(function take(left) {{
  const button = document.querySelector('.st-key-save-file-{number} button');
  if (button) button.click(); else if (left) setTimeout(take, 100, left - 1);
}})(100)</script>"""
"""Clicks the button of the file of this number as soon as the page has it (within ten seconds)."""
log = logging.getLogger(__name__)


class File(NamedTuple):
    """A file of one briefing, form and version of the data. `fault` says in a sentence why there is none, `number` tells
    one making from another."""

    of: tuple[Briefing, str, str]
    content: bytes = b""
    fault: str = ""
    number: int = 0


def formats() -> None:
    """One button for each form: the file is made, and saved by the browser."""
    _ = current().view.gettext
    wanted = ""
    with st.container(horizontal=True, gap="small", key="formats", vertical_alignment="center"):
        for name, writer in FORMATS.items():
            if st.button(_(writer.label), key=f"form-{name}", icon=":material/download:", on_click=touch):
                wanted = name
    if wanted:
        label = _(FORMATS[wanted].label)
        with st.spinner(_("Making the file: {form}. The first figures take a few seconds…").format(form=label)):
            st.session_state[FILE] = _file(wanted)
    _offer(is_new=bool(wanted))


def _offer(is_new: bool) -> None:
    """The file made last, while it is that of the briefing as it stands; one just made is saved without another click."""
    made, kept = st.session_state.get(FILE), briefing()
    if made is None or made.of != _of(kept, made.of[1]):
        return
    if made.fault:
        st.warning(made.fault, icon=":material/error:")
        return
    writer = FORMATS[made.of[1]]
    name = filename(kept, writer.extension)
    label = current().view.gettext("Save {file} again").format(file=name)
    st.download_button(
        label,
        made.content,
        name,
        writer.media_type,
        key=f"save-file-{made.number}",
        type="tertiary",
        icon=":material/download_done:",
        on_click="ignore",
    )
    if is_new:
        st.html(TAKE.format(number=made.number), unsafe_allow_javascript=True)


def _of(kept: Briefing, form: str) -> tuple[Briefing, str, str]:
    return kept, form, current().tables.version


def _file(form: str) -> File:
    """The briefing in one form, with the data of the day."""
    kept, _ = briefing(), current().view.gettext
    try:
        composed = compose(kept, current().tables, base(), date.today())
        return File(_of(kept, form), FORMATS[form].write(composed), number=time_ns())
    except NoPicture:
        log.exception("No picture for a briefing.")
        fault = _("This form needs pictures, which cannot be drawn here now. The other forms can still be made.")
    except Exception:
        log.exception("A briefing could not be written as %s.", form)
        fault = _(
            "This file could not be made; the fault is ours and is in our log. The other forms can still be made."
        )
    return File(_of(kept, form), fault=fault)


def preview() -> None:
    """The briefing as a web page, in a frame of its own origin that reaches nothing here."""
    _ = current().view.gettext
    made = (st.session_state.get(key) for key in (PREVIEW, FILE))
    seen = next((file for file in made if file and file.of == _of(briefing(), "html")), None)
    if seen is None:
        with st.spinner(_("Drawing the preview…")):
            seen = st.session_state[PREVIEW] = _file("html")
    if seen.fault:
        st.warning(seen.fault, icon=":material/error:")
    else:
        page = f"data:text/html;charset=utf-8;base64,{b64encode(seen.content).decode('ascii')}"
        st.iframe(page, height=HEIGHT, alt=_("Preview of the briefing"))


def keeping(link: str) -> None:
    """The file that opens the briefing again, and its link while it is short."""
    _, kept = current().view.gettext, briefing()
    st.header(_("Keep it"), anchor=False)
    st.download_button(
        _("Save the briefing (.json)"),
        to_json(kept),
        filename(kept, "json"),
        "application/json",
        key="save-briefing",
        icon=":material/save:",
        on_click="ignore",
    )
    st.caption(_("Open it here next month: it is drawn with new data, and says what changed."))
    if link:
        st.caption(_("Or keep this link (without the logo):") if kept.logo else _("Or keep this link:"))
        parameters = {LINK: link, "lang": current().view.language}
        st.code(page_address(parameters), language=None, wrap_lines=False, height="content")
    else:
        st.caption(_("It is too long for a link: save the file before you close this page."))


def filename(kept: Briefing, extension: str) -> str:
    """'ptce-in-france-2026-11-26.docx': plain letters, so that every system can keep it."""
    words = folded(kept.title).replace(" ", "-")[:SLUG].strip("-")
    return f"{words or 'briefing'}-{date.today().isoformat()}.{extension}"
