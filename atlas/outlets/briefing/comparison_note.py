"""Comparison: two to four countries or groups side by side."""

from collections.abc import Mapping

from atlas.comparison import item_name
from atlas.outlets.briefing.document import Briefing
from atlas.outlets.briefing.drafting import Draft
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.pins import places, selected
from atlas.store import Tables
from atlas.view import View

FEWEST, MOST = 2, 4


def draft(parameters: Mapping[str, str], tables: Tables, language: str) -> Briefing:
    """A comparison of the two to four `country` of the parameters, counted by their `definition`. Raises Unshown."""
    selection = selected(parameters, tables, language)
    view, chosen = View.of(tables, selection), places(selection)
    _ = view.gettext
    if not FEWEST <= len(chosen) <= MOST:
        raise Unshown(_("A comparison takes two to four countries or groups of countries."))
    note, here = Draft(tables, view), selection.only(("definition",)).but(countries=chosen).parameters()
    note.section(
        _("The clusters that we know"),
        note.said("clusters", here),
        note.table("country_profile", here),
        note.figure("country_kinds", here, least=2),
        note.figure("country_founding", here, least=5),
    )
    note.jobs(here)
    note.laws_and_money(here)
    note.section(
        _("The social economy around them"),
        note.said("social_economy", here),
        note.figure("country_social_economy", here),
        note.said("context", here),
        note.figure("country_context", here),
    )
    note.unknown(here)
    return note.briefing(
        _("{countries}: social innovation clusters compared").format(
            countries=", ".join(item_name(code, view) for code in chosen)
        ),
        _(
            "Clusters, jobs, laws and money, and the social economy around them, side by side. Counts follow our search; "
            "published figures are never averaged. Every figure leads to its source."
        ),
    )
