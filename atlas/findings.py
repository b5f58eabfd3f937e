"""What the overview tells: three findings computed from the data, each with the view behind it; and what changed."""

from typing import Any, NamedTuple

import pandas as pd

from atlas.charts import charts, union
from atlas.comparison import cluster_counts, per_million
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View

FEWEST = 5
"""A rate of a country with fewer clusters is not compared."""
CHANGES = ("added", "changed", "removed")
MAIN = {"clusters", "observations", "programmes"}


class Finding(NamedTuple):
    """A sentence, the page and the fields of Selection of the view behind it, and where its figures come from."""

    sentence: str
    page: str
    choices: dict[str, object]
    source_ids: list[str]


def findings(tables: Tables, selection: Selection, view: View) -> list[Finding]:
    """Three findings that the selection allows: density by country, else founding years; who publishes jobs; how
    selective calls are."""
    found = [
        density(tables, selection, view) or founding(tables, selection, view),
        reporting(tables, selection, view),
        selectivity(tables, view),
    ]
    return [finding for finding in found if finding]


def density(tables: Tables, selection: Selection, view: View) -> Finding | None:
    """The country with the most clusters for its inhabitants, beside the one with the most clusters."""
    _ = view.gettext
    clusters = selection.of_clusters(tables).query("country != 'EU'").rename(columns={"country": "geo"})
    counts = clusters["geo"].value_counts()
    compared = sorted(counts[counts >= FEWEST].index)
    if len(compared) < 2:
        return None
    numbers = cluster_counts(pd.DataFrame(clusters.drop(columns="geometry")), "clusters", compared)
    rates = per_million(numbers, tables).set_index("geo")
    most, densest = str(counts.index[0]), str(rates["value"].idxmax())
    words = {
        "n": view.number(len(compared)),
        "fewest": view.number(FEWEST),
        "densest": view.country(densest),
        "rate": view.number(rates["value"][densest], 1),
        "most": view.country(most),
        "count": view.number(counts[most]),
        "other_rate": view.number(rates["value"][most], 1),
    }
    sentence = (
        _(
            "{most} leads twice among the {n} countries where we know {fewest} clusters or more: {count} clusters, {rate} per million inhabitants."
        )
        if most == densest
        else _(
            "{most} has the most clusters we know, {count}; but for its inhabitants {densest} comes first of the {n} countries with {fewest} or more: {rate} per million, against {other_rate}."
        )
    )
    sources = union([rates["source_ids"][most], rates["source_ids"][densest]])
    return Finding(sentence.format(**words), "countries", {"countries": tuple(dict.fromkeys([most, densest]))}, sources)


def founding(tables: Tables, selection: Selection, view: View) -> Finding | None:
    """The year by which half of the dated clusters were founded, and the year that saw most."""
    _ = view.gettext
    clusters = selection.of_clusters(tables)
    dated = clusters.dropna(subset="founded_year")
    if len(dated) < FEWEST:
        return None
    busiest = dated["founded_year"].mode().iloc[0]
    sentence = _(
        "Of the {dated} clusters (of {total}) with a founding year, half were founded by {median}; the busiest year is {busiest}, with {count}."
    ).format(
        dated=view.number(len(dated)),
        total=view.number(len(clusters)),
        median=int(dated["founded_year"].median()),
        busiest=busiest,
        count=view.number(dated["founded_year"].eq(busiest).sum()),
    )
    return Finding(sentence, "map", {"until": int(dated["founded_year"].median())}, union(dated["source_ids"]))


def reporting(tables: Tables, selection: Selection, view: View) -> Finding | None:
    """How many clusters publish a number of jobs, and in how many ways they count."""
    _ = view.gettext
    clusters, known = selection.of_clusters(tables)["cluster_id"], tables.observations
    jobs = known[known["is_latest"] & known["metric"].eq("jobs") & known["cluster_id"].isin(clusters)]
    counts = jobs.groupby("scope")["cluster_id"].nunique().sort_values(ascending=False, kind="stable")
    if len(counts) < 2:
        return None
    sentence = _(
        "{reported} of {total} clusters publish a number of jobs, and count it in {ways} ways; the most frequent, “{scope}”, has {count} clusters. No total can stand for all."
    ).format(
        reported=view.number(jobs["cluster_id"].nunique()),
        total=view.number(len(clusters)),
        ways=view.number(len(counts)),
        scope=view.label("scopes", counts.index[0]).lower(),
        count=view.number(counts.iloc[0]),
    )
    return Finding(sentence, "jobs", {"metric": "jobs", "scope": counts.index[0]}, union(jobs["source_ids"]))


def selectivity(tables: Tables, view: View) -> Finding | None:
    """How many applications the State's first and last calls for PTCE with both figures chose."""
    _ = view.gettext
    calls = charts()["ptce_calls"].table(tables, Selection()).query("level == 'national' and not is_support")
    calls = calls.dropna(subset=["applications", "laureates", "start"]).sort_values("start")
    if len(calls) < 2:
        return None
    first, last = calls.iloc[0], calls.iloc[-1]
    words: dict[str, Any] = {}
    for when, call in (("first", first), ("last", last)):
        words |= {
            f"{when}_year": call["start"][:4],
            f"{when}_chosen": view.number(call["laureates"]),
            f"{when}_asked": view.number(call["applications"]),
            f"{when}_share": view.percent(call["laureates"] / call["applications"], 0),
        }
    sentence = _(
        "The State chose {first_chosen} of {first_asked} applications in its PTCE call of {first_year} ({first_share}), and {last_chosen} of {last_asked} in that of {last_year} ({last_share})."
    ).format(**words)
    return Finding(
        sentence,
        "funding",
        {"part": "calls"},
        union([first["source_ids"], last["source_ids"]]),
    )


def changes(record: dict[str, Any] | None, view: View) -> list[str]:
    """What the last version of the data changed, a sentence for each table that changed;
    `record` is the ETL's (see `atlas.store.changes`)."""
    if not record:
        return []
    _ = view.gettext
    names = {
        "clusters": _("clusters"),
        "observations": _("figures of clusters"),
        "programmes": _("programmes"),
        "awards": _("awards"),
        "indicators": _("indicators of countries and regions"),
        "partners": _("partners of projects"),
        "sources": _("sources"),
        "vocabulary": _("codes and their labels"),
    }
    line = _("{table}: {added} added, {changed} changed, {removed} removed")
    found = {table: record["tables"].get(table, {}) for table in names}
    differing = {table: change for table, change in found.items() if any(change.get(what, 0) for what in CHANGES)}
    same = [] if MAIN & differing.keys() else [_("No cluster, figure or programme changed.")]
    return same + [
        line.format(table=names[table], **{what: view.number(change.get(what, 0)) for what in CHANGES})
        for table, change in differing.items()
    ]
