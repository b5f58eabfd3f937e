"""PTCE note: the French pôles territoriaux de coopération économique, how many, how chosen, and where."""

from collections.abc import Mapping

from atlas.outlets.briefing.document import Briefing, KeyFigures
from atlas.outlets.briefing.drafting import Draft
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View

PTCE = {"definition": "ptce", "country": "FR"}


def draft(parameters: Mapping[str, str], tables: Tables, language: str) -> Briefing:
    """A note on the PTCE of France; it takes no parameter."""
    view = View.of(tables, Selection(language=language))
    _ = view.gettext
    note = Draft(tables, view)
    note.blocks.append(KeyFigures(parameters=PTCE))
    note.section(
        _("How many, and since when"),
        note.said("founding", PTCE),
        note.figure("country_founding", PTCE, least=5),
        note.figure("ptce_over_time", {}),
    )
    note.section(
        _("How the State chose them"),
        note.figure("country_laws", {"country": "FR"}),
        note.said("calls", PTCE),
        note.table("ptce_calls", {}),
    )
    note.section(
        _("Where they are"),
        note.figure("laureates_map", {}),
        note.figure("regions_and_unemployment", {"definition": "ptce"}),
    )
    note.section(
        _("Jobs: what is published, and what is not"),
        note.said("reporting", PTCE),
        note.figure("jobs_by_scope", PTCE),
    )
    note.unknown(PTCE)
    return note.briefing(
        _("PTCE: how many, how chosen, and where"),
        _(
            "The French pôles territoriaux de coopération économique: published counts, calls of the State, places and jobs, "
            "and what is not known of them. Every figure leads to its source."
        ),
    )
