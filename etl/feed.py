"""Atom feeds (RFC 4287) of what changed: all, per country, per cluster, in English and French.

Identifiers are names, not addresses, and links are relative to where the feed is read: a feed stays the same wherever it is served.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from etl.diff import Change
from etl.history import Published, put

NAMESPACE = "http://www.w3.org/2005/Atom"
PROJECT = "social-innovation-clusters-europe"
ENTRIES = 50
"""Entries of a feed, the last ones."""
MOST = 100
"""Rows told one by one in an entry."""
FEEDS = "feeds"
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Social innovation clusters in Europe: what changed",
        "entry": "Version {version}: {rows}",
        "added": "added",
        "removed": "removed",
        "changed": "changed",
        "empty": "empty",
        "more": "{number} more",
        "none": "no row differs",
        "colon": ": ",
    },
    "fr": {
        "title": "Les pôles d’innovation sociale en Europe : ce qui a changé",
        "entry": "Version {version} : {rows}",
        "added": "ajout",
        "removed": "retrait",
        "changed": "modification",
        "empty": "vide",
        "more": "{number} de plus",
        "none": "aucune ligne ne diffère",
        "colon": " : ",
    },
}


def write_feeds(history: list[Published], folder: Path) -> None:
    """Write `all.<language>.atom`, `country/<code>.<language>.atom` and `cluster/<id>.<language>.atom` below `folder`; feeds that
    say what they said are not touched."""
    changes = [change for one in history for change in one.found.changes]
    countries = sorted({change.country for change in changes} - {""})
    clusters = sorted({change.cluster for change in changes} - {""})
    for language in WORDS:
        _put(folder / f"all.{language}.atom", atom(history, language))
        for code in countries:
            _put(folder / "country" / f"{code}.{language}.atom", atom(history, language, country=code))
        for name in clusters:
            _put(folder / "cluster" / f"{name}.{language}.atom", atom(history, language, cluster=name))


def atom(history: Iterable[Published], language: str, *, country: str = "", cluster: str = "") -> bytes:
    """One feed, the last version first: of every change, or of those in a country or about a cluster."""
    words, about = WORDS[language], cluster or country
    told = [(one, [change for change in one.found.changes if _is_about(change, country, cluster)]) for one in history]
    told = [(one, changes) for one, changes in told if changes or not about][:ENTRIES]
    feed = Element("feed", {"xmlns": NAMESPACE, "xml:lang": language})
    _text(feed, "id", _name("feed", language, about))
    _text(feed, "title", f"{words['title']}{f' ({about})' if about else ''}")
    _text(feed, "updated", max((_moment(one.day) for one, _changes in told), default=_moment("1970-01-01")))
    _text(SubElement(feed, "author"), "name", words["title"].split(":")[0].strip())
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": _page(country, cluster, language)})
    for one, changes in told:
        feed.append(_entry(one, changes, language, country, cluster))
    indent(feed)
    return tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"


def _is_about(change: Change, country: str, cluster: str) -> bool:
    """Whether a change is in the country and about the cluster; '' stands for any."""
    return (not cluster or change.cluster == cluster) and (not country or change.country == country)


def _entry(one: Published, changes: list[Change], language: str, country: str, cluster: str) -> Element:
    """One version as an entry: its title counts, its content tells row by row."""
    words, entry = WORDS[language], Element("entry")
    counts = {what: sum(change.what == what for change in changes) for what in ("added", "removed", "changed")}
    rows = ", ".join(f"{words[what]} {count}" for what, count in counts.items() if count) or words["none"]
    _text(entry, "id", _name("entry", language, cluster or country, one.found.before, one.found.after))
    _text(entry, "title", words["entry"].format(version=one.found.after, rows=rows))
    _text(entry, "updated", _moment(one.day))
    page = _page(country, cluster, language, one.found.after)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": page})
    content = SubElement(entry, "content", {"type": "xhtml"})
    division = SubElement(content, "div", {"xmlns": "http://www.w3.org/1999/xhtml"})
    _list(division, changes, words)
    return entry


def _list(division: Element, changes: list[Change], words: dict[str, str]) -> None:
    """The changes as a list; a sentence where there is none."""
    if not changes:
        _text(division, "p", words["none"])
        return
    rows = SubElement(division, "ul")
    for change in changes[:MOST]:
        cells = "; ".join(
            f"{name}{words['colon']}{_cell(was, words)} → {_cell(now, words)}"
            for name, (was, now) in change.columns.items()
        )
        label = f", {change.label}" if change.label else ""
        _text(
            rows,
            "li",
            f"{change.table}, {words[change.what]}{words['colon']}{change.key}{label}{f' ({cells})' if cells else ''}",
        )
    if len(changes) > MOST:
        _text(rows, "li", words["more"].format(number=len(changes) - MOST))


def _cell(value: Any, words: dict[str, str]) -> str:
    if value is None or value == []:
        return words["empty"]
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _page(country: str, cluster: str, language: str, version: str = "") -> str:
    """The page of changes of what a feed is about: of its last version, or of the one that an entry tells."""
    given = {"version": version, "country": country, "cluster": cluster, "lang": language}
    return f"/changes?{urlencode({name: value for name, value in given.items() if value})}"


def _name(*parts: str) -> str:
    """The identifier that a feed or an entry keeps for ever."""
    return uuid5(NAMESPACE_URL, "/".join((PROJECT, *parts))).urn


def _moment(day: str) -> str:
    """A day as RFC 3339 has it."""
    return f"{day}T00:00:00Z"


def _text(parent: Element, tag: str, text: str) -> None:
    """A child with a text, without the signs that XML cannot hold."""
    SubElement(parent, tag).text = "".join(sign for sign in text if sign.isprintable() or sign in "\t\n")


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_bytes() != content:
        put(path, content)
