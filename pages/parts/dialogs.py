"""Dialogs over a page. While one is open, the page keeps the version of the data that it shows."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

OPEN = "dialog"
"""Session state: a dialog is open."""


def show(title: str, content: Callable[[], None], width: Literal["medium", "large"] = "large") -> None:
    """Open a dialog that holds what `content` draws."""
    st.session_state[OPEN] = True
    st.dialog(title, width=width, on_dismiss=let_go)(content)()


def is_open() -> bool:
    """Whether the reader has one before them."""
    return OPEN in st.session_state


def let_go() -> None:
    """No dialog is open: it was closed, or the page is drawn as a whole, which closes it."""
    st.session_state.pop(OPEN, None)
