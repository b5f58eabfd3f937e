"""Every check, on a world of a few rows: silent while the world is sound, and the only one to speak when it is broken."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from shapely.geometry import box

from etl import check, schema
from etl.check import figures, losses, points
from etl.check.contract import sentence
from etl.check.totals import countries_left_out, discrepancy
from etl.check.world import World
from etl.columns import columns
from etl.tables import conform, empty

TODAY = date(2026, 11, 25)
LAST_YEAR = 2036
FACTS = Path(__file__).parents[2] / "data" / "facts"
Tables = dict[str, pd.DataFrame]

EMPLOYMENT = "social_economy_paid_employment"
COOPERATIVES, ASSOCIATIONS = f"{EMPLOYMENT}_cooperatives_mutuals", f"{EMPLOYMENT}_associations_foundations"
PROPERTIES = {
    ("units", "persons"): {"unit_kind": "count"},
    ("units", "percent"): {"unit_kind": "rate"},
    ("geo_aggregates", "EU27"): {"countries": "FR;ES;MT"},
}


def indicator(geo: str, value: float, **more: Any) -> dict[str, Any]:
    """A row of indicators: employment of a country in 2015, unless said otherwise."""
    row = {"geo": geo, "geo_level": "country", "country": geo, "indicator": EMPLOYMENT, "year": 2015, "as_of": "2015"}
    return {**row, "value": value, "unit": "persons", "qualifier": "exact", "source_ids": ["s1"], **more}


def region(geo: str, value: float) -> dict[str, Any]:
    return indicator(geo, value, geo_level="region", geo_name=geo, country="FR", indicator="population")


ROWS: dict[str, list[dict[str, Any]]] = {
    "clusters": [
        {"cluster_id": "fr-a", "name": "A", "kind": "ptce", "country": "FR", "region": "Nouvelle-Aquitaine", "place": "Bordeaux", "latitude": 44.84, "longitude": -0.58, "coordinate_precision": "commune", "coordinate_origin": "facts", "founded_year": 2010, "status": "active", "themes": ["food"], "programme_ids": ["call"], "source_ids": ["s1"]},
        {"cluster_id": "es-b", "name": "B", "kind": "ptce", "country": "ES", "status": "active", "coordinate_precision": "region", "source_ids": ["s2"]},
        {"cluster_id": "es-c", "name": "C", "kind": "ptce", "country": "ES", "status": "active", "latitude": 40.4, "longitude": -3.7, "coordinate_precision": "commune", "coordinate_origin": "facts", "source_ids": ["s2"]},
        {"cluster_id": "eu-d", "name": "D", "kind": "ptce", "country": "EU", "status": "active", "coordinate_precision": "region", "source_ids": ["s2"]},
    ],
    "observations": [
        {"observation_id": "o1", "cluster_id": "fr-a", "metric": "jobs", "value": 10.0, "unit": "jobs", "as_of": "2020", "qualifier": "exact", "scope": "hosted", "is_latest": True, "source_ids": ["s1"]},
        {"observation_id": "o2", "cluster_id": "fr-a", "metric": "jobs", "value": 20.0, "unit": "jobs", "as_of": "2036", "qualifier": "planned", "scope": "hosted", "is_latest": False, "source_ids": ["s1"]},
        {"observation_id": "o3", "cluster_id": "fr-a", "metric": "share", "value": 100.0, "unit": "percent", "qualifier": "exact", "scope": "own", "is_latest": True, "source_ids": ["s1"]},
    ],
    "programmes": [
        {"programme_id": "law", "name_en": "Law", "level": "national", "country": "EU", "kind": "call", "start": "2013", "start_date": "2013-01-01", "end": "2013", "end_date": "2013-12-31", "source_ids": ["s1"]},
        {"programme_id": "call", "name_en": "Call", "level": "national", "country": "FR", "kind": "call", "budget_eur": 100.0, "budget_amount": 750.0, "budget_currency": "DKK", "part_of": "law", "laureates": 1, "source_ids": ["s1", "s2"]},
    ],
    "awards": [{"cluster_id": "fr-a", "programme_id": "call", "year": 2014, "source_ids": ["s1"]}],
    "partners": [{"programme_id": "call", "organisation": "O", "country": "FR", "role": "partner", "source_ids": ["s1"]}],
    "annual_funding": [{"programme_id": "call", "year": 2014, "kind": "budget", "amount_eur": 5.0, "country": "FR", "source_ids": ["s1"]}],
    "indicators": [
        indicator("FR", 60), indicator("ES", 30), indicator("MT", 10),
        indicator("EU27", 100, geo_level="aggregate", country=None),
        indicator("FR", 45, indicator=COOPERATIVES), indicator("FR", 15, indicator=ASSOCIATIONS),
        indicator("FR", 99, source_ids=["s2"], qualifier="about"), indicator("FR", 61, source_ids=["s2"]),
        region("FR1", 40), region("FR2", 25),
        indicator("FR", 65, indicator="population", note="Published total for checking the sum of the 2 regions."),
        indicator("FR", 120, unit="index", indicator="population"),
    ],
    "sources": [
        {"source_id": "s1", "title": "S", "publisher": "P", "url": "https://example.org/1", "published": "2020-01", "quote": "DKK 750 (about EUR 100)"},
        {"source_id": "s2", "title": "S", "publisher": "P", "url": "https://example.org/2", "quote": "Nothing about money"},
    ],
    "countries": [
        {"country": "FR", "role": "observed", "is_eu_member": True, "geometry": box(-5, 42, 8, 51)},
        {"country": "RE", "parent_country": "FR", "role": "overseas", "is_eu_member": False, "geometry": box(55.2, -21.4, 55.9, -20.8)},
    ],
    "same_as": [{"table": "clusters", "dataset": "europe", "merged_id": "fr-old", "kept_id": "fr-a", "why": "Same."}],
    "field_sources": [{"table": "programmes", "row_id": "call", "column": "name_en", "value": "Call", "is_used": True, "source_ids": ["s1"]}],
}  # fmt: skip


@pytest.fixture(scope="module")
def sound() -> Tables:
    """A sound world: every table, every reference and sum right, every code used."""
    built = {table: conform(empty(table), table) for table in schema.TABLES if table != "vocabulary"}
    built |= {table: frame(table, rows) for table, rows in ROWS.items()}
    used = {("geo_aggregates" if code.startswith("EU") else names[0], code) for names, code in codes_used(built)}
    return {**built, "vocabulary": frame("vocabulary", [code_row(*pair) for pair in sorted(used)])}


@pytest.fixture
def tables(sound: Tables) -> Tables:
    """The sound world, to break."""
    return {table: rows.copy() for table, rows in sound.items()}


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows with every column of the table, of the right type; a column not given is null, a list empty."""
    blank = {name: [] if column.kind == "list" else None for name, column in columns(table).items()}
    return schema.TABLES[table].validate(pd.DataFrame([{**blank, **row} for row in rows]))


def codes_used(built: Tables) -> list[tuple[tuple[str, ...], str]]:
    """(vocabularies, code) for every code in the tables."""
    found = [(("countries",), code) for code in built["indicators"].query("geo_level != 'region'")["geo"]]
    for table, rows in built.items():
        for name, column in columns(table).items():
            found += [(column.codes, code) for code in rows[name].explode().dropna()] if column.codes else []
    return found


def code_row(vocabulary: str, code: str) -> dict[str, Any]:
    properties = json.dumps(PROPERTIES.get((vocabulary, code), {}))
    return {
        "vocabulary": vocabulary,
        "code": code,
        "label_en": code,
        "label_fr": code,
        "order": 1,
        "properties": properties,
    }


def ledger(tables: Tables) -> pd.DataFrame:
    """A ledger that adds up: one more row came in than went out, and it was merged."""
    return pd.DataFrame(
        [
            {"table": table, "rows_in": len(rows) + 1, "rows_out": len(rows), "rows_merged": 1, "rows_rejected": 0}
            for table, rows in tables.items()
        ]
    )


def test_a_sound_world_has_nothing_to_report(tables: Tables) -> None:
    assert check.run(tables, ledger(tables), TODAY).to_dict("records") == []


def test_tables_without_rows_are_sound(tables: Tables) -> None:
    empty = {table: rows.iloc[:0] for table, rows in tables.items()}
    assert check.run(empty, ledger(empty), TODAY).empty


@pytest.mark.parametrize("table", ["observations", "awards", "indicators", "same_as", "field_sources"])
def test_a_table_nothing_points_to_may_be_empty(table: str, tables: Tables) -> None:
    tables[table] = tables[table].iloc[:0]
    found = [finding for function in check.CHECKS for finding in function(World(tables, ledger(tables), LAST_YEAR))]
    assert {finding.rule for finding in found} <= {"no row uses these codes"}


class Case(NamedTuple):
    """The check that must notice, how the world is broken, and where the check says so: table, row, column."""

    check: str
    name: str
    break_world: Callable[[Tables], Any]
    where: list[tuple[str, str, str]]
    severity: str = "error"


def put(table: str, row: int, **cells: Any) -> Callable[[Tables], None]:
    """Change cells of one row."""

    def change(tables: Tables) -> None:
        for name, value in cells.items():
            tables[table].at[row, name] = value

    return change


def twice(table: str, row: int, **cells: Any) -> Callable[[Tables], None]:
    """Add a copy of one row, with other cells."""

    def change(tables: Tables) -> None:
        tables[table] = pd.concat([tables[table], tables[table].loc[[row]].assign(**cells)], ignore_index=True)

    return change


TOTAL_EU, TOTAL_FR, POPULATION_FR = (
    "EU27|social_economy_paid_employment||2015|persons|100.0",
    "FR|social_economy_paid_employment||2015|persons|60.0",
    "FR|population||2015|persons|65.0",
)
CASES = [
    Case("table_missing", "not built", lambda tables: tables.pop("awards"), [("awards", "", "")]),
    Case("table_missing", "not declared", lambda tables: tables.update(extra=pd.DataFrame()), [("extra", "", "")]),
    Case("contract_broken", "empty cell", put("clusters", 1, name=None), [("clusters", "es-b", "name")]),
    Case("contract_broken", "negative", put("observations", 0, value=-1.0), [("observations", "o1", "value")]),
    Case("contract_broken", "a count below zero", put("programmes", 1, applications=-1), [("programmes", "call", "applications")]),
    Case("contract_broken", "address", put("clusters", 1, website="example.org"), [("clusters", "es-b", "website")]),
    Case("contract_broken", "column missing", lambda tables: tables["awards"].pop("amount_eur"), [("awards", "", "amount_eur")]),
    Case("contract_broken", "column undeclared", lambda tables: tables["awards"].insert(5, "city", "X"), [("awards", "", "city")]),
    Case("key_given_twice", "one column", twice("sources", 0), [("sources", "s1", "source_id")] * 2),
    Case("key_given_twice", "three columns", twice("awards", 0), [("awards", "fr-a|call|2014", "cluster_id")] * 2),
    Case("reference_dangling", "one id", put("programmes", 1, part_of="laws"), [("programmes", "call", "part_of")]),
    Case("reference_dangling", "in a list", put("clusters", 0, source_ids=["s1", "s9"]), [("clusters", "fr-a", "source_ids")]),
    Case("row_named_is_gone", "kept row", put("same_as", 0, kept_id="fr-z"), [("same_as", "clusters|europe|fr-old", "kept_id")]),
    Case("row_named_is_gone", "cell's row", put("field_sources", 0, row_id="fr-a"), [("field_sources", "programmes|fr-a|name_en|Call", "row_id")]),
    Case("code_unknown", "one code", put("clusters", 1, kind="ptces"), [("clusters", "es-b", "kind")]),
    Case("code_unknown", "in a list", put("clusters", 1, themes=["food", "fodo"]), [("clusters", "es-b", "themes")]),
    Case("code_unknown", "two vocabularies", put("programmes", 0, country="XX"), [("programmes", "law", "country")]),
    Case("code_unused", "kind", lambda tables: add_code(tables, "kinds", "park"), [("vocabulary", "kinds", "code")], "warning"),
    Case("source_missing", "none", put("awards", 0, source_ids=[]), [("awards", "fr-a|call|2014", "source_ids")]),
    Case("source_without_proof", "blank quote", put("sources", 1, quote=" "), [("sources", "s2", "quote")]),
    Case("year_incredible", "too early", put("sources", 0, published="1799"), [("sources", "s1", "published")]),
    Case("year_incredible", "too late", put("clusters", 0, founded_year=2037), [("clusters", "fr-a", "founded_year")]),
    Case("year_incredible", "too late a date", put("observations", 1, as_of="2037-01"), [("observations", "o2", "as_of")]),
    Case("percentage_over_100", "share", put("observations", 2, value=100.1), [("observations", "o3", "value")]),
    Case("end_before_start", "by a day", put("programmes", 0, start_date=pd.Timestamp("2014-01-01")), [("programmes", "law", "end")]),
    Case("budget_half_given", "no amount", put("programmes", 1, budget_amount=None), [("programmes", "call", "budget_currency")]),
    Case("budget_half_given", "euros", put("programmes", 1, budget_currency="EUR"), [("programmes", "call", "budget_currency")]),
    Case("euros_not_published", "no quote", put("programmes", 1, source_ids=["s2"]), [("programmes", "call", "budget_eur")]),
    Case("part_of_itself", "circle", put("programmes", 0, part_of="call"), [("programmes", "law", "part_of"), ("programmes", "call", "part_of")]),
    Case("part_of_itself", "alone", put("programmes", 0, part_of="law"), [("programmes", "law", "part_of")]),
    Case("latest_figure_doubled", "two", twice("observations", 0, observation_id="o4"), [("observations", "o1", "is_latest"), ("observations", "o4", "is_latest")]),
    Case("plan_counted_as_fact", "planned", put("observations", 1, is_latest=True, scope="own"), [("observations", "o2", "is_latest")]),
    Case("laureates_outnumbered", "two named", twice("awards", 0, cluster_id="es-b"), [("programmes", "call", "laureates")], "warning"),
    Case("point_half_given", "no longitude", put("clusters", 0, longitude=None), [("clusters", "fr-a", "longitude")]),
    Case("point_half_given", "no origin", put("clusters", 0, coordinate_origin=None), [("clusters", "fr-a", "coordinate_origin")]),
    Case("point_half_given", "no point", put("clusters", 1, coordinate_precision="commune"), [("clusters", "es-b", "coordinate_precision")]),
    Case("point_far_from_its_town", "Toulouse", put("clusters", 0, latitude=43.6, longitude=1.44), [("clusters", "fr-a", "latitude")], "warning"),
    Case("point_outside_its_country", "at sea", put("clusters", 0, place=None, longitude=-5.1), [("clusters", "fr-a", "latitude")], "warning"),
    Case("countries_do_not_make_the_total", "explained", put("indicators", 3, value=90.0), [("indicators", TOTAL_EU.replace("100.0", "90.0"), "value")], "warning"),
    Case("countries_do_not_make_the_total", "unexplained", put("indicators", 3, value=101.0), [("indicators", TOTAL_EU.replace("100.0", "101.0"), "value")]),
    Case("regions_do_not_make_the_total", "sum", put("indicators", 9, value=26.0), [("indicators", POPULATION_FR, "value")]),
    Case("regions_do_not_make_the_total", "number", twice("indicators", 9, geo="FR3", value=0.0), [("indicators", POPULATION_FR, "value")]),
    Case("parts_do_not_make_the_total", "sum", put("indicators", 4, value=46.0), [("indicators", TOTAL_FR, "value")]),
]  # fmt: skip


NAMES_OF_CONTRACT = {function.__name__ for function in check.CONTRACT}


def add_code(tables: Tables, vocabulary: str, code: str) -> None:
    more = frame("vocabulary", [code_row(vocabulary, code)])
    tables["vocabulary"] = pd.concat([tables["vocabulary"], more], ignore_index=True)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.check}, {case.name}" for case in CASES])
def test_a_broken_world_is_noticed_by_one_check_where_it_is_broken(case: Case, tables: Tables) -> None:
    case.break_world(tables)
    world = World(tables, ledger(tables), LAST_YEAR)
    checks = check.CONTRACT if case.check in NAMES_OF_CONTRACT else check.CHECKS
    found = {function.__name__: list(function(world)) for function in checks}
    assert [name for name, findings in found.items() if findings] == [case.check]
    assert [finding[1:4] for finding in found[case.check]] == case.where
    assert {finding.severity for finding in found[case.check]} == {case.severity}


@pytest.mark.parametrize("column", ["rows_in", "rows_merged", "rows_rejected"])
def test_a_row_dropped_in_silence_is_noticed(column: str, tables: Tables) -> None:
    counted = ledger(tables)
    counted.loc[counted["table"] == "clusters", column] += 1
    (found,) = losses.row_dropped_in_silence(World(tables, counted, LAST_YEAR))
    assert (found.severity, found.table, found.column, found.value) == ("error", "clusters", "rows_out", "4")


def test_a_table_shorter_than_counted_is_noticed(tables: Tables) -> None:
    counted = ledger(tables)
    tables["awards"] = tables["awards"].iloc[:0]
    (found,) = losses.row_dropped_in_silence(World(tables, counted, LAST_YEAR))
    assert (found.table, found.rule) == ("awards", "the table has 0 rows")


def test_a_table_nobody_counted_is_noticed(tables: Tables) -> None:
    (found,) = losses.table_not_counted(World(tables, ledger(tables).query("table != 'awards'"), LAST_YEAR))
    assert (found.severity, found.table) == ("error", "awards")


def test_every_check_is_seen_to_fire() -> None:
    elsewhere = {"row_dropped_in_silence", "table_not_counted"}
    assert {case.check for case in CASES} | elsewhere == {
        function.__name__ for function in (*check.CONTRACT, *check.CHECKS)
    }


def test_everything_wrong_is_said_at_once_errors_first(tables: Tables) -> None:
    put("clusters", 1, kind="ptces")(tables)
    put("observations", 2, value=101.0)(tables)
    add_code(tables, "kinds", "park")
    found = check.run(tables, ledger(tables), TODAY)
    assert found["severity"].tolist() == ["error", "error", "warning"]
    assert found.columns.tolist() == ["severity", "table", "row", "column", "value", "rule"]
    assert set(found["rule"]) == {
        "not a code of kinds. The closest are: ptce",
        "a percentage must be at most 100",
        "no row uses these codes",
    }


def test_a_column_of_another_type_is_said_without_reading_it(tables: Tables) -> None:
    tables["indicators"]["value"] = "many"
    found = check.run(tables, ledger(tables), TODAY)
    assert set(found["column"]) == {"value"}
    assert "must be of type float64" in set(found["rule"])


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("not_nullable", "must not be empty"),
        ("greater_than_or_equal_to(1800)", "must be at least 1800"),
        ("str_matches('^[A-Z]{2}$')", "must match ^[A-Z]{2}$"),
        ("isin(['a', 'b'])", "must be one of ['a', 'b']"),
        ("something_new({3})", "fails something_new({3})"),
    ],
)
def test_a_rule_is_said_as_a_sentence(rule: str, said: str) -> None:
    assert sentence(rule) == said


def test_an_overseas_department_is_inside_its_country(tables: Tables) -> None:
    put("clusters", 0, region="La Réunion", place="Saint-Denis", latitude=-20.88, longitude=55.45)(tables)
    assert not list(points.point_outside_its_country(World(tables, ledger(tables), LAST_YEAR)))


def test_a_quay_just_off_a_simplified_coast_is_let_be(tables: Tables) -> None:
    put("clusters", 0, place=None, longitude=-5.05)(tables)
    assert not list(points.point_outside_its_country(World(tables, ledger(tables), LAST_YEAR)))


def test_a_point_of_the_region_is_not_held_against_the_town(tables: Tables) -> None:
    twice("clusters", 0, cluster_id="fr-c", coordinate_precision="region", latitude=46.0)(tables)
    assert not list(points.point_far_from_its_town(World(tables, ledger(tables), LAST_YEAR)))


@pytest.mark.parametrize(
    "quote", ["budget of 2.7 billion zlotys (€684m)", "25 mio. kr. (3,3 mio. euro)", "EUR 3.3 million"]
)
def test_euros_are_recognised_in_a_quote(quote: str, tables: Tables) -> None:
    put("programmes", 1, source_ids=["s2"])(tables)
    put("sources", 1, quote=quote)(tables)
    assert not list(figures.euros_not_published(World(tables, ledger(tables), LAST_YEAR)))


def test_a_sum_short_of_some_members_proves_nothing() -> None:
    published = pd.Series({"FR": 60.0, "ES": 30.0})
    assert discrepancy(100, published, ["FR", "ES", "MT"]) is None


def test_a_total_that_equals_the_sum_of_some_members_is_not_that_of_all() -> None:
    published = pd.Series({"FR": 60.0, "ES": 30.0})
    assert discrepancy(90, published, ["FR", "ES", "MT"]) == ("warning", "the sum of 2 countries only, without MT")


def test_the_fewest_countries_explain_an_excess() -> None:
    published = pd.Series({"FR": 60.0, "ES": 30.0, "MT": 10.0, "NL": 20.0})
    assert countries_left_out(30, published) == ("ES",)
    assert countries_left_out(35, published) == ()


@pytest.fixture(scope="module")
def employment() -> "pd.Series[float]":
    """Paid employment in the social economy as SEPE reproduces it: year, country, value."""
    rows = pd.read_csv(FACTS / "countries" / "country_indicators.csv", keep_default_na=False, dtype="str")
    mine = rows[(rows["source_id"] == "sepe-cuadernos-economia-social") & (rows["indicator"] == EMPLOYMENT)]
    return mine.astype({"value": float}).set_index(["year", "country"])["value"]


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("2015", "the sum of 25 countries, without MT and NL; the 27 published add up to 11,926,825"),
        ("2021", "the sum of 25 countries only, without MT and NL"),
    ],
)
def test_the_published_totals_of_the_union_leave_out_malta_and_the_netherlands(
    year: str, said: str, employment: "pd.Series[float]"
) -> None:
    countries = employment[year].drop("EU27")
    members = employment["2015"].drop("EU27").index.tolist()
    assert discrepancy(employment[year]["EU27"], countries, members) == ("warning", said)
