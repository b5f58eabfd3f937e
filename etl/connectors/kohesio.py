"""Kohesio: projects that cohesion policy pays for (ERDF, ESF+, CF, Interreg, JTF), one file per country and period.

The files are large: `etl.bulk.run` takes them through `normalise`, partition by partition. The amounts are in the currency of
the row; only where that is the euro are they given as euros.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path

import httpx
import pandas as pd
import pyarrow as pa

from etl.bulk import cells
from etl.bulk.contract import JOINED, LEFT_OUT, NOTE, Bulk
from etl.connectors.rounds import each
from etl.download import Fetched, NotFetched, Remote, Tell, download
from etl.read import read_csv
from etl.sources import Source

SOURCE = Source(
    source_id="kohesio",
    publisher="European Commission, Directorate-General for Regional and Urban Policy",
    title="Kohesio: projects supported by cohesion policy, 2014-2020 and 2021-2027",
    url="https://kohesio.ec.europa.eu/en/data",
    licence="CC BY 4.0",
    citation="European Commission, Kohesio, project files; each project with its page.",
    updates="Once or twice a year, from the lists of the managing authorities.",
)
HOST = "https://kohesio.ec.europa.eu"
PAGE = Remote(SOURCE.url, Path("kohesio", "page.html"), is_html=True, pause=1.0)
FILE = re.compile(r"data/projects-(\d{4}-\d{4})/(\d{4}-\d{2}-\d{2})/([A-Z]{2})-pp(\d\d-\d\d)-\d{8}\.csv")
PROJECT = HOST + "/en/projects/"
LEAST = 10_000
"""Bytes below which a file is not one of projects."""
WORDS = Path(__file__).with_name("social_words.csv")
WORDS_HEADER = ("language", "where", "words", "why")

NEEDED = (
    "Operation_Unique_Identifier", "Operation_Name_English", "Operation_Name_Programme_Language", "Country",
    "Operation_Start_Date", "Operation_End_Date", "Cofinancing_Rate", "Total_Eligible_Expenditure_amount",
    "Total_Eligible_Expenditure_Currency", "Project_EU_Budget", "Beneficiary_Name", "Fund_Code", "Programme_Name",
    "Programming_Period",
)  # fmt: skip
TAKEN = (
    "CountryCode", "NUTS3_Code", "NUTS2_Code", "NUTS1_Code", "Category_Label", "Policy_Objective_Label",
)  # fmt: skip
WRITTEN = (
    "Operation_Name_English", "Operation_Name_Programme_Language", "Beneficiary_Name", "Programme_Name",
)  # fmt: skip
"""Those that people have written, where line breaks and runs of spaces occur."""
KNOWN = (
    *TAKEN, "Operation_Local_Identifier", "Operation_Summary_English", "Operation_Summary_Programme_Language",
    "Beneficiary_Unique_Identifier", "Beneficiary_Local_Identifier", "Postal_Code", "Category_Of_Intervention",
    "Location_Indicator_latitude_longitude", "Thematic_Objective_ID", "Thematic_Objective_Label", "Policy_Objective_ID",
    "Fund_Name", "Programme_Code", "Region", "NUTS1_Label", "NUTS2_Label", "NUTS3_Label", "LAU_Labels",
    "ManagingAuthority", "Image_URL", "InfoRegio_ID", "InfoRegio_URL",
)  # fmt: skip
SCHEMA = pa.schema(
    [
        pa.field("project_id", pa.string(), nullable=False, metadata={"description_en": "Kohesio's Q identifier."}),
        ("name_en", pa.string()),
        ("name_local", pa.string()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        pa.field("eu_amount", pa.float64(), metadata={"description_en": "Paid by the Union, in `currency`."}),
        pa.field(
            "eu_amount_eur", pa.float64(), metadata={"description_en": "The same; null unless published in euros."}
        ),
        pa.field("total_amount", pa.float64(), metadata={"description_en": "Eligible expenditure, in `currency`."}),
        pa.field("currency", pa.string(), metadata={"description_en": "ISO 4217 code, as published."}),
        pa.field("cofinancing_rate", pa.float64(), metadata={"unit": "percent", "description_en": "As published."}),
        ("beneficiary", pa.string()),
        pa.field("countries", pa.list_(pa.string()), metadata={"vocabulary": "countries"}),
        pa.field("nuts", pa.list_(pa.string()), metadata={"description_en": "Finest NUTS codes published."}),
        pa.field("fund", pa.list_(pa.string()), metadata={"description_en": "ERDF, ESF+..."}),
        ("programme", pa.string()),
        ("period", pa.string()),
        ("category", pa.list_(pa.string())),
        ("objective", pa.list_(pa.string())),
        ("source_url", pa.string()),
        ("source_ids", pa.list_(pa.string())),
        (NOTE, pa.string()),
    ]
)


def wrong(path: Path) -> str:
    """What is wrong with a file of projects: Kohesio answers 200 with a page, or next to nothing, for a file it has not."""
    with path.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype", b"<html")):
        return "is a web page and not the data: Kohesio has no file at this address."
    if path.stat().st_size < LEAST:
        return f"has less than {LEAST:,} bytes: it is not a file of projects."
    return ""


def fetch(raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> list[Fetched]:
    """Bring in the newest file of every country and period that the page of downloads names."""
    page = download(PAGE, raw, http, tell)
    found = newest(page.path.read_text(encoding="utf-8", errors="replace"))
    if not found:
        raise NotFetched(f"{PAGE.url} names no file of projects: its form has changed. The last copies are kept.")
    return each(partial(download, remote, raw, http, tell) for remote in found)


def newest(page: str) -> list[Remote]:
    """The newest file of each country and period among the addresses in a page; their dated paths change."""
    dated: dict[tuple[str, str], tuple[str, str]] = {}
    for match in FILE.finditer(page):
        at = (match[3], match[4])
        dated[at] = max(dated.get(at, ("", "")), (match[2], match[0]))
    return [
        Remote(
            f"{HOST}/api/data/object?id={file}", Path("kohesio", f"{country}-pp{period}.csv"), check=wrong, pause=1.0
        )
        for (country, period), (_, file) in sorted(dated.items())
    ]


def normalise(partition: pd.DataFrame) -> pd.DataFrame:
    """Cells of project files as text (NEEDED and TAKEN) -> one row per row: SCHEMA, its lists as joined text, and LEFT_OUT."""
    theirs = {name: (cells.text if name in WRITTEN else cells.bare)(partition[name]) for name in NEEDED + TAKEN}
    project = identifier(theirs["Operation_Unique_Identifier"])
    where = theirs["CountryCode"].fillna(theirs["Country"])
    read: dict[str, tuple[pd.Series, Callable[[pd.Series], pd.Series]]] = {
        "start_date": (theirs["Operation_Start_Date"], partial(cells.day, pattern="%d/%m/%Y")),
        "end_date": (theirs["Operation_End_Date"], partial(cells.day, pattern="%d/%m/%Y")),
        "eu_amount": (theirs["Project_EU_Budget"], cells.amount),
        "total_amount": (theirs["Total_Eligible_Expenditure_amount"], cells.amount),
        "cofinancing_rate": (theirs["Cofinancing_Rate"], cells.amount),
        "countries": (where, partial(cells.mapped, read=cells.countries)),
    }
    values = {name: reader(published) for name, (published, reader) in read.items()}
    currency = theirs["Total_Eligible_Expenditure_Currency"]
    return pd.DataFrame(
        values
        | {
            "project_id": project,
            "name_en": theirs["Operation_Name_English"],
            "name_local": theirs["Operation_Name_Programme_Language"],
            "eu_amount_eur": values["eu_amount"].where(currency == "EUR"),
            "currency": currency,
            "beneficiary": theirs["Beneficiary_Name"],
            "nuts": theirs["NUTS3_Code"].fillna(theirs["NUTS2_Code"]).fillna(theirs["NUTS1_Code"]),
            "fund": theirs["Fund_Code"],
            "programme": theirs["Programme_Name"],
            "period": theirs["Programming_Period"],
            "category": theirs["Category_Label"],
            "objective": theirs["Policy_Objective_Label"],
            "source_url": PROJECT + project,
            "source_ids": SOURCE.source_id,
            NOTE: cells.notes(partition.index, {name: (read[name][0], values[name]) for name in read}),
            LEFT_OUT: left_out(project, theirs),
        },
        index=partition.index,
    )


def identifier(addresses: pd.Series) -> pd.Series:
    """https://linkedopendata.eu/entity/Q7 -> Q7; null for what is not such an address."""
    is_entity = addresses.fillna("").str.contains(r"/Q\d+$", regex=True)
    return addresses.where(is_entity).str.replace(r"^.*/", "", regex=True)


def left_out(project: pd.Series, theirs: dict[str, pd.Series]) -> pd.Series:
    """Why a row is not taken; null when it is."""
    nameless = theirs["Operation_Name_English"].isna() & theirs["Operation_Name_Programme_Language"].isna()
    reason = pd.Series(None, index=project.index, dtype="str").mask(nameless, "has no name in any language")
    return reason.mask(project.isna(), "has no identifier of Kohesio")


def is_social(projects: pd.DataFrame) -> pd.Series:
    """Which projects (rows of SCHEMA) are about social innovation or the social economy: by their category, or by words of
    their name in the language of the programme or in English. What a summary says is not looked at."""
    named = projects["name_en"].fillna("") + "\n" + projects["name_local"].fillna("")
    named = named.astype("str")
    category = projects["category"].map(joined).astype("str")
    return category.str.contains(pattern("category"), regex=True) | named.str.contains(pattern("name"), regex=True)


def joined(items: object) -> str:
    """A list as one text; text as it is, null as none."""
    if isinstance(items, str):
        return items
    return JOINED.join(items) if isinstance(items, Iterable) else ""


@cache
def pattern(where: str) -> str:
    """The reviewed words that are looked for in `where` (category, name), whatever their case, at the start of a word."""
    rows = read_csv(WORDS, WORDS_HEADER)
    words: list[str] = rows.loc[rows["where"] == where, "words"].tolist()
    return r"(?i)(?:^|[^\pL])(?:" + "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in words) + ")"


PROJECTS = Bulk(
    name="kohesio",
    normalise=normalise,
    schema=SCHEMA,
    key="project_id",
    needed=NEEDED,
    known=KNOWN,
    taken=TAKEN,
    same=("eu_amount", "total_amount", "currency"),
    wrong=wrong,
)
