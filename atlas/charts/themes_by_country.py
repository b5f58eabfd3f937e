"""Themes and countries in one heat table: what the clusters of each country work on."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.comparison import clusters_of, item_name, items
from atlas.heat_table import heat_table, key_of, short
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Themes by country"),
    question=N_("What do the clusters of each country work on?"),
    drawn=N_(
        "Clusters that carry each theme; the darker, the larger their share among the clusters of the country "
        "that publish themes (number under the code)."
    ),
    note=N_(
        "A cluster may carry several themes, so a column adds up to more than its clusters. When no country is chosen, "
        "those with fewer than three clusters with themes, and those after the eighth, stand together in the last "
        "column. Clusters without a published theme are in the last line and in no share."
    ),
)
FILTERS = CLUSTERS
FEWEST, MOST_COUNTRIES = 3, 8
NAMED = 3
"""Columns, and themes of one, that a sentence names one by one."""


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per column and theme: country (a country or a group; empty for those put together), countries (codes in
    the column), theme (empty: no theme published), clusters (count), reporting (clusters with themes), share (clusters /
    reporting; empty without theme), source_ids. The columns chosen, in their order; else the largest countries first,
    transnational rows (EU) left out."""
    compared = items(tables, selection) if selection.countries else []
    clusters = clusters_of(tables, selection).rename(columns={"geo": "column"}) if compared else _all(tables, selection)
    clusters = clusters[["column", "cluster_id", "country", "themes", "source_ids"]]
    columns = clusters.groupby("column").agg(
        countries=("country", lambda codes: sorted(set(codes))),
        reporting=("themes", lambda themes: int((themes.map(len) > 0).sum())),
    )
    carried = clusters.explode("themes").rename(columns={"themes": "theme"}).astype({"theme": "str"})
    counts = (
        carried.groupby(["column", "theme"], dropna=False)
        .agg(clusters=("cluster_id", "size"), source_ids=("source_ids", union))
        .reset_index()
    )
    rows = counts.merge(columns.reset_index(), on="column")
    rows["share"] = (rows["clusters"] / rows["reporting"].astype(float)).where(rows["theme"].notna())
    alone = rows["countries"].map(lambda codes: codes[0] if len(codes) == 1 else None)
    rows["country"] = rows["column"].where(rows["column"] != "", alone).astype("str")
    rows["place"] = (
        -rows["column"].map(compared.index).astype("int64")
        if compared
        else rows["reporting"].where(rows["column"] != "", -1)
    )
    order = rows.sort_values(["place", "column", "clusters", "theme"], ascending=[False, True, False, True])
    return order[["country", "countries", "theme", "clusters", "reporting", "share", "source_ids"]].reset_index(
        drop=True
    )


def _all(tables: Tables, selection: Selection) -> pd.DataFrame:
    """Every cluster of a country, with its `column`: its country, or '' for the small ones put together."""
    clusters = pd.DataFrame(selection.of_clusters(tables).query("country != 'EU'").drop(columns="geometry"))
    reporting = clusters[clusters["themes"].map(len) > 0]["country"].value_counts()
    own = _own_columns(reporting, clusters["country"].nunique())
    return clusters.assign(column=clusters["country"].where(clusters["country"].isin(own), ""))


def _own_columns(reporting: pd.Series, countries: int) -> list[str]:
    """Countries with a column of their own: the largest with enough clusters to compare; one alone is no group."""
    largest = (
        reporting.rename_axis("country")
        .rename("n")
        .reset_index()
        .sort_values(["n", "country"], ascending=[False, True])
    )
    own = list(largest[largest["n"] >= FEWEST]["country"][:MOST_COUNTRIES])
    return own if countries - len(own) != 1 else list(dict.fromkeys([*own, *largest["country"]]))


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Clusters with a published theme, of those of the selection; each once."""
    clusters = clusters_of(tables, selection) if selection.countries else selection.of_clusters(tables)
    reporting = clusters.loc[clusters["themes"].map(len) > 0].query("country != 'EU'")["cluster_id"].nunique()
    return Coverage(reporting, clusters["cluster_id"].nunique(), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    cells = rows.assign(country=rows["country"].fillna(""), theme=rows["theme"].fillna(""))
    columns, lines = cells.drop_duplicates("country").set_index("country"), list(totals_of(rows).index)
    counts = cells.set_index(["theme", "country"])["clusters"].unstack(fill_value=0)
    counts = counts.reindex(index=[*lines, ""], columns=columns.index, fill_value=0)
    shares = counts.loc[lines] / columns["reporting"].astype(float).replace(0, float("nan"))
    records = {str(code): column for code, column in zip(columns.index, columns.to_dict("records"), strict=True)}
    names = {code: _name(code, column, view) for code, column in records.items()}
    hover = [[_hover(theme, code, counts, records, view) for code in records] for theme in lines]
    if not counts.loc[""].any():
        counts = counts.loc[lines]
    labels = [view.label("themes", theme) if theme else _("Theme not published") for theme in counts.index]
    heads = {code: _head(code, column) for code, column in records.items()}
    over = [f"<b>{heads[code]}</b><br>{view.number(column['reporting'])}" for code, column in records.items()]
    key = key_of({heads[code]: name for code, name in names.items()})
    return heat_table(counts.set_axis(labels), shares, hover, over, view, key=key)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if not rows["theme"].notna().any():
        return _("No cluster of this selection publishes its themes.")
    if set(rows["country"]) & set(view.vocabulary.codes("country_groups")):
        return _most_often(rows, view)
    totals, reporting = totals_of(rows), _reporting(rows)
    first = [view.label("themes", theme) for theme, n in totals.items() if n == totals.iloc[0]]
    return view.ngettext(
        "Most common theme: {themes}, {count} of the {n} cluster that publishes themes.",
        "Most common theme: {themes}, {count} of the {n} clusters that publish themes.",
        reporting,
    ).format(themes=" / ".join(first[:3]), count=view.number(totals.iloc[0]))


def _most_often(rows: pd.DataFrame, view: View) -> str:
    """The first theme of each column, or in most of them: groups may share clusters, so columns are not added."""
    _ = view.gettext
    known = rows.dropna(subset="theme")
    first = known[known["clusters"] == known.groupby("country")["clusters"].transform("max")]
    counts = first["theme"].value_counts()
    if known["country"].nunique() <= NAMED:
        listed = ", ".join(_first(of_column, view) for _code, of_column in first.groupby("country", sort=False))
        return _("Most common theme: {themes}.").format(themes=listed)
    theme = sorted(counts.index[counts == counts.max()])[0]
    message = view.ngettext(
        "Most common theme in {n} of {all} territories: {theme}.",
        "Most common theme in {n} of {all} territories: {theme}.",
        int(counts.max()),
    )
    return message.format(theme=view.label("themes", theme), all=view.number(known["country"].nunique()))


def _first(themes: pd.DataFrame, view: View) -> str:
    """'Benelux (Circular economy, 9 of 18)': the most common themes of one column."""
    row = themes.iloc[0]
    names = " / ".join(view.label("themes", theme) for theme in themes["theme"][:NAMED])
    words = {"country": item_name(row["country"], view), "kinds": names}
    words |= {"count": view.number(row["clusters"]), "total": view.number(row["reporting"])}
    return view.gettext("{country} ({kinds}, {count} of {total})").format(**words)


def totals_of(rows: pd.DataFrame) -> pd.Series:
    """Clusters by theme, all columns together, most first."""
    totals = rows.dropna(subset="theme").groupby("theme")["clusters"].sum().rename("n").reset_index()
    return totals.sort_values(["n", "theme"], ascending=[False, True]).set_index("theme")["n"]


def _reporting(rows: pd.DataFrame) -> int:
    return int(rows.assign(country=rows["country"].fillna("")).drop_duplicates("country")["reporting"].sum())


def _hover(theme: str, code: str, counts: pd.DataFrame, columns: dict[str, dict], view: View) -> str:
    _ = view.gettext
    return _("{country}, {theme}: {n} of {reporting} clusters with themes").format(
        country=escape(_name(code, columns[code], view), quote=False),
        theme=escape(view.label("themes", theme), quote=False),
        n=view.number(counts[code][theme]),
        reporting=view.number(columns[code]["reporting"]),
    )


def _name(code: str, column: dict, view: View) -> str:
    """Name of the country or group of a column, or how many countries stand in it."""
    if code:
        return item_name(code, view)
    return view.ngettext("{n} country together", "{n} countries together", len(column["countries"]))


def _head(code: str, column: dict) -> str:
    """Head of a column: a code, or +31 when 31 countries stand in it."""
    return short(code) if code else f"+{len(column['countries'])}"
