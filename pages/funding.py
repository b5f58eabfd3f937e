"""Funding: which money and which laws, when; one card per programme."""

import streamlit as st

from pages.parts.eu_projects import project_list, projects_counted
from pages.parts.filters import choice, counted, part
from pages.parts.frame import beside, head, show
from pages.parts.laureates import laureate_list
from pages.parts.listing import programme_list
from pages.parts.programme import programme_card
from pages.parts.session import choose, current

current_session = current()
_ = current_session.view.gettext
if current_session.selection.id:
    programme_card(current_session.selection.id)
else:
    parts = {
        "timeline": _("Laws and money over time"),
        "calls": _("Calls for PTCE"),
        "money": _("Money"),
        "ties": _("Laureates, partners, order in time"),
        **({"eu": _("EU projects")} if len(current_session.tables.projects) else {}),
        "list": _("The whole list"),
    }
    is_eu = current_session.selection.part == "eu" and "eu" in parts
    session = head(
        _("Laws and funding"),
        _("Laws, strategies, calls, funds and projects, and the calls that made the French PTCE."),
        *(("eu_projects_by_country",) if is_eu else ("funding_timeline", "lags")),
        counts=projects_counted if is_eu else counted,
    )
    if current_session.selection.part == "eu" and not is_eu:
        st.info(_("No refresh has brought EU projects here; the first part is shown."), icon=":material/info:")
    shown = part(parts)
    if shown == "timeline":
        choice(
            "by",
            _("Grouped by"),
            ("level", "country"),
            {"level": _("Level"), "country": _("Country")}.__getitem__,
            width=240,
        )
        show("funding_timeline", on_select=lambda identifier: choose(id=identifier))
    if shown == "calls":
        st.header(_("How did the calls for PTCE choose, and with how much money?"), anchor=False)
        beside(("ptce_calls",), ("ptce_over_time",))
        st.header(_("Who won the calls for PTCE, and where are they?"), anchor=False)
        beside(("laureates_map",), ("awards_by_region",))
        laureate_list()
    if shown == "money":
        st.header(_("Which money may be added, and which may not?"), anchor=False)
        beside(("budget_totals",), ("budgets_by_year",))
        show("money_per_inhabitant")
    if shown == "ties":
        st.header(_("Who is helped, who works with whom, and what came first?"), anchor=False)
        beside(("awards_by_country_and_theme", "partner_network"), ("lags",))
    if shown == "eu":
        st.header(_("Which projects does the Union pay for?"), anchor=False)
        beside(("eu_projects_by_country",), ("eu_projects_by_year",))
        project_list()
    if shown == "list":
        programme_list(session.selection.of_programmes(session.tables))
