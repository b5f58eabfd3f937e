"""A descriptor says what it means, or is refused in one sentence with its line."""

import pytest

from etl.faults import BadInput
from etl.inbox.descriptor import load

GOOD = """\
name: places
title: Places
path: places.csv
publisher: The town
licence: CC BY 4.0
naturalKey: Id
tables:
  - table: clusters
    fields:
      name: Nom
      country: {constant: NO}
      themes: {from: Thèmes, separator: "|", map: {Numérique: digital}}
"""


def write(tmp_path, text):
    path = tmp_path / "places.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_column_may_be_written_by_its_name_and_norway_is_a_country(tmp_path):
    descriptor = load(write(tmp_path, GOOD)).descriptor
    fields = descriptor.tables[0].fields
    assert (fields["name"].from_, fields["country"].constant) == ("Nom", "NO")
    assert fields["themes"].map_ == {"Numérique": "digital"}
    assert descriptor.key(descriptor.tables[0]) == ("Id",)


def test_a_dataset_declares_itself_as_every_source_does(tmp_path):
    source = load(write(tmp_path, GOOD + "homepage: https://example.org\n")).descriptor.declared()
    assert (source.source_id, source.licence, source.url) == ("places", "CC BY 4.0", "https://example.org")
    assert source.citation == "The town, Places."


WRONG = [
    ("publisher: The town\n", "", "line 1, column publisher: is missing. Write `publisher: …`."),
    ("naturalKey", "naturalKeys", "line 6, column naturalKeys: “Id” is not a word of descriptors. The closest are: naturalKey"),
    ("table: clusters", "table: cluster", "line 8, column tables.0.table: “cluster” is not one of those we know. Write 'clusters', "),
    ("name: Nom", "nom: Nom", "line 8, column tables.0: has no column nom. The closest are: components, name"),
    ("{constant: NO}", "{map: {a: b}}", "line 11, column tables.0.fields.country: names a column and a constant, or neither. Write either"),
    ("path: places.csv\n", "", "line 1: names a path and an address, or neither. Write either `path` or `url`."),
    ("path: places.csv\n", "path: places.csv\nencoding: cp12522\n", "line 4, column encoding.0: “cp12522” is not an encoding we know. The closest are: cp1252"),
    ("places.csv", "../places.csv", "line 3, column path: “../places.csv” leads out of the folder of the descriptor. Put the file beside"),
    ("places.csv", "a/../../b.csv", "line 3, column path: “a/../../b.csv” leads out of the folder of the descriptor."),
    ("places.csv", "/etc/passwd", "line 3, column path: “/etc/passwd” leads out of the folder of the descriptor."),
    ("places.csv", "'C:\\b.csv'", "line 3, column path: “C:\\b.csv” leads out of the folder of the descriptor."),
    ("path: places.csv", "url: file:///etc/passwd", "line 3, column url: “file:///etc/passwd” is not a web address."),
    ("title: Places\n", "title: Places\nhomepage: javascript:alert(1)\n", "column homepage: “javascript:alert(1)” is not a web address."),
    ("licence: CC BY 4.0", "licence: CC BY: 4.0", "line 5: is not YAML (mapping values are not allowed here). Indent with spaces"),
    ("title: Places\n", "title: Places\ntitle: Other\n", "line 3: “title” stands twice in the same mapping. Keep one"),
    ("name: places", "name: My places", "line 1, column name: “My places” cannot be used (string should match pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "became", "sentence"), WRONG)
def test_a_mistake_is_one_sentence_with_its_line(tmp_path, was, became, sentence):
    assert was in GOOD
    path = write(tmp_path, GOOD.replace(was, became))
    with pytest.raises(BadInput) as refused:
        load(path)
    assert [str(fault) for fault in refused.value.faults if sentence in str(fault)], str(refused.value)
    assert len(refused.value.faults) == 1


def test_all_mistakes_are_said_at_once(tmp_path):
    with pytest.raises(BadInput) as refused:
        load(write(tmp_path, GOOD.replace("licence: CC BY 4.0\n", "").replace("table: clusters", "table: x")))
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize("text", ["", "- a\n", "just words\n"])
def test_what_is_no_mapping_is_no_descriptor(tmp_path, text):
    with pytest.raises(BadInput, match="holds no descriptor"):
        load(write(tmp_path, text))
