"""The copy-ready kit: whole, told in the language, the same bytes each time, and useful without a browser."""

import csv
import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image

from atlas import store
from atlas.outlets import kit as kits
from atlas.outlets.chromium import NoPicture
from atlas.outlets.drawing import Drawing
from atlas.outlets.kit import kit
from atlas.selection import Selection
from tests.small_world import small_world

BASE = "https://observatory.example/prefix"
FRENCH = Drawing.of("clusters_by_kind", Selection(language="fr", countries=("FR",)), store.tables())


def opened(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def french() -> bytes:
    return kit(FRENCH, BASE)


@pytest.fixture
def no_browser(monkeypatch) -> None:
    def refuse(*_arguments: object) -> bytes:
        raise NoPicture("No Chrome or Chromium is installed.", True)

    monkeypatch.setattr(kits, "framed", refuse)


def test_every_file_is_there_and_opens(french):
    files = opened(french)
    sizes = {name: Image.open(BytesIO(content)).size for name, content in files.items() if name.endswith(".png")}
    assert sizes["clusters-by-kind-social.png"] == (1200, 628)
    assert sizes["clusters-by-kind-square.png"] == (1080, 1080)
    assert sizes["clusters-by-kind-print.png"][0] == 4 * sizes["clusters-by-kind.png"][0]
    assert files["clusters-by-kind.pdf"].startswith(b"%PDF-")
    assert files["clusters-by-kind.svg"].startswith(b"<svg")
    rows = list(csv.DictReader(StringIO(files["clusters-by-kind.csv"].decode("utf-8-sig"))))
    assert len(rows) == len(FRENCH.rows) > 3
    sheet = load_workbook(BytesIO(files["clusters-by-kind.xlsx"])).worksheets[0]
    assert sheet.max_row == len(rows) + 1


def test_the_words_are_those_of_the_chart_in_its_language(french):
    files = {name: content for name, content in opened(french).items() if not name.startswith("clusters-by-kind")}
    text = {name: content.decode("utf-8-sig") for name, content in files.items()}
    assert text["alt.txt"].startswith(FRENCH.sentence)
    assert FRENCH.source_line in text["source.txt"] and FRENCH.coverage in text["source.txt"]
    sources = list(csv.DictReader(StringIO(text["sources.csv"])))
    assert [row["source_id"] for row in sources] == list(FRENCH.sources.index)
    assert all(row["url"] for row in sources)
    assert text["LISEZMOI.txt"].startswith(FRENCH.sentence)
    assert FRENCH.tables.version in text["citation.txt"]
    assert json.loads(text["citation.json"])[0]["language"] == "fr"


def test_one_code_follows_the_data_and_the_other_is_frozen(french):
    files = opened(french)
    live, frozen = (files[name].decode() for name in ("embed.txt", "embed-frozen.txt"))
    assert f'src="{BASE}/embed/clusters_by_kind?lang=fr&amp;country=FR"' in live
    assert f'country=FR&amp;v={FRENCH.tables.version}"' in frozen


def test_the_readme_tells_what_each_file_is_for(french):
    files = opened(french)
    readme = files.pop("LISEZMOI.txt").decode()
    assert [name for name in files if f"\n{name}\n" not in readme] == []
    assert "Des images manquent" not in readme


def test_the_same_chart_is_the_same_bytes(french):
    assert kit(Drawing.of("clusters_by_kind", FRENCH.selection, store.tables()), BASE) == french


@pytest.mark.parametrize(
    ("language", "readme", "words"),
    [("en", "README.txt", "Pictures are missing"), ("fr", "LISEZMOI.txt", "Des images manquent")],
)
def test_without_a_browser_the_rest_is_given_and_the_readme_says_so(no_browser, language, readme, words):
    files = opened(kit(Drawing.of("clusters_by_kind", Selection(language=language), store.tables()), BASE))
    assert not [name for name in files if name.endswith((".png", ".svg", ".pdf"))]
    assert {"clusters-by-kind.csv", "alt.txt", "embed.txt", "citation.bib"} <= set(files)
    text = files[readme].decode()
    assert words in text and "clusters-by-kind.png" not in text


def test_a_hostile_name_stays_a_text(no_browser):
    world = small_world()
    worst = '"><script>alert(1)</script>=1+1'
    world.clusters["name"] = world.clusters["name"].where(world.clusters["cluster_id"] != "fr-a", worst)
    shown = Drawing.of("jobs_by_cluster", Selection(), world)
    files = opened(kit(shown, BASE))
    assert worst in shown.sentence
    assert "<script" not in files["embed.txt"].decode()
    assert files["embed.txt"].decode().count("<") == 2


def test_a_selection_without_any_row_still_makes_a_kit(no_browser):
    files = opened(kit(Drawing.of("clusters_by_kind", Selection(countries=("SM",)), store.tables()), BASE))
    assert files["alt.txt"] and files["clusters-by-kind.csv"]
