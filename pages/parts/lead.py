"""The organisation that leads a cluster, as a reviewer has recognised it: its entry in the register, the EU projects it is in."""

from html import escape

import pandas as pd
import streamlit as st

from atlas import eu_projects
from atlas.eu_project_words import days, name, reason
from atlas.lead_organisation import entries, facts
from atlas.view import View
from pages.parts.facts import cells_of, fact_box
from pages.parts.listing import paged
from pages.parts.markup import linked
from pages.parts.session import current
from pages.parts.sources import figure_html

SHOWN = 8


def in_register(row: pd.Series) -> None:
    """What the register says of the lead organisation of a cluster; nothing where no reviewer has recognised it there."""
    session = current()
    view, _ = session.view, session.view.gettext
    for _index, entry in entries(row["cluster_id"], session.tables).iterrows():
        st.subheader(_("Lead organisation in the register"), anchor=False)
        cells = cells_of("organisations", row["cluster_id"], session.tables)
        st.html(fact_box(register_html(entry, view), cells, view, entry["source_ids"]))
        st.caption(_("A reviewer has recognised the organisation in the French register of legal units."))


def register_html(entry: pd.Series, view: View) -> dict[str, str]:
    """The facts of an entry by column, as HTML: its number leads to its page in the register, whose words are French."""
    known = view.tables.source_of["url"]
    page = next((known[code] for code in entry["source_ids"] if code in known.index), "")
    html = {name: escape(value) for name, value in facts(entry, view).items()}
    if pd.notna(entry["legal_form"]):
        html["legal_form"] = f'<span lang="fr">{html["legal_form"]}</span>'
    return html | {"siren": linked(page, entry["siren"])}


def in_projects(row: pd.Series) -> None:
    """The EU projects that the lead organisation takes part in, newest first; nothing where none is known."""
    view = current().view
    _ = view.gettext
    found = eu_projects.of_cluster(row["cluster_id"], current().tables)
    if found.empty:
        return
    st.subheader(_("EU projects of the lead organisation"), anchor=False)
    st.caption(
        _(
            "The amount is the contribution of the Union that it receives; it is added to no other figure. A reviewer has recognised the organisation."
        )
    )
    paged(found, _project, "lead-projects", SHOWN)


def _project(project: pd.Series, key: str) -> None:
    st.container(key=f"row-{key}").html(project_html(project, current().view))


def project_html(project: pd.Series, view: View) -> str:
    """A project: its name leads to its page; role, amount and dates open their sources, and why it counts."""
    _ = view.gettext
    amount = _("amount not published") if pd.isna(project["eu_amount_eur"]) else view.money(project["eu_amount_eur"])
    parts = [view.label("partner_roles", project["role"]), amount, days(project, view)]
    why = _("Taken for: {words}.").format(words=reason(project["taken_for"], view))
    note = f' <q lang="en">{escape(project["note_en"])}</q>' if pd.notna(project["note_en"]) else ""
    told = figure_html(escape(" · ".join(parts)), escape(why) + note, project["source_ids"])
    return f'<p class="told">{linked(project["url"], name(project, view))}</p>{told}'


def sourced(row: pd.Series) -> list[pd.DataFrame]:
    """What this part of a sheet shows of a cluster, with its `source_ids`."""
    identifier, tables = row["cluster_id"], current().tables
    return [entries(identifier, tables), eu_projects.of_cluster(identifier, tables)]
