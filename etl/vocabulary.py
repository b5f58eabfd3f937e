"""Vocabularies: one CSV per vocabulary, read into one table; what the codes of every other table are checked against."""

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl import cells
from etl.faults import gather
from etl.normalise import parse
from etl.read import read_csv

HEADER = ("code", "label_en", "label_fr", "description_en", "description_fr", "colour", "colour_dark", "order")
READERS = dict.fromkeys(HEADER, cells.text) | {"order": cells.integer}


@dataclass(frozen=True)
class Codes:
    """The vocabulary table, looked up."""

    table: pd.DataFrame

    def labels(self, names: tuple[str, ...]) -> dict[str, list[str]]:
        """Code -> its labels, for the vocabularies `names` together."""
        rows = self.table[self.table["vocabulary"].isin(names)]
        return {row.code: [row.label_en, row.label_fr] for row in rows.itertuples()}

    def properties(self, name: str) -> pd.DataFrame:
        """The extra columns of one vocabulary, as text, by code."""
        rows = self.table[self.table["vocabulary"] == name]
        return pd.DataFrame([json.loads(cell) for cell in rows["properties"]], index=rows["code"], dtype="str")


def read(folder: Path) -> Codes:
    """Read every vocabulary in `folder`; BadInput with the faults of all of them."""
    tables = gather(lambda path=path: read_one(path) for path in sorted(folder.glob("*.csv")))
    return Codes(pd.concat(tables, ignore_index=True))


def read_one(path: Path) -> pd.DataFrame:
    """One vocabulary as rows of the vocabulary table; its columns beyond HEADER go to `properties` as JSON."""
    raw = read_csv(path, HEADER, more_columns=True)
    extra = [name for name in raw.columns if name not in HEADER]
    properties = [json.dumps({k: v for k, v in row.items() if v}, ensure_ascii=False) for row in raw[extra].to_dict("records")]
    return (
        parse(raw[list(HEADER)], READERS, required=("code", "label_en", "label_fr", "order"), unique="code")
        .reset_index(drop=True)
        .assign(vocabulary=path.stem, properties=properties)
        .loc[:, ["vocabulary", *HEADER, "properties"]]
    )
