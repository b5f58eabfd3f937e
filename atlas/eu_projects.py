"""Projects the Union pays for about social innovation and the social economy: those chosen, found, and of one cluster.

They are another list than the programmes: their money is counted apart, never with budgets. Empty until a refresh fetches them.
"""

from collections.abc import Iterable
from functools import lru_cache

import pandas as pd

from atlas.charts import union
from atlas.directory import counted
from atlas.search import folded, search
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import COUNTRY_VOCABULARIES
from atlas.words import LANGUAGES

FIELDS = ("countries", "time")
"""Fields of Selection that choose projects."""
LISTED = (
    "project_id", "origin", "acronym", "name_en", "name_local", "country", "start_date", "end_date", "eu_amount_eur", "fund",
    "programme", "taken_for", "url", "source_ids",
)  # fmt: skip
NAMES = ("name_en", "name_local", "acronym")
WORDS = (*NAMES, "fund", "programme", "taken_for")
"""Columns that a search looks at, the country besides."""
TAKES_PART = ("participation_id", "project_id", "role", "eu_amount_eur", "note_en", "source_ids")
OF_PROJECT = ("project_id", "acronym", "name_en", "name_local", "country", "start_date", "end_date", "taken_for", "url")


def chosen(tables: Tables, selection: Selection, columns: Iterable[str]) -> pd.DataFrame:
    """The `columns` of the projects of the countries chosen that run in the years chosen; the undated leave when years are set.
    Read-only. Raises TablesMissing."""
    members, wanted = tables.codes.members(selection.countries), list(columns)
    read = dict.fromkeys([*wanted, *(("start_date", "end_date") if selection.time else ())])
    rows = tables.projects.scan(read, [("country", "in", members)] if members else ())
    return rows[_is_running(rows, selection.time)][wanted] if selection.time else rows


def listed(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The projects that `selection` chooses and its query finds, best match first; without a query newest start first, undated
    last. Columns LISTED, and the place of each among those chosen as index."""
    rows, words = _listed(tables, selection.only(FIELDS).but(language=LANGUAGES[0]))
    return rows.loc[search(selection.query, words["texts"], words["names"])]


def facets(selection: Selection, tables: Tables) -> dict[str, int]:
    """How many projects each country would give, all other choices kept."""
    return counted(chosen(tables, selection.but(countries=()), ["country"])["country"])


def summed(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Projects by the columns `by`: eu_projects (count), with_amount (those whose contribution is published in euros), eu_amount_eur
    (theirs together, EUR; missing when there is none), source_ids."""
    groups = rows.groupby(by, dropna=False)
    sums = groups.agg(eu_projects=("source_ids", "size"), with_amount=("eu_amount_eur", "count"))
    sums["eu_amount_eur"] = groups["eu_amount_eur"].sum(min_count=1)
    return sums.assign(source_ids=groups["source_ids"].agg(union)).reset_index()


def of_cluster(identifier: str, tables: Tables) -> pd.DataFrame:
    """The participations of the organisation that leads a cluster, where a reviewer has said so, newest start first: columns
    TAKES_PART and OF_PROJECT."""
    taken = tables.participants.scan(TAKES_PART, [("cluster_id", "=", identifier)])
    if taken.empty:
        return taken
    projects = tables.projects.scan(OF_PROJECT, [("project_id", "in", sorted({*taken["project_id"]}))])
    rows = taken.merge(projects, on="project_id")
    return rows.sort_values(["start_date", "participation_id"], ascending=[False, True], ignore_index=True)


@lru_cache(maxsize=4)
def _listed(tables: Tables, selection: Selection) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The projects chosen, newest first, and the words each is found by, folded: all (`texts`) and those of its names."""
    rows = chosen(tables, selection, LISTED).reset_index(drop=True)
    rows = rows.sort_values(["start_date", "project_id"], ascending=[False, True])
    codes = {code: folded(_country_words(code, tables)) for code in rows["country"].dropna().unique()}
    texts = _folded(rows, WORDS) + " " + rows["country"].map(codes).fillna("").astype(str)
    return rows, pd.DataFrame({"texts": texts, "names": _folded(rows, NAMES)}, index=rows.index, dtype=str)


def _country_words(code: str, tables: Tables) -> str:
    """The name of a country in both languages: a French reader may type the English word."""
    known = next((own for own in COUNTRY_VOCABULARIES if code in tables.codes.codes(own)), COUNTRY_VOCABULARIES[0])
    return " ".join(tables.codes.label(known, code, language) for language in LANGUAGES)


def _folded(rows: pd.DataFrame, columns: Iterable[str]) -> "pd.Series[str]":
    cells = rows[list(columns)].fillna("").itertuples(index=False)
    return pd.Series([folded(" ".join(words)) for words in cells], index=rows.index, dtype=str)


def _is_running(rows: pd.DataFrame, time: tuple[int, int]) -> "pd.Series[bool]":
    """Whether a project runs at some time in the years `time`."""
    start, end = rows["start_date"].dt.year, rows["end_date"].dt.year
    return (start.fillna(end) <= time[1]) & (end.fillna(start) >= time[0])
