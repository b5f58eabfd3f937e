"""The formats in which data leave the observatory."""

from typing import NamedTuple

from atlas import store
from atlas.outlets.data.filtered import WITHHELD
from atlas.words import N_


class File(NamedTuple):
    """A format: what it is called, its media type, and its code in the European list of file types ('' where it has none)."""

    label: str
    media_type: str
    eu_type: str = ""


FILES = {
    "xlsx": File(N_("Excel"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "csv": File("CSV", "text/csv", "CSV"),
    "parquet": File("Parquet", "application/vnd.apache.parquet"),
    "geojson": File("GeoJSON", "application/geo+json", "GEOJSON"),
    "jsonl": File("JSON Lines", "application/jsonl"),
    "zip": File("ZIP", "application/zip", "ZIP"),
}
"""Every format by its extension, that of spreadsheets first."""


def files_of(table: str) -> dict[str, File]:
    """The formats of a table by their extension: GeoJSON only where there is a geometry to pass on."""
    without = {"zip"} if table in store.GEOMETRY and table not in WITHHELD else {"zip", "geojson"}
    return {extension: file for extension, file in FILES.items() if extension not in without}
