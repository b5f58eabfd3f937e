"""The rows of each table that a Selection keeps.

    clusters, observations      the clusters selected, and their figures (of one metric or scope when given)
    awards                      those of the clusters selected, from the programmes selected by level and kind, in the years
    programmes                  the programmes selected
    partners, annual_funding    those of the programmes selected; a country is the partner's, or that of the budget
    indicators                  the countries and their regions, in the years (of one indicator when given)
    countries                   the countries and their overseas departments
    regions                     those in the countries, without their boundaries: the licence leaves those to whoever fetches them
    third_places                those in the countries
    organisations               those that lead the clusters selected
    projects, participants      the projects in the countries and begun in the years, and all who take part in them
    same_as, field_sources      those of the clusters and programmes kept
    sources                     those behind the rows kept in all other tables
    vocabulary                  always whole

For clusters, years are those of their founding; for programmes, those they run in.
"""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

import pandas as pd

from atlas.outlets.data.dictionary import references
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables

PROGRAMMES = ("countries", "levels", "programme_kinds", "time")
LINKED = ("levels", "programme_kinds")
FIELDS: dict[str, tuple[str, ...]] = {
    "clusters": CLUSTERS,
    "observations": (*CLUSTERS, "metric", "scope"),
    "programmes": PROGRAMMES,
    "awards": (*CLUSTERS, *LINKED),
    "partners": PROGRAMMES,
    "annual_funding": PROGRAMMES,
    "indicators": ("countries", "time", "indicator"),
    "sources": (*CLUSTERS, *LINKED, "metric", "scope", "indicator"),
    "countries": ("countries",),
    "regions": ("countries",),
    "organisations": CLUSTERS,
    "projects": ("countries", "time"),
    "participants": ("countries", "time"),
    "third_places": ("countries",),
    "same_as": (*CLUSTERS, *LINKED),
    "field_sources": (*CLUSTERS, *LINKED),
    "vocabulary": (),
}
"""Fields of Selection that filter each table."""
ALL = FIELDS["sources"]
"""Every field that filters some table."""
WITHHELD = {"regions": "geometry"}
"""Table -> its column that is not passed on."""


def rows(table: str, tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    """The rows of `table` that `selection` keeps; `given` are the fields the reader chose (a metric, a scope and an indicator
    have a default that filters nothing)."""
    kept = _kept(table, tables, selection, frozenset(given) & {*FIELDS[table]})
    return pd.DataFrame(kept.drop(columns=WITHHELD[table])) if table in WITHHELD else kept


def package(tables: Tables, selection: Selection, given: Collection[str]) -> dict[str, pd.DataFrame]:
    """Every table, filtered by what applies to it; clusters and programmes that a kept row points to are kept too."""
    names = [name for name in FIELDS if name not in FOLLOWING]
    kept = {name: rows(name, tables, selection, given) for name in names}
    kept |= _pointed_to(kept, tables)
    whole = not {*given} & {*ALL}
    kept |= {name: tables.rows(name) if whole else follow(tables, kept) for name, follow in FOLLOWING.items()}
    return {name: kept[name] for name in FIELDS}


@lru_cache(maxsize=64)
def counts(tables: Tables, selection: Selection, given: frozenset[str]) -> dict[str, int]:
    """How many rows of each table are kept."""
    followed = package(tables, selection, given)
    kept = {name: followed[name] if name in FOLLOWING else rows(name, tables, selection, given) for name in FIELDS}
    return {name: len(own) for name, own in kept.items()}


def _kept(table: str, tables: Tables, selection: Selection, given: frozenset[str]) -> pd.DataFrame:
    if not given:
        return tables.rows(table)
    if table in FOLLOWING:
        return package(tables, selection, given)[table]
    return FILTERS[table](tables, selection.only(FIELDS[table]), given)


def _clusters(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    return selection.of_clusters(tables)


def _observations(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    kept = _of(tables.observations, "cluster_id", selection.of_clusters(tables))
    for field in {"metric", "scope"} & {*given}:
        kept = kept[kept[field] == getattr(selection, field)]
    return kept


def _programmes(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    return selection.of_programmes(tables)


def _awards(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    kept = _of(tables.awards, "cluster_id", selection.but(time=None).of_clusters(tables))
    kept = _of(kept, "programme_id", selection.only(LINKED).of_programmes(tables))
    return kept[_in_years(kept, selection)]


def _partners(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    kept = _of(tables.partners, "programme_id", selection.but(countries=()).of_programmes(tables))
    return kept[_in_countries(kept, tables, selection)]


def _annual_funding(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    kept = _of(tables.annual_funding, "programme_id", selection.only(LINKED).of_programmes(tables))
    return kept[_in_countries(kept, tables, selection) & _in_years(kept, selection)]


def _indicators(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    known = tables.indicators
    kept = known[_in_countries(known, tables, selection) & _in_years(known, selection)]
    return kept[kept["indicator"] == selection.indicator] if "indicator" in given else kept


def _countries(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    known, members = tables.countries, tables.codes.members(selection.countries)
    return known[known["country"].isin(members) | known["parent_country"].isin(members)]


def _regions(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    return tables.regions[_in_countries(tables.regions, tables, selection)]


def _organisations(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    return _of(tables.organisations, "cluster_id", selection.of_clusters(tables))


def _projects(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    known = tables.rows("projects")
    years = known.assign(year=known["start_date"].dt.year)
    return known[_in_countries(known, tables, selection) & _in_years(years, selection)]


def _participants(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    return _of(tables.rows("participants"), "project_id", _projects(tables, selection, given))


def _third_places(tables: Tables, selection: Selection, given: Collection[str]) -> pd.DataFrame:
    return tables.rows("third_places")[
        _in_countries(tables.rows("third_places").assign(country="FR"), tables, selection)
    ]


def _same_as(tables: Tables, kept: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return _about(tables.same_as, "kept_id", kept)


def _field_sources(tables: Tables, kept: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return _about(tables.field_sources, "row_id", kept)


def _sources(tables: Tables, kept: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    cited = [*kept.values(), _field_sources(tables, kept)]
    used = {code for table in cited if "source_ids" in table for ids in table["source_ids"] for code in ids}
    return tables.sources[tables.sources["source_id"].isin(used)]


FILTERS: dict[str, Callable[[Tables, Selection, Collection[str]], pd.DataFrame]] = {
    "clusters": _clusters,
    "observations": _observations,
    "programmes": _programmes,
    "awards": _awards,
    "partners": _partners,
    "annual_funding": _annual_funding,
    "indicators": _indicators,
    "countries": _countries,
    "regions": _regions,
    "organisations": _organisations,
    "projects": _projects,
    "participants": _participants,
    "third_places": _third_places,
}
FOLLOWING: dict[str, Callable[[Tables, Mapping[str, pd.DataFrame]], pd.DataFrame]] = {
    "same_as": _same_as,
    "field_sources": _field_sources,
    "sources": _sources,
}
"""Tables that follow what is kept of the others."""


def _pointed_to(kept: Mapping[str, pd.DataFrame], tables: Tables) -> dict[str, pd.DataFrame]:
    """Clusters, programmes and projects with those that rows of any table point to, until none is missing."""
    targets = {name: kept[name] for name in ("clusters", "programmes", "projects")}
    pointers, is_complete = list(references()), False
    while not is_complete:
        is_complete = True
        for table, column, target, key in pointers:
            whole, here = tables.rows(target), {*targets[target][key]}
            missing = {*targets.get(table, kept[table])[column].dropna()} & {*whole[key]} - here
            if missing:
                is_complete = False
                targets[target] = whole[whole[key].isin(here | missing)]
    return targets


def _of(rows: pd.DataFrame, column: str, kept: pd.DataFrame) -> pd.DataFrame:
    return rows[rows[column].isin(kept[column])]


def _about(rows: pd.DataFrame, column: str, kept: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of a table about others (`table`, and an identifier in `column`) that speak of a row kept."""
    ids = {*kept["clusters"]["cluster_id"], *kept["programmes"]["programme_id"]}
    return rows[rows[column].isin(ids) | ~rows["table"].isin(["clusters", "programmes"])]


def _in_countries(rows: pd.DataFrame, tables: Tables, selection: Selection) -> pd.Series:
    members = tables.codes.members(selection.countries)
    return rows["country"].isin(members) if members else pd.Series(True, index=rows.index)


def _in_years(rows: pd.DataFrame, selection: Selection) -> pd.Series:
    if not selection.time:
        return pd.Series(True, index=rows.index)
    return rows["year"].between(*selection.time).fillna(False).astype(bool)
