"""What Eurostat answers: the data or, often under status 200, one of its ways to say that something went wrong."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from etl import jsonstat
from etl.jsonstat import Document, NotJsonStat
from etl.sources.eurostat_series import FREE


def wrong_series(path: Path, chosen: Mapping[str, str]) -> str:
    """What is wrong with the answer to a question for the `chosen` codes, in one sentence; '' when nothing is."""
    if failure := wrong(path):
        return failure
    document = document_of(path)
    names = jsonstat.dimensions(document)
    other = [
        name
        for name, code in chosen.items()
        if name not in names or list(jsonstat.categories(document, name)) != [code]
    ]
    if other or not set(FREE) <= set(names):
        return f"the answer is not for what was asked ({', '.join(other) or 'its dimensions differ'}). The last copy is kept."
    return "" if is_annual(document) else "the answer holds periods that are not years. The last copy is kept."


def wrong(path: Path) -> str:
    """What is wrong with an answer, in one sentence; '' when it is a dataset with values."""
    try:
        document = document_of(path)
        if failure := stated_failure(document):
            return failure
        is_empty = jsonstat.observations(document).empty
    except NotJsonStat as error:
        return f"the answer is not the data. {error} The last copy is kept."
    except (KeyError, TypeError, AttributeError):
        return "the answer has lost its shape (JSON-stat 2.0). The last copy is kept."
    if is_empty:
        return "the answer holds no value: Eurostat does not know one of the codes, and says so only thus. The last copy is kept."
    return ""


def is_annual(document: Document) -> bool:
    """Whether every period is a year."""
    return all(re.fullmatch(r"\d{4}", period) for period in jsonstat.categories(document, "time"))


def stated_failure(document: Document) -> str:
    """What Eurostat itself says went wrong, under status 200; '' when it says nothing."""
    if "warning" in document:
        said = document["warning"].get("label", "")
        return f"Eurostat is still preparing the answer ({said.rstrip('.')}). The last copy is kept; fetch again in some minutes."
    if errors := document.get("error"):
        said = "; ".join(str(error.get("label", error)) for error in errors)
        return f"Eurostat answers with an error ({said.rstrip('.')}). The last copy is kept."
    return ""


def document_of(path: Path) -> dict[str, Any]:
    """The JSON object of an answer. Raises NotJsonStat when it is none: an XML fault, or cut short."""
    content = path.read_bytes()
    if content.lstrip().startswith(b"<"):
        raise NotJsonStat(f"Eurostat answers in XML ({fault(content)}).")
    try:
        document = json.loads(content)
    except ValueError as error:
        raise NotJsonStat("It is not JSON, or was cut short.") from error
    if not isinstance(document, dict):
        raise NotJsonStat("It is not a JSON object.")
    return document


def fault(content: bytes) -> str:
    """What an XML fault says."""
    try:
        said = ElementTree.fromstring(content).findtext(".//faultstring")  # noqa: S314 - read for its words alone
    except ElementTree.ParseError:
        said = None
    return (said or "without a reason").strip().rstrip(".")
