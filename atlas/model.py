"""The model of the founding note: the ten elements of a social innovation cluster, and the components that are each."""

from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, blank, union
from atlas.heat_table import heat_table
from atlas.view import View
from atlas.words import N_

FEWEST = 5
"""A share of fewer clusters is not told as a finding."""


class Element(NamedTuple):
    """One element of the model: `components` are the codes (vocabulary `components`) any of which makes it present."""

    code: str
    label: str
    components: tuple[str, ...]


MODEL = (
    Element("incubator", N_("Incubator"), ("incubator",)),
    Element("nursery", N_("Business nursery"), ("nursery",)),
    Element("coworking", N_("Coworking space"), ("coworking",)),
    Element("fab_lab", N_("Fab lab"), ("fab_lab",)),
    Element("third_place", N_("Third place"), ("third_place",)),
    Element("research", N_("Research"), ("university", "research_lab")),
    Element("training", N_("Training"), ("training_centre",)),
    Element("public_bodies", N_("Public bodies"), ("public_authority",)),
    Element(
        "social_economy",
        N_("Social-economy organisations"),
        ("association", "cooperative", "social_enterprise", "foundation"),
    ),
    Element("companies", N_("Companies"), ("sme",)),
)
"""In the note's order: places first, then knowledge, then organisations."""


def elements(components: Iterable[str]) -> list[tuple[Element, bool]]:
    """Each element of the model, and whether one of the `components` that the sources name is of it.

    One that is not named is not absent: the sources may just not say.
    """
    named = set(components)
    return [(element, not named.isdisjoint(element.components)) for element in MODEL]


def named_elements(clusters: pd.DataFrame) -> pd.DataFrame:
    """One row per cluster and element that its sources name: cluster_id, name, kind, country, element, source_ids; in
    the order of `clusters`, then of the model."""
    columns = ["cluster_id", "name", "kind", "country"]
    rows = [
        (*(cluster[column] for column in columns), element.code, cluster["source_ids"])
        for cluster in clusters.to_dict("records")
        for element, is_named in elements(cluster["components"])
        if is_named
    ]
    return pd.DataFrame(rows, columns=[*columns, "element", "source_ids"])


def described(clusters: pd.DataFrame) -> pd.DataFrame:
    """The clusters whose sources name at least one component: only they can be held against the model."""
    return clusters[clusters["components"].map(len) > 0]


def label(code: str, view: View) -> str:
    """The name of an element in the language."""
    return next(view.gettext(element.label) for element in MODEL if element.code == code)


def heads() -> dict[str, str]:
    """A number for each element, as the heads of narrow columns write it."""
    return {element.code: str(number) for number, element in enumerate(MODEL, 1)}


def key(view: View) -> str:
    """What the numbers stand for, each kept on one line."""
    names = (f"{number} {label(code, view)}" for code, number in heads().items())
    return " · ".join(name.replace(" ", "\N{NO-BREAK SPACE}") for name in names)


def model_coverage(clusters: pd.DataFrame, countries: Collection[str] | None = None) -> Coverage:
    """Clusters whose sources name a component (in `countries` only, when given), of all of them."""
    shown = clusters if countries is None else clusters[clusters["country"].isin(countries)]
    return Coverage(len(described(shown)), len(clusters), "clusters")


def shares(clusters: pd.DataFrame, column: str, groups: Sequence[str]) -> pd.DataFrame:
    """One row per group and element named: `column` (the group), element, clusters (count), with_components (clusters
    of the group that name any component), share, source_ids; groups as given, elements in the order of the model."""
    named = named_elements(clusters)
    named = named[named[column].isin(groups)]
    counts = named.groupby([column, "element"], as_index=False).agg(
        clusters=("cluster_id", "nunique"), source_ids=("source_ids", union)
    )
    held = described(clusters)[column].value_counts()
    place = {code: number for number, code in enumerate(heads())}
    ranks = counts.assign(group=counts[column].map(list(groups).index), place=counts["element"].map(place))
    rows = ranks.sort_values(["group", "place"], ignore_index=True)
    rows["with_components"] = rows[column].map(held).astype("int64")
    rows["share"] = rows["clusters"] / rows["with_components"]
    return rows[[column, "element", "clusters", "with_components", "share", "source_ids"]]


def shares_figure(rows: pd.DataFrame, column: str, name: Callable[[str], str], view: View) -> go.Figure:
    """A line per group, a column per element; the darker, the larger the share of the group."""
    if rows.empty:
        return blank(view)
    _ = view.gettext
    groups, columns = list(rows[column].unique()), list(heads())
    counts, part = (
        rows.set_index([column, "element"])[value]
        .unstack(fill_value=0)
        .reindex(index=groups, columns=columns, fill_value=0)
        for value in ("clusters", "share")
    )
    held = rows.drop_duplicates(column).set_index(column)["with_components"]
    words = _("{group}: {n} of {total} clusters name it ({share}). {element}")
    hover = [
        [
            words.format(
                group=escape(name(group), quote=False), n=view.number(counts.loc[group, code]), total=view.number(held[group]),
                share=view.percent(part.loc[group, code], 0), element=label(code, view),
            )
            for code in columns
        ]
        for group in groups
    ]  # fmt: skip
    counts.index = pd.Index([f"{name(group)} ({view.number(held[group])})" for group in groups])
    return heat_table(counts, part, hover, list(heads().values()), view, key=key(view))


def strongest(rows: pd.DataFrame, column: str, name: Callable[[str], str], view: View) -> str:
    """The group with enough clusters and the element it names most beyond the share of all groups together."""
    _ = view.gettext
    if rows.empty:
        return _("No cluster of this selection says what it is made of.")
    held = rows.drop_duplicates(column)["with_components"].sum()
    overall = rows.groupby("element")["clusters"].sum() / held
    known = rows[rows["with_components"].ge(FEWEST) & rows[column].ne(rows["element"])]
    excess = known["share"] - known["element"].map(overall).astype(float)
    if known.empty or excess.max() <= 0:
        element = str(overall.idxmax())
        return _("Named most often: {element} ({share} of the clusters).").format(
            element=label(element, view), share=view.percent(overall[element], 0)
        )
    most = known.loc[excess == excess.max()].iloc[0]
    return _("What sets one apart most: {group}, where {share} name {element}, against {overall} of all.").format(
        group=name(most[column]),
        share=view.percent(most["share"], 0),
        element=label(most["element"], view),
        overall=view.percent(overall[most["element"]], 0),
    )
