"""Cluster portrait: one cluster, and the country around it."""

from collections.abc import Mapping

from atlas.comparison import EUROPE_WIDE
from atlas.outlets.briefing.document import Briefing, Portrait
from atlas.outlets.briefing.drafting import Draft
from atlas.outlets.briefing.pins import selected
from atlas.outlets.briefing.portrait import cluster
from atlas.store import Tables
from atlas.view import View


def draft(parameters: Mapping[str, str], tables: Tables, language: str) -> Briefing:
    """A portrait of the cluster `id` of the parameters. Raises Unshown."""
    selection = selected(parameters, tables, language)
    view = View.of(tables, selection)
    _ = view.gettext
    row = cluster(selection.id, tables, view)
    note, itself = Draft(tables, view), {"id": str(row["cluster_id"])}
    note.section(_("What is published of it"), Portrait(parameters=itself), note.said("model", itself))
    if row["country"] != EUROPE_WIDE:
        here = {"country": str(row["country"])}
        note.section(
            _("The country around it"),
            note.said("clusters", here),
            note.said("laws", here),
            note.figure("country_laws", here),
            note.said("social_economy", here),
            note.said("context", here),
            note.figure("country_context", here),
        )
    note.section(_("What we do not know"), note.said("not_known", itself))
    return note.briefing(
        _("Portrait of a cluster: {name}").format(name=row["name"]),
        _(
            "What is published of it, where it stands, what it is like, and what is not known. Every figure leads to its source."
        ),
    )
