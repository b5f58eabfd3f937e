"""The app. `streamlit run dashboard.py` serves it; `make run` prepares all it needs first."""

import streamlit as st
from starlette.middleware import Middleware

from atlas.outlets.compression import CompressStatic
from atlas.outlets.data.head import data_head
from atlas.outlets.data_routes import ROUTES as DATA_ROUTES
from atlas.outlets.embed_routes import heads, routes
from atlas.outlets.feeds import ROUTES as FEED_ROUTES
from atlas.outlets.feeds import with_feeds
from atlas.outlets.import_routes import ROUTES as IMPORT_ROUTES
from atlas.outlets.index import Index
from pages import PAGES, SHOWN
from pages.parts.failure import say_sorry

app = st.App(
    "pages/shell.py",
    routes=[*DATA_ROUTES, *IMPORT_ROUTES, *FEED_ROUTES, *routes(SHOWN)],
    middleware=[
        Middleware(CompressStatic),
        Middleware(Index, pages=PAGES, heads=with_feeds(PAGES, {**heads(SHOWN), "data": data_head})),
    ],
    on_script_error=say_sorry,
)
