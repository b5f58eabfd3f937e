"""References that other programs read: nothing in a name may break the format."""

import json
import re

import pytest

from atlas.outlets.citation import FORMATS, Citation, apa, bibtex, csl_json, ris, tex

DARWIN = Citation("DARWIN Eco-Système", "https://example.org/clusters?id=fr-darwin-bordeaux&lang=en", "2026", "1a2b")
WORST = Citation('A {b} & 50% \\x_#$\r\nER  - "q" ~^', "https://example.org/a b{c}\n", "2026", "v", "fr")


def test_apa_in_both_languages():
    assert apa(DARWIN) == (
        "Observatory of social innovation clusters in Europe. (2026). DARWIN Eco-Système (Version 1a2b) [Data set]. "
        "https://example.org/clusters?id=fr-darwin-bordeaux&lang=en"
    )
    assert "(version v) [jeu de données]" in apa(WORST)
    assert apa(WORST).startswith("Observatoire des pôles")


def test_bibtex_writes_accents_as_commands_and_keeps_capitals():
    assert bibtex(DARWIN).splitlines() == [
        "@misc{darwin-eco-systeme-2026,",
        "  author = {{Observatory of social innovation clusters in Europe}},",
        "  title = {{DARWIN Eco-Syst{\\`e}me}},",
        "  year = {2026},",
        "  version = {1a2b},",
        "  publisher = {Observatory of social innovation clusters in Europe},",
        "  url = {https://example.org/clusters?id=fr-darwin-bordeaux&lang=en},",
        "  langid = {british}",
        "}",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Œuvre ï ç ł Ž", '{\\OE}uvre {\\"{\\i}} {\\c{c}} {\\l} {\\v{Z}}'),
        ("50% & {a_b} \\", "50\\% \\& \\textbraceleft{}a\\_b\\textbraceright{} \\textbackslash{}"),
        ("L’économie – Пловдив", "L'{\\'e}conomie -- Пловдив"),
    ],
)
def test_what_tex_reads_as_a_command_is_text(text, written):
    assert tex(text) == written


def test_the_braces_of_a_bibtex_entry_are_balanced_whatever_the_name():
    entry = bibtex(WORST)
    assert entry.count("{") == entry.count("}")
    assert re.search(r"url = \{https://example.org/a%20b%7Bc%7D%0A\}", entry)


def test_ris_has_one_tag_a_line_and_ends_once():
    lines = ris(WORST).split("\r\n")
    assert lines[-1] == "" and lines[-2] == "ER  - " and lines[0] == "TY  - DATA"
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines[:-1])
    assert sum(line.startswith("ER") for line in lines) == 1
    assert not re.search(r"(?<!\r)\n", ris(WORST))


def test_csl_json_is_valid_and_says_the_same():
    (item,) = json.loads(csl_json(DARWIN))
    assert (item["type"], item["title"], item["version"]) == ("dataset", DARWIN.title, "1a2b")
    assert item["issued"] == {"date-parts": [[2026]]}
    assert json.loads(csl_json(WORST))[0]["URL"] == "https://example.org/a%20b%7Bc%7D%0A"


def test_a_name_without_letters_still_has_a_key():
    assert Citation("…", "https://example.org", "2026", "v").key == "observatory-2026"


def test_every_format_has_a_file_of_its_own():
    assert [form.name for form in FORMATS] == ["APA", "BibTeX", "RIS", "CSL-JSON"]
    assert len({form.extension for form in FORMATS}) == len(FORMATS)
