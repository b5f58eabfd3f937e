"""What a dropped-in dataset left out, over HTTP: safe in a spreadsheet, nothing personal, nothing but what a report knows."""

import json

import pytest

from atlas.outlets import import_routes
from tests.history import remembered
from tests.outlets.answers import ask, serving

ROWS = 'table,file,row,column,value,rule\nclusters,x.csv,2,nom,"=cmd|jean@example.org",is bad\nclusters,x.csv,3,nom,"a, NA",is bad\n'


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("imports")
    tables = remembered(folder)
    (folder / "reports" / "imports").mkdir(parents=True)
    (folder / "reports" / "quality.json").write_text(json.dumps({"imports": [{"name": "hubs"}]}))
    for name in ("hubs", "other"):
        (folder / "reports" / "imports" / f"{name}.csv").write_text(ROWS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLES_URL", str(tables))
        with serving(import_routes.ROUTES) as address:
            yield f"{address}/data/imports"


def test_a_spreadsheet_runs_nothing_and_reads_no_address(server):
    answer = ask(f"{server}/hubs.csv")
    assert answer.status == 200
    assert answer.headers["content-disposition"].endswith("hubs-left-out.csv")
    assert answer.body.decode("utf-8-sig").splitlines() == [
        "table,file,row,column,value,rule",
        "clusters,x.csv,2,nom,'=cmd|[e-mail],is bad",
        'clusters,x.csv,3,nom,"a, NA",is bad',
    ]
    assert ";nom;a, NA;" in ask(f"{server}/hubs.csv?dialect=semicolon").body.decode("utf-8-sig")


@pytest.mark.parametrize("path", ["other.csv", "..%2fquality.csv", "x.csv?lang=fr"])
def test_what_no_report_knows_is_not_found(server, path):
    assert ask(f"{server}/{path}").status == 404


def test_a_wrong_dialect_is_refused_with_a_sentence(server):
    answer = ask(f"{server}/hubs.csv?dialect=tabs")
    assert (answer.status, b"it can be comma, semicolon" in answer.body) == (400, True)
