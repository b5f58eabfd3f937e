"""From data/bulk to rows of the tables: only what is social, only from the countries observed, each with its file."""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from etl.projects import cited, cordis_rows, kohesio_rows
from etl.projects.inputs import Inputs, read_inputs
from etl.projects.stored import KOHESIO, ORGANISATIONS, PROJECTS, REGIONS, THEMES, rows_of
from etl.review import PARTICIPANTS
from etl.sources import Source, cordis, kohesio

Rows = dict[str, pd.DataFrame]


def read(bulk: Path, review: Path) -> dict[str, Rows]:
    """Rows of `projects`, `participants` and `sources`, by source; of those only that stand in data/bulk.

    A participant bears the cluster a reviewer has accepted in `review`. BadInput for files that cannot be read.
    """
    came = {kohesio.SOURCE.source_id: from_kohesio(bulk), cordis.SOURCE.source_id: from_cordis(bulk)}
    accepted = PARTICIPANTS.accepted(review)
    return {
        source_id: rows | {"participants": with_clusters(rows["participants"], accepted)}
        for source_id, rows in came.items()
        if rows
    }


def from_kohesio(bulk: Path) -> Rows:
    """The rows of Kohesio."""
    if not (bulk / KOHESIO).is_file():
        return {}
    inputs, found = read_inputs(bulk / KOHESIO), kohesio_rows.social(bulk / KOHESIO)
    projects = kohesio_rows.projects(found, inputs.files, regions(bulk / REGIONS))
    participants = kohesio_rows.participants(found, projects)
    return {"projects": projects, "participants": participants} | cited_by(kohesio.SOURCE, [inputs], projects)


def from_cordis(bulk: Path) -> Rows:
    """The rows of CORDIS."""
    if not all((bulk / name).is_file() for name in (PROJECTS, ORGANISATIONS)):
        return {}
    inputs = [read_inputs(bulk / name) for name in (PROJECTS, ORGANISATIONS)]
    found = cordis_rows.social(bulk / PROJECTS, bulk / THEMES)
    partners = cordis_rows.organisations(found["project_id"], bulk / ORGANISATIONS)
    projects = cordis_rows.projects(found, partners, inputs[0].files)
    rows = cordis_rows.participants(partners, inputs[1].files)
    participants = rows[rows["project_id"].isin(projects["project_id"])]
    cited_rows = cited_by(cordis.SOURCE, inputs, projects, participants)
    return {"projects": projects, "participants": participants} | cited_rows


def regions(path: Path) -> dict[str, str]:
    """Project -> the region of its point; nothing where boundaries were not fetched."""
    if not path.is_file():
        return {}
    rows = rows_of(path)
    return dict(zip(rows["project_id"].to_pylist(), rows["nuts_id"].to_pylist(), strict=True))


def cited_by(source: Source, inputs: Iterable[Inputs], *tables: pd.DataFrame) -> Rows:
    """The rows of `sources` that some rows cite."""
    rows = pd.concat([cited.rows(source, one.files.values()) for one in inputs]).drop_duplicates("source_id")
    used = {source_id for table in tables for source_ids in table["source_ids"] for source_id in source_ids}
    return {"sources": rows[rows["source_id"].isin(used)]}


def with_clusters(participants: pd.DataFrame, accepted: pd.DataFrame) -> pd.DataFrame:
    """Add `cluster_id`, where a reviewer has said which cluster an organisation leads."""
    key = ["project_id", "organisation", "country"]
    known = {
        tuple(row[name] or "" for name in key): row["cluster_id"] for row in accepted.fillna("").to_dict("records")
    }
    rows = participants[key].fillna("").itertuples(index=False, name=None)
    return participants.assign(
        cluster_id=pd.Series([known.get(row) for row in rows], index=participants.index, dtype="str")
    )
