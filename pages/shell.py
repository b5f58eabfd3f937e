"""The frame around every page: page config, language, navigation, footer."""

from pathlib import Path

import streamlit as st

from pages import PAGES
from pages.parts import session
from pages.parts.briefing.desk import menu_title
from pages.parts.frame import footer, style
from pages.parts.live import let_go, notice, watch
from pages.parts.pins import tell

ICON = str(Path(__file__).parent / "static" / "icon.svg")

current = session.start()
_ = current.view.gettext
st.set_page_config(page_title=_("Social innovation clusters in Europe"), page_icon=ICON, layout="wide")
titles = dict(
    zip(
        PAGES,
        (
            _("Overview"),
            _("Map"),
            _("Jobs"),
            _("Funding"),
            _("Countries"),
            _("Clusters"),
            _("Model"),
            menu_title(),
            _("Data"),
            _("What changed"),
        ),
        strict=True,
    )
)
pages = [st.Page(f"{name}.py", title=titles[name], url_path=name, default=name == "overview") for name in PAGES]
page = st.navigation(pages, position="top")
session.settle(page.url_path or PAGES[0])
let_go()
style(current.view)
tell()
page.run()
footer(current)
notice()
watch()
