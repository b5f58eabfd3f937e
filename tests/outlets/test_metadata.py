"""What search engines read of a data set."""

import json
import re

from starlette.requests import Request

from atlas import store
from atlas.outlets.data.head import data_head
from atlas.outlets.metadata import dataset_jsonld, script


def asked(query: bytes = b"") -> Request:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/data",
        "query_string": query,
        "headers": [(b"host", b"example.org")],
    }
    return Request({**scope, "scheme": "https", "server": ("example.org", 443), "root_path": ""})


def read_back(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


def test_nothing_ends_the_script_and_nothing_is_lost():
    record = dataset_jsonld("</script><script>alert(1)", "a & b\u2028c", "https://example.org/x", "1a2b")
    html = script(record)
    assert html.count("<script") == html.count("</script>") == 1
    assert read_back(html)["name"] == "</script><script>alert(1)"
    assert read_back(html)["description"] == "a & b\u2028c"


def test_what_is_not_known_is_left_out():
    record = dataset_jsonld("n", "d", "https://example.org/x", "1a2b", places=())
    assert {"dateModified", "temporalCoverage", "spatialCoverage", "keywords", "distribution", "isPartOf"}.isdisjoint(
        record
    )


def test_the_data_page_tells_the_whole_data_set_in_the_language():
    english, french = read_back(data_head(asked())), read_back(data_head(asked(b"lang=fr")))
    assert english["@type"] == "Dataset" and english["version"] == store.version()
    assert french["name"].startswith("Les pôles") and french["inLanguage"] == "fr"
    addresses = [file["contentUrl"] for file in english["distribution"]]
    assert (
        "https://example.org/data/clusters.csv" in addresses
        and "https://example.org/data/package.zip?form=csv" in addresses
    )
