"""What a dropped-in dataset left out, as CSV: /data/imports/<name>.csv; `dialect=semicolon` for a French Excel."""

import io

import pandas as pd
from starlette.requests import Request
from starlette.responses import Response

from atlas import reports, store
from atlas.outlets.data.contents import OPTIONS
from atlas.outlets.data.query import language_of, read
from atlas.outlets.dataset import csv
from atlas.outlets.http import Problem, answered, route
from atlas.words import catalogue

DIALECT = {"dialect": OPTIONS["dialect"]}


def left_out(request: Request) -> Response:
    """Every row and cell that an import did not take; nothing in it is run by a spreadsheet, no e-mail address is told."""
    name = request.path_params["name"]
    query = read(request.query_params, store.tables(), (), DIALECT, f"{name[:40]}.csv", has_versions=False)
    content = reports.left_out(name)
    if content is None:
        sentence = catalogue(language_of(request.query_params)).gettext("No dataset called {name} was dropped in.")
        raise Problem(404, sentence.format(name=name[:40]))
    rows = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return answered(
        request, csv(rows, query.option("dialect")), "text/csv; charset=utf-8", filename=f"{name}-left-out.csv"
    )


ROUTES = [route("/data/imports/{name}.csv", left_out)]
