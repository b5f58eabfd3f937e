"""The data page: its links hold what the reader has chosen."""

from urllib.parse import parse_qs, urlsplit

from tests.test_pages import opened


def links(app) -> dict[str, str]:
    return {link.proto.label: link.proto.url for link in app.get("link_button")}


def test_the_links_of_the_package_hold_the_selection():
    found = links(opened("data", lang="fr", country="FR", kind="ptce"))
    french = urlsplit(found["Toutes les tables pour Excel en français (ZIP)"])
    assert french.path == "data/package.zip"
    assert parse_qs(french.query) == {"lang": ["fr"], "country": ["FR"], "kind": ["ptce"], "dialect": ["semicolon"]}
    assert found["Fiche de catalogue (DCAT-AP)"] == "data/catalog.jsonld"


def test_a_table_tells_how_many_rows_are_kept():
    labels = [box.label for box in opened("data", lang="en", country="FR").expander]
    assert any(label.startswith("**clusters** · 124 of 270 rows") for label in labels), labels
    assert any(label.startswith("**vocabulary** · ") and " of " not in label.split(" · ")[1] for label in labels)


def test_an_open_table_offers_every_format_and_only_the_filters_that_apply():
    app = opened("data", lang="en", country="FR", kind="ptce")
    app.session_state["table-partners"] = True
    app.run()
    assert not app.exception
    found = links(app)
    assert {"Excel", "CSV", "CSV for a French Excel", "Parquet", "JSON Lines"} <= set(found) and "GeoJSON" not in found
    assert parse_qs(urlsplit(found["Parquet"]).query) == {"lang": ["en"], "country": ["FR"]}


def test_a_metric_chosen_elsewhere_filters_nothing_here():
    found = links(opened("data", lang="en", metric="members", scope="members"))
    assert "metric" not in "".join(found.values())
