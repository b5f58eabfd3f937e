"""Funding: which money and which laws, when; one card per programme."""

import streamlit as st

from pages.parts.frame import head, show
from pages.parts.listing import programme_list
from pages.parts.programme import programme_card
from pages.parts.session import current

current_session = current()
_ = current_session.view.gettext
if current_session.selection.id:
    programme_card(current_session.selection.id)
else:
    session = head(
        _("Laws and funding"),
        _("Laws, strategies, calls, funds and projects, and the calls that made the French PTCE."),
        "funding_timeline",
    )
    show("funding_timeline")
    left, right = st.columns(2)
    with left:
        show("ptce_calls")
    with right:
        show("ptce_over_time")
    left, right = st.columns(2)
    with left:
        show("budgets_by_year")
    with right:
        show("awards_by_region")
    st.header(_("Every law, call, fund and project"), anchor=False)
    programme_list(session.selection.of_programmes(session.tables))
