"""The census of third places against a publisher on this machine: from the page of the dataset to points on the map."""

import csv
import io
import json
from pathlib import Path

import geopandas as gpd
import pytest

from etl import arrow, build
from etl.build import Folders
from etl.columns import columns
from etl.download import NotFetched, lock_of
from etl.faults import BadInput
from etl.sources import communes, is_fetched, third_places
from etl.sources.third_places import ACTIVITIES, DATASET, FOLDER, IDENTITY, SLUG, SOURCE, fetch, read, remarks
from etl.sources.third_places_cells import commune_code, organisation, postcode, website
from etl.tables import conform
from tests.etl.publisher import Said

PAGE = f"/api/1/datasets/{SLUG}/"
HEADER = [
    "ID_UNIQUE",
    "NOM",
    "Insee",
    "NOM_STRC_PORT",
    "ADRESSE",
    "CODPOST",
    "VILLE",
    "INTERNET",
    "SIRET",
    "Mail",
    "Nom contact",
]
PERSONAL = ["1 rue Secrète", "12345678900011", "jeanne@exemple.fr", "Jeanne Durand"]
ACTIVITY_HEADER = ["ID_UNIQUE", "TYPE_ACT", "TYPE_ACT_COWORK", "TYPE_ACT_NUMER", "EQPT", "EQPT_NUM"]
COMMUNES = [
    {"nom": "Nantes", "code": "44109", "codesPostaux": ["44000"], "centre": {"type": "Point", "coordinates": [-1.55, 47.22]}},
    {"nom": "Paris", "code": "75056", "codesPostaux": ["75001"], "centre": {"type": "Point", "coordinates": [2.35, 48.86]}},
    {"nom": "Bourg", "code": "01053", "codesPostaux": ["01000"], "centre": {"type": "Point", "coordinates": [5.23, 46.2]}},
]  # fmt: skip
PARIS_11 = {"nom": "Paris 11e", "code": "75111", "codesPostaux": ["75011"], "centre": {"type": "Point", "coordinates": [2.38, 48.86]}}  # fmt: skip
FORMER = [
    {"nom": "Ancienne", "code": "49001", "chefLieu": "44109", "centre": {"type": "Point", "coordinates": [-1.1, 47.3]}},
    {"nom": "Sans centre", "code": "49002", "chefLieu": "44109"},
]


def place(**cells: str) -> list[str]:
    """A row of the identity file about Nantes, with these cells changed."""
    row = dict(zip(HEADER, ["1", "Le Lieu", "44109", "Association du Lieu", PERSONAL[0], "44000", "Nantes", "lelieu.fr", *PERSONAL[1:]], strict=True))  # fmt: skip
    return list((row | cells).values())


def offer(identifier: str = "1", activities: str = "Bureau partagé / Coworking ;\nFablab", *boxes: str) -> list[str]:
    """A row of the file of activities."""
    return [identifier, activities, *(boxes or ("1", "0", "Imprimante 3D", "1"))]


def table(header: list[str], *rows: list[str]) -> bytes:
    """A file of the census: semicolons, CRLF, quotes where needed."""
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([header, *rows])
    return text.getvalue().encode()


def resource(name: str, identifier: str, **more) -> dict:
    url = f"https://static.data.gouv.fr/resources/x/20241219-093636/{name}"
    return {
        "id": identifier,
        "title": name,
        "url": url,
        "format": "csv",
        "filetype": "file",
        "last_modified": "2024-12-19",
    } | more


def dataset(*resources: dict, **more) -> Said:
    files = resources or (
        resource("bdftl-2023-01-fiche-identite.csv", "r1"),
        resource("bdftl-2023-04-activites.csv", "r4"),
    )
    page = {
        "id": "d", "slug": SLUG, "title": "Recensement des tiers-lieux en France - 2023", "license": "lov2",
        "description": "\n## Une base **ouverte**.\n\nSuite.", "page": "https://www.data.gouv.fr/datasets/census/",
        "last_update": "2024-12-19T09:40:11.1+00:00", "organization": {"name": "France Tiers-Lieux"}, "resources": list(files),
    }  # fmt: skip
    return Said(json.dumps(page | more).encode())


def as_json(rows: list[dict]) -> Said:
    return Said(json.dumps(rows, ensure_ascii=False).encode())


@pytest.fixture
def census(publisher, http, tmp_path, monkeypatch):
    """A function that publishes a census, and fetches it: identity and activities as bytes, or any answers instead."""
    monkeypatch.setattr(third_places, "ADDRESS", f"{publisher.address}/api/1")
    monkeypatch.setattr(communes, "ADDRESS", f"{publisher.address}/geo")
    monkeypatch.setattr(communes, "PAUSE", 0)

    def publish(identity: bytes | None = None, activities: bytes | None = None, **answers: Said) -> Path:
        page = answers.get("page", dataset())
        publisher.says(PAGE, page)
        for name, content, default in (
            ("r1", identity, table(HEADER, place())),
            ("r4", activities, table(ACTIVITY_HEADER, offer())),
        ):
            publisher.says(f"/api/1/datasets/r/{name}", Said(status=302, headers={"Location": f"/static/{name}.csv"}))
            publisher.says(f"/static/{name}.csv", answers.get(name, Said(default if content is None else content)))
        publisher.says("/geo/communes", *answers.get("geo", (as_json(COMMUNES), as_json([PARIS_11]))))
        publisher.says("/geo/communes_associees_deleguees", answers.get("former", as_json(FORMER)))
        fetch(tmp_path, http)
        return tmp_path

    return publish


def rows(raw: Path) -> gpd.GeoDataFrame:
    """The table as it is published."""
    return conform(read(raw)["third_places"], "third_places")


def test_nothing_fetched_gives_no_rows_of_the_declared_shape(tmp_path):
    read_nothing = read(tmp_path)
    assert read_nothing["third_places"].empty and read_nothing["sources"].empty
    assert remarks(tmp_path) == []
    assert list(conform(read_nothing["third_places"], "third_places")) == list(columns("third_places"))


def test_a_third_place_stands_at_the_centre_of_its_municipality_with_its_activities(census):
    only = rows(census()).iloc[0]
    assert only.drop("geometry").to_dict() == {
        "place_id": "1", "name": "Le Lieu", "lead_organisation": "Association du Lieu", "commune_code": "44109",
        "postcode": "44000", "place": "Nantes", "latitude": 47.22, "longitude": -1.55, "coordinate_precision": "commune",
        "coordinate_origin": "geo_api", "website": "https://lelieu.fr",
        "activities": ["Bureau partagé / Coworking", "Fablab"], "source_ids": ["third-places-2024-12-19"],
    }  # fmt: skip
    assert (only["geometry"].x, only["geometry"].y) == (-1.55, 47.22)


def test_the_source_is_the_page_with_its_licence_its_date_and_its_own_words(census):
    assert read(census())["sources"].to_dict("records") == [
        {
            "source_id": "third-places-2024-12-19",
            "title": "Recensement des tiers-lieux en France - 2023 (Licence Ouverte 2.0), updated on 2024-12-19",
            "publisher": "France Tiers-Lieux",
            "url": "https://www.data.gouv.fr/datasets/census/",
            "published": "2024-12-19",
            "quote": "## Une base **ouverte**.",
            "language": "fr",
        }
    ]


def test_files_are_asked_for_at_their_lasting_address_and_kept_exactly(census, publisher, tmp_path):
    content = table(HEADER, place())
    raw = census(content)
    paths = [one.path.split("?")[0] for one in publisher.asked]
    assert paths[:3] == [PAGE, "/api/1/datasets/r/r1", "/static/r1.csv"]
    assert (raw / IDENTITY).read_bytes() == content
    assert lock_of(raw / IDENTITY).url == f"{publisher.address}/api/1/datasets/r/r1"
    assert is_fetched(SOURCE, raw)
    assert len([path for path in paths if path.startswith("/geo")]) == 3


def test_what_is_about_persons_is_never_taken(census):
    raw = census(
        table(HEADER, place(NOM_STRC_PORT="Mme Jeanne Durand"), place(ID_UNIQUE="2", NOM="B jeanne@exemple.fr"))
    )
    told = read(raw)["third_places"].to_json() + read(raw)["sources"].to_json()
    assert "Le Lieu" in told
    assert [word for word in (*PERSONAL, "jeanne@", "Durand") if word in told] == []


@pytest.mark.parametrize(
    "header",
    [
        ["Id unique", "nom", "INSEE", "Nom_Strc_Port", "Adresse", "CodPost", "ville", "Internet", "Siret", "mail", "contact"],
        ["\ufeffID_UNIQUE ", "NÔM", "Code Insée", "NOM_STRC_GEST", "a", "Code postal", "VILLE", "Site\ninternet", "b", "c", "d"],
    ],
)  # fmt: skip
def test_columns_are_known_by_their_name_whatever_case_and_accents(census, header):
    only = rows(census(table(header, place()))).iloc[0]
    assert (only["name"], only["commune_code"], only["website"]) == ("Le Lieu", "44109", "https://lelieu.fr")


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8-sig", []), ("cp1252", ["fiche-identite.csv: The lines are not all written in one"])]
)
def test_a_mark_or_cp1252_is_read(census, encoding, said):
    content = table(HEADER, place(NOM="L’Étable à Café")).decode().encode(encoding)
    raw = census(content)
    assert rows(raw)["name"].tolist() == ["L’Étable à Café"]
    assert [one[: len(said[0])] for one in remarks(raw)] == said if said else remarks(raw) == []


def test_line_breaks_in_cells_are_one_space(census):
    raw = census(table(HEADER, place(NOM="Le \n Lieu", NOM_STRC_PORT='Asso "A";\r\nB')))
    assert rows(raw)[["name", "lead_organisation"]].to_numpy().tolist() == [["Le Lieu", 'Asso "A"; B']]


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (["ID_UNIQUE", "activités_toutes", "Fablab"], ["1", "Bar ;\nBar ;\nFablab ;\n", "1"], ["Bar", "Fablab"]),
        (["ID_UNIQUE", "TYPE_ACT", "TYPE_ACT_NUMER"], ["1", "-", "1"], []),
        (["ID_UNIQUE", "TYPE_ACT", "AUTRE"], ["1", "Bar ;\nécrire à jeanne@exemple.fr", "x"], ["Bar"]),
        (["ID_UNIQUE", "TYPE_ACT_NUMER", "TYPE_ACT_BAR", "TYPE_ACT_AUTRE", "EQPT_NUM"], ["1", "1", "Faux", "Oui", "1"], ["TYPE_ACT_NUMER", "TYPE_ACT_AUTRE"]),
    ],
)  # fmt: skip
def test_activities_are_those_the_census_names(census, header, row, expected):
    assert rows(census(None, table(header, row)))["activities"].tolist() == [expected]


@pytest.mark.parametrize(
    ("code", "point"),
    [
        ("75111", (2.38, 48.86)),
        ("75112", (2.35, 48.86)),
        ("49001", (-1.1, 47.3)),
        ("49002", (-1.55, 47.22)),
        ("1053", (5.23, 46.2)),
        ("1053.0", (5.23, 46.2)),
    ],
)
def test_arrondissements_and_merged_municipalities_have_a_point(census, code, point):
    only = rows(census(table(HEADER, place(Insee=code)))).iloc[0]
    assert (only["longitude"], only["latitude"], only["coordinate_precision"]) == (*point, "commune")


def test_without_a_known_municipality_there_is_no_point_and_it_is_counted(census):
    raw = census(table(HEADER, place(), place(ID_UNIQUE="2", Insee=""), place(ID_UNIQUE="3", Insee="99999"), place(ID_UNIQUE="4", Insee="02999")))  # fmt: skip
    table_ = rows(raw)
    assert table_["latitude"].notna().tolist() == [True, False, False, False]
    assert table_.loc[1:, ["coordinate_precision", "coordinate_origin", "geometry"]].isna().all(axis=None)
    assert remarks(raw)[-2:] == [
        "2 third places without a point: no code of a municipality is published.",
        "1 third place without a point: the register has no such municipality (02999).",
    ]


def test_repeated_identifiers_are_told_and_the_first_row_is_kept(census):
    raw = census(
        table(HEADER, place(), place(), place(NOM="Autre"), place(ID_UNIQUE=""), place(ID_UNIQUE="5", NOM="-")),
        table(ACTIVITY_HEADER, offer("1", "Bar"), offer("1", "Bar ;\nFablab"), offer("9", "Bar")),
    )
    assert rows(raw)[["place_id", "name", "activities"]].to_numpy().tolist() == [["1", "Le Lieu", ["Bar", "Fablab"]]]
    assert remarks(raw) == [
        "2 rows without an identifier or a name: left out.",
        "1 row repeating another: taken once.",
        "1 row whose identifier is that of an earlier row, which is kept (1).",
        "1 row of activities for an identifier that has one already: put together.",
        "1 row of activities for no third place that was taken: left out (9).",
    ]


def test_rows_that_do_not_fit_the_header_are_left_out_and_told(census):
    content = table(HEADER, place(), place(ID_UNIQUE="2")[:4], [*place(ID_UNIQUE="3"), "", ""], [*place(ID_UNIQUE="4"), "x"], place(ID_UNIQUE="5"))  # fmt: skip
    raw = census(content)
    assert rows(raw)["place_id"].tolist() == ["1", "3", "5"]
    assert (
        remarks(raw)[0] == "fiche-identite.csv: 2 rows with more or fewer cells than the header: left out (line 3, 5)."
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("https://a.fr/x?y=1&copy=2", "https://a.fr/x?y=1&copy=2"),
        ("HTTP://Www.A.fr", "http://Www.A.fr"),
        ("www.a.fr", "https://www.a.fr"),
        ("café-du-port.bzh/", "https://café-du-port.bzh/"),
        ("a.fr:8080/b", "https://a.fr:8080/b"),
        ("Site : www.a.fr, et la page www.b.fr", "https://www.a.fr"),
        ("https://www.youtube.com/@lelieu", "https://www.youtube.com/@lelieu"),
        ("jeanne@exemple.fr", None),
        ("https://moi:secret@a.fr", None),
        ("@lelieu", None),
        ("en cours", None),
        ("M.Dupont", None),
        ("n.c.", None),
        ("javascript:alert(1)", None),
        ("ftp://a.fr", None),
        ("http://https://a.fr", None),
        ("htpp//a.fr", None),
        ("", None),
    ],
)
def test_only_web_addresses_become_websites(cell, expected):
    assert website(cell) == expected


def test_junk_websites_are_counted(census):
    raw = census(table(HEADER, place(INTERNET="bientôt")))
    assert rows(raw)["website"].isna().all()
    assert remarks(raw) == ["1 third place whose website is no web address: left empty."]


@pytest.mark.parametrize(
    ("read_cell", "cell", "expected"),
    [
        (commune_code, "2a004", "2A004"),
        (commune_code, "Nantes", None),
        (commune_code, "44", None),
        (commune_code, "00123", None),
        (postcode, "1000", "01000"),
        (postcode, "44 000", "44000"),
        (postcode, "CEDEX", None),
        (organisation, "Jean Dupont EI", None),
        (organisation, "Jean Dupont, auto-entrepreneur", None),
        (organisation, "Atelier M", "Atelier M"),
        (organisation, "SCIC L'EI du Marais", "SCIC L'EI du Marais"),
    ],
)
def test_codes_get_their_zero_back_and_persons_stay_out(read_cell, cell, expected):
    assert read_cell(cell) == expected


PAGE_FAILURES = [
    (Said(b"<!doctype html><title>x</title>"), "a web page came"),
    (Said(b""), "empty"),
    (dataset()._replace(body=dataset().body[:-30]), "cut short"),
    (dataset()._replace(sent=40), "does not answer"),
    (Said(b'{"message": "x"}'), "not the page of a dataset"),
    (Said(b"[]"), "not the page of a dataset"),
    (
        dataset(resource("bdftl-2023-04-activites.csv", "r4")),
        "no CSV file any more whose name holds “01 fiche identite”.",
    ),
    (dataset(resource("fiche.pdf", "r1", format="pdf")), "“01 fiche identite” and “04 activites”"),
    (Said(status=404), "no longer there (404)"),
    (Said(status=410), "no longer there (410)"),
    (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait"),
    (Said(status=503), "answers 503"),
]


@pytest.mark.parametrize(("answer", "told"), PAGE_FAILURES, ids=[told for _, told in PAGE_FAILURES])
def test_a_failure_of_the_page_is_told_and_gives_no_rows(census, tmp_path, answer, told):
    with pytest.raises(NotFetched) as failure:
        census(page=answer)
    assert told in str(failure.value).splitlines()[0]
    assert str(failure.value).endswith(".")
    assert read(tmp_path)["third_places"].empty


WHOLE = table(HEADER, place(), place(ID_UNIQUE="2"))
FILE_FAILURES = [
    (Said(b"<html>", headers={"Content-Type": "text/html"}), "a web page came"),
    (Said(b""), "empty"),
    (Said(b'{"error": 1}'), "not a CSV but JSON"),
    (Said(b"PK\x03\x04rest"), "a binary file"),
    (Said(table(HEADER)), "holds no third place"),
    (Said(WHOLE[:-50]), "cut short: its last line has fewer cells"),
    (Said(table(HEADER, place(), place(**{"Nom contact": "a\nb"}))[:-4]), "unexpected end of data"),
    (Said(WHOLE.replace(b"Nantes", b'"Nan"tes')), "a record that is not CSV"),
    (Said(WHOLE)._replace(sent=30), "does not answer"),
    (Said(table([name.replace("Insee", "x").replace("INTERNET", "y") for name in HEADER], place())), "missing are Insee, INTERNET; there are ID_UNIQUE, NOM, x,"),
    (Said(status=404), "no longer there"),
    (Said(status=429, headers={"Retry-After": "86400"}), "asks us to wait"),
    (Said(status=503), "answers 503"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "told"), FILE_FAILURES, ids=[told for _, told in FILE_FAILURES])
def test_a_failure_of_a_file_is_told_and_yesterdays_copy_serves(census, tmp_path, answer, told):
    before = rows(census())
    with pytest.raises(NotFetched) as failure:
        census(r1=answer)
    assert told in str(failure.value)
    assert str(failure.value).endswith(".")
    assert rows(tmp_path).equals(before)


def test_a_census_of_which_one_file_came_gives_no_rows_until_the_other_has(census, tmp_path):
    with pytest.raises(NotFetched, match="answers 503"):
        census(r4=Said(status=503))
    assert (tmp_path / IDENTITY).is_file()
    assert read(tmp_path)["third_places"].empty
    assert len(rows(census())) == 1


def test_activities_that_are_not_there_are_named(census):
    with pytest.raises(
        NotFetched, match=r"missing are the activities \(TYPE_ACT or activites\); there are ID_UNIQUE, EQPT"
    ):
        census(None, table(["ID_UNIQUE", "EQPT"], ["1", "Four"]))


def test_a_file_shorter_than_its_page_says_was_cut(census):
    page = dataset(
        resource("bdftl-2023-01-fiche-identite.csv", "r1", filesize=10**6),
        resource("bdftl-2023-04-activites.csv", "r4"),
    )
    with pytest.raises(NotFetched, match=r"cut short: \d+ of 1000000 bytes came"):
        census(page=page)


@pytest.mark.parametrize(
    "trouble", [Said(status=429, headers={"Retry-After": "0"}), Said(status=503), dataset()._replace(sent=9)]
)
def test_trouble_that_passes_is_waited_out(census, publisher, http, tmp_path, trouble):
    census()
    publisher.says(PAGE, trouble, dataset())
    assert len(fetch(tmp_path, http)) == 6


def test_files_are_taken_from_where_they_have_moved(census, publisher):
    newer = resource("bdftl-2023-01-fiche-identite.csv", "r9", last_modified="2025-06-01")
    publisher.says("/api/1/datasets/r/r9", Said(table(HEADER, place(NOM="Corrigé"))))
    raw = census(
        page=dataset(
            newer, resource("bdftl-2023-01-fiche-identite.csv", "r1"), resource("bdftl-2023-04-activites.csv", "r4")
        )
    )
    assert rows(raw)["name"].tolist() == ["Corrigé"]


GEO_FAILURES = [
    (as_json([]), "lists no municipality"),
    (as_json([{"nom": "Nantes", "code": "44109"}]), "gives no centre"),
    (
        as_json([{"nom": "N", "code": "1", "centre": {"type": "Point", "coordinates": [355577.0, 6689723.0]}}]),
        "not in degrees",
    ),
    (Said(as_json(COMMUNES).body[:-9]), "cut short"),
    (Said(b'{"message": "x"}'), "not a list of municipalities"),
    (Said(b"<!DOCTYPE html>"), "a web page came"),
    (Said(status=503), "answers 503"),
]


@pytest.mark.parametrize(("answer", "told"), GEO_FAILURES, ids=[told for _, told in GEO_FAILURES])
def test_without_the_register_third_places_come_without_points(census, tmp_path, answer, told):
    with pytest.raises(NotFetched) as failure:
        census(geo=(answer,), former=answer)
    assert told in str(failure.value)
    assert rows(tmp_path)["latitude"].isna().tolist() == [True]
    assert remarks(tmp_path) == ["1 third place without a point: the register has no such municipality (44109)."]


@pytest.mark.parametrize("path", [DATASET, IDENTITY, ACTIVITIES, FOLDER / "communes.json"])
def test_a_file_altered_by_hand_is_refused(census, path):
    raw = census()
    (raw / path).write_bytes((raw / path).read_bytes().replace(b"1", b"2"))
    with pytest.raises(BadInput, match="is not the file that was downloaded"):
        read(raw)


def test_the_table_and_its_source_pass_the_checks_of_a_build_and_no_cluster_comes_of_it(census, write, tmp_path):
    raw = census(table(HEADER, place(), place(ID_UNIQUE="2", Insee="")))
    folders = write({})
    world = folders.raw / "world-atlas"
    (raw / "world-atlas").symlink_to(world, target_is_directory=True)
    built = build.build(
        Folders(folders.facts, folders.vocabulary, raw, tmp_path / "out", tmp_path / "inbox", tmp_path / "review")
    )
    assert [one for one in built.errors.to_dict("records") if one["table"] in ("third_places", "sources")] == []
    assert len(built.tables["third_places"]) == 2
    assert "third-places-2024-12-19" in set(built.tables["sources"]["source_id"])
    assert not built.tables["clusters"]["cluster_id"].isin(["1", "2"]).any()
    published = arrow.to_arrow(built.tables["third_places"], "third_places")
    assert b"geo" in published.schema.metadata
    assert published.column("geometry").null_count == 1
