"""From the cells of the census of third places to its rows: one per place, at the centre of its municipality; and what there is
to say about those left out."""

from collections.abc import Mapping, Sequence

import geopandas as gpd
import pandas as pd

from etl.clusters import as_points
from etl.sources.communes import Centre
from etl.sources.third_places_census import Sheet, fitting

FEW = 5
"""Identifiers that a sentence names."""


def once_each(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows with an identifier and a name, the first of each identifier; and what became of the others."""
    named = rows.dropna(subset=["place_id", "name"])
    distinct = named.drop_duplicates()
    again = distinct.loc[distinct.duplicated("place_id"), "place_id"]
    said = [
        *told(len(rows) - len(named), "row", "without an identifier or a name: left out."),
        *told(len(named) - len(distinct), "row", "repeating another: taken once."),
        *told(
            len(again),
            "row",
            f"whose identifier is that of an earlier row, which is kept ({few(again.unique().tolist())}).",
        ),
    ]
    return distinct.drop_duplicates("place_id").reset_index(drop=True), said


def with_activities(rows: pd.DataFrame, offer: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows with the activities of their identifier ([] where it has none); and what does not match."""
    lists: dict[str, list[str]] = {}
    for place, one in zip(offer["place_id"], offer["activities"], strict=True):
        lists[place] = list(dict.fromkeys([*lists.get(place, []), *one]))
    found = pd.Series([lists.get(place, []) for place in rows["place_id"]], index=rows.index, dtype="object")
    strange, bare = sorted(lists.keys() - set(rows["place_id"])), rows[~rows["place_id"].isin(lists)]
    said = [
        *told(len(offer) - len(lists), "row", "of activities for an identifier that has one already: put together."),
        *told(len(strange), "row", f"of activities for no third place that was taken: left out ({few(strange)})."),
        *told(len(bare), "third place", f"without a row of activities ({few(bare['place_id'].tolist())})."),
    ]
    return rows.assign(activities=found), said


def with_points(rows: pd.DataFrame, centres: Mapping[str, Centre]) -> gpd.GeoDataFrame:
    """The rows at the centre of their municipality; without a point where its code is not known."""
    nowhere = (float("nan"), float("nan"))
    points = [centres.get(code, nowhere) for code in rows["commune_code"].fillna("")]
    is_placed = rows["commune_code"].isin(list(centres))
    return rows.assign(
        longitude=[longitude for longitude, _ in points],
        latitude=[latitude for _, latitude in points],
        coordinate_precision=pd.Series("commune", index=rows.index, dtype="str").where(is_placed),
        coordinate_origin=pd.Series("geo_api", index=rows.index, dtype="str").where(is_placed),
    ).pipe(as_points)


def about_form(found: Sheet) -> list[str]:
    """What was seen in reading a file, and the records that do not fit its header."""
    _, broken = fitting(found)
    lines = few([str(line) for line in broken])
    misfits = told(len(broken), "row", f"with more or fewer cells than the header: left out (line {lines}).")
    return [f"{found.path.name}: {one}" for one in (*found.notes, *misfits)]


def about_places(rows: pd.DataFrame) -> list[str]:
    """The third places without a point, and why; those whose website is none."""
    without = rows[rows["latitude"].isna()]
    unknown = without["commune_code"].dropna()
    junk = rows[rows["website_published"].notna() & rows["website"].isna()]
    place = "third place"
    return [
        *told(len(without) - len(unknown), place, "without a point: no code of a municipality is published."),
        *told(
            len(unknown),
            place,
            f"without a point: the register has no such municipality ({few(unknown.unique().tolist())}).",
        ),
        *told(len(junk), place, "whose website is no web address: left empty."),
    ]


def told(count: int, thing: str, words: str) -> list[str]:
    """A sentence about `count` things; none where there are none."""
    return [f"{count} {thing}{'s' if count > 1 else ''} {words}"] if count else []


def few(identifiers: Sequence[str]) -> str:
    """The first identifiers of many."""
    return ", ".join(identifiers[:FEW]) + (", …" if len(identifiers) > FEW else "")
