"""Map: where they are."""

import streamlit as st

from pages.parts.frame import head, show
from pages.parts.listing import cluster_list
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("Map"),
    _("Where the clusters are. A full mark is a site, a pale one a town; those known only by region are in the list."),
    "cluster_map",
)
two_thirds, one_third = st.columns([2, 1])
with two_thirds:
    show("cluster_map")
with one_third:
    st.subheader(_("The clusters in this selection"), anchor=False)
    cluster_list(session.selection.of_clusters(session.tables), page_size=12)
with st.expander(
    _("For print: the same map in the European equal-area projection"), on_change="rerun", key="print-map"
) as print_map:
    if print_map.open:
        show("cluster_map_print")
