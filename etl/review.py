"""The files in which a human says yes or no to what was proposed: `decision` is empty, yes or no; `why` is theirs to write."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl import cells
from etl.cells import BadCell, Reader
from etl.faults import BadInput, Fault
from etl.normalise import parse
from etl.read import read_csv

ANSWERS = ("yes", "no")


def precision(cell: str) -> str:
    """A reader of what a proposed point stands for."""
    if cell not in ("site", "commune"):
        raise BadCell("is not what a point can stand for", "Write site or commune")
    return cell


@dataclass(frozen=True, eq=False)
class Review:
    """One kind of proposals, and the file of the folder of reviews in which they are decided."""

    file: str
    columns: tuple[str, ...]
    """What a proposal says, before decision and why."""
    key: tuple[str, ...]
    """What makes two proposals one."""
    once: tuple[str, ...]
    """Among the rows alike in these columns one yes is allowed; the file is sorted by them."""
    things: str
    """What two yes would give one of them: points, organisations, clusters."""
    taken: Mapping[str, Reader]
    """The columns of an accepted proposal, and how each is read."""
    may_be_blank: Collection[str] = ()

    @property
    def header(self) -> list[str]:
        """The columns of the file."""
        return [*self.columns, "decision", "why"]

    def write(self, proposals: pd.DataFrame, folder: Path) -> int:
        """Put `proposals` in the review file, what humans wrote there kept. Returns how many are `waiting`.

        A proposal with a decision or a reason stays though it is made no more; one without, goes. BadInput when the file
        cannot be read: it is a human's, and is left as it is.
        """
        path, new = folder / self.file, proposals.map(as_text).reindex(columns=self.header, fill_value="")
        before = self.answered(folder) if path.is_file() else new.head(0)
        touched = before[(before["decision"] != "") | (before["why"] != "")]
        rows = pd.concat([touched, new]).drop_duplicates(list(self.key)).sort_values(list(self.once), kind="stable")
        if rows.empty and not path.is_file():
            return 0
        folder.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(path.name + ".new")
        rows.to_csv(beside, index=False)
        beside.replace(path)
        return self.waiting(folder)

    def waiting(self, folder: Path) -> int:
        """How many proposals wait for a decision, those beside a yes left out; none without a file. BadInput as `answered`."""
        if not (folder / self.file).is_file():
            return 0
        rows = self.answered(folder)
        is_settled = (rows["decision"] == "yes").groupby([rows[name] for name in self.once]).transform("any")
        return int((~is_settled & (rows["decision"] == "")).sum())

    def answered(self, folder: Path) -> pd.DataFrame:
        """The review file as text, index (file, line). BadInput for decisions that are none, or a yes too many."""
        rows = read_csv(folder / self.file, self.header, may_be_empty=True)
        if faults := [*self.no_decisions(rows), *self.yes_too_many(rows)]:
            raise BadInput(faults)
        return rows

    def no_decisions(self, rows: pd.DataFrame) -> list[Fault]:
        """A fault per decision that is none."""
        wrong = rows.loc[~rows["decision"].isin(["", *ANSWERS]), "decision"]
        problem, remedy = "is not a decision", "Write yes or no, or leave it empty"
        return [Fault.at(at, "decision", cell, problem, remedy) for at, cell in wrong.items()]

    def yes_too_many(self, rows: pd.DataFrame) -> list[Fault]:
        """A fault per yes to what has one already."""
        accepted = rows.loc[rows["decision"] == "yes", list(self.once)]
        twice = accepted[accepted.duplicated()].itertuples(name=None)
        problem, remedy = f"has two {self.things} that were said yes to", "Keep one yes"
        return [Fault.at(at, "decision", ", ".join(filter(None, one)), problem, remedy) for at, *one in twice]

    def accepted(self, folder: Path) -> pd.DataFrame:
        """The proposals said yes to, in the columns `taken`, typed. No rows without a file; BadInput when it cannot be read."""
        if not (folder / self.file).is_file():
            return pd.DataFrame(columns=list(self.taken))
        rows = self.answered(folder)
        required = set(self.taken) - set(self.may_be_blank)
        return parse(rows[rows["decision"] == "yes"], self.taken, required=required).reset_index(drop=True)


def as_text(value: object) -> str:
    """A cell as it is written; null is empty."""
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


POINTS = Review(
    file="points.csv",
    columns=(
        "cluster_id", "name", "place", "region", "country", "query", "found", "latitude", "longitude",
        "coordinate_precision", "score", "coordinate_origin", "doubt",
    ),
    key=("cluster_id", "query", "coordinate_origin", "latitude", "longitude"),
    once=("cluster_id",),
    things="points",
    taken={
        "cluster_id": cells.text,
        "latitude": cells.number,
        "longitude": cells.number,
        "coordinate_precision": precision,
        "coordinate_origin": cells.text,
    },
)  # fmt: skip
"""Points (EPSG:4326) for clusters that have none."""
ORGANISATIONS = Review(
    file="organisations.csv",
    columns=(
        "cluster_id", "cluster", "lead_organisation", "place", "region", "siren", "found", "legal_form", "commune",
        "department", "score", "doubt",
    ),
    key=("cluster_id", "siren"),
    once=("cluster_id",),
    things="organisations",
    taken={"cluster_id": cells.text, "siren": cells.pattern(r"\d{9}")},
)  # fmt: skip
"""Lead organisations of French clusters, as the register of enterprises knows them."""
PARTICIPANTS = Review(
    file="participants.csv",
    columns=(
        "project_id", "organisation", "country", "cluster_id", "cluster", "lead_organisation", "score", "doubt",
    ),
    key=("project_id", "organisation", "country", "cluster_id"),
    once=("project_id", "organisation", "country"),
    things="clusters",
    taken=dict.fromkeys(("project_id", "organisation", "country", "cluster_id"), cells.text),
    may_be_blank=("country",),
)  # fmt: skip
"""Clusters led by participants of projects of the Union: one cluster per participant, many participants per cluster."""
