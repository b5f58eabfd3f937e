"""JSON-stat 2.0 datasets as tidy tables: https://json-stat.org/full/. Pure: a parsed document in, rows out.

A cell without a value is left out, never zero. Values and flags come as arrays, as objects keyed by cell number, or (flags)
as one text for all cells.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

Document = Mapping[str, Any]
Cells = pd.Series  # of anything, by cell number


class NotJsonStat(ValueError):
    """What makes a document no JSON-stat 2.0 dataset, in one sentence."""


def observations(document: Document) -> pd.DataFrame:
    """One row per cell that has a value: the code of each dimension (text), `value` (float), `status` (flag, null if none).

    Rows are in the order of the cells: the last dimension turns fastest. Raises NotJsonStat.
    """
    codes = {name: list(categories(document, name)) for name in dimensions(document)}
    size = int(np.prod([len(each) for each in codes.values()], dtype="int64"))
    values = _numbers(_cells(document.get("value"), size, "value"))
    flags = _cells(document.get("status"), size, "status").reindex(values.index)
    places = np.unravel_index(values.index.to_numpy(dtype="int64"), [len(each) for each in codes.values()])
    columns = {name: np.array(codes[name], dtype="object")[at] for name, at in zip(codes, places, strict=True)}
    rows = pd.DataFrame(columns, dtype="str")
    return rows.assign(value=values.to_numpy(), status=flags.astype("str").to_numpy())


def dimensions(document: Document) -> list[str]:
    """The identifiers of the dimensions, in order. Raises NotJsonStat when `id`, `size` and `dimension` do not agree."""
    if document.get("class", "dataset") != "dataset" or not str(document.get("version", "")).startswith("2"):
        raise NotJsonStat("It is not a JSON-stat 2.0 dataset (version 2.0, class dataset).")
    names, sizes, described = document.get("id"), document.get("size"), document.get("dimension")
    if not (isinstance(names, list) and isinstance(sizes, list) and isinstance(described, dict) and names):
        raise NotJsonStat("It lacks id, size or dimension.")
    if missing := [name for name in names if name not in described]:
        raise NotJsonStat(f"It names dimensions that it does not describe: {', '.join(missing)}.")
    counted = [len(categories(document, name)) for name in names]
    if counted != sizes:
        raise NotJsonStat(f"Its dimensions hold {counted} categories, its size says {sizes}.")
    return names


def categories(document: Document, dimension: str) -> dict[str, str]:
    """Code -> label of one dimension, in the order of its cells; a category without a label bears its code."""
    category = document["dimension"][dimension].get("category", {})
    labels = category.get("label", {})
    index = category.get("index", list(labels))
    codes = index if isinstance(index, list) else sorted(index, key=index.__getitem__)
    if isinstance(index, dict) and sorted(index.values()) != list(range(len(index))):
        raise NotJsonStat(f"The categories of {dimension} are not numbered from 0 without a gap.")
    return {code: labels.get(code, code) for code in codes}


def label(document: Document, dimension: str) -> str:
    """What a dimension is called; its identifier when it has no label."""
    return str(document["dimension"][dimension].get("label", dimension))


def _cells(given: Any, size: int, what: str) -> Cells:
    """Cell number -> what is given for it, nulls left out; from an array, an object, one text for all, or nothing."""
    if given is None:
        given = {}
    if isinstance(given, str):
        given = [given] * size
    if isinstance(given, list):
        if len(given) not in (size, 0):
            raise NotJsonStat(f"Its {what} holds {len(given)} cells, its dimensions make {size}.")
        given = dict(enumerate(given))
    if not isinstance(given, dict) or any(not str(at).isdecimal() or int(at) >= size for at in given):
        raise NotJsonStat(f"Its {what} is not given by cell numbers below {size}.")
    return pd.Series({int(at): cell for at, cell in given.items()}, dtype="object").dropna().sort_index()


def _numbers(cells: Cells) -> Cells:
    """Cells as floats. Raises NotJsonStat when one is no number."""
    if wrong := next((cell for cell in cells if isinstance(cell, bool) or not isinstance(cell, int | float)), None):
        raise NotJsonStat(f"Its value “{wrong}” is not a number.")
    return cells.astype("float64")
