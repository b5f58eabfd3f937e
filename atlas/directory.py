"""What can be looked up by name: clusters and programmes, with the words each is found by."""

import pandas as pd

from atlas.search import folded, search
from atlas.store import Tables
from atlas.view import View
from atlas.words import LANGUAGES

CLUSTER_WORDS = ("name", "place", "region", "lead_organisation", "summary_en", "summary_fr")
PROGRAMME_WORDS = ("name_en", "name_fr", "name_local", "summary_en", "summary_fr")
CLUSTER_CODES = {"kind": "kinds", "country": "countries", "themes": "themes", "components": "components"}
PROGRAMME_CODES = {"kind": "programme_kinds", "country": "countries"}


def find_clusters(query: str, clusters: pd.DataFrame, tables: Tables, view: View) -> pd.DataFrame:
    """Clusters that fit `query`, best first: by name, former names, place, lead, summaries, country, kind and themes."""
    also = tables.same_as.query("table == 'clusters'").groupby("kept_id")["merged_id"].agg(" ".join)
    texts = (
        _texts(clusters, CLUSTER_WORDS)
        + " "
        + clusters["cluster_id"].map(also).map(folded)
        + " "
        + _labels(clusters, CLUSTER_CODES, view)
    )
    return clusters.loc[search(query, texts, clusters["name"].map(folded))]


def find_programmes(query: str, programmes: pd.DataFrame, view: View) -> pd.DataFrame:
    """Programmes that fit `query`, best first: by names in every language, summaries, country and kind."""
    texts = _texts(programmes, PROGRAMME_WORDS) + " " + _labels(programmes, PROGRAMME_CODES, view)
    names = programmes[["name_en", "name_fr", "name_local"]].fillna("").agg(" ".join, axis=1)
    return programmes.loc[search(query, texts, names.map(folded))]


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


def _labels(rows: pd.DataFrame, vocabularies: dict[str, str], view: View) -> pd.Series:
    """Labels of the codes of each row in both languages, folded: a French reader may type the English word."""

    def words(row: pd.Series) -> str:
        codes = [
            (vocabulary, code)
            for column, vocabulary in vocabularies.items()
            for code in ([row[column]] if isinstance(row[column], str) else row[column])
        ]
        return folded(" ".join(view.vocabulary.label(*code, language) for code in codes for language in LANGUAGES))

    return pd.Series([words(row) for _index, row in rows.iterrows()], index=rows.index, dtype=str)
