"""First drafts of a briefing: one click, about four pages, to be read, changed and sent."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from atlas.outlets.briefing import cluster_portrait, comparison_note, country_note, ptce_note
from atlas.outlets.briefing.document import Briefing
from atlas.store import Tables
from atlas.words import N_


class Template(NamedTuple):
    """A first draft: its name, what it makes, and what it needs ('country', 'countries', 'cluster' or '').

    `draft(parameters, tables, language)` takes URL parameters, and raises Unshown with a sentence when they do not fit."""

    title: str
    promise: str
    needs: str
    draft: Callable[[Mapping[str, str], Tables, str], Briefing]


TEMPLATES = {
    "country-note": Template(
        N_("Country note"),
        N_("One country, or one group of countries, in about four pages."),
        "country",
        country_note.draft,
    ),
    "ptce-note": Template(
        N_("PTCE note"), N_("The French PTCE: how many, how chosen, where, and with which jobs."), "", ptce_note.draft
    ),
    "comparison": Template(
        N_("Comparison of countries"),
        N_("Two to four countries or groups side by side."),
        "countries",
        comparison_note.draft,
    ),
    "cluster-portrait": Template(
        N_("Cluster portrait"),
        N_("One cluster, its figures, and the country around it."),
        "cluster",
        cluster_portrait.draft,
    ),
}
"""By their name in a link and on the command line."""
