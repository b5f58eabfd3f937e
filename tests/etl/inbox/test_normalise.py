"""A file and its descriptor become rows of ours; what does not is said with its row, its value and a remedy."""

import pytest

from etl.faults import BadInput
from etl.inbox.keys import identifier

CLUSTERS = """\
naturalKey: [Nom, Ville]
dialect: {delimiter: ";"}
tables:
  - table: clusters
    fields:
      name: Nom
      place: Ville
      country: {constant: FR}
      kind: {from: Type, map: {Ressourcerie: ecosystem_site, Réseau: cooperative_network}}
      status: {constant: active}
      founded_year: Création
      themes: {from: Thèmes, separator: "|"}
"""
FILE = """\
Nom;Ville;Type;Création;Thèmes;Courriel;Tél.
Le Fil;Nantes;Ressourcerie;2014.0;"Num&eacute;rique|Mobilité|Numérique";a@example.org;0102
Le Fil;Nantes;Ressourcerie;;Mobilité;a@example.org;0102
La Ruche;Łódź;Réseau;01/03/2015;NR;;
La Ruche;Brest;Halle;n.c.;;;
;Brest;Réseau;2001;;;
L’Étal;Brest;Réseau;vers 2001;;;
"""


def test_rows_are_taken_merged_and_left_out_each_with_its_reason(drop):
    imported = drop(FILE, CLUSTERS)
    rows = imported.rows["clusters"].set_index("cluster_id")
    assert list(rows.index) == ["places-le-fil-nantes", "places-la-ruche-lodz", "places-l-etal-brest"]
    assert rows.loc["places-le-fil-nantes", "themes"] == ["digital", "mobility"]
    assert list(rows["founded_year"].fillna(0)) == [2014, 2015, 0]
    assert (rows["source_ids"].str[0] == "places").all()
    (count,) = imported.report.counts
    assert (count.rows_read, count.taken, count.merged, count.filtered, count.left_out) == (6, 3, 1, 0, 2)
    refused = imported.report.refused().set_index("row")
    assert refused.loc[5, ["column", "value", "consequence"]].tolist() == ["Type", "Halle", "row left out"]
    assert refused.loc[6, ["column", "rule"]].tolist() == ["Nom", "is empty"]
    assert refused.loc[7, ["value", "consequence"]].tolist() == ["vers 2001", "cell left empty"]
    assert refused.loc[7, "rule"] == "holds a word that is no month we know"
    assert imported.report.to_map == {("clusters", "Type", "Halle"): 1}


def test_personal_columns_are_left_out_and_said(drop):
    notes = drop(FILE, CLUSTERS).report.notes
    assert "Columns about persons, left out: Courriel, Tél.." in notes
    with pytest.raises(BadInput, match="line 19, column tables.0.fields.website: “Courriel” is a column about persons"):
        drop(FILE, CLUSTERS + "      website: Courriel\n")


def test_the_dataset_is_a_source_with_the_words_of_its_header(drop):
    (source,) = drop(FILE, CLUSTERS).rows["sources"].to_dict("records")
    assert (source["source_id"], source["url"]) == ("places", "https://example.org/places")
    assert source["quote"] == "Nom; Ville; Type; Création; Thèmes; Courriel; Tél."


def test_identifiers_do_not_change_with_the_order_or_the_number_of_rows(drop):
    header, *lines = FILE.splitlines()
    once = set(drop(FILE, CLUSTERS).rows["clusters"]["cluster_id"])
    again = set(drop("\n".join([header, *reversed(lines[:3])]), CLUSTERS).rows["clusters"]["cluster_id"])
    assert again == {"places-le-fil-nantes", "places-la-ruche-lodz"} < once


def test_names_that_ascii_cannot_write_are_told_apart(drop):
    assert identifier("d", ["Œuvre", "Straße Łódź"]) == "d-oeuvre-strasse-lodz"
    file = "Nom;Ville;Type;Création;Thèmes\nКАБРОН;София;Réseau;;\nЗора;София;Réseau;;\n"
    first, second = drop(file, CLUSTERS).rows["clusters"]["cluster_id"]
    assert first != second
    assert first.isascii()


def test_a_row_that_contradicts_an_earlier_one_is_told(drop):
    file = "Nom;Ville;Type;Création;Thèmes\nA;B;Réseau;2001;\nA;B;Réseau;2002;\n"
    imported = drop(file, CLUSTERS)
    assert imported.rows["clusters"]["founded_year"].tolist() == [2001]
    (refusal,) = imported.report.refusals
    assert "line 3, column founded_year: “2002” is not what an earlier row with the same key says" in str(refusal.fault)
    assert "See row 2" in str(refusal.fault)


def test_nothing_is_taken_while_a_question_is_open(drop):
    imported = drop(FILE, CLUSTERS.replace("{constant: active}", "{constant: '?'}"))
    assert imported.rows == {}
    assert imported.report.counts[0].taken == 3
    (question,) = imported.report.questions
    assert "line 16, column tables.0.fields.status: is not decided yet" in str(question)
    assert "data/vocabulary/statuses.csv" in str(question)


@pytest.mark.parametrize(
    ("was", "became", "sentence"),
    [
        ("place: Ville", "place: Vile", "column tables.0.fields.place: “Vile” is not a column of the file. The closest are: Ville"),
        ("[Nom, Ville]", "[Nom, Code]", "column naturalKey: “Code” is not a column of the file"),
        ("constant: active", "constant: activ", "column tables.0.fields.status: “activ” is not a code of statuses. The closest are: active"),
    ],
)  # fmt: skip
def test_a_descriptor_that_does_not_fit_its_file_is_refused(drop, was, became, sentence):
    with pytest.raises(BadInput) as refused:
        drop(FILE, CLUSTERS.replace(was, became))
    assert sentence in str(refused.value)
    assert len(refused.value.faults) == 1


def test_an_item_without_a_code_takes_its_list_with_it_and_every_such_item_is_named(drop):
    file = "Nom;Ville;Type;Création;Thèmes\nA;B;Réseau;;Mobilité|Bricole|Troc\n"
    imported = drop(file, CLUSTERS)
    assert imported.rows["clusters"]["themes"].tolist() == [[]]
    assert list(imported.report.to_map) == [("clusters", "Thèmes", "Bricole"), ("clusters", "Thèmes", "Troc")]


def test_a_row_with_a_cell_too_many_is_left_out_and_counted(drop):
    report = drop("Nom;Ville;Type;Création;Thèmes\nA;B;Réseau;;\nC;D;Réseau;;Num&eacute;rique\n", CLUSTERS).report
    assert (report.counts[0].rows_read, report.counts[0].left_out) == (2, 1)
    assert "line 3: “C” has 6 cells and the header 5. Put quotes around" in str(report.refusals[0].fault)


def test_filters_choose_rows_and_are_counted(drop):
    rest = CLUSTERS + "    filters: [{column: Type, in: [Réseau]}, {column: Ville, notIn: [Brest]}]\n"
    count = drop(FILE, rest).report.counts[0]
    assert (count.taken, count.filtered, count.left_out) == (1, 5, 0)


def test_one_file_fills_two_tables_that_meet_by_the_same_identifier(drop):
    rest = """\
naturalKey: Nom
dialect: {delimiter: ";"}
decimalChar: ","
tables:
  - table: clusters
    fields: {name: Nom, country: Pays, kind: {constant: hub}, status: {constant: unknown}}
  - table: observations
    fields: {metric: {constant: jobs}, value: ETP, as_of: Au, qualifier: {constant: exact}, scope: {constant: own}}
"""
    imported = drop("Nom;Pays;ETP;Au\nA;Allemagne;1 234,5;März 2014\nB;Polska;NN;2014\n", rest)
    clusters, figures = imported.rows["clusters"], imported.rows["observations"]
    assert clusters["country"].tolist() == ["DE", "PL"]
    assert figures[["cluster_id", "value", "as_of"]].to_numpy().tolist() == [["places-a", 1234.5, "2014-03"]]
    assert imported.report.counts[1].left_out == 1


AWARDS = """\
decimalChar: ","
dialect: {delimiter: ";"}
tables:
  - table: partners
    fields:
      programme_id: {constant: call}
      organisation: Nom
      country: {constant: PL}
      role: {constant: winner}
      amount_eur: {from: Montant, currency: CURRENCY, currencyFrom: COLUMN}
"""


def test_other_currencies_are_kept_as_they_are_and_never_taken_as_euros(drop):
    rest = AWARDS.replace("currency: CURRENCY, ", "").replace("COLUMN", "Devise")
    imported = drop("Nom;Montant;Devise\nA;91.100,16;EUR\nB;2.818.594;PLN\nC;-;PLN\nD;0;EUR\nE;5;\n", rest)
    rows = imported.rows["partners"].set_index("organisation")
    assert rows["amount_eur"].fillna(-1).tolist() == [91100.16, -1, -1, 0, -1]
    assert rows.loc["B", ["amount", "currency"]].tolist() == [2818594, "PLN"]
    said = [str(one.fault) for one in imported.report.refusals]
    assert "“2.818.594 PLN” is in PLN, not in euros. It is kept as amount and currency" in said[0]
    assert "line 6, column Montant: “5” has no currency. Write currency: EUR" in said[1]


def test_one_organisation_with_two_amounts_is_told_and_the_first_kept(drop):
    rest = AWARDS.replace("currency: CURRENCY, currencyFrom: COLUMN", "currency: EUR")
    imported = drop("Nom;Montant\nA;5\nA;6\nA;5\nB;2 PLN\nB;3\n", rest)
    assert imported.rows["partners"]["organisation"].tolist() == ["A", "B"]
    assert (imported.report.counts[0].merged, imported.report.counts[0].left_out) == (2, 1)
    said = {one.fault.value: one.fault.problem for one in imported.report.refusals}
    assert said == {"6.0": "is not what an earlier row with the same key says", "2 PLN": "is not in EUR"}


def test_amounts_of_two_currencies_are_never_one_row(drop):
    rest = AWARDS.replace("currency: CURRENCY, currencyFrom: COLUMN", "decimalChar: ','")
    imported = drop("Nom;Montant\nA;2.818.594 PLN\nA;5.637.188,00 EUR\n", rest)
    (row,) = imported.rows["partners"].to_dict("records")
    assert (row["amount"], row["currency"]) == (2818594, "PLN")
    assert row["amount_eur"] != row["amount_eur"]
    assert "line 3, column amount_eur: “5637188.0” is not what an earlier row" in str(
        imported.report.refusals[-1].fault
    )


def test_thirty_thousand_rows_of_a_long_table(drop):
    lines = [f"FR;{1900 + row % 100};{row},5" for row in range(30_000)]
    rest = """\
decimalChar: ","
dialect: {delimiter: ";"}
tables:
  - table: indicators
    fields: {geo: Pays, year: An, value: Valeur, indicator: {constant: population}, unit: {constant: persons}}
"""
    imported = drop("Pays;An;Valeur\n" + "\n".join(lines), rest)
    assert imported.report.counts[0].taken == 30_000
    assert imported.rows["indicators"]["value"].sum() == sum(row + 0.5 for row in range(30_000))


def test_every_row_of_a_long_file_may_be_refused(drop):
    file = "Nom;Ville;Type;Création;Thèmes\n" + "".join(f"N{row};B;Halle;;\n" for row in range(20_000))
    report = drop(file, CLUSTERS).report
    assert report.counts[0].left_out == len(report.refusals) == 20_000
    assert report.reasons()["rows"].tolist() == [20_000]
    assert report.to_map == {("clusters", "Type", "Halle"): 20_000}


def test_rows_of_programmes_keep_another_currency_in_its_own_columns(drop):
    rest = """\
naturalKey: Name
tables:
  - table: programmes
    fields:
      name_en: Name
      level: {constant: national}
      country: {constant: GB}
      kind: {constant: fund}
      budget_eur: Budget
"""
    (row,) = drop('Name,Budget\nLife Chances,"£80,000,000"\n', rest).rows["programmes"].to_dict("records")
    assert (row["programme_id"], row["budget_amount"], row["budget_currency"]) == ("places-life-chances", 8e7, "GBP")
    assert row["budget_eur"] != row["budget_eur"]
