"""The files of a CORDIS zip as `etl.bulk.run` takes them: projects, the organisations in them, and their themes.

People who take part in their own name are left out, and counted.
"""

from collections.abc import Callable
from functools import partial

import pandas as pd
import pyarrow as pa

from etl.bulk import cells
from etl.bulk.contract import FILE, LEFT_OUT, NOTE, Bulk

PAGE = "https://cordis.europa.eu/project/id/"
PERSON = "is a natural person: neither an activity nor an address is published"
Readings = dict[str, tuple[pd.Series, Callable[[pd.Series], pd.Series]]]

ORGANISATION_COLUMNS = (
    "projectID", "projectAcronym", "organisationID", "vatNumber", "name", "shortName", "SME", "activityType", "street",
    "postCode", "city", "country", "nutsCode", "geolocation", "organizationURL", "contactForm", "contentUpdateDate", "rcn",
    "order", "role", "ecContribution", "netEcContribution", "totalCost", "endOfParticipation", "active",
)  # fmt: skip
"""The 25 columns of organization.csv."""
ORGANISATION_NEEDED = (
    "projectID", "organisationID", "name", "activityType", "street", "postCode", "city", "country", "nutsCode", "order",
    "role", "ecContribution", "netEcContribution", "totalCost",
)  # fmt: skip
ORGANISATION_SCHEMA = pa.schema(
    [
        pa.field(
            "participation_id",
            pa.string(),
            nullable=False,
            metadata={"description_en": "Project, organisation, order."},
        ),
        ("project_id", pa.string()),
        ("organisation_id", pa.string()),
        ("name", pa.string()),
        ("activity", pa.string()),
        ("place", pa.string()),
        pa.field("countries", pa.list_(pa.string()), metadata={"vocabulary": "countries"}),
        ("nuts", pa.string()),
        ("role", pa.string()),
        pa.field("eu_amount_eur", pa.float64(), metadata={"description_en": "Contribution of the Union to it."}),
        pa.field(
            "net_eu_amount_eur", pa.float64(), metadata={"description_en": "Less what it passes on to third parties."}
        ),
        ("total_cost_eur", pa.float64()),
        ("source_url", pa.string()),
        ("files", pa.list_(pa.string())),
        (NOTE, pa.string()),
    ]
)
PROJECT_NEEDED = (
    "id", "acronym", "title", "startDate", "endDate", "totalCost", "ecMaxContribution", "frameworkProgramme", "objective",
)  # fmt: skip
PROJECT_KNOWN = (
    "status", "legalBasis", "topics", "ecSignatureDate", "masterCall", "subCall", "fundingScheme", "nature",
    "contentUpdateDate", "rcn", "grantDoi", "keywords",
)  # fmt: skip
PROJECT_SCHEMA = pa.schema(
    [
        pa.field("project_id", pa.string(), nullable=False),
        ("acronym", pa.string()),
        ("name_en", pa.string()),
        ("objective", pa.string()),
        ("start_date", pa.date32()),
        ("end_date", pa.date32()),
        ("eu_amount_eur", pa.float64()),
        ("total_cost_eur", pa.float64()),
        ("programme", pa.string()),
        pa.field("topics", pa.list_(pa.string())),
        ("source_url", pa.string()),
        ("files", pa.list_(pa.string())),
        (NOTE, pa.string()),
    ]
)
THEME_NEEDED = ("projectID", "euroSciVocPath")
THEME_SCHEMA = pa.schema(
    [
        pa.field("project_id", pa.string(), nullable=False),
        pa.field("themes", pa.list_(pa.string()), metadata={"description_en": "Paths of EuroSciVoc, as published."}),
        (NOTE, pa.string()),
    ]
)


def normalise_organisations(partition: pd.DataFrame) -> pd.DataFrame:
    """Cells of organization.csv as text -> one row per row: ORGANISATION_SCHEMA, its lists as joined text, and LEFT_OUT."""
    theirs = {name: cells.text(partition[name]) for name in ORGANISATION_NEEDED}
    read: Readings = {
        "eu_amount_eur": (theirs["ecContribution"], decimal),
        "net_eu_amount_eur": (theirs["netEcContribution"], decimal),
        "total_cost_eur": (theirs["totalCost"], decimal),
        "countries": (theirs["country"], partial(cells.mapped, read=cells.countries)),
    }
    values = {name: reader(published) for name, (published, reader) in read.items()}
    identified = theirs["projectID"].notna() & theirs["organisationID"].notna()
    places = [theirs[name] for name in ("activityType", "street", "postCode", "city")]
    is_person = pd.concat([place.isna() for place in places], axis=1).all(axis=1)
    reason = pd.Series(None, index=partition.index, dtype="str").mask(is_person, PERSON)
    return pd.DataFrame(
        values
        | {
            "participation_id": theirs["projectID"] + "-" + theirs["organisationID"] + "-" + theirs["order"].fillna(""),
            "project_id": theirs["projectID"],
            "organisation_id": theirs["organisationID"],
            "name": theirs["name"],
            "activity": theirs["activityType"],
            "place": theirs["city"],
            "nuts": theirs["nutsCode"],
            "role": theirs["role"],
            "source_url": PAGE + theirs["projectID"],
            "files": partition[FILE],
            NOTE: cells.notes(partition.index, {name: (read[name][0], values[name]) for name in read}),
            LEFT_OUT: reason.mask(~identified, "has no identifier of a project or an organisation"),
        },
        index=partition.index,
    )


def normalise_projects(partition: pd.DataFrame) -> pd.DataFrame:
    """Cells of project.csv as text -> one row per row: PROJECT_SCHEMA, its lists as joined text, and LEFT_OUT."""
    theirs = {name: cells.text(partition[name]) for name in (*PROJECT_NEEDED, "topics")}
    read: Readings = {
        "start_date": (theirs["startDate"], partial(cells.day, pattern="%Y-%m-%d")),
        "end_date": (theirs["endDate"], partial(cells.day, pattern="%Y-%m-%d")),
        "eu_amount_eur": (theirs["ecMaxContribution"], decimal),
        "total_cost_eur": (theirs["totalCost"], decimal),
    }
    values = {name: reader(published) for name, (published, reader) in read.items()}
    numbered = theirs["id"].fillna("").str.fullmatch(r"\d+")
    reason = pd.Series(None, index=partition.index, dtype="str").mask(~numbered, "has no number of a project")
    return pd.DataFrame(
        values
        | {
            "project_id": theirs["id"],
            "acronym": theirs["acronym"],
            "name_en": unquoted(theirs["title"]),
            "objective": unquoted(theirs["objective"]),
            "programme": theirs["frameworkProgramme"],
            "topics": theirs["topics"],
            "source_url": PAGE + theirs["id"],
            "files": partition[FILE],
            NOTE: cells.notes(partition.index, {name: (read[name][0], values[name]) for name in read}),
            LEFT_OUT: reason,
        },
        index=partition.index,
    )


def normalise_themes(partition: pd.DataFrame) -> pd.DataFrame:
    """Cells of euroSciVoc.csv as text -> one row per row: THEME_SCHEMA, its lists as joined text, and LEFT_OUT."""
    theirs = {name: cells.text(partition[name]) for name in THEME_NEEDED}
    lacks = theirs["projectID"].isna() | theirs["euroSciVocPath"].isna()
    nothing = pd.Series(None, index=partition.index, dtype="str")
    return pd.DataFrame(
        {
            "project_id": theirs["projectID"],
            "themes": theirs["euroSciVocPath"],
            NOTE: nothing,
            LEFT_OUT: nothing.mask(lacks, "has no number of a project or no theme"),
        },
        index=partition.index,
    )


def decimal(published: pd.Series) -> pd.Series:
    """Amounts of CORDIS: a decimal point in some columns and years, a decimal comma in others, never a mark of thousands."""
    return cells.amount(published.str.replace(",", ".", regex=False))


def unquoted(published: pd.Series) -> pd.Series:
    """Text that opens with a doubled quote comes with its other quotes doubled, and one too many at its end: mended."""
    doubled = published.str.contains('""', regex=False).fillna(False).astype("bool")
    mended = published.str.replace('""', '"', regex=False)
    odd = (mended.str.count('"') % 2 == 1) & mended.str.endswith('"')
    return published.where(~doubled, mended.where(~odd, '"' + mended))


ORGANISATIONS = Bulk(
    name="cordis organisations",
    normalise=normalise_organisations,
    schema=ORGANISATION_SCHEMA,
    key="participation_id",
    needed=ORGANISATION_NEEDED,
    known=tuple(name for name in ORGANISATION_COLUMNS if name not in ORGANISATION_NEEDED),
    same=("eu_amount_eur", "total_cost_eur", "role"),
    delimiter=";",
)
PROJECTS = Bulk(
    name="cordis projects",
    normalise=normalise_projects,
    schema=PROJECT_SCHEMA,
    key="project_id",
    needed=PROJECT_NEEDED,
    known=PROJECT_KNOWN,
    taken=("topics",),
    same=("eu_amount_eur", "total_cost_eur"),
    delimiter=";",
)
THEMES = Bulk(
    name="cordis themes",
    normalise=normalise_themes,
    schema=THEME_SCHEMA,
    key="project_id",
    needed=THEME_NEEDED,
    known=("euroSciVocCode", "euroSciVocTitle", "euroSciVocDescription"),
    delimiter=";",
)
