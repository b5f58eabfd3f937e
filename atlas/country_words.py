"""A country, or a group of countries, in words: five sentences computed from the data, each with its sources.

The name stands alone before a colon, so that no language has to bend it.
"""

from typing import NamedTuple

import pandas as pd
from babel.lists import format_list

from atlas.charts import union
from atlas.charts.country_profile import SCOPE
from atlas.charts.country_social_economy import JOBS, SHARE
from atlas.charts.social_economy_employment import STUDIES
from atlas.comparison import EU27, cluster_counts, clusters_of, per_million, programmes_of, published, span
from atlas.numbers import LOCALES
from atlas.side_by_side import value_text
from atlas.store import Tables
from atlas.totals import parts, whole, worded
from atlas.view import View

CONTEXT = ("unemployment_rate", "gdp_per_capita_pps", "arope_rate")
KINDS_NAMED = 3
PROGRAMMES = ("law", "strategy", "call", "fund")


class Sentence(NamedTuple):
    """A sentence ready to paste, and the sources of its figures."""

    text: str
    source_ids: list[str]


def country_words(tables: Tables, item: str, view: View) -> list[Sentence]:
    """Five sentences on one country or group: clusters, jobs, social economy, laws, and income and poverty. They count
    every kind, theme and year; of the reader's choices only the list counted by applies."""
    selection = view.selection.only(("definition",)).but(countries=(item,))
    clusters = clusters_of(tables, selection)
    return [
        clusters_sentence(clusters, tables, item, view),
        jobs_sentence(clusters, tables, view),
        social_economy_sentence(tables, item, view),
        laws_sentence(programmes_of(tables, selection), view),
        context_sentence(tables, item, view),
    ]


def clusters_sentence(clusters: pd.DataFrame, tables: Tables, item: str, view: View) -> Sentence:
    _ = view.gettext
    counts = cluster_counts(clusters, "clusters", [item])
    rate = per_million(counts, tables).iloc[0]
    if clusters.empty:
        message = _(
            "{country}: this observatory knows no cluster there ({list}), which does not mean that there is none."
        )
        return Sentence(message.format(**_named(item, view)), [])
    words = _named(item, view) | {"kinds": _kinds(clusters["kind"], view)}
    if pd.isna(rate["value"]):
        message = view.ngettext(
            "{country}: {n} cluster known to this observatory ({list}); by kind: {kinds}.",
            "{country}: {n} clusters known to this observatory ({list}); most frequent kinds: {kinds}.",
            len(clusters),
        )
        return Sentence(message.format(**words), counts["source_ids"].iloc[0])
    message = view.ngettext(
        "{country}: {n} cluster known to this observatory ({list}), that is {rate} per million inhabitants (population "
        "of {years}); by kind: {kinds}.",
        "{country}: {n} clusters known to this observatory ({list}), that is {rate} per million inhabitants (population "
        "of {years}); most frequent kinds: {kinds}.",
        len(clusters),
    )
    words |= {"rate": view.number(rate["value"], 2), "years": rate["years"]}
    return Sentence(message.format(**words), union([rate["source_ids"]]))


def jobs_sentence(clusters: pd.DataFrame, tables: Tables, view: View) -> Sentence:
    _ = view.gettext
    known = tables.observations
    jobs = known[known["is_latest"] & known["metric"].eq("jobs") & known["scope"].eq(SCOPE)]
    jobs = jobs[jobs["cluster_id"].isin(clusters["cluster_id"])]
    reported = jobs["cluster_id"].nunique()
    if clusters.empty:
        return Sentence(_("On jobs, nothing can be said without a known cluster."), [])
    if not reported and len(clusters) == 1:
        message = _(
            "On jobs, this cluster does not publish how many people work on its site, which does not mean zero."
        )
        return Sentence(message, [])
    if not reported:
        message = _(
            "On jobs, none of these clusters publishes how many people work on its site, which does not mean zero."
        )
        return Sentence(message, [])
    total = worded(whole(parts(jobs)).to_dict("records")[0], "jobs", view)
    words = {"total": total, "all": view.number(len(clusters)), "years": span(jobs["as_of"].str[:4]) or view.date(None)}
    if len(clusters) == 1:
        message = _("On jobs, this cluster publishes {total} on its site ({years}).")
    else:
        message = view.ngettext(
            "On jobs, {n} of the {all} clusters publishes those on its site, {total} ({years}); the silence of the others "
            "does not mean zero.",
            "On jobs, {n} of the {all} clusters publish those on their sites, {total} together ({years}); the silence of "
            "the others does not mean zero.",
            reported,
        )
    return Sentence(message.format(**words), union(jobs["source_ids"]))


def social_economy_sentence(tables: Tables, item: str, view: View) -> Sentence:
    _ = view.gettext
    jobs, share = (_known(published(tables, indicator, [item])) for indicator in (JOBS, SHARE))
    sources = union([*jobs["source_ids"], *share["source_ids"]])
    words = {"jobs": _values(jobs, view), "share": _values(share, view)}
    words |= {"jobs_study": _study(jobs, view), "share_study": _study(share, view)}
    if jobs.empty and share.empty:
        if item in tables.codes.codes("country_groups"):
            return Sentence(
                _("No study gives the social economy of this group as such, and no average is made here."), []
            )
        return Sentence(_("No European study gives the size of the social economy there."), [])
    if share.empty:
        message = _(
            "The social economy holds {jobs} paid jobs ({jobs_study}); its share of employment is not published."
        )
    elif jobs.empty:
        message = _("The social economy holds {share} of paid jobs ({share_study}); their number is not published.")
    elif item == EU27:
        message = _(
            "The social economy holds {jobs} paid jobs in 25 Member States, Malta and the Netherlands left out "
            "({jobs_study}), and {share} of all paid jobs ({share_study})."
        )
    elif jobs["years"].iloc[0] == share["years"].iloc[0]:
        message = _("The social economy holds {jobs} paid jobs, {share} of all paid jobs ({jobs_study}).")
    else:
        message = _(
            "The social economy holds {jobs} paid jobs ({jobs_study}); another study, by another method, gives it "
            "{share} of all paid jobs ({share_study})."
        )
    return Sentence(message.format(**words), sources)


def laws_sentence(programmes: pd.DataFrame, view: View) -> Sentence:
    _ = view.gettext
    known = programmes[programmes["kind"].isin(PROGRAMMES)]
    if known.empty:
        message = _(
            "No law, strategy, call or fund for it is known to this observatory, which does not mean that there is none."
        )
        return Sentence(message, [])
    counts = known["kind"].value_counts()
    words = {"counts": format_list(_counted(counts, view), locale=LOCALES[view.language])}
    laws = known[known["kind"].isin(["law", "strategy"])].dropna(subset="start_date")
    sources = union(known["source_ids"])
    if laws.empty:
        return Sentence(_("On laws and money, this observatory knows {counts}.").format(**words), sources)
    latest = laws[laws["start_date"] == laws["start_date"].max()].iloc[0]
    words |= {"name": view.name(latest), "year": latest["start_date"].year}
    message = _("On laws and money, this observatory knows {counts}; the latest law or strategy is “{name}” ({year}).")
    return Sentence(message.format(**words), sources)


def context_sentence(tables: Tables, item: str, view: View) -> Sentence:
    _ = view.gettext
    figures = [published(tables, indicator, [item]) for indicator in CONTEXT]
    known = [_known(rows) for rows in figures]
    if all(rows.empty for rows in known):
        if item in tables.codes.codes("country_groups"):
            message = _(
                "Unemployment, income and poverty are not published for this group as such; no average is made here."
            )
        else:
            message = _("Unemployment, income and poverty are not published in the sources of this observatory.")
        return Sentence(message, [])
    compared = [_beside_europe(rows, tables, item, view) for rows in known]
    words = dict(zip(("unemployment", "income", "poverty"), (text for text, _ids in compared), strict=True))
    if any(rows.empty for rows in known):
        message = _(
            "Around the clusters: unemployment rate, {unemployment}; GDP per inhabitant, {income}; people at risk of poverty "
            "or social exclusion, {poverty}."
        )
        return Sentence(message.format(**words), union(ids for _text, ids in compared))
    message = _(
        "Around the clusters, the unemployment rate is {unemployment}, GDP per inhabitant {income}, and the share of people "
        "at risk of poverty or social exclusion {poverty}."
    )
    return Sentence(message.format(**words), union(ids for _text, ids in compared))


def _named(item: str, view: View) -> dict[str, str]:
    """The name of the item, and of the list its clusters are counted by."""
    counted = view.label("definitions", view.selection.definition)
    return {
        "country": view.country(item),
        "list": counted[:1].lower() + counted[1:] if counted[1:2].islower() else counted,
    }


def _kinds(kinds: pd.Series, view: View) -> str:
    """'PTCE (102), Shared site (8)': the most frequent kinds."""
    counts = kinds.value_counts().reindex(view.vocabulary.codes("kinds")).dropna()
    first = counts.sort_values(ascending=False, kind="stable").head(KINDS_NAMED)
    return ", ".join(f"{view.label('kinds', kind)} ({view.number(n)})" for kind, n in first.items())


def _known(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["value"].notna()]


def _values(rows: pd.DataFrame, view: View) -> str:
    """The figures of one indicator: the first, and in brackets what another source says."""
    texts = [value_text(row, view) for row in rows.to_dict("records")]
    if len(texts) < 2:
        return "".join(texts)
    return view.gettext("{value} (another source: {other})").format(value=texts[0], other=", ".join(texts[1:]))


def _study(rows: pd.DataFrame, view: View) -> str:
    return "" if rows.empty else view.gettext(STUDIES[int(rows["years"].iloc[0])])


def _counted(counts: pd.Series, view: View) -> list[str]:
    """'2 laws', '1 strategy', '16 calls for projects', '8 funds or programmes': those known."""
    written = {
        "law": view.ngettext("{n} law", "{n} laws", int(counts.get("law", 0))),
        "strategy": view.ngettext("{n} strategy", "{n} strategies", int(counts.get("strategy", 0))),
        "call": view.ngettext("{n} call for projects", "{n} calls for projects", int(counts.get("call", 0))),
        "fund": view.ngettext("{n} fund or programme", "{n} funds or programmes", int(counts.get("fund", 0))),
    }
    return [text for kind, text in written.items() if counts.get(kind, 0)]


def _beside_europe(rows: pd.DataFrame, tables: Tables, item: str, view: View) -> tuple[str, list[str]]:
    """'7.4% in 2024 (EU27: 5.9%)', with the European figure of the same year where one is published; its sources."""
    _ = view.gettext
    if rows.empty:
        return view.missing, []
    row = rows.to_dict("records")[0]
    words = {"value": _with_unit(row, view), "year": row["years"]}
    europe = _known(published(tables, row["measure"], [EU27], int(row["years"])))
    if item == EU27 or europe.empty:
        return _("{value} in {year}").format(**words), union(rows["source_ids"])
    words |= {"europe": view.country("EU27"), "average": _with_unit(europe.to_dict("records")[0], view)}
    sources = union([*rows["source_ids"], *europe["source_ids"]])
    return _("{value} in {year} ({europe}: {average})").format(**words), sources


def _with_unit(row: dict, view: View) -> str:
    """A percentage, or purchasing power standards per inhabitant with their short name."""
    return (
        value_text(row, view)
        if row["unit"] == "percent"
        else view.gettext("{value} PPS").format(value=value_text(row, view))
    )
