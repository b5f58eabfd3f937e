"""The app. `streamlit run dashboard.py` serves it; `make run` prepares all it needs first."""

import streamlit as st
from starlette.middleware import Middleware

from atlas.outlets.compression import CompressStatic

app = st.App("pages/shell.py", middleware=[Middleware(CompressStatic)])
