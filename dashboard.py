"""The app. `streamlit run dashboard.py` serves it; `make run` prepares all it needs first."""

import streamlit as st
from starlette.middleware import Middleware

from atlas.outlets.compression import CompressStatic
from atlas.outlets.index import Index
from pages import PAGES
from pages.parts.failure import say_sorry

app = st.App(
    "pages/shell.py",
    middleware=[Middleware(CompressStatic), Middleware(Index, pages=PAGES)],
    on_script_error=say_sorry,
)
