"""Vocabularies: one CSV each, read into one table; what the codes of every other table are read with."""

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd

from etl import cells
from etl.faults import gather
from etl.normalise import parse
from etl.read import bad_file, read_csv

HEADER = ("code", "label_en", "label_fr", "description_en", "description_fr", "colour", "colour_dark", "order")
FRENCH = ("label_fr", "description_fr")
READERS = dict.fromkeys(HEADER, cells.text) | dict.fromkeys(FRENCH, cells.french) | {"order": cells.integer}
REQUIRED = ("code", "label_en", "label_fr", "order")


@dataclass(frozen=True)
class Codes:
    """The vocabulary table, and how to look things up in it."""

    table: pd.DataFrame

    def labels(self, names: tuple[str, ...]) -> dict[str, list[str]]:
        """Code -> its labels in English and French, for the vocabularies `names` together."""
        rows = self.table[self.table["vocabulary"].isin(names)]
        labels = zip(rows["label_en"], rows["label_fr"], strict=True)
        return {code: list(pair) for code, pair in zip(rows["code"], labels, strict=True)}

    def properties(self, name: str) -> pd.DataFrame:
        """The extra columns of one vocabulary, as text, by code."""
        rows = self.table[self.table["vocabulary"] == name]
        return pd.DataFrame([json.loads(cell) for cell in rows["properties"]], index=rows["code"], dtype="str")


def read(folder: Path) -> Codes:
    """Read every vocabulary in `folder`; BadInput with the faults of all of them."""
    paths = sorted(folder.glob("*.csv"))
    if not paths:
        raise bad_file(folder, "holds no vocabulary", "Give the folder the vocabularies are in")
    return Codes(pd.concat(gather(partial(read_one, path) for path in paths), ignore_index=True))


def read_one(path: Path) -> pd.DataFrame:
    """One vocabulary as rows of the vocabulary table; its columns beyond HEADER go to `properties`, as JSON."""
    raw = read_csv(path, HEADER, is_open=True)
    extra = raw.drop(columns=list(HEADER)).to_dict("records")
    properties = [json.dumps({name: cell for name, cell in row.items() if cell}, ensure_ascii=False) for row in extra]
    rows = parse(raw[list(HEADER)], READERS, required=REQUIRED, unique="code")
    return rows.assign(vocabulary=path.stem, properties=properties)
