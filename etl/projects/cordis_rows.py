"""Rows of `projects` and `participants` from the files of CORDIS."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.projects import words
from etl.projects.cited import identifiers
from etl.projects.guarded import country_of, guarded, is_here, joined
from etl.projects.inputs import Input
from etl.projects.nuts import smallest
from etl.projects.stored import frame, rows_of
from etl.sources.cordis import SOURCE

FIELDS = (
    r"^/social sciences/(?:sociology|economics and business)|\|/social sciences/(?:sociology|economics and business)"
)
"""Themes of EuroSciVoc under which the words of an objective are heard too; elsewhere only those of a title are."""
ROLES = {
    "coordinator": "coordinator", "participant": "partner", "partner": "partner", "associatedPartner": "associated",
    "thirdParty": "third_party",
}  # fmt: skip
"""Roles of CORDIS -> ours."""
FUNDS = {"HORIZON": "Horizon Europe", "H2020": "Horizon 2020"}


def social(projects: Path, themes: Path) -> pd.DataFrame:
    """The social projects in the files of CORDIS, with `themes` and `taken_for`: by words of their title; by words of their
    objective, where one of their themes is in sociology or economics."""
    near = rows_of(themes, words.listed_in("themes", FIELDS), ["project_id"]).to_pylist() if themes.is_file() else []
    is_heard = words.said_in("objective") & of(row["project_id"] for row in near)
    rows = rows_of(projects, words.said_in("name_en") | is_heard)
    found = frame(rows).assign(taken_for=reasons(rows))
    return found.assign(themes=themes_of(found["project_id"], themes))


def reasons(rows: pa.Table) -> list[str]:
    """Why each project is taken."""
    found = zip(words.met(rows["name_en"]), words.met(rows["objective"]), strict=True)
    return [words.reason(name=title) or words.reason(objective=objective) for title, objective in found]


def themes_of(projects: "pd.Series[str]", themes: Path) -> "pd.Series[Any]":
    """The themes of some projects, in their order."""
    rows = rows_of(themes, of(projects), ["project_id", "themes"]).to_pylist() if themes.is_file() else []
    known = {row["project_id"]: row["themes"] for row in rows}
    return pd.Series([known.get(project, []) for project in projects], index=projects.index, dtype="object")


def organisations(projects: "pd.Series[str]", path: Path) -> pd.DataFrame:
    """The organisations in some projects."""
    return frame(rows_of(path, of(projects)))


def of(projects: Iterable[str]) -> pc.Expression:
    """A filter: the rows of these projects."""
    return pc.field("project_id").isin(pa.array(list(projects), pa.string()))


def projects(found: pd.DataFrame, partners: pd.DataFrame, files: Mapping[str, Input]) -> pd.DataFrame:
    """Rows of `projects`, those left out whose coordinator is known to be elsewhere; country and region are the coordinator's."""
    leads = partners[partners["role"] == "coordinator"].drop_duplicates("project_id").set_index("project_id")
    lead = leads.reindex(found["project_id"]).set_axis(found.index)
    countries = lead["countries"].map(lambda codes: codes if isinstance(codes, list) else [])
    rows = pd.DataFrame(
        {
            "project_id": identified(found["project_id"]),
            "origin": SOURCE.source_id,
            "acronym": found["acronym"],
            "name_en": found["name_en"],
            "country": countries.map(country_of),
            "nuts_id": [smallest([code]) for code in lead["nuts"]],
            "start_date": found["start_date"],
            "end_date": found["end_date"],
            "eu_amount_eur": found["eu_amount_eur"],
            "total_amount": found["total_cost_eur"],
            "currency": pd.Series("EUR", index=found.index).where(found["total_cost_eur"].notna()),
            "fund": found["programme"].replace(FUNDS),
            "programme": found["programme"],
            "topics": found["themes"],
            "taken_for": found["taken_for"],
            "url": found["source_url"],
            "source_ids": [identifiers(SOURCE, files, names) for names in found["files"]],
            "note_en": found["note_en"],
        }
    )
    return guarded(rows[countries.map(is_here).astype("bool")])


def participants(partners: pd.DataFrame, files: Mapping[str, Input]) -> pd.DataFrame:
    """Rows of `participants`, one per participation; one without a name is left out."""
    rows = pd.DataFrame(
        {
            "project_id": identified(partners["project_id"]),
            "participation_id": identified(partners["participation_id"]),
            "organisation": partners["name"],
            "country": partners["countries"].map(country_of),
            "role": partners["role"].map(ROLES).fillna("partner"),
            "eu_amount_eur": partners["eu_amount_eur"],
            "source_ids": [identifiers(SOURCE, files, names) for names in partners["files"]],
            "note_en": joined(partners["note_en"], several(partners["countries"]), unmapped(partners["role"])),
        }
    )
    return guarded(rows.dropna(subset="organisation"))


def identified(numbers: "pd.Series[str]") -> "pd.Series[str]":
    """101 -> cordis-101."""
    return SOURCE.source_id + "-" + numbers


def several(countries: "pd.Series[Any]") -> "pd.Series[str]":
    """Countries of an organisation that is published with more than one."""
    told = [f"Published with the countries {', '.join(codes)}." if len(codes) > 1 else None for codes in countries]
    return pd.Series(told, index=countries.index, dtype="str")


def unmapped(roles: "pd.Series[str]") -> "pd.Series[str]":
    """Roles that are none of ours, as published."""
    return ("Published role: “" + roles + "”.").where(~roles.isin(list(ROLES)))
