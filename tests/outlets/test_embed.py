"""Embeds as others meet them: a real server, real addresses, good and bad."""

import gzip
import http.client
import json
import random
import re
import shutil
from html import unescape
from urllib.parse import quote, urlencode, urlsplit

import brotli
import pytest

from atlas import store
from atlas.charts import charts
from atlas.outlets import cache, chromium
from atlas.outlets.drawing import Drawing, on_paper
from atlas.outlets.embed import asked as asking
from atlas.outlets.embed.assets import assets
from atlas.outlets.embed_routes import routes
from atlas.parameters import OPTIONS, PARAMETERS
from atlas.selection import Selection
from pages import PAGES, SHOWN
from tests.outlets.answers import ask, serving
from tests.small_world import small_world

CHART = "jobs_distribution"
ADDRESSES = 1000
BUDGET = 150_000
"""Bytes on the wire before a chart is touched."""


@pytest.fixture(scope="module")
def server():
    with serving(routes(SHOWN)) as address:
        yield address


@pytest.fixture(scope="module")
def page(server):
    """The page of a chart, drawn once."""
    return ask(f"{server}/embed/{CHART}?lang=fr")


def bad_address(dice: random.Random) -> str:
    """An address below /embed that nothing can be shown for."""
    noise = "".join(dice.choices("aé<>&\"'%.~/\\ \x00\n;=?#0", k=dice.randint(1, 30)))
    good = dice.choice([name for name in charts() if "id" not in charts()[name].FILTERS])
    filters = [PARAMETERS[field] for field in charts()[on_paper(good)].FILTERS]
    strict = [name for name in filters if name not in {"q", "id"}] or ["v"]
    kinds = [
        lambda: f"/embed/{quote(noise, safe='')}x",
        lambda: f"/embed/{dice.choice(['../', '..%2f', '%2e%2e/', '%00', '....//', '%c0%ae/'])}{good}{quote(noise)}",
        lambda: f"/embed/{good[:-1]}?{urlencode({'country': 'FR'})}",
        lambda: f"/embed/{good}.{dice.choice(['exe', 'html', 'php', 'xlsx', 'svg.gz', 'json5'])}",
        lambda: f"/embed/{good}?{urlencode({'x' + noise: noise})}",
        lambda: f"/embed/{good}?{urlencode({dice.choice(strict): noise + 'x'})}",
        lambda: f"/embed/{good}?{dice.choice(strict)}=%ff%fe{quote(noise)}",
        lambda: f"/embed/{good}?{urlencode({'v': noise})}",
        lambda: f"/embed/{good}?{urlencode({'scheme': noise})}",
        lambda: f"/embed/{good}.png?{urlencode({'preset': noise})}",
        lambda: f"/embed/{good}.svg?preset=social",
        lambda: f"/embed/{good}?lang=en&lang=fr",
        lambda: f"/embed/{good}?lang={quote(noise, safe='')}x",
        lambda: f"/embed/{good}?{'x' * dice.randint(2001, 9000)}",
        lambda: f"/embed/cluster_history?{urlencode({'id': dice.choice(['', noise + 'x', '../../etc/passwd'])})}",
        lambda: f"/embed/static/{dice.choice(['..', 'x', '%2e%2e'])}/{quote(noise)}",
        lambda: f"/oembed?{urlencode({'url': 'https://example.org/embed/' + noise})}",
        lambda: f"/oembed?{urlencode({'maxwidth': noise})}",
    ]  # fmt: skip
    return dice.choice(kinds)()


def test_a_thousand_bad_addresses_are_refused_with_one_sentence(server):
    dice, failures = random.Random(4), []  # noqa: S311
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
    for _number in range(ADDRESSES):
        address = bad_address(dice)
        connection.request("GET", address)
        answer = connection.getresponse()
        said = answer.read()
        is_json = answer.getheader("content-type") == "application/json"
        is_sentence = 400 <= answer.status < 500 and is_json and json.loads(said)["error"].endswith(".")
        if not is_sentence or b"Traceback" in said or b"/work" in said:
            failures.append((answer.status, address, said[:200]))
    connection.close()
    assert failures == []


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("jobs_totl", 404, "jobs_total"),
        (f"{CHART}.docx", 404, ".svg"),
        (f"{CHART}?contry=FR", 400, "country"),
        (f"{CHART}?country=Frence", 400, "country=FR"),
        (f"{CHART}?time=2024..2010", 400, "2010..2024"),
        (f"{CHART}?time=recent", 400, "time=2010..2024"),
        (f"{CHART}?country=%E2%88%9E", 400, "country="),
        (f"{CHART}?lang=de", 400, "lang=en"),
        (f"{CHART}?near=44~0", 400, "country"),
        (f"{CHART}?scheme=neon", 400, "auto"),
        ("cluster_history", 400, "id=fr-darwin-bordeaux"),
        ("cluster_history?id=fr-darwin-bordeau", 404, "fr-darwin-bordeaux"),
        (f"{CHART}?v=feedbeef", 404, store.version()),
    ],
)
def test_a_refusal_says_what_would_be_good(server, address, status, said):
    answer = ask(f"{server}/embed/{address}")
    assert answer.status == status
    assert said in json.loads(answer.body)["error"]


def test_a_refusal_is_no_page_to_run_anything_in(server):
    answer = ask(f"{server}/embed/{CHART}?country=%3Cscript%3Ealert(1)%3C/script%3E", accept="text/html")
    assert answer.status == 400
    assert b"&lt;script&gt;" in answer.body
    assert b"<script" not in answer.body


def test_a_refusal_speaks_the_language_asked_for(server):
    assert "Aucun graphique" in json.loads(ask(f"{server}/embed/nope?lang=fr").body)["error"]


def test_the_page_says_without_a_script_what_the_chart_says(page):
    drawing = Drawing.of(CHART, Selection(language="fr"), store.tables())
    text = unescape(page.body.decode("utf-8"))
    assert page.status == 200
    assert '<html lang="fr"' in text
    assert f"<h1>{drawing.sentence}</h1>" in text
    assert text.count('role="img"') == 2
    assert all(part in text for part in (drawing.words.title, drawing.words.drawn, drawing.coverage, "<table>"))
    assert store.version() in text
    assert re.findall(r"<script(?! src| type=.application/ld)", text) == []


def test_the_page_may_be_framed_and_loads_nothing_from_elsewhere(page):
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors *" in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in page.headers
    loaded = re.findall(rb'(?:src="|url\()([^")]+)', page.body)
    assert loaded
    assert all(address.startswith((b"static/", b"#", b"data:image/png")) for address in loaded)


def test_who_may_frame_the_page_is_configured(server, monkeypatch):
    monkeypatch.setenv("EMBED_FRAME_ANCESTORS", "https://example.org")
    answer = ask(f"{server}/embed/{CHART}?lang=fr")
    assert "frame-ancestors https://example.org" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(("accepted", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_the_page_is_sent_short_and_once(server, page, accepted, read):
    address = f"{server}/embed/{CHART}?lang=fr"
    short = ask(address, accept_encoding=accepted)
    assert read(short.body) == page.body
    assert ask(address, if_none_match=page.headers["etag"]).status == 304
    assert ask(address, "HEAD").headers["etag"] == page.headers["etag"]
    assert ask(address, "POST").status == 405


@pytest.mark.parametrize("encode", [brotli.compress, gzip.compress])
def test_the_heaviest_page_fits_the_budget(server, encode):
    page = ask(f"{server}/embed/cluster_map?lang=fr").body
    loaded = [asset for name, asset in assets().items() if asset.path.encode() in page and name != "plotly.js"]
    assert {"chart.js", "AtlasSans-Regular.woff2", "AtlasSans-Bold.woff2"} == {asset.path[13:] for asset in loaded}
    texts = [page, *(asset.body for asset in loaded if "javascript" in asset.media_type)]
    fonts = [asset.body for asset in loaded if "font" in asset.media_type]
    assert sum(len(encode(text)) for text in texts) + sum(map(len, fonts)) < BUDGET


def test_its_scripts_and_fonts_are_kept_for_ever_and_the_script_of_others_is_not(server, page):
    plotly = re.search(rb'data-plotly="([^"]+)"', page.body)[1].decode()
    for address, is_kept in ((plotly, True), ("static/embed.js", False)):
        answer = ask(f"{server}/embed/{address}")
        assert answer.status == 200
        assert ("immutable" in answer.headers["cache-control"]) is is_kept


def test_what_was_chosen_is_said_where_no_filter_shows_it(server):
    body = unescape(ask(f"{server}/embed/{CHART}?country=FR~benelux&time=2000..2020&lang=fr").body.decode("utf-8"))
    assert "Pays\u202f: France, Benelux" in body.replace("\xa0", "\u202f")
    assert "2000–2020" in body
    assert "<h1>DARWIN Eco-Système" in ask(f"{server}/embed/cluster_history?id=fr-darwin-bordeaux").body.decode("utf-8")


def test_a_disk_that_cannot_be_written_harms_no_answer(server, tmp_path, monkeypatch, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(cache, "FOLDER", blocked)
    answer = ask(f"{server}/embed/jobs_history.png?lang=fr")
    assert answer.body.startswith(b"\x89PNG")
    assert "Pictures are not kept" in caplog.text


def test_names_from_anyone_are_text(server, monkeypatch):
    world = small_world()
    world.clusters.loc[0, "name"] = "<script>alert(1)</script>\"'"
    world.sources.loc[0, ["title", "url"]] = ["<img src=x onerror=alert(1)>", "javascript:alert(1)"]
    monkeypatch.setattr(asking, "tables_of", lambda *_asked: world)
    body = ask(f"{server}/embed/jobs_by_cluster").body
    assert b"alert(1)" in body
    assert not any(mark in body for mark in (b"<script>alert", b"<img src=x", b'href="javascript', b"</script>\"'"))


def test_json_holds_the_rows_their_words_and_what_they_hold_for(server):
    answer = ask(f"{server}/embed/jobs_by_cluster.json?country=FR&lang=fr")
    said = json.loads(answer.body)
    drawing = Drawing.of("jobs_by_cluster", Selection(language="fr", countries=("FR",)), store.tables())
    assert len(said["rows"]) == len(drawing.rows) > 0
    assert [row["value"] for row in said["rows"]] == drawing.rows["value"].tolist()
    assert (said["finding"], said["data_version"]) == (drawing.sentence, store.version())
    assert said["coverage"]["reported"] == drawing.drawn.coverage.reported
    assert said["selection"] == {"lang": "fr", "country": "FR"}
    assert said["licence"].startswith("https://creativecommons.org/")
    cited = {code for row in said["rows"] for code in row["source_ids"]}
    assert cited <= {source["source_id"] for source in said["sources"]}
    assert all(source["url"] and source["quote"] for source in said["sources"])


def test_a_frozen_view_keeps_its_figures_when_the_data_change(server, tmp_path, monkeypatch):
    shutil.copytree(store.FOLDER, tmp_path / "tables")
    old = shutil.copytree(store.FOLDER, tmp_path / "archive" / "0ld")
    package = json.loads((old / "datapackage.json").read_text(encoding="utf-8"))
    (old / "datapackage.json").write_text(json.dumps({**package, "version": "0ld"}), encoding="utf-8")
    (tmp_path / "archive" / "versions.json").write_text(json.dumps([{"version": "0ld", "replaced": "2026-01-01"}]))
    monkeypatch.setenv("TABLES_URL", str(tmp_path / "tables"))
    frozen, live = (ask(f"{server}/embed/{CHART}.json{query}") for query in ("?v=0ld", ""))
    assert json.loads(frozen.body)["data_version"] == "0ld"
    assert json.loads(live.body)["data_version"] == store.version()
    page = ask(f"{server}/embed/{CHART}?v=0ld&lang=fr").body.decode("utf-8")
    assert "Cette vue est figée" in page
    assert f'embed/{CHART}.csv?lang=fr&amp;v=0ld"' in page
    assert f'embed/{CHART}?lang=fr"' in page
    assert "immutable" in frozen.headers["cache-control"]
    assert "max-age=300" in live.headers["cache-control"]


def test_without_a_browser_the_page_stands_on_its_table(server, tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "FOLDER", tmp_path)
    monkeypatch.setattr(chromium, "is_available", lambda: False)
    page = ask(f"{server}/embed/jobs_history?lang=en")
    assert page.status == 200
    assert b"data-now" in page.body
    assert b"<details open>" in page.body
    assert b"<noscript>" in page.body
    picture = ask(f"{server}/embed/jobs_history.png?lang=en")
    assert picture.status == 503
    assert "install" in json.loads(picture.body)["error"]


def test_an_oembed_consumer_finds_the_frame(server, page):
    link = unescape(re.search(rb'type="application/json\+oembed" href="([^"]+)"', page.body)[1].decode())
    said = json.loads(ask(link).body)
    assert (said["version"], said["type"]) == ("1.0", "rich")
    source = unescape(re.search(r'src="([^"]+)"', said["html"])[1])
    assert ask(source).body == page.body
    small = json.loads(ask(f"{link}&maxwidth=300&maxheight=200").body)
    assert (small["width"], small["height"]) == (300, 200)
    assert 'width="300" height="200"' in small["html"]
    assert "thumbnail_url" not in small


def test_oembed_knows_the_pages_of_the_dashboard(server):
    url = quote(f"{server}/jobs?part=spread&country=FR&lang=fr", safe="")
    said = json.loads(ask(f"{server}/oembed?url={url}").body)
    assert f"/embed/{CHART}?lang=fr&amp;country=FR" in said["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [("", 400), ("url=https://example.org/embed/lags", 404), ("url={server}.evil.org/embed/lags", 404),
     ("url={server}/embed/lags&format=xml", 501), ("url={server}/embed/nope", 404), ("url={server}/data", 404), ("url=http://[", 404)],
)  # fmt: skip
def test_oembed_refuses_what_it_cannot_show(server, query, status):
    assert ask(f"{server}/oembed?{query.format(server=server)}").status == status


def test_addresses_follow_the_public_address(server, monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://example.org/atlas/")
    body = ask(f"{server}/embed/{CHART}?lang=fr").body.decode("utf-8")
    picture = unescape(re.search(r'property="og:image" content="([^"]+)"', body)[1])
    assert picture == f"https://example.org/atlas/embed/{CHART}.png?lang=fr&preset=social"
    assert server not in body


def test_every_chart_has_its_place_in_the_dashboard():
    assert {name for names in SHOWN.values() for name in names} == set(charts())
    assert {page for page, _part in SHOWN} <= set(PAGES)
    assert {part for _page, part in SHOWN} <= {"", *OPTIONS["part"]}
