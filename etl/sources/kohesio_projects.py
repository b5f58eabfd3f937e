"""The project files of Kohesio as `etl.bulk.run` takes them: their columns, ours, and how one becomes the other.

The amounts are in the currency of the row; only where that is the euro are they given as euros.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd
import pyarrow as pa

from etl.bulk import cells
from etl.bulk.contract import FILE, LEFT_OUT, NOTE, Bulk
from etl.sources.kohesio import HOST, wrong

PROJECT = HOST + "/en/projects/"
NEEDED = (
    "Operation_Unique_Identifier", "Operation_Name_English", "Operation_Name_Programme_Language", "Country",
    "Operation_Start_Date", "Operation_End_Date", "Cofinancing_Rate", "Total_Eligible_Expenditure_amount",
    "Total_Eligible_Expenditure_Currency", "Project_EU_Budget", "Beneficiary_Name", "Fund_Code", "Programme_Name",
    "Programming_Period",
)  # fmt: skip
TAKEN = (
    "CountryCode", "NUTS3_Code", "NUTS2_Code", "NUTS1_Code", "Category_Label", "Policy_Objective_Label",
    "Location_Indicator_latitude_longitude",
)  # fmt: skip
WRITTEN = (
    "Operation_Name_English", "Operation_Name_Programme_Language", "Beneficiary_Name", "Programme_Name",
)  # fmt: skip
"""Those that people have written, where line breaks and runs of spaces occur."""
KNOWN = (
    *TAKEN, "Operation_Local_Identifier", "Operation_Summary_English", "Operation_Summary_Programme_Language",
    "Beneficiary_Unique_Identifier", "Beneficiary_Local_Identifier", "Postal_Code", "Category_Of_Intervention",
    "Thematic_Objective_ID", "Thematic_Objective_Label", "Policy_Objective_ID", "Fund_Name", "Programme_Code", "Region",
    "NUTS1_Label", "NUTS2_Label", "NUTS3_Label", "LAU_Labels", "ManagingAuthority", "Image_URL", "InfoRegio_ID",
    "InfoRegio_URL",
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
        ("beneficiaries", pa.list_(pa.string())),
        pa.field("countries", pa.list_(pa.string()), metadata={"vocabulary": "countries"}),
        pa.field("nuts", pa.list_(pa.string()), metadata={"description_en": "Finest NUTS codes published."}),
        pa.field("points", pa.list_(pa.string()), metadata={"description_en": "Latitude,longitude, as published."}),
        pa.field("fund", pa.list_(pa.string()), metadata={"description_en": "ERDF, ESF+..."}),
        ("programme", pa.string()),
        ("period", pa.string()),
        ("category", pa.list_(pa.string())),
        ("objective", pa.list_(pa.string())),
        ("source_url", pa.string()),
        pa.field("files", pa.list_(pa.string()), metadata={"description_en": "Raw files it stands in."}),
        (NOTE, pa.string()),
    ]
)


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
            "beneficiaries": theirs["Beneficiary_Name"],
            "nuts": theirs["NUTS3_Code"].fillna(theirs["NUTS2_Code"]).fillna(theirs["NUTS1_Code"]),
            "points": theirs["Location_Indicator_latitude_longitude"],
            "fund": theirs["Fund_Code"],
            "programme": theirs["Programme_Name"],
            "period": theirs["Programming_Period"],
            "category": theirs["Category_Label"],
            "objective": theirs["Policy_Objective_Label"],
            "source_url": PROJECT + project,
            "files": partition[FILE],
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
