"""A look at a file writes a descriptor that loads, tells its doubts, and takes the easy columns after two edits."""

import io
import json

import openpyxl
import pytest
from pyproj import Transformer

from etl.inbox import guess
from etl.inbox.check import import_one
from etl.inbox.columns import system
from etl.inbox.describe import describe
from etl.inbox.descriptor import load
from etl.inbox.words import meaning

ANSWERS = {
    'publisher: "?"': "publisher: The region",
    'licence: "?"': "licence: CC BY 4.0",
    'homepage: "?"': "homepage: https://example.org/data",
    'kind: {constant: "?"}': "kind: {constant: hub}",
    'country: {constant: "?"}': "country: {constant: FR}",
}


@pytest.fixture
def described(tmp_path, project):
    """A function that describes bytes, then imports them with the answers a human gives."""

    def look(content, name="lieux.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        first = describe(path)
        (tmp_path / "d.yaml").write_text(first, encoding="utf-8")
        draft = import_one(load(tmp_path / "d.yaml"), project, tmp_path)
        for question, answer in ANSWERS.items():
            first = first.replace(question, answer)
        (tmp_path / "d.yaml").write_text(first, encoding="utf-8")
        return first, draft, import_one(load(tmp_path / "d.yaml"), project, tmp_path)

    return look


FRENCH = """\
Nom du lieu;Commune;Coord X;Coord Y;Année de création;Nombre d'emplois (ETP);Site internet;Courriel;Thématiques;Couleur
Le Fil;Paris;652469,02;6862035,26;2014;12,5;https://fil.example.org;a@example.org;Vélo, Bois;vert
L’Étal;Paris;652470,02;6862036,26;15/03/2010;xx;;b@example.org;Bois;rouge
Œuvre;Paris;652471,02;6862037,26;2011;xx;;;;bleu
"""


def test_a_french_file_in_cp1252_is_understood(described):
    text, draft, imported = described(FRENCH.encode("cp1252"))
    assert draft.rows == {}
    assert {question.column.split(".")[-1] for question in draft.report.questions} == {
        "publisher",
        "licence",
        "homepage",
        "country",
        "kind",
    }
    clusters = imported.rows["clusters"]
    assert clusters["name"].tolist() == ["Le Fil", "L’Étal", "Œuvre"]
    assert clusters["founded_year"].tolist() == [2014, 2010, 2011]
    assert clusters["latitude"].tolist() == pytest.approx([48.8566] * 3, abs=1e-3)
    assert imported.rows["observations"][["metric", "value"]].to_numpy().tolist() == [["jobs", 12.5]]
    assert imported.report.counts[1].left_out == 2
    assert 'encoding: ["cp1252"]' in text
    assert 'personal: ["Courriel"]' in text
    assert '# themes: {from: "Thématiques"' in text
    assert "# Columns nobody has placed: 'Couleur'" in text
    assert 'missingValues: ["", "-"' in text


GERMAN = "Bezeichnung\tGemeinde\tLand\tGründungsjahr\tBeschäftigte\tE-Mail\nWerk\tKöln\tDeutschland\t2001\t1.234,5\tx@example.org\nHof\tBonn\tDeutschland\tMärz 2014\tNN\t\n"
POLISH = "Nazwa|Miasto|Kraj|Rok założenia\nSpółdzielnia Śląska|Łódź|Polska|2001\nŻółw|Kraków|Polska|2002\n"
SPANISH = '﻿"Denominación","Municipio","País","Página web","Empleos"\n"Cooperativa, S.L.","Bilbao","España","https://c.example.org","1.234.567"\n'
ITALIAN = "Denominazione;Comune;Paese;Anno di costituzione;Addetti\nCoop;Torino;Italia;2001;12\n"


@pytest.mark.parametrize(
    ("content", "names", "places", "countries"),
    [
        (GERMAN.encode("utf-16"), ["Werk", "Hof"], ["Köln", "Bonn"], {"DE"}),
        (POLISH.encode("cp1250"), ["Spółdzielnia Śląska", "Żółw"], ["Łódź", "Kraków"], {"PL"}),
        (SPANISH.encode(), ["Cooperativa, S.L."], ["Bilbao"], {"ES"}),
        (ITALIAN.encode(), ["Coop"], ["Torino"], {"IT"}),
    ],
)
def test_other_languages_encodings_and_delimiters(described, content, names, places, countries):
    _, _, imported = described(content)
    clusters = imported.rows["clusters"]
    assert (clusters["name"].tolist(), clusters["place"].tolist(), set(clusters["country"])) == (
        names,
        places,
        countries,
    )


def test_mixed_encodings_two_header_rows_and_quotes_that_are_letters(described):
    content = b"Titre\n" + b"Lieu,,Emplois,\nNom,Ville,2020,2021\n"
    content += '"Élan" SA,Nantes,1,2\n'.encode() + "Évreux,Brest,3,4\n".encode("cp1252")
    text, _, imported = described(content)
    assert 'encoding: ["utf-8", "cp1252"]' in text
    assert '"headerRows": [2, 3]' in text
    assert imported.rows["clusters"]["name"].tolist() == ['"Élan" SA', "Évreux"]


def test_geojson_records_inside_json_and_axes(described):
    features = [
        {
            "type": "Feature",
            "properties": {"name": f"P{n}", "city": "Gent", "country": "BE"},
            "geometry": {"type": "Point", "coordinates": [3.7 + n / 100, 51.05]},
        }
        for n in range(3)
    ]
    text, _, imported = described(json.dumps({"type": "FeatureCollection", "features": features}), "a.geojson")
    assert imported.rows["clusters"]["latitude"].tolist() == [51.05] * 3
    records = [{"name": f"P{n}", "country": "BE", "geo_point_2d": f"51.05,{3.7 + n / 100}"} for n in range(3)]
    text, _, imported = described(json.dumps({"meta": {"n": 3}, "results": records}), "b.json")
    assert '"property": "results"' in text
    assert '"axisOrder": "yx"' in text.replace("axisOrder:", '"axisOrder":')
    assert imported.rows["clusters"]["longitude"].tolist() == pytest.approx([3.7, 3.71, 3.72])


def test_a_sheet_with_a_title_and_groups_merged_over_its_columns(described):
    book = openpyxl.Workbook()
    for row in (
        ["Förderliste", None, None, None], ["Träger", None, "Zahlen", None], ["Name", "Ort", "Gegründet", "Beschäftigte"],
        ["Haus &amp; Hof", "Köln", "März 2014", "1.091,5"], ["Straße", "Bonn", 2013.0, "NR"], ["Werk", "Ulm", "2012", 12.0],
    ):  # fmt: skip
        book.active.append(row)
    for cells in ("A1:D1", "A2:B2", "C2:D2"):
        book.active.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    text, _, imported = described(content.getvalue(), "f.xlsx")
    assert '"headerRows": [2, 3]' in text
    clusters = imported.rows["clusters"][["name", "place", "founded_year"]].to_numpy().tolist()
    assert clusters == [["Haus & Hof", "Köln", 2014], ["Straße", "Bonn", 2013], ["Werk", "Ulm", 2012]]
    assert imported.rows["observations"]["value"].tolist() == [1091.5, 12]


def test_money_is_never_described_as_euros(described):
    text, draft, _ = described(
        "Beneficiary Name,Country,EU Contribution\nA,Poland,1000\nB,Poland,2000.5\n", "grants.csv"
    )
    assert "- table: partners" in text
    assert "currency" not in text.split("amount_eur:")[1].split("#")[0]
    assert draft.report.reasons()["rule"].tolist() == ["EU Contribution: has no currency"]


def test_a_long_table_of_indicators(described):
    text, draft, _ = described("geo,time_period,obs_value\nFR,2020,1.5\nDE,2021,:\n", "long.csv")
    assert "- table: indicators" in text
    assert (draft.report.counts[0].taken, draft.report.counts[0].left_out) == (1, 1)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Spółdzielnia Socjalna;Łódź", "cp1250"), ("Sociální podnik;Plzeň;Třebíč", "cp1250"), ("Pôle Sud;Évreux;L’œuvre", "cp1252"),
        ("Bürger;Köln;Straße", "cp1252"), ("Coopération;Niños;Espíritu", "cp1252"),
    ],
)  # fmt: skip
def test_east_and_west_are_told_apart(text, encoding):
    assert guess.encodings(text.encode(encoding)) == [encoding]


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        ("NOM", "name"), ("Nom de la commune", "place"), ("Miejscowość", "place"), ("Träger", "lead_organisation"), ("Sito web", "website"),
        ("País", "country"), ("codePostal", "postcode"), ("Nombre d’emplois", "jobs"), ("Couleur", ""), ("Latitude", "latitude"),
    ],
)  # fmt: skip
def test_headers_are_understood(header, ours):
    assert meaning(header)[0] == ours


def test_lambert_is_found_by_where_the_points_fall():
    x, y = Transformer.from_crs(4326, 2154, always_xy=True).transform([2.35, -1.55], [48.85, 47.2])
    assert system(list(zip(x, y, strict=True)))[0] == {"crs": "EPSG:2154", "axisOrder": "xy"}
