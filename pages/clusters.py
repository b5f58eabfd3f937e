"""Clusters: the directory, and one sheet per cluster."""

from atlas.selection import PLACED
from pages.parts.cluster import cluster_sheet
from pages.parts.directory import cluster_directory
from pages.parts.frame import head
from pages.parts.session import current

_ = current().view.gettext
if current().selection.id:
    cluster_sheet(current().selection.id)
else:
    head(
        _("Clusters"),
        _(
            "Every cluster we know, with what is published about it. Search by name, town, lead organisation or subject, in French or English."
        ),
        fields=(*PLACED, "query"),
    )
    cluster_directory()
