"""Atom feeds of what changed: /changes.atom, /changes/country/<code>.atom, /changes/cluster/<id>.atom, in both languages (`lang`).

The ETL writes them beside the tables. Here their links become whole addresses, and what has not changed yet has a feed without
entries, so that a reader can follow it from today.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from html import escape
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import Response

from atlas import store
from atlas.changes import steps
from atlas.outlets.data.query import closest, language_of, read
from atlas.outlets.http import Problem, answered, route
from atlas.outlets.site import site
from atlas.store import Tables, TablesMissing
from atlas.words import catalogue

Head = Callable[[Request], str]
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
FOLDER = "changes/feeds"
PROJECT = "social-innovation-clusters-europe"
LINK = re.compile(rb'(<link\b[^<>]*\bhref=")/')
"""The start of a link that is relative to the site; in a text of the feed, < and > are written otherwise."""
NEVER = "1970-01-01T00:00:00Z"


def every(request: Request) -> Response:
    """The feed of every change."""
    read(request.query_params, store.tables(), (), {}, "changes.atom", has_versions=False)
    return _sent(request, "all", "")


def of_country(request: Request) -> Response:
    """The feed of a country."""
    return _sent(request, "country", _known(request, "code", countries(store.tables())))


def of_cluster(request: Request) -> Response:
    """The feed of a cluster, also of one that is no longer in the list."""
    return _sent(request, "cluster", _known(request, "cluster", clusters(store.tables())))


ROUTES = [
    route("/changes.atom", every),
    route("/changes/country/{code}.atom", of_country),
    route("/changes/cluster/{cluster}.atom", of_cluster),
]


def countries(tables: Tables) -> set[str]:
    """The countries that have a feed: those of the vocabulary, and every other that a cluster stands in."""
    return {*tables.codes.codes("countries"), *tables.clusters["country"].dropna()}


def clusters(tables: Tables) -> set[str]:
    """The clusters that have a feed: those of the tables, and those that a recorded change is about."""
    told = {change.cluster for step in steps().values() for change in step.changes}
    return {*tables.clusters["cluster_id"], *told} - {""}


def with_feeds(pages: Iterable[str], heads: Mapping[str, Head]) -> dict[str, Head]:
    """What each page says in the head of its HTML (see `index.Index`), and where its feeds are; '' is the home page."""

    def joined(page: str) -> Head:
        other = heads.get(page)
        return lambda request: (other(request) if other else "") + head(request)

    return {page: joined(page) for page in ("", *pages)}


def head(request: Request) -> str:
    """The feeds of a page as elements of its head: of the country or the cluster that it shows, and of everything."""
    language = language_of(request.query_params)
    title = catalogue(language).gettext("What changed in the data")
    try:
        return "".join(_alternate(path, language, title) for path in [*_own(request), "changes.atom"])
    except TablesMissing:
        return ""


def _own(request: Request) -> list[str]:
    """The feed of what the page is about: its one country, its one cluster. Only codes that are known are written."""
    tables, given = store.tables(), request.query_params
    country, cluster = given.get("country", ""), given.get("cluster", "") or given.get("id", "")
    found = [f"changes/country/{country}.atom"] if country in tables.codes.codes("countries") else []
    return found + ([f"changes/cluster/{cluster}.atom"] if cluster in set(tables.clusters["cluster_id"]) else [])


def _alternate(path: str, language: str, title: str) -> str:
    address = f"{path}?lang={language}"
    return f'<link rel="alternate" type="application/atom+xml" href="{escape(address)}" title="{escape(title)}">'


def _known(request: Request, name: str, known: Collection[str]) -> str:
    """What the path names, taken from what is known: no path of a file is made of what was asked. Raises Problem(404)."""
    asked = request.path_params[name]
    read(request.query_params, store.tables(), (), {}, f"{asked[:40]}.atom", has_versions=False)
    found = next((one for one in known if one == asked and "/" not in one), "")
    if found:
        return found
    _ = catalogue(language_of(request.query_params)).gettext
    words = {"asked": asked[:40], "near": closest(asked, known)}
    if words["near"]:
        raise Problem(404, _("There is no feed of {asked}. Did you mean {near}?").format(**words))
    raise Problem(
        404,
        _("There is no feed of {asked}: countries have two letters, clusters the identifier of their sheet.").format(
            **words
        ),
    )


def _sent(request: Request, kind: str, code: str) -> Response:
    language, base = language_of(request.query_params), site(request)
    path = f"{kind}/{code}" if code else kind
    written = store.beside(f"{FOLDER}/{path}.{language}.atom") or empty(kind, code, language)
    return answered(request, whole(written, base, f"changes/{path}" if code else "changes", language), MEDIA_TYPE)


def whole(feed: bytes, base: str, path: str, language: str) -> bytes:
    """A feed with the addresses of its links in full, its own among them."""
    own = f'<link rel="self" type="application/atom+xml" href="{escape(base)}/{path}.atom?lang={language}"/>'
    linked = LINK.sub(lambda match: match[1] + escape(base).encode() + b"/", feed)
    return linked.replace(b"<link", own.encode() + b"<link", 1)


def empty(kind: str, code: str, language: str) -> bytes:
    """The feed of what has not changed yet, under the name that the ETL will give it."""
    _ = catalogue(language).gettext
    title, author = _("Social innovation clusters in Europe: what changed"), _("Social innovation clusters in Europe")
    page = escape(urlencode({kind: code, "lang": language} if code else {"lang": language}))
    name = uuid5(NAMESPACE_URL, "/".join((PROJECT, "feed", language, code))).urn
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}"><id>{name}</id>'
        f"<title>{escape(title)}{escape(f' ({code})') if code else ''}</title><updated>{NEVER}</updated>"
        f"<author><name>{escape(author)}</name></author>"
        f'<link rel="alternate" type="text/html" href="/changes?{page}"/></feed>\n'
    ).encode()
