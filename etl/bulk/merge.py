"""One row per thing: rows with one key become one, and the items of their lists come together."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.bulk.contract import JOINED, NOTE, Bulk


def merge(rows: pa.Table, bulk: Bulk) -> pa.Table:
    """Rows of a spill -> rows of the result, one per key, sorted by key: the first row of each, lists with the items of all."""
    numbered = pa.table({"key": rows[bulk.key], "row": counted(len(rows))})
    groups = numbered.group_by("key", use_threads=False).aggregate([("row", "min"), ("row", "count")]).sort_by("key")
    first = rows.take(groups["row_min"]).combine_chunks()
    lists = {name: items(rows, first, groups, name, bulk) for name in bulk.lists}
    for name, values in lists.items():
        first = first.set_column(first.column_names.index(name), bulk.schema.field(name), values)
    told = disagreements(rows, groups, bulk) if len(groups) < len(rows) else {}
    return noted(first, told).cast(bulk.schema)


def items(rows: pa.Table, first: pa.Table, groups: pa.Table, name: str, bulk: Bulk) -> pa.Array:
    """Per key the items of a list: that of its one cell, or those of all its cells where there are several."""
    cell = first[name].combine_chunks().cast(pa.string())
    alone = lists_of_one(cell)
    is_joined = pc.fill_null(pc.match_substring(cell, JOINED), False)
    is_many = pc.or_(pc.greater(groups["row_count"], 1).combine_chunks(), is_joined)
    if not pc.any(is_many).as_py():
        return alone
    keys = groups["key"].combine_chunks().filter(is_many)
    gathered = gather(rows.filter(pc.is_in(rows[bulk.key], keys)), keys, name, bulk).cast(alone.type)
    flags = is_many.to_numpy(zero_copy_only=False)
    places = np.where(flags, len(alone) + np.cumsum(flags) - 1, np.arange(len(alone)))
    return pa.concat_arrays([alone, gathered]).take(pa.array(places))


def lists_of_one(cell: pa.Array) -> pa.Array:
    """Text -> lists of it; null -> []."""
    lengths = cell.is_valid().to_numpy(zero_copy_only=False).astype("int32")
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype("int32")
    return pa.ListArray.from_arrays(pa.array(offsets), cell.drop_null())


def gather(rows: pa.Table, keys: pa.Array, name: str, bulk: Bulk) -> pa.Array:
    """For each of `keys` the items of a list in all its rows, each once, in the order they are met."""
    split = pc.split_pattern(rows[name].combine_chunks().fill_null(""), JOINED)
    item = pc.utf8_trim_whitespace(pc.list_flatten(split))
    key = rows[bulk.key].combine_chunks().take(pc.list_parent_indices(split))
    pairs = pa.table({"key": key, "item": item, "at": counted(len(item))}).filter(pc.not_equal(item, ""))
    once = pairs.group_by(["key", "item"], use_threads=False).aggregate([("at", "min")]).sort_by("at_min")
    found = once.group_by("key", use_threads=False).aggregate([("item", "list")])
    at = pc.index_in(keys, found["key"].combine_chunks())
    lists = found["item_list"].combine_chunks().take(at)
    return pc.if_else(pc.is_null(lists), pa.scalar([], lists.type), lists)


def counted(length: int) -> pa.Array:
    """0, 1, 2... `length` of them."""
    return pa.array(np.arange(length))


def disagreements(rows: pa.Table, groups: pa.Table, bulk: Bulk) -> dict[int, str]:
    """By place in `groups`, what the rows of a key do not agree on, with every value."""
    asked = [(name, "count_distinct", pc.CountOptions(mode="only_valid")) for name in bulk.same]
    counted = rows.select([bulk.key, *bulk.same]).group_by(bulk.key, use_threads=False).aggregate(asked)
    told: dict[int, str] = {}
    for name in bulk.same:
        keys = counted.filter(pc.greater(counted[f"{name}_count_distinct"], 1))[bulk.key].combine_chunks()
        places = pc.index_in(keys, groups["key"].combine_chunks())
        for place, values in zip(places.to_pylist(), published(rows, keys, name, bulk), strict=True):
            sentence = f"Published with several values of {name} ({values}); the first is given."
            told[place] = f"{told.get(place, '')} {sentence}".strip()
    return told


def published(rows: pa.Table, keys: pa.Array, name: str, bulk: Bulk) -> list[str]:
    """For each of `keys` the values of a column, each once, in the order they are met."""
    some = rows.select([bulk.key, name]).filter(pc.is_in(rows[bulk.key], keys))
    values: dict[str, dict[str, None]] = {key: {} for key in keys.to_pylist()}
    for key, value in zip(some[bulk.key].to_pylist(), some[name].to_pylist(), strict=True):
        if value is not None:
            values[key][f"{value:.15g}" if isinstance(value, float) else str(value)] = None
    return [", ".join(found) for found in values.values()]


def noted(rows: pa.Table, told: dict[int, str]) -> pa.Table:
    """Rows with what is told of them added to their notes."""
    if not told:
        return rows
    notes = rows[NOTE].to_pylist()
    for place, sentence in told.items():
        notes[place] = f"{notes[place] or ''} {sentence}".strip()
    return rows.set_column(rows.column_names.index(NOTE), NOTE, pa.array(notes, pa.string()))
