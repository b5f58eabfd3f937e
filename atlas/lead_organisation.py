"""The organisation that leads a cluster as the French register of legal units knows it, where a reviewer has recognised it."""

import pandas as pd

from atlas.store import Tables
from atlas.view import View


def entries(identifier: str, tables: Tables) -> pd.DataFrame:
    """The rows of `organisations` for a cluster: one, or none."""
    return tables.organisations[tables.organisations["cluster_id"] == identifier]


def facts(entry: pd.Series, view: View) -> dict[str, str]:
    """The facts of an entry by column, as they are written: 'not published' for what the register does not know; whether it is
    closed only if it is."""
    _ = view.gettext
    return {
        "name": str(entry["name"]),
        "siren": str(entry["siren"]),
        "legal_form": view.missing if pd.isna(entry["legal_form"]) else str(entry["legal_form"]),
        "headcount": headcount(entry, view),
        "social_economy": {"yes": _("yes"), "no": _("no")}.get(entry["social_economy"], view.missing),
        "created": view.missing if pd.isna(entry["created"]) else view.date(entry["created"]),
        **({"register_status": _("closed")} if entry["register_status"] == "closed" else {}),
    }


def headcount(entry: pd.Series, view: View) -> str:
    """'10 to 19 (2022)', '10,000 or more (2022)', 'no employee (2022)': the band of employees, and its year where it is published."""
    _, least, most = view.gettext, entry["headcount_min"], entry["headcount_max"]
    if pd.isna(least) and pd.isna(most):
        return view.missing
    words = {"least": view.number(least), "most": view.number(most)}
    if pd.isna(most):
        told = _("{least} or more")
    elif pd.isna(least):
        told = _("{most} or fewer")
    elif least == most:
        told = "{least}" if least else _("no employee")
    else:
        told = _("{least} to {most}")
    told = told.format(**words)
    year = entry["headcount_year"]
    return told if pd.isna(year) else _("{count} ({year})").format(count=told, year=year)
