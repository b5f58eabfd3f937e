"""What the sheet of a cluster and the card of a programme have in common: the way back, the head, and a wrong id."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from atlas.directory import closest
from atlas.view import View
from pages.parts.frame import language_switch
from pages.parts.markup import plain
from pages.parts.session import back, current


def way_back(page: str, label: str) -> None:
    """The link to the list the reader came from, and the language switch."""
    left, right = st.columns([5, 1], vertical_alignment="center", wrap=False)
    left.page_link(page, label=label, icon=":material/arrow_back:", query_params=back())
    with right:
        language_switch(current().view)


def title(name: str, line: str) -> None:
    st.title(plain(name), anchor=False)
    st.caption(plain(line))


def summary(row: pd.Series, view: View) -> None:
    """The summary in the language, or that there is none yet."""
    text = row[f"summary_{view.language}"]
    st.markdown(plain(text) if pd.notna(text) else view.gettext("*No summary published yet.*"))


def unknown(heading: str, sentence: str, near: pd.DataFrame, draw: Callable[[pd.Series, str], None]) -> None:
    """Say that an identifier is wrong, and offer the rows whose identifier or name is nearest."""
    st.title(heading, anchor=False)
    st.warning(sentence, icon=":material/help:")
    if len(near):
        st.markdown(current().view.gettext("Were you looking for one of these?"))
    for index, row in near.iterrows():
        draw(row, f"near-{index}")


def nearest(identifier: str, rows: pd.DataFrame, key: str, name: str) -> pd.DataFrame:
    """Up to three of `rows` whose `key` or `name` is closest to a wrong identifier."""
    return rows[rows[key].isin(closest(identifier, rows[key], rows[name]))]
