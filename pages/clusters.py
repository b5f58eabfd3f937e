"""Clusters: the directory, and one sheet per cluster."""

from pages.parts.cluster import cluster_sheet
from pages.parts.frame import head
from pages.parts.listing import cluster_list
from pages.parts.session import current

_ = current().view.gettext
if current().selection.id:
    cluster_sheet(current().selection.id)
else:
    session = head(
        _("Clusters"),
        _(
            "Every cluster we know, with what is published about it. Search by name, town, lead organisation or subject, in French or English."
        ),
        fields=("countries", "kinds", "themes", "time"),
    )
    cluster_list(session.selection.of_clusters(session.tables), with_search=True)
