"""Tables and columns that came after the first versions: what an older version of the data lacks, and is read as if it
had, empty."""

import pyarrow as pa

TEXT, INTEGER, NUMBER, DATE, LIST = pa.string(), pa.int64(), pa.float64(), pa.date32(), pa.list_(pa.string())
GEOMETRY = pa.binary()
"""WKB, as GeoParquet has it."""

TABLES: dict[str, pa.Schema] = {
    "regions": pa.schema(
        {"nuts_id": TEXT, "level": INTEGER, "country": TEXT, "name": TEXT, "edition": INTEGER, "geometry": GEOMETRY}
    ),
    "organisations": pa.schema(
        {
            "cluster_id": TEXT,
            "siren": TEXT,
            "name": TEXT,
            "legal_form": TEXT,
            "headcount_min": INTEGER,
            "headcount_max": INTEGER,
            "headcount_year": INTEGER,
            "social_economy": TEXT,
            "created": TEXT,
            "register_status": TEXT,
            "source_ids": LIST,
        }
    ),
    "projects": pa.schema(
        {
            "project_id": TEXT,
            "origin": TEXT,
            "acronym": TEXT,
            "name_en": TEXT,
            "name_local": TEXT,
            "country": TEXT,
            "nuts_id": TEXT,
            "start_date": DATE,
            "end_date": DATE,
            "eu_amount_eur": NUMBER,
            "total_amount": NUMBER,
            "currency": TEXT,
            "fund": TEXT,
            "programme": TEXT,
            "topics": LIST,
            "taken_for": TEXT,
            "url": TEXT,
            "note_en": TEXT,
            "source_ids": LIST,
        }
    ),
    "participants": pa.schema(
        {
            "participation_id": TEXT,
            "project_id": TEXT,
            "organisation": TEXT,
            "country": TEXT,
            "role": TEXT,
            "eu_amount_eur": NUMBER,
            "cluster_id": TEXT,
            "note_en": TEXT,
            "source_ids": LIST,
        }
    ),
    "third_places": pa.schema(
        {
            "place_id": TEXT,
            "name": TEXT,
            "lead_organisation": TEXT,
            "commune_code": TEXT,
            "postcode": TEXT,
            "place": TEXT,
            "latitude": NUMBER,
            "longitude": NUMBER,
            "coordinate_precision": TEXT,
            "coordinate_origin": TEXT,
            "website": TEXT,
            "activities": LIST,
            "source_ids": LIST,
            "geometry": GEOMETRY,
        }
    ),
}
COLUMNS: dict[str, pa.Schema] = {"clusters": pa.schema({"nuts_id": TEXT, "nuts_found_by": TEXT})}
"""Columns that came after their table."""


def whole(name: str, found: pa.Table) -> pa.Table:
    """The table called `name`, with empty cells in each column that it was made before."""
    for field in COLUMNS.get(name, TABLES.get(name, ())):
        if field.name not in found.column_names:
            found = found.append_column(field, absent(field.type, len(found)))
    return found


def absent(kind: pa.DataType, rows: int) -> pa.Array:
    """Cells of a column that is not there: null, or empty lists."""
    return pa.array([[]] * rows, kind) if pa.types.is_list(kind) else pa.nulls(rows, kind)
