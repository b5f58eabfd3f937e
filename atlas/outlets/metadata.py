"""What search engines and catalogues read of a data set: schema.org's Dataset, as JSON-LD for the head of a page."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from atlas.outlets.citation import PUBLISHER
from atlas.words import catalogue

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
"""What could end a script in HTML, as JSON writes it instead."""


def dataset_jsonld(
    name: str,
    description: str,
    url: str,
    version: str,
    *,
    language: str = "en",
    modified: str = "",
    years: tuple[int, int] | None = None,
    places: Iterable[str] = ("Europe",),
    keywords: Iterable[str] = (),
    measured: Iterable[str] = (),
    files: Mapping[str, str] | None = None,
    part_of: str = "",
) -> dict[str, Any]:
    """schema.org's Dataset. `url` is its page; `files` gives its downloads, address -> media type; `part_of` is the address of
    the data set it is drawn from; `modified` an ISO date. What is not known is left out."""
    record: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": url,
        "name": name,
        "description": description,
        "url": url,
        "version": version,
        "dateModified": modified,
        "inLanguage": language,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": _organisation(language),
        "publisher": _organisation(language),
        "temporalCoverage": f"{years[0]}/{years[1]}" if years else "",
        "spatialCoverage": [{"@type": "Place", "name": place} for place in places],
        "keywords": list(keywords),
        "variableMeasured": list(measured),
        "distribution": [download(address, media_type) for address, media_type in (files or {}).items()],
        "isPartOf": {"@type": "Dataset", "@id": part_of, "url": part_of} if part_of else "",
    }
    return {key: value for key, value in record.items() if value not in ("", [])}


def download(address: str, media_type: str) -> dict[str, str]:
    """One file of a data set."""
    return {"@type": "DataDownload", "contentUrl": address, "encodingFormat": media_type}


def script(record: Mapping[str, Any]) -> str:
    """The record as an element for the head of an HTML page; nothing in it can end the element."""
    text = json.dumps(record, ensure_ascii=False).translate(UNSAFE)
    return f'<script type="application/ld+json">{text}</script>'


def _organisation(language: str) -> dict[str, str]:
    return {"@type": "Organization", "name": catalogue(language).gettext(PUBLISHER)}
