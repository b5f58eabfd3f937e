"""The sheet of one cluster in a briefing: its facts, its summary, and its published figures."""

import pandas as pd

from atlas.alike import alike, reasons
from atlas.charts import union
from atlas.columns import NAMES
from atlas.directory import kept_id
from atlas.observed import is_old, old_before
from atlas.outlets.briefing.composed import Element, Grid, Heading, Paragraph, Run
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.lead_organisation import in_projects, in_register
from atlas.outlets.briefing.numbering import Numbering, cited
from atlas.outlets.briefing.prose import address, clean
from atlas.outlets.briefing.sourced_grid import sourced_grid
from atlas.store import Tables
from atlas.view import View


def known(identifier: str, tables: Tables) -> pd.Series | None:
    """The cluster of an identifier (a merged one is that it became); None when there is none."""
    found = tables.clusters[tables.clusters["cluster_id"] == kept_id("clusters", identifier, tables)]
    return None if found.empty else found.iloc[0]


def cluster(identifier: str, tables: Tables, view: View) -> pd.Series:
    """The cluster of an identifier. Raises Unshown."""
    row = known(identifier, tables)
    if row is None:
        raise Unshown(view.gettext("No cluster has the identifier “{id}”.").format(id=identifier))
    return row


def portrait(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> list[Element]:
    """Name, summary, facts, published figures, awards and programmes of one cluster, as its sheet shows them."""
    summary = row[f"summary_{view.language}"]
    shown: list[Element] = [Heading(clean(row["name"]), 2)]
    if pd.notna(summary):
        shown.append(cited(str(summary), numbering.cite(row["source_ids"])))
    shown.append(_facts(row, tables, numbering, view))
    parts = (_figures, _awards, _programmes, in_register, in_projects)
    return [*shown, *(element for part in parts for element in part(row, tables, numbering, view))]


def kin(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> list[Element]:
    """The clusters most alike, and why."""
    _ = view.gettext
    found = alike(row["cluster_id"], tables)
    rows = [
        (one["name"], _where(one, view), reasons(one, view), list(one["source_ids"]))
        for _index, one in found.iterrows()
    ]
    if not rows:
        return []
    columns = (_("Name"), _("Place"), _("Why"))
    caption = _("Clusters most alike {name}").format(name=row["name"])
    return [sourced_grid(caption, columns, rows, numbering, view)]


def facts(row: pd.Series, view: View) -> dict[str, str]:
    """The facts of the sheet by column, as they are written; 'not published' for the rest."""
    return {
        "kind": view.label("kinds", row["kind"]),
        "place": _where(row, view),
        "founded_year": view.missing if pd.isna(row["founded_year"]) else str(row["founded_year"]),
        "lead_organisation": view.missing if pd.isna(row["lead_organisation"]) else str(row["lead_organisation"]),
        "themes": ", ".join(view.label("themes", code) for code in row["themes"]) or view.missing,
        "components": ", ".join(view.label("components", code) for code in row["components"]) or view.missing,
        "status": view.label("statuses", row["status"]),
        "website": (address(str(row["website"])) if pd.notna(row["website"]) else "") or view.missing,
    }


def _where(row: pd.Series, view: View) -> str:
    """'Bordeaux, Nouvelle-Aquitaine, France'."""
    parts = (row["place"], row["region"], view.country(row["country"]))
    return ", ".join(dict.fromkeys(str(part) for part in parts if pd.notna(part)))


def _facts(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> Grid:
    """The fact box: a fact has the sources of its own where it has some, else those of the cluster."""
    _ = view.gettext
    cells = tables.field_sources
    own = cells[cells["table"].eq("clusters") & cells["row_id"].eq(row["cluster_id"]) & cells["is_used"]]
    sources = own.groupby("column")["source_ids"].agg(union).to_dict()
    nothing = {view.missing, view.label("statuses", "unknown")}
    rows = [
        (_(NAMES[name]), value, [] if value in nothing else sources.get(name, list(row["source_ids"])))
        for name, value in facts(row, view).items()
    ]
    return sourced_grid(_("{name}: facts").format(name=row["name"]), (_("Fact"), _("Value")), rows, numbering, view)


def figures(row: pd.Series, tables: Tables, view: View) -> list[tuple[str, str, str, str, list[str]]]:
    """Every published figure: what is measured, its scope, value with its qualifier, date and whether it is old, sources."""
    known = tables.observations[tables.observations["cluster_id"] == row["cluster_id"]]
    known = known.assign(is_old=is_old(known["as_of"], old_before(tables)))
    known = known.sort_values(["metric", "scope", "as_of_date"], ascending=[True, True, False])
    return [_observation(figure, view) for figure in known.to_dict("records")]


def _figures(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> list[Element]:
    _ = view.gettext
    rows = figures(row, tables, view)
    if not rows:
        return [Paragraph((Run(_("No figure is published, or none was found. It does not mean zero.")),))]
    columns = (_("What is measured"), _("What it counts"), _("Value"), _("Date"))
    caption = _("{name}: published figures; those of two scopes are never added").format(name=row["name"])
    return [sourced_grid(caption, columns, rows, numbering, view, right=(2,))]


def _observation(figure: dict, view: View) -> tuple[str, str, str, str, list[str]]:
    _ = view.gettext
    date = view.date(figure["as_of"])
    if figure["is_old"] is True:
        date = _("{date}, more than five years old").format(date=date)
    value = view.figure(figure["value"], figure["unit"], figure["qualifier"])
    labels = (view.label("metrics", figure["metric"]), view.label("scopes", figure["scope"]))
    return (*labels, value, date, list(figure["source_ids"]))


def _awards(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> list[Element]:
    _ = view.gettext
    awards = tables.awards[tables.awards["cluster_id"] == row["cluster_id"]].sort_values("year")
    if awards.empty:
        return []
    programmes = tables.programmes.set_index("programme_id")
    rows = [
        (
            str(award.year),
            view.name(programmes.loc[award.programme_id]),
            _("amount not published") if pd.isna(award.amount_eur) else view.money(award.amount_eur),
            list(award.source_ids),
        )
        for award in awards.itertuples()
    ]
    columns = (_("Year"), _("Name"), _("Amount"))
    caption = _("{name}: awards").format(name=row["name"])
    return [sourced_grid(caption, columns, rows, numbering, view, right=(2,))]


def _programmes(row: pd.Series, tables: Tables, numbering: Numbering, view: View) -> list[Element]:
    """The laws and funding it is tied to by its sources; those that awarded it stand among the awards."""
    _ = view.gettext
    tied = tables.programmes[tables.programmes["programme_id"].isin(list(row["programme_ids"]))]
    if tied.empty:
        return []
    rows = [
        (
            view.name(one),
            view.label("programme_kinds", one["kind"]),
            view.date(one["start"]),
            view.money(one["budget_eur"]),
            list(one["source_ids"]),
        )
        for _index, one in tied.iterrows()
    ]
    columns = (_("Name"), _("Kind"), _("Start"), _("Budget"))
    caption = _("{name}: laws and funding it is tied to").format(name=row["name"])
    return [sourced_grid(caption, columns, rows, numbering, view, right=(3,))]
