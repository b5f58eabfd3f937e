"""The catalogue record: DCAT-AP 3 as JSON-LD, which data.europa.eu and national portals harvest."""

from typing import Any

from atlas import store
from atlas.outlets.citation import PUBLISHER
from atlas.outlets.data.dictionary import described, published, resources, titled
from atlas.outlets.data.files import FILES, File, files_of
from atlas.outlets.data.filtered import WITHHELD
from atlas.store import Tables
from atlas.words import LANGUAGES, N_, catalogue

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
CONTEXT = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
SPOKEN = {"en": "ENG", "fr": "FRA"}
KEYWORDS = (N_("social innovation"), N_("social economy"), N_("PTCE"), N_("clusters"), N_("employment"), N_("Europe"))
CATALOGUE = N_("Data of the observatory of social innovation clusters in Europe")


def catalogue_record(tables: Tables, base: str) -> dict[str, Any]:
    """The catalogue with the whole data set and one data set per table; `base` is the address of the site."""
    whole = _whole(tables, base)
    parts = [_table(name, tables, base) for name in resources()]
    record = {
        "@context": CONTEXT,
        "@id": f"{base}/data/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _both(CATALOGUE),
        "foaf:homepage": _node(f"{base}/"),
        "dcat:themeTaxonomy": _node(f"{EU}/data-theme"),
        **_common(tables, base),
        "dct:description": _told(store.package()),
        "dcat:dataset": [whole, *parts],
    }
    return _known(record)


def _whole(tables: Tables, base: str) -> dict[str, Any]:
    zips = (
        _distribution(f"{base}/data/package.zip?form={form}", FILES["zip"], f"ZIP ({form})")
        for form in ("csv", "parquet")
    )
    return _known(
        {
            **_dataset("package", tables, base),
            "dct:title": [_text(titled(store.package(), language), language) for language in LANGUAGES],
            "dct:description": _told(store.package()),
            "dct:hasPart": [_node(_id(name, base)) for name in resources()],
            "dcat:distribution": list(zips),
        }
    )


def _table(name: str, tables: Tables, base: str) -> dict[str, Any]:
    resource = resources()[name]
    return _known(
        {
            **_dataset(name, tables, base),
            "dct:title": [_text(f"{titled(store.package(), language)}: {name}", language) for language in LANGUAGES],
            "dct:description": _told(resource),
            "dct:isPartOf": _node(_id("package", base)),
            "dcat:distribution": [
                {**_distribution(f"{base}/data/{name}.{extension}", file, file.label), **_checked(extension, resource)}
                for extension, file in files_of(name).items()
            ],
        }
    )


def _dataset(name: str, tables: Tables, base: str) -> dict[str, Any]:
    """What every data set of the catalogue says."""
    return {
        "@id": _id(name, base),
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dcat:version": tables.version,
        "dcat:landingPage": _node(f"{base}/data"),
        "dcat:theme": [_node(f"{EU}/data-theme/{theme}") for theme in ("SOCI", "ECON", "REGI")],
        "dcat:keyword": [
            _text(catalogue(language).gettext(word), language) for word in KEYWORDS for language in LANGUAGES
        ],
        "dct:accessRights": _node(f"{EU}/access-right/PUBLIC"),
        "dct:accrualPeriodicity": _node(f"{EU}/frequency/IRREG"),
        **_common(tables, base),
    }


def _common(tables: Tables, base: str) -> dict[str, Any]:
    day = published(tables)
    return {
        "dct:publisher": {"@id": f"{base}/#publisher", "@type": "foaf:Agent", "foaf:name": _both(PUBLISHER)},
        "dct:license": {"@id": f"{EU}/licence/CC_BY_4_0", "@type": "dct:LicenseDocument"},
        "dct:language": [_node(f"{EU}/language/{SPOKEN[language]}") for language in LANGUAGES],
        "dct:spatial": {"@id": f"{EU}/continent/EUROPE", "@type": "dct:Location"},
        "dct:modified": _typed(day.isoformat(), "xsd:date") if day else None,
    }


def _distribution(address: str, file: File, title: str) -> dict[str, Any]:
    """One file to download, which is made when it is asked for."""
    is_registered = file.media_type != "application/jsonl"
    form = _node(f"{EU}/file-type/{file.eu_type}") if file.eu_type else {"rdfs:label": file.label}
    return _known(
        {
            "@id": address,
            "@type": "dcat:Distribution",
            "dct:title": title,
            "dcat:accessURL": _node(address),
            "dcat:downloadURL": _node(address),
            "dcat:mediaType": _node(f"{IANA}/{file.media_type}") if is_registered else None,
            "dct:format": {"@type": "dct:MediaTypeOrExtent", **form},
            "dct:license": {"@id": f"{EU}/licence/CC_BY_4_0", "@type": "dct:LicenseDocument"},
        }
    )


def _checked(extension: str, resource: dict[str, Any]) -> dict[str, Any]:
    """Size and hash, where the file is served as it was published."""
    if extension != "parquet" or resource["name"] in WITHHELD:
        return {}
    checksum = {
        "@type": "spdx:Checksum",
        "spdx:algorithm": _node("spdx:checksumAlgorithm_sha256"),
        "spdx:checksumValue": _typed(resource["hash"].removeprefix("sha256:"), "xsd:hexBinary"),
    }
    return {"dcat:byteSize": _typed(str(resource["bytes"]), "xsd:nonNegativeInteger"), "spdx:checksum": checksum}


def _id(name: str, base: str) -> str:
    return f"{base}/data#{name}"


def _node(address: str) -> dict[str, str]:
    return {"@id": address}


def _typed(value: str, kind: str) -> dict[str, str]:
    return {"@value": value, "@type": kind}


def _text(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _both(message: str) -> list[dict[str, str]]:
    return [_text(catalogue(language).gettext(message), language) for language in LANGUAGES]


def _told(thing: dict[str, Any]) -> list[dict[str, str]]:
    return [_text(described(thing, language), language) for language in LANGUAGES]


def _known(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value is not None}
