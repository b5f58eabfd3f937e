"""The findings of the overview, each with its sources and the view behind it, and what the last data changed."""

from html import escape

import streamlit as st

from atlas import store
from atlas.findings import Finding, changes
from pages.parts.listing import cluster_row
from pages.parts.markup import plain
from pages.parts.session import current, link
from pages.parts.sources import figure_html

LISTED = 12
"""New clusters named one by one."""


def finding(found: Finding) -> None:
    """One finding: the sentence opens its sources, and a link opens the view behind it."""
    view = current().view
    with st.container(key=f"finding-{found.page}", gap="small"):
        st.html(figure_html(escape(found.sentence), "", found.source_ids))
        st.page_link(
            f"{found.page}.py",
            label=view.gettext("See the view behind it"),
            icon=":material/arrow_forward:",
            query_params=link(definition=current().selection.definition, **found.choices),
        )


def whats_new() -> None:
    """What changed since the data version before, as the ETL told it."""
    session = current()
    view, record = session.view, store.changes()
    _ = view.gettext
    lines = changes(record, view)
    if not record or not lines:
        return
    st.header(_("What changed in the data"), anchor=False)
    st.caption(
        _("Version {version} of {date}, against version {previous}").format(
            version=plain(record["version"]), date=view.date(record["published"]), previous=plain(record["previous"])
        )
    )
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    st.page_link(
        "changes.py",
        label=_("See every row that changed"),
        icon=":material/arrow_forward:",
        query_params=link(),
    )
    added = session.tables.clusters[
        session.tables.clusters["cluster_id"].isin(record["tables"]["clusters"]["rows"]["added"])
    ]
    with st.container(key="list-new"):
        for index, row in added[:LISTED].iterrows():
            cluster_row(row, key=f"new-{index}")
