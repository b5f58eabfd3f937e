"""The addresses of the data: /data/<table>.<extension>, /data/package.zip, /data/datapackage.json, /data/catalog.jsonld.

The parameters are those of the pages (`country=FR~ES`); `dialect=semicolon` gives the CSV that a French Excel reads, `v=` the
data of one version. What cannot be used is refused with one sentence, never left out.
"""

import json
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import Response

from atlas import store
from atlas.outlets.about import of_table
from atlas.outlets.archive import tables_of
from atlas.outlets.data.contents import OPTIONS, Contents
from atlas.outlets.data.files import FILES, files_of
from atlas.outlets.data.filtered import ALL, FIELDS, package, rows
from atlas.outlets.data.package import package_zip, served, table_parquet
from atlas.outlets.data.query import VERSION, Query, closest, language_of, read
from atlas.outlets.data.record import catalogue_record
from atlas.outlets.dataset import csv, geojson, jsonl
from atlas.outlets.http import Problem, answered, route
from atlas.outlets.site import site
from atlas.outlets.workbook import xlsx
from atlas.store import Tables
from atlas.view import View
from atlas.words import catalogue

DIALECT = {"dialect": OPTIONS["dialect"]}


def table_file(request: Request) -> Response:
    """One table in one format."""
    table, extension = request.path_params["table"], request.path_params["extension"]
    _known(table, extension, request)
    tables = versioned(request)
    options = DIALECT if extension == "csv" else {}
    query = read(request.query_params, tables, FIELDS[table], options, f"{table}.{extension}")
    url = f"{site(request)}/data/{table}.xlsx?{request.url.query}".rstrip("?") if extension == "xlsx" else ""
    body = _table(table, extension, tables, query, url)
    return _sent(request, body, extension, table, bool(query.given))


def package_file(request: Request) -> Response:
    """All tables in one ZIP."""
    tables = versioned(request)
    query = read(request.query_params, tables, ALL, OPTIONS, "package.zip")
    body = _zip(tables, query, f"{site(request)}/data")
    name = f"social-innovation-clusters-{tables.version}"
    return _sent(request, body, "zip", name, bool(query.given))


def descriptor_file(request: Request) -> Response:
    """The dictionary of the tables; its paths are the Parquet files beside it."""
    tables = store.tables()
    read(request.query_params, tables, (), {}, "datapackage.json", has_versions=False)
    body = json.dumps(served(tables), ensure_ascii=False, indent=2)
    return answered(request, body.encode("utf-8"), "application/json")


def catalogue_file(request: Request) -> Response:
    """The record that data portals harvest."""
    tables = store.tables()
    read(request.query_params, tables, (), {}, "catalog.jsonld", has_versions=False)
    record = catalogue_record(tables, site(request))
    return answered(request, json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8"), "application/ld+json")


ROUTES = [
    route("/data/package.zip", package_file),
    route("/data/datapackage.json", descriptor_file),
    route("/data/catalog.jsonld", catalogue_file),
    route("/data/{table}.{extension}", table_file),
]


def versioned(request: Request) -> Tables:
    """The tables of the version asked for, today's when none is. Raises Problem(404)."""
    return tables_of(request.query_params.get(VERSION, ""), language_of(request.query_params))


@lru_cache(maxsize=64)
def _table(table: str, extension: str, tables: Tables, query: Query, url: str) -> bytes:
    kept = rows(table, tables, query.selection, query.given)
    if extension == "csv":
        return csv(kept, query.option("dialect"))
    if extension == "parquet":
        return table_parquet(table, kept, tables)
    if extension == "xlsx":
        view = View.of(tables, query.selection)
        return xlsx(kept, of_table(table, len(kept), query.given, view, url), view)
    return jsonl(kept) if extension == "jsonl" else geojson(kept)


@lru_cache(maxsize=16)
def _zip(tables: Tables, query: Query, url: str) -> bytes:
    return package_zip(Contents(package(tables, query.selection, query.given), tables, query, url))


def _sent(request: Request, body: bytes, extension: str, name: str, is_filtered: bool) -> Response:
    filename = f"{name}{'-selection' if is_filtered else ''}.{extension}"
    is_frozen = bool(request.query_params.get(VERSION))
    return answered(request, body, FILES[extension].media_type, is_frozen=is_frozen, filename=filename)


def _known(table: str, extension: str, request: Request) -> None:
    """Raises Problem(404) with the names that were perhaps meant."""
    _ = catalogue(language_of(request.query_params)).gettext
    if table not in FIELDS:
        near = closest(table, FIELDS)
        sentence = (
            _("There is no table {name}. Did you mean {near}?")
            if near
            else _("There is no table {name}; there are {tables}.")
        )
        raise Problem(404, sentence.format(name=table[:100], near=near, tables=", ".join(FIELDS)))
    if extension not in (known := files_of(table)):
        sentence = _("There is no {name}; {table} can be had as {formats}.")
        name = f"{table}.{extension[:20]}"
        raise Problem(404, sentence.format(name=name, table=table, formats=", ".join(known)))
