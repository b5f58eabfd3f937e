"""Files that others open."""

import csv
import io
import json

import duckdb
import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atlas import store
from atlas.outlets import dataset
from atlas.selection import Selection
from atlas.view import View
from tests.small_world import small_world

DIALECTS = {"comma": {"sep": ","}, "semicolon": {"sep": ";", "decimal": ","}}


def read_back(rows: pd.DataFrame, dialect: str = "comma") -> list[dict[str, str]]:
    text = io.StringIO(dataset.csv(rows, dialect).decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=DIALECTS[dialect]["sep"]))


def schema(table: str) -> pa.Schema:
    return pq.read_schema(store.FOLDER / f"{table}.parquet")


def test_lists_are_joined_and_missing_stays_empty():
    rows = pd.DataFrame({"name": ["Pôle, A", None], "themes": [["a", "b"], []], "value": [1.5, None]})
    assert read_back(rows) == [
        {"name": "Pôle, A", "themes": "a;b", "value": "1.5"},
        {"name": "", "themes": "", "value": ""},
    ]


@pytest.mark.parametrize("dialect", dataset.DIALECTS)
def test_no_cell_is_a_formula(dialect):
    rows = pd.DataFrame({"name": ["=1+1", "+33", "-2", "@x", "\t=1", "\r=1", "＝1", "plain", "a-b"]})
    assert [row["name"] for row in read_back(rows, dialect)] == [
        "'=1+1", "'+33", "'-2", "'@x", "'\t'=1", "'\r'=1", "'＝1", "plain", "a-b",
    ]  # fmt: skip


@pytest.mark.parametrize(("dialect", "other"), [("comma", ";"), ("semicolon", ",")])
def test_no_cell_becomes_a_formula_where_another_separator_is_read(dialect, other):
    rows = pd.DataFrame({"name": [f"a{other}=1+1"], "ids": [["b", "=2"]]})
    text = dataset.csv(rows, dialect).decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(text), delimiter=other) for cell in line]
    assert cells and not any(cell.lstrip('"').startswith("=") for cell in cells)


@pytest.mark.parametrize("dialect", dataset.DIALECTS)
def test_negative_numbers_stay_numbers(dialect):
    rows = pd.DataFrame({"change": [-2.5, None], "mixed": pd.Series([-1.5, "x"], dtype=object)})
    found = pd.read_csv(io.BytesIO(dataset.csv(rows, dialect)), encoding="utf-8-sig", **DIALECTS[dialect])
    assert found["change"].iloc[0] == -2.5
    assert found["mixed"].iloc[0] == {"comma": "-1.5", "semicolon": "-1,5"}[dialect]


@pytest.mark.parametrize("dialect", dataset.DIALECTS)
@pytest.mark.parametrize("table", ["observations", "programmes", "indicators"])
def test_both_dialects_give_the_published_figures(table, dialect):
    rows = getattr(store.tables(), table)
    found = pd.read_csv(io.BytesIO(dataset.csv(rows, dialect)), encoding="utf-8-sig", **DIALECTS[dialect])
    numbers = [name for name in rows if pd.api.types.is_float_dtype(rows[name])]
    assert numbers and len(found) == len(rows)
    pd.testing.assert_frame_equal(found[numbers].astype(float), rows[numbers].reset_index(drop=True))


def test_json_lines_keep_types_and_missing():
    rows = small_world().observations.head(2)
    first, second = map(json.loads, dataset.jsonl(rows).decode("utf-8").splitlines())
    assert (first["value"], first["is_latest"], first["as_of_date"], first["note_en"]) == (
        100,
        False,
        "2015-01-01",
        None,
    )
    assert second["source_ids"] == ["s2"]


@pytest.mark.parametrize("table", ["clusters", "countries"])
def test_geojson_opens_as_it_was(table, tmp_path):
    rows = getattr(store.tables(), table)
    (tmp_path / "rows.geojson").write_bytes(dataset.geojson(rows))
    found = gpd.read_file(tmp_path / "rows.geojson", engine="pyogrio")
    assert found.crs == 4326 and list(found[rows.columns[0]]) == list(rows[rows.columns[0]])
    drawn = rows.geometry.notna().to_numpy()
    assert drawn.any() and list(found.geometry.notna()) == list(drawn)
    assert found.geometry[drawn].normalize().geom_equals(rows.geometry.reset_index(drop=True)[drawn].normalize()).all()


def test_geojson_turns_outer_rings_anticlockwise_and_names_no_crs():
    collection = json.loads(dataset.geojson(store.tables().countries))
    assert "crs" not in collection
    shapes = gpd.GeoDataFrame.from_features(collection["features"]).geometry.explode()
    assert len(shapes) > 0 and all(shape.exterior.is_ccw for shape in shapes)


@pytest.mark.parametrize("table", ["clusters", "countries", "observations"])
def test_parquet_made_anew_is_the_published_one(table, tmp_path):
    published = pq.read_table(store.FOLDER / f"{table}.parquet")
    made = pq.read_table(io.BytesIO(dataset.parquet(getattr(store.tables(), table), schema(table))))
    assert made.schema.equals(published.schema, check_metadata=True)
    assert made.to_pylist() == published.to_pylist()


def test_duckdb_reads_a_filtered_parquet_with_its_geometry(tmp_path):
    world = small_world()
    path = tmp_path / "clusters.parquet"
    path.write_bytes(dataset.parquet(world.clusters[world.clusters["country"] == "FR"], schema("clusters")))
    with duckdb.connect() as connection:
        rows = connection.execute(
            "select cluster_id, themes, founded_year from read_parquet(?)", [str(path)]
        ).fetchall()
    assert rows == [
        ("fr-a", ["food_agriculture", "mobility"], 2010),
        ("fr-b", ["food_agriculture"], 2014),
        ("fr-c", [], None),
    ]
    geo = json.loads(pq.read_schema(path).metadata[b"geo"])
    assert geo["columns"]["geometry"]["encoding"] == "WKB" and geo["columns"]["geometry"]["bbox"] == [
        -1.67,
        43.6,
        1.44,
        48.11,
    ]


def test_a_selection_that_keeps_nothing_is_a_file_with_columns():
    rows = small_world().clusters.head(0)
    assert dataset.csv(rows).decode("utf-8-sig").startswith("cluster_id,name")
    assert dataset.jsonl(rows) == b""
    assert json.loads(dataset.geojson(rows))["features"] == []
    assert pq.read_table(io.BytesIO(dataset.parquet(rows, schema("clusters")))).num_rows == 0


def test_a_table_to_read_has_labels_and_a_link_to_the_source():
    world = small_world()
    rows = world.clusters[["name", "kind", "country", "themes", "source_ids"]].head(1)
    shown = dataset.readable(rows, world, View.of(world, Selection(language="fr"))).to_dict("records")
    assert shown == [
        {
            "Nom": "Pôle A",
            "Type": "PTCE",
            "Pays": "France",
            "Thèmes": "Alimentation et agriculture, Mobilité",
            "Source": "https://example.org/s1",
        }
    ]
