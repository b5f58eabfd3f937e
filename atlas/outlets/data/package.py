"""All tables in one ZIP: a Frictionless data package with a README in both languages, the licence and how to cite.

The same rows give the same bytes: nothing in the archive tells when it was made.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from atlas import store
from atlas.outlets.citation import PUBLISHER
from atlas.outlets.data.contents import Contents
from atlas.outlets.data.dictionary import GEOMETRY, published, resources, titled
from atlas.outlets.data.filtered import WITHHELD, rows
from atlas.outlets.data.read_me import read_me
from atlas.outlets.dataset import DIALECTS, csv, parquet
from atlas.outlets.metadata import LICENCE
from atlas.outlets.zipped import zipped
from atlas.selection import Selection
from atlas.store import Tables
from atlas.words import N_, catalogue

MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
LEGAL_TEXT = Path(__file__).parents[3] / "LICENSE-DATA"
CITE = N_("Please cite this data set as below.")


def package_zip(contents: Contents) -> bytes:
    """The package as a ZIP archive."""
    files = {f"data/{name}.{contents.form}": _file(name, contents) for name in contents.rows}
    files = {
        "README.md": read_me(contents).encode("utf-8"),
        "LICENCE.txt": licence(),
        "CITATION.cff": citation_cff(contents.tables, contents.url).encode("utf-8"),
        "datapackage.json": _json(descriptor(contents, files)),
        **files,
    }
    return zipped(files)


def table_parquet(name: str, rows: pd.DataFrame, tables: Tables) -> bytes:
    """A table as Parquet: the published file itself when it is whole and of today's version."""
    published = store.file(name)
    if rows is tables.rows(name) and tables is store.tables():
        return published
    return parquet(rows, pq.read_schema(BytesIO(published)))


def descriptor(contents: Contents, files: Mapping[str, bytes]) -> dict[str, Any]:
    """`datapackage.json` of the files inside (path -> content)."""
    known = resources()
    described = [_described(known[Path(path).stem], path, content, contents) for path, content in files.items()]
    return {**store.package(), "version": contents.tables.version, "homepage": contents.url, "resources": described}


def served(tables: Tables) -> dict[str, Any]:
    """The dictionary of the Parquet files that are served one by one: of today's tables, without what is withheld."""
    package = store.package()
    return {**package, "resources": [_served(resource, tables) for resource in package["resources"]]}


def licence() -> bytes:
    """The licence in a sentence, its address, and the whole legal text."""
    head = f"Creative Commons Attribution 4.0 International (CC BY 4.0)\n{LICENCE}\n\n"
    return head.encode() + LEGAL_TEXT.read_bytes()


def citation_cff(tables: Tables, url: str) -> str:
    """How to cite, in the Citation File Format (YAML, whose texts JSON also writes)."""
    day = published(tables)
    fields = {
        "cff-version": "1.2.0",
        "message": CITE,
        "type": "dataset",
        "title": titled(store.package(), "en"),
        "authors": [{"name": catalogue("en").gettext(PUBLISHER)}],
        "version": tables.version,
        "date-released": day.isoformat() if day else None,
        "license": "CC-BY-4.0",
        "url": url,
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items() if value)


def _file(name: str, contents: Contents) -> bytes:
    rows = contents.rows[name]
    if contents.form == "parquet":
        return table_parquet(name, rows, contents.tables)
    return csv(rows, contents.dialect, has_mark=contents.dialect != "comma")


def _served(resource: dict[str, Any], tables: Tables) -> dict[str, Any]:
    if (name := resource["name"]) not in WITHHELD:
        return resource
    content = table_parquet(name, rows(name, tables, Selection(), ()), tables)
    fields = [field for field in resource["schema"]["fields"] if field["name"] != WITHHELD[name]]
    size = {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}
    return {**resource, **size, "schema": {**resource["schema"], "fields": fields}}


def _described(resource: dict[str, Any], path: str, content: bytes, contents: Contents) -> dict[str, Any]:
    own = {
        "path": path,
        "format": contents.form,
        "mediatype": MEDIA_TYPES[contents.form],
        "row_count": len(contents.rows[resource["name"]]),
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
    }
    columns = contents.rows[resource["name"]].columns
    fields = [field for field in resource["schema"]["fields"] if field["name"] in columns]
    if contents.form == "parquet":
        return {**resource, **own, "schema": {**resource["schema"], "fields": fields}}
    dialect = DIALECTS[contents.dialect]
    flat = [_flat(field, dialect.decimal) for field in fields if field["name"] != GEOMETRY]
    table = {"type": "table", "profile": "tabular-data-resource", "encoding": "utf-8"}
    schema = {**resource["schema"], "fields": flat}
    return {**resource, **table, **own, "dialect": {"delimiter": dialect.separator}, "schema": schema}


def _flat(field: dict[str, Any], decimal: str) -> dict[str, Any]:
    """A column as CSV holds it: lists joined by `;`, where an empty one is an empty cell, and decimals."""
    if field["type"] == "array":
        constraints = {name: value for name, value in field["constraints"].items() if name != "required"}
        return {**field, "type": "list", "delimiter": ";", "itemType": "string", "constraints": constraints}
    return {**field, "decimalChar": decimal} if field["type"] == "number" and decimal != "." else field


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
