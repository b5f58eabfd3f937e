"""The list of enterprises of the French social economy (ESS France, 1.3 million rows): which SIREN numbers stand in it.

Only that number is read of a row. `etl.projects.derived` normalises the file; `with_flags` looks numbers up in what comes of it.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.bulk import cells
from etl.bulk.contract import FILE, LEFT_OUT, NOTE, Bulk
from etl.download import Fetched, Remote, Tell, download
from etl.projects.inputs import read_inputs
from etl.projects.stored import COMPANIES as STORED
from etl.projects.stored import rows_of
from etl.sources import Source

SOURCE = Source(
    source_id="ess-companies",
    publisher="ESS France",
    title="List of the enterprises of the social economy",
    title_fr="Liste des entreprises de l’ESS",
    url="https://www.data.gouv.fr/datasets/liste-des-entreprises-de-less/",
    licence="Licence Ouverte 2.0",
    citation="ESS France, Liste des entreprises de l’ESS, data.gouv.fr.",
    updates="Now and then: once or twice a year.",
    every_days=90,
)
ADDRESS = "https://www.data.gouv.fr/api/1/datasets"
SLUG = "liste-des-entreprises-de-less"
FOLDER = Path(SOURCE.source_id)
LIST = FOLDER / "entreprisesess.csv"
SCHEMA = pa.schema(
    [pa.field("siren", pa.string(), nullable=False), ("files", pa.list_(pa.string())), (NOTE, pa.string())]
)


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Bring in the page of the dataset and the list that it names. Raises NotFetched."""
    page = download(Remote(f"{ADDRESS}/{SLUG}/", FOLDER / "dataset.json", check=wrong_page), raw, http, tell)
    newest = lists(page.path)[-1]
    return [page, download(Remote(f"{ADDRESS}/r/{newest['id']}", LIST, check=wrong), raw, http, tell)]


def wrong_page(path: Path) -> str:
    """What is wrong with the page of the dataset, in one sentence; '' when it names a list."""
    try:
        found = lists(path)
    except (ValueError, KeyError, TypeError, AttributeError):
        return "the answer is not the page of a dataset, or was cut short. The last copy is kept."
    return "" if found else "the dataset has no CSV file any more. The last copy is kept."


def lists(path: Path) -> list[dict[str, Any]]:
    """The CSV files of the dataset, the last changed last."""
    found = [one for one in json.loads(path.read_bytes())["resources"] if one["url"].casefold().endswith(".csv")]
    return sorted(found, key=lambda one: str(one.get("last_modified") or ""))


def wrong(path: Path) -> str:
    """What is wrong with the list, in one sentence; '' when it has the column of SIREN numbers."""
    with path.open("rb") as file:
        header = next(csv.reader([file.readline().decode("utf-8-sig", errors="replace")]), [])
    return (
        ""
        if "SIREN" in header
        else "the list has no column SIREN, or is not separated by commas: its form has changed."
    )


def normalise(partition: pd.DataFrame) -> pd.DataFrame:
    """Cells of the list as text -> one row per row: SCHEMA and LEFT_OUT. Zeros that a spreadsheet has cut off are put back."""
    published = cells.bare(partition["SIREN"]).str.replace(" ", "", regex=False)
    is_number = published.fillna("").str.fullmatch(r"\d{7,9}")
    nothing = pd.Series(None, index=partition.index, dtype="str")
    reason = nothing.mask(~is_number, "has no SIREN number")
    return pd.DataFrame(
        {"siren": published.str.zfill(9), "files": partition[FILE], NOTE: nothing, LEFT_OUT: reason},
        index=partition.index,
    )


COMPANIES = Bulk(name="ess companies", normalise=normalise, schema=SCHEMA, key="siren", needed=("SIREN",), wrong=wrong)


def with_flags(rows: Mapping[str, pd.DataFrame], bulk: Path) -> dict[str, pd.DataFrame]:
    """Rows by table in which the `organisations` of which nothing is known are of the social economy where the list holds them, and
    cite it. Not to be in the list says nothing."""
    organisations = rows["organisations"]
    is_open = organisations["social_economy"].isna()
    found = listed(organisations.loc[is_open, "siren"], bulk / STORED)
    is_listed = is_open & organisations["siren"].isin(found)
    if not is_listed.any():
        return dict(rows)
    source = cite(bulk / STORED)
    cited = [
        ids + [source["source_id"]] * told for ids, told in zip(organisations["source_ids"], is_listed, strict=True)
    ]
    flagged = organisations.assign(
        social_economy=organisations["social_economy"].mask(is_listed, "yes"),
        source_ids=pd.Series(cited, index=organisations.index, dtype="object"),
    )
    return dict(rows) | {"organisations": flagged, "sources": pd.concat([rows["sources"], pd.DataFrame([source])])}


def listed(sirens: Iterable[str], path: Path) -> set[str]:
    """Those of some SIREN numbers that stand in the list; none where it was not fetched."""
    asked = pa.array(list(sirens), pa.string())
    if not len(asked) or not path.is_file():
        return set()
    return set(rows_of(path, pc.field("siren").isin(asked), ["siren"])["siren"].to_pylist())


def cite(path: Path) -> dict[str, str]:
    """The list as a row of `sources`; the quote is its first line, as received."""
    [file] = read_inputs(path).files.values()
    day = file.changed_on or file.fetched_on
    return {
        "source_id": f"{SOURCE.source_id}-{day}",
        "title": f"Liste des entreprises de l’ESS, file of {day}",
        "publisher": SOURCE.publisher,
        "url": SOURCE.url,
        "published": day,
        "quote": file.first_line,
        "language": "fr",
    }
