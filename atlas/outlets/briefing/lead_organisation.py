"""The organisation that leads a cluster, in its portrait: its entry in the register, and the EU projects it is in."""

import pandas as pd

from atlas import eu_projects
from atlas.columns import NAMES
from atlas.eu_project_words import days, name
from atlas.lead_organisation import entries, facts
from atlas.outlets.briefing.composed import Element
from atlas.outlets.briefing.numbering import Numbering
from atlas.outlets.briefing.sourced_grid import sourced_grid
from atlas.store import Tables
from atlas.view import View


def in_register(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> list[Element]:
    """What the register says of it; nothing where no reviewer has recognised it there."""
    _, found = view.gettext, entries(row["cluster_id"], tables)
    rows = [
        (_(NAMES[column]), value, [] if value == view.missing else list(entry["source_ids"]))
        for _index, entry in found.iterrows()
        for column, value in facts(entry, view).items()
    ]
    if not rows:
        return []
    caption = _("{name}: lead organisation in the register").format(name=row["name"])
    return [sourced_grid(caption, (_("Fact"), _("Value")), rows, numbering, view)]


def in_projects(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> list[Element]:
    """The EU projects it takes part in, newest first; nothing where none is known."""
    _ = view.gettext
    rows = [
        (
            name(project, view),
            view.label("partner_roles", project["role"]),
            days(project, view),
            _("amount not published") if pd.isna(project["eu_amount_eur"]) else view.money(project["eu_amount_eur"]),
            list(project["source_ids"]),
        )
        for _index, project in eu_projects.of_cluster(row["cluster_id"], tables).iterrows()
    ]
    if not rows:
        return []
    columns = (_("Name"), _("Role"), _("Dates"), _("EU contribution it receives"))
    caption = _("{name}: EU projects of the lead organisation").format(name=row["name"])
    return [sourced_grid(caption, columns, rows, numbering, view, right=(3,))]
