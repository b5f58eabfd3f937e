"""Briefing: what was pinned, put in order, written around, and taken away."""

import streamlit as st

from pages.parts.briefing.blocks import blocks, heading
from pages.parts.briefing.desk import arrive, is_empty, look, write_link
from pages.parts.briefing.faults import say_fault
from pages.parts.briefing.news import news
from pages.parts.briefing.outlet import formats, keeping, preview
from pages.parts.briefing.settings import settings
from pages.parts.briefing.start import opening, templates
from pages.parts.briefing.toolbar import is_previewed, toolbar
from pages.parts.frame import head
from pages.parts.pins import briefing
from pages.parts.session import current

fault = arrive()
look()
link = write_link()
_ = current().view.gettext
head(
    _("Briefing"),
    _(
        "Add charts, key figures, sheets and tables to it on any page; put them in order here, write between them, and take the whole as a file. "
        "Every figure keeps its source."
    ),
)
say_fault(fault)
if is_empty(briefing()):
    templates()
    opening()
else:
    toolbar()
    formats()
    news()
    if is_previewed():
        preview()
    else:
        wide, narrow = st.columns([5, 2], gap="large")
        with wide:
            heading()
            blocks()
        with narrow, st.container(key="beside-blocks"):
            settings()
            keeping(link)
            opening()
