"""Country note: four pages on one country, or one group of countries."""

from collections.abc import Mapping

import pandas as pd

from atlas.outlets.briefing.document import Block, Briefing, KeyFigures, Portrait
from atlas.outlets.briefing.drafting import Draft
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.pins import places, selected
from atlas.store import Tables
from atlas.view import View

FEW, LISTED = 2, 25
"""Clusters of a country that its note draws one by one, or names all."""


def draft(parameters: Mapping[str, str], tables: Tables, language: str) -> Briefing:
    """A note on the one `country` of the parameters, counted by their `definition`. Raises Unshown."""
    selection = selected(parameters, tables, language)
    view, chosen = View.of(tables, selection), places(selection)
    _ = view.gettext
    if len(chosen) != 1:
        raise Unshown(_("A country note takes one country, or one group of countries."))
    asked = selection.only(("definition",)).but(countries=chosen)
    note, here = Draft(tables, view), asked.parameters()
    note.blocks.append(KeyFigures(parameters=here))
    note.section(
        _("Where they are, and what they are"),
        note.said("clusters", here),
        note.figure("clusters_by_kind", here, least=2),
        note.figure("cluster_map_print", here, least=2),
        *_each(asked.of_clusters(tables)["cluster_id"], note, here),
    )
    note.jobs(here)
    note.laws_and_money(here)
    note.section(
        _("The social economy around them"),
        note.said("social_economy", here),
        note.said("context", here),
        note.figure("country_social_economy", here),
        note.figure("country_context", here),
    )
    note.unknown(here)
    return note.briefing(
        _("{country}: social innovation clusters").format(country=view.country(chosen[0])),
        _(
            "Where they are, how many jobs they publish, which laws and money surround them, and what is not known of them. "
            "Every figure leads to its source."
        ),
    )


def _each(clusters: pd.Series, note: Draft, here: Mapping[str, str]) -> list[Block | None]:
    """The clusters one by one when they are one or two, in a list when a page holds it."""
    if len(clusters) <= FEW:
        return [Portrait(parameters={"id": str(cluster)}) for cluster in clusters]
    return [note.table("cluster_map_print", here)] if len(clusters) <= LISTED else []
