"""The catalogues that are watched, how each is asked, and what it answers: data.gouv.fr (udata) and Opendatasoft Explore v2.1."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from etl.inbox.values import clean
from etl.sources.catalogue import day, page_or
from etl.suggest import plain

FOLDER = Path("watch")
PAGE_SIZE = 100
"""Most that Opendatasoft gives at once."""
MOST_PAGES = 5
"""Pages that are followed for one question: who has more answers than that is not about our subject."""
Answer = dict[str, Any]


@dataclass(frozen=True)
class Portal:
    """A catalogue of datasets. `name` is also its folder in the raw room."""

    name: str
    address: str
    kind: Literal["udata", "opendatasoft"] = "opendatasoft"


PORTALS = (
    Portal("data.gouv.fr", "https://www.data.gouv.fr", "udata"),
    Portal("data.economie.gouv.fr", "https://data.economie.gouv.fr"),
    Portal("data.bretagne.bzh", "https://data.bretagne.bzh"),
    Portal("data.centrevaldeloire.fr", "https://data.centrevaldeloire.fr"),
    Portal("data.iledefrance.fr", "https://data.iledefrance.fr"),
    Portal("data.laregion.fr", "https://data.laregion.fr"),
    Portal("data.paysdelaloire.fr", "https://data.paysdelaloire.fr"),
    Portal("data.regionreunion.com", "https://data.regionreunion.com"),
)
"""A portal that has closed is taken out here, and its folder out of data/raw/watch."""
TERMS = {
    "PTCE": r"\bptce\b",
    "pôle territorial de coopération": r"\bpoles? territoria(l|ux) de cooperation\b",
    "tiers-lieux": r"\btiers lieux?\b",
    "économie sociale et solidaire": r"\beconomie sociale et solidaire\b",
}
"""What is searched for, and how its words stand in a text without case, accents and punctuation."""


@dataclass(frozen=True)
class Found:
    """A dataset as a portal tells of it; '' where it tells nothing. `texts` are its words by field."""

    id: str
    title: str
    publisher: str
    licence: str
    url: str
    modified: str
    texts: dict[str, str]

    def stands_in(self, term: str) -> list[str]:
        """The fields in which the words of a term stand: title, description, keywords."""
        return [name for name, text in self.texts.items() if re.search(TERMS[term], plain(text))]


def question(portal: Portal, term: str, page: int) -> tuple[str, dict[str, str | list[str]]]:
    """Address and parameters of a page (counted from 1) of what a portal finds for a term."""
    if portal.kind == "udata":
        words = f'"{term}"' if " " in term else term
        return f"{portal.address}/api/1/datasets/", {"q": words, "page": str(page), "page_size": str(PAGE_SIZE)}
    start = {"limit": str(PAGE_SIZE), "offset": str((page - 1) * PAGE_SIZE)}
    return f"{portal.address}/api/explore/v2.1/catalog/datasets", {"where": f'search("{term}")', **start}


def path_of(portal: Portal, term: str, page: int) -> Path:
    """Where a page lies below the raw folder: `watch/data.gouv.fr/tiers-lieux-1.json`."""
    return FOLDER / portal.name / f"{plain(term).replace(' ', '-')}-{page}.json"


def answer_of(path: Path) -> Answer:
    """An answer. Raises ValueError when it is not JSON, TypeError when not an object."""
    answer = json.loads(path.read_bytes())
    if not isinstance(answer, dict):
        raise TypeError("not an object")
    return answer


def wrong(path: Path, portal: Portal, page: int) -> str:
    """What is wrong with a page of an answer, in one sentence; '' when nothing is (to find nothing is no fault)."""
    try:
        answer = answer_of(path)
        if said := answer.get("message") or answer.get("error_code"):
            return f"the portal answers with an error ({clean(str(said)).rstrip('.')}). Its last answers are kept."
        found, total = datasets(answer, portal), total_of(answer, portal)
    except (ValueError, KeyError, TypeError, AttributeError):
        return "the answer is not a list of datasets, or was cut short: its shape has changed. The last copy is kept."
    if total > (page - 1) * PAGE_SIZE and not found:
        return f"the portal says that it has {total} datasets and shows none. Its last answers are kept."
    return ""


def datasets(answer: Answer, portal: Portal) -> list[Found]:
    """The datasets of an answer. Raises KeyError, TypeError or AttributeError when it has another shape."""
    rows, read = (answer["data"], of_udata) if portal.kind == "udata" else (answer["results"], of_opendatasoft)
    return [read(row, portal) for row in rows]


def total_of(answer: Answer, portal: Portal) -> int:
    """How many datasets the portal has found in all."""
    return int(answer["total" if portal.kind == "udata" else "total_count"])


def has_more(answer: Answer, portal: Portal, page: int) -> bool:
    """Whether another page follows."""
    return bool(datasets(answer, portal)) and page * PAGE_SIZE < total_of(answer, portal)


def of_udata(row: Answer, portal: Portal) -> Found:
    """A dataset of data.gouv.fr. Who publishes in their own name is a person, and is not named."""
    return Found(
        id=str(row["id"]),
        title=clean(row["title"]),
        publisher=clean(str((row.get("organization") or {}).get("name") or "")),
        licence=str(row.get("license") or ""),
        url=page_or(row.get("page"), f"{portal.address}/datasets/{row['id']}/"),
        modified=day(row.get("last_update") or row.get("last_modified")),
        texts=texts(row["title"], row.get("description"), row.get("tags")),
    )


def of_opendatasoft(row: Answer, portal: Portal) -> Found:
    """A dataset of an Opendatasoft portal."""
    about = row["metas"]["default"]
    title = about.get("title") or row["dataset_id"]
    return Found(
        id=str(row["dataset_id"]),
        title=clean(title),
        publisher=clean(str(about.get("publisher") or "")),
        licence=clean(str(about.get("license") or "")),
        url=f"{portal.address}/explore/dataset/{row['dataset_id']}/",
        modified=day(about.get("modified") or about.get("data_processed")),
        texts=texts(title, about.get("description"), about.get("keyword")),
    )


def texts(title: str, description: object, keywords: object) -> dict[str, str]:
    """The words of a dataset by field."""
    listed = keywords if isinstance(keywords, list) else [keywords or ""]
    return {"title": title, "description": clean(str(description or "")), "keywords": " / ".join(map(str, listed))}
