"""The file in which a human says yes or no to proposed points: `decision` is empty, yes or no; `why` is theirs to write."""

from pathlib import Path

import pandas as pd

from etl import cells
from etl.cells import BadCell
from etl.connectors.geocoding import COLUMNS
from etl.faults import BadInput, Fault
from etl.normalise import parse
from etl.read import read_csv

ANSWERS = ("yes", "no")
HEADER = [*COLUMNS, "decision", "why"]
KEY = ["cluster_id", "query", "origin", "latitude", "longitude"]
"""What makes two proposals one."""


def write(proposals: pd.DataFrame, path: Path) -> int:
    """Put `proposals` in the review file, what humans wrote there kept. Returns how many wait for a decision.

    A proposal with a decision or a reason stays though it is made no more; one without, goes. BadInput when the file cannot be
    read: it is a human's, and is left as it is.
    """
    before = answered(path) if path.is_file() else pd.DataFrame(columns=HEADER, dtype="str")
    new = proposals.map(as_text).reindex(columns=HEADER, fill_value="")
    touched = before[(before["decision"] != "") | (before["why"] != "")]
    rows = pd.concat([touched, new]).drop_duplicates(KEY).sort_values("cluster_id", kind="stable")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    rows.to_csv(beside, index=False)
    beside.replace(path)
    return int((rows["decision"] == "").sum())


def as_text(value: object) -> str:
    """A cell as it is written; null is empty."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def answered(path: Path) -> pd.DataFrame:
    """The review file as text, index (file, line). BadInput for decisions that are none, or two yes for one row."""
    rows = read_csv(path, HEADER, may_be_empty=True)
    wrong = rows[~rows["decision"].isin(["", *ANSWERS])]
    accepted = rows[rows["decision"] == "yes"]
    twice = accepted[accepted["cluster_id"].duplicated()]
    faults = [
        Fault.at(at, "decision", cell, "is not a decision", "Write yes or no, or leave it empty")
        for at, cell in wrong["decision"].items()
    ]
    faults += [
        Fault.at(at, "decision", cluster, "has two points that were said yes to", "Keep one yes")
        for at, cluster in twice["cluster_id"].items()
    ]
    if faults:
        raise BadInput(faults)
    return rows


def accepted(path: Path) -> pd.DataFrame:
    """The points said yes to: cluster_id, latitude, longitude (EPSG:4326), coordinate_precision, coordinate_origin.

    No rows without a file. BadInput when it cannot be read.
    """
    readers = {
        "cluster_id": cells.text,
        "latitude": cells.number,
        "longitude": cells.number,
        "coordinate_precision": precision,
        "origin": cells.text,
    }
    if not path.is_file():
        return pd.DataFrame(columns=list(readers)).rename(columns={"origin": "coordinate_origin"})
    rows = answered(path)
    said_yes = parse(rows[rows["decision"] == "yes"], readers, required=list(readers))
    return said_yes.rename(columns={"origin": "coordinate_origin"}).reset_index(drop=True)


def precision(cell: str) -> str:
    """A reader of what a proposed point stands for."""
    if cell not in ("site", "commune"):
        raise BadCell("is not what a point can stand for", "Write site or commune")
    return cell
