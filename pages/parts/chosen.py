"""The one cluster that is chosen on the map, in its table, or by a link: the URL holds it."""

import pandas as pd
import streamlit as st

from atlas.directory import kept_id
from pages.parts.listing import cluster_row
from pages.parts.markup import plain
from pages.parts.session import asked, choose, current
from pages.parts.sheet import nearest


def chosen_id() -> str:
    """The identifier chosen (a merged one becomes the kept one); '' for none, and for one that we do not know."""
    tables, identifier = current().tables, current().selection.id
    known = set(tables.clusters["cluster_id"])
    if not identifier or identifier in known:
        return identifier
    kept = kept_id("clusters", identifier, tables)
    return kept if kept in known else ""


def toggle(identifier: str) -> None:
    """Choose a cluster; the one already chosen is let go."""
    choose(id="" if identifier == asked().id else identifier)


def unknown_cluster(identifier: str) -> None:
    """Say that we know no cluster by this identifier, and offer those whose name is nearest."""
    session = current()
    _ = session.view.gettext
    words = _("No cluster has the identifier “{id}”: none is marked. The link may be mistyped, or the cluster renamed.")
    st.warning(words.format(id=plain(identifier)), icon=":material/help:")
    near = nearest(identifier, session.tables.clusters, "cluster_id", "name")
    if near.empty:
        return
    st.markdown(_("Were you looking for one of these?"))
    with st.container(horizontal=True, key="meant"):
        for row in near.itertuples():
            st.button(plain(row.name), key=f"meant-{row.cluster_id}", on_click=choose, kwargs={"id": row.cluster_id})


def chosen_card(identifier: str, rows: pd.DataFrame) -> None:
    """The cluster chosen: its name, which opens its sheet, a line, and why the map of `rows` leaves it out, if it does."""
    session = current()
    _ = session.view.gettext
    row = session.tables.clusters.set_index("cluster_id", drop=False).loc[identifier]
    with st.container(border=True, key="chosen"):
        st.caption(_("Chosen on the map and in the table"))
        cluster_row(row, "chosen")
        if pd.isna(row["latitude"]):
            st.caption(_("Not on the map: no known point."))
        elif identifier not in set(rows["cluster_id"]):
            st.caption(_("Not on the map: the filters, the year or the radius leave it out."))
        st.button(
            _("Let it go"), key="let-go", icon=":material/close:", type="tertiary", on_click=choose, kwargs={"id": ""}
        )
