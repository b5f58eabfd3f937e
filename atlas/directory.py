"""What can be looked up by name: clusters and programmes, with the words each is found by."""

from functools import lru_cache

import pandas as pd

from atlas import nuts
from atlas.search import folded, search
from atlas.selection import Selection
from atlas.store import Tables
from atlas.vocabulary import Vocabulary
from atlas.words import LANGUAGES

CLUSTER_WORDS = ("name", "place", "region", "lead_organisation", "summary_en", "summary_fr")
PROGRAMME_WORDS = ("name_en", "name_fr", "name_local", "summary_en", "summary_fr")
CLUSTER_CODES = {"kind": "kinds", "country": "countries", "themes": "themes", "components": "components"}
CLUSTER_FACETS = {"countries": "country", "kinds": "kind", "themes": "themes", "regions": "nuts_id"}
PROGRAMME_FACETS = {"countries": "country", "levels": "level", "programme_kinds": "kind"}
"""Field of Selection -> the column that holds its codes."""
SORTING_SCOPES = {"jobs": "hosted", "members": "members"}
PROGRAMME_CODES = {"kind": "programme_kinds", "country": "countries"}


def find_clusters(query: str, clusters: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Rows of `clusters` that fit `query`, best first: by name, former names, place, lead, summaries, country, kind and
    themes, in both languages."""
    words = cluster_words(tables).loc[clusters.index]
    return clusters.loc[search(query, words["texts"], words["names"])]


def find_programmes(query: str, programmes: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Rows of `programmes` that fit `query`, best first: by names in every language, summaries, country and kind."""
    words = programme_words(tables).loc[programmes.index]
    return programmes.loc[search(query, words["texts"], words["names"])]


def ordered(clusters: pd.DataFrame, sort: str, tables: Tables) -> pd.DataFrame:
    """`clusters` by name, newest first ('founded'), by country, or by the latest figure of a metric, largest first
    ('jobs' and 'members': those on the site or of the network; no two scopes are mixed). Without a value: last."""
    by_name = clusters.sort_values("name", key=lambda names: names.map(folded))
    if sort == "founded":
        return by_name.sort_values("founded_year", ascending=False, na_position="last", kind="stable")
    if sort == "country":
        return by_name.sort_values("country", kind="stable")
    if sort in SORTING_SCOPES:
        figures = latest_figures(sort, SORTING_SCOPES[sort], tables)["value"]
        values = by_name["cluster_id"].map(figures).sort_values(ascending=False, na_position="last", kind="stable")
        return by_name.loc[values.index]
    return by_name


def latest_figures(metric: str, scope: str, tables: Tables) -> pd.DataFrame:
    """The latest figure of each cluster, by `cluster_id`, of one metric and one scope."""
    known = tables.observations
    chosen = known[known["is_latest"] & known["metric"].eq(metric) & known["scope"].eq(scope)]
    return chosen.drop_duplicates("cluster_id").set_index("cluster_id")


def facets(field: str, selection: Selection, tables: Tables) -> dict[str, int]:
    """How many clusters each code of `field` (countries, kinds, themes, regions) would give, all other choices kept."""
    others = selection.but(**{field: ()})
    clusters = find_clusters(others.query, others.of_clusters(tables), tables)
    if field == "regions":
        return nuts.counts(clusters, tables)
    return counted(clusters[CLUSTER_FACETS[field]].explode())


def programme_facets(field: str, selection: Selection, tables: Tables) -> dict[str, int]:
    """How many programmes each code of `field` (countries, levels, kinds) would give, all other choices kept."""
    others = selection.but(**{field: ()})
    programmes = find_programmes(others.query, others.of_programmes(tables), tables)
    return counted(programmes[PROGRAMME_FACETS[field]])


def counted(codes: pd.Series) -> dict[str, int]:
    """How often each code stands in `codes`."""
    return {str(code): int(count) for code, count in codes.value_counts().items()}


@lru_cache(maxsize=2)
def cluster_words(tables: Tables) -> pd.DataFrame:
    """The words each cluster is found by, folded: all of them (`texts`) and those of its name (`names`)."""
    clusters = tables.clusters
    also = tables.same_as.query("table == 'clusters'").groupby("kept_id")["merged_id"].agg(" ".join)
    former = clusters["cluster_id"].map(also).map(folded)
    texts = _texts(clusters, CLUSTER_WORDS) + " " + former + " " + _labels(clusters, CLUSTER_CODES, tables.codes)
    return pd.DataFrame({"texts": texts, "names": clusters["name"].map(folded)}, index=clusters.index, dtype=str)


@lru_cache(maxsize=2)
def programme_words(tables: Tables) -> pd.DataFrame:
    """The words each programme is found by, folded: all of them (`texts`) and those of its names (`names`)."""
    programmes = tables.programmes
    texts = _texts(programmes, PROGRAMME_WORDS) + " " + _labels(programmes, PROGRAMME_CODES, tables.codes)
    names = _texts(programmes, ("name_en", "name_fr", "name_local"))
    return pd.DataFrame({"texts": texts, "names": names}, index=programmes.index, dtype=str)


def kept_id(table: str, identifier: str, tables: Tables) -> str:
    """The identifier a merged one became; itself when it was never merged."""
    merged = tables.same_as.query("table == @table and merged_id == @identifier")["kept_id"]
    return str(merged.iloc[0]) if len(merged) else identifier


def closest(identifier: str, identifiers: pd.Series, names: pd.Series) -> list[str]:
    """Up to three identifiers whose spelling or name is closest to a wrong one."""
    words = identifiers.map(folded)
    return list(identifiers.loc[search(identifier, words, words + " " + names.map(folded))][:3])


def _texts(rows: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    if rows.empty:
        return pd.Series("", index=rows.index, dtype=str)
    return rows[list(columns)].fillna("").agg(" ".join, axis=1).map(folded)


def _labels(rows: pd.DataFrame, vocabularies: dict[str, str], codes: Vocabulary) -> pd.Series:
    """Labels of the codes of each row in both languages, folded: a French reader may type the English word."""

    def words(row: pd.Series) -> str:
        found = [
            (vocabulary, code)
            for column, vocabulary in vocabularies.items()
            for code in ([row[column]] if isinstance(row[column], str) else row[column])
        ]
        return folded(" ".join(codes.label(*code, language) for code in found for language in LANGUAGES))

    return pd.Series([words(row) for _index, row in rows.iterrows()], index=rows.index, dtype=str)
