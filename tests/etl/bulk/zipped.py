"""Zips in the shape of CORDIS', made up: every field quoted, semicolons, both decimal marks."""

import zipfile
from pathlib import Path

from etl.sources.cordis_files import ORGANISATION_COLUMNS

PROJECT_COLUMNS = (
    "id", "acronym", "status", "title", "startDate", "endDate", "totalCost", "ecMaxContribution", "legalBasis", "topics",
    "frameworkProgramme", "objective",
)  # fmt: skip
THEME_COLUMNS = ("euroSciVocCode", "euroSciVocPath", "euroSciVocTitle", "euroSciVocDescription", "projectID")


def quoted(*cells: str) -> str:
    return ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def organisation(number: int, **changes: str) -> str:
    made = dict.fromkeys(ORGANISATION_COLUMNS, "") | {
        "projectID": "101", "organisationID": f"{number}", "name": f"Coop “{number}”; Ltd", "activityType": "PRC",
        "street": "RUE 1", "postCode": "44000", "city": "Nantes", "country": "FR", "nutsCode": "FRG01", "order": "1",
        "role": "participant", "ecContribution": "284812.5", "netEcContribution": "0", "totalCost": "960619,95",
    }  # fmt: skip
    return quoted(*(made | changes).values())


def project(number: int, **changes: str) -> str:
    made = dict.fromkeys(PROJECT_COLUMNS, "") | {
        "id": f"{number}", "acronym": "A", "title": "T", "startDate": "2020-01-01", "endDate": "2022-06-30",
        "totalCost": "960619,95", "ecMaxContribution": "500000.5", "frameworkProgramme": "H2020", "objective": "O",
    }  # fmt: skip
    return quoted(*(made | changes).values())


def theme(number: int, path: str) -> str:
    return quoted("/29/91", path, path.rsplit("/", maxsplit=1)[-1], "", f"{number}")


def zipped(path: Path, organisations=(), projects=(), themes=None) -> Path:
    """A zip of one programme; without euroSciVoc.csv unless there are themes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    members = {"organization.csv": (ORGANISATION_COLUMNS, organisations), "project.csv": (PROJECT_COLUMNS, projects)}
    if themes is not None:
        members["euroSciVoc.csv"] = (THEME_COLUMNS, themes)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (header, lines) in members.items():
            archive.writestr(name, "\n".join([quoted(*header), *lines]) + "\n")
    return path
