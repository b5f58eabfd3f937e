"""Who won each call for PTCE: names that open their sheets, amounts with their sources."""

from html import escape

import pandas as pd
import streamlit as st

from atlas.laureates import laureates
from pages.parts.frame import drawn_here, selected
from pages.parts.markup import plain
from pages.parts.session import current, link
from pages.parts.sources import figure_html


@st.fragment
def laureate_list() -> None:
    """The calls, newest first; each opens its laureates. What is inside is drawn when it is opened."""
    session = current()
    awards, calls = laureates(session.tables, selected("laureates_map")), drawn_here("ptce_calls").rows
    for _i, call in calls.iloc[::-1].iterrows():
        won = awards[awards["programme_id"] == call["programme_id"]]
        with st.expander(_title(call, len(won)), key=f"laureates-{call['programme_id']}", on_change="rerun") as box:
            if box.open:
                _laureates(won)


def _title(call: pd.Series, named: int) -> str:
    """'2013 · First State call · 21 laureates named, of 23 announced'."""
    view = current().view
    words = view.ngettext(
        "{n} laureate named, of {announced} announced", "{n} laureates named, of {announced} announced", named
    )
    announced = view.gettext("an unknown number") if pd.isna(call["laureates"]) else view.number(call["laureates"])
    year = view.date(None if pd.isna(call["start"]) else call["start"][:4])
    return " · ".join([f"**{year}**", plain(view.name(call)), plain(words.format(announced=announced))])


def _laureates(won: pd.DataFrame) -> None:
    view = current().view
    _ = view.gettext
    if won.empty:
        st.caption(_("We know the name of no laureate of this call."))
    for _i, award in won.iterrows():
        with st.container(key=f"laureate-{award['programme_id']}-{award['cluster_id']}", gap=None):
            st.page_link("clusters.py", label=plain(award["name"]), query_params=link(id=award["cluster_id"]))
            amount = _("Amount not published") if pd.isna(award["amount_eur"]) else view.money(award["amount_eur"])
            parts = [award["place"], award["region"], amount]
            st.html(
                figure_html(escape(" · ".join(dict.fromkeys(p for p in parts if pd.notna(p)))), "", award["source_ids"])
            )
