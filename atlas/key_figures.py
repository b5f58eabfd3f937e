"""The figures of the overview and of the known gaps: each with the line that makes it honest, and its sources."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from atlas.charts import charts, union
from atlas.comparison import span
from atlas.directory import latest_figures
from atlas.selection import Selection
from atlas.store import Tables
from atlas.totals import parts, whole, worded
from atlas.view import View


class KeyFigure(NamedTuple):
    """A label, a number as it is written, how it is to be read, and where it comes from."""

    label: str
    value: str
    line: str
    source_ids: list[str]


def key_figures(tables: Tables, selection: Selection, view: View) -> list[KeyFigure]:
    """Clusters, jobs hosted, State calls for PTCE, and programmes: what a reader sees first. The clusters are those of
    the selection, and so are the programmes when countries are chosen; the calls stand where France is."""
    clusters, members = selection.of_clusters(tables), tables.codes.members(selection.countries)
    calls = [state_calls(tables, view)] if not members or "FR" in members else []
    of_all = [] if members else [programmes(tables, view)]
    of_countries = [national_programmes(tables, members, view)] if members else []
    return [known_clusters(clusters, view), hosted_jobs(clusters, tables, view), *calls, *of_all, *of_countries]


def known_clusters(clusters: pd.DataFrame, view: View) -> KeyFigure:
    _ = view.gettext
    line = view.ngettext(
        "in {n} country; a list that grows, not a census",
        "in {n} countries; a list that grows, not a census",
        _countries(clusters),
    )
    if len(view.selection.countries) == 1 or clusters.empty:
        line = _("a list that grows, not a census")
    return KeyFigure(_("Clusters and PTCE"), view.number(len(clusters)), line, union(clusters["source_ids"]))


def hosted_jobs(clusters: pd.DataFrame, tables: Tables, view: View) -> KeyFigure:
    """The sum of one scope, the latest figure of each cluster, with the bounds that 'about' and 'at least' leave."""
    _ = view.gettext
    figures = latest_figures("jobs", "hosted", tables)
    jobs = figures[figures.index.isin(clusters["cluster_id"])].reset_index()
    if clusters.empty:
        return KeyFigure(_("Jobs hosted on their sites"), view.missing, _("no cluster of this list is known"), [])
    if jobs.empty:
        nobody = view.ngettext(
            "the cluster of this list does not publish it",
            "none of the {n} clusters of this list publishes it",
            len(clusters),
        )
        return KeyFigure(_("Jobs hosted on their sites"), view.missing, nobody, [])
    reported, total = jobs["cluster_id"].nunique(), view.number(len(clusters))
    line = view.ngettext(
        "{n} of {total} clusters publishes it · {years}", "{n} of {total} clusters publish it · {years}", reported
    ).format(total=total, years=span(jobs["as_of"].dropna().str[:4]) or view.date(None))
    if undated := int(jobs["as_of"].isna().sum()):
        line += " · " + view.ngettext("{n} undated figure", "{n} undated figures", undated)
    return KeyFigure(
        _("Jobs hosted on their sites"),
        worded(whole(parts(jobs)).iloc[0].to_dict(), "", view),
        line,
        union(jobs["source_ids"]),
    )


def state_calls(tables: Tables, view: View) -> KeyFigure:
    """Calls of the State that give grants, and the range of their success rates."""
    _ = view.gettext
    calls = (
        charts()["ptce_calls"].table(tables, view.selection.only(())).query("level == 'national' and not is_support")
    )
    line = _("{least} to {most} of applications chosen, {first}–{last}").format(
        least=view.percent(calls["success_rate"].min()),
        most=view.percent(calls["success_rate"].max()),
        **_span(calls["start"]),
    )
    return KeyFigure(_("State calls for PTCE"), view.number(len(calls)), line, union(calls["source_ids"]))


def programmes(tables: Tables, view: View) -> KeyFigure:
    _ = view.gettext
    line = view.ngettext(
        "{first}–{last}, {n} country and the European Union",
        "{first}–{last}, {n} countries and the European Union",
        _countries(tables.programmes),
    ).format(**_span(tables.programmes["start"]))
    return KeyFigure(
        _("Laws, calls, funds and projects"),
        view.number(len(tables.programmes)),
        line,
        union(tables.programmes["source_ids"]),
    )


def national_programmes(tables: Tables, countries: Sequence[str], view: View) -> KeyFigure:
    """Laws, calls, funds and projects of some countries; European ones count for none."""
    _ = view.gettext
    known = tables.programmes[tables.programmes["country"].isin(countries)]
    label, value = _("Laws, calls, funds and projects"), view.number(len(known))
    if known["start"].isna().all():
        return KeyFigure(label, value, _("known to this observatory"), union(known["source_ids"]))
    line = _("known to this observatory, {first}–{last}").format(**_span(known["start"]))
    return KeyFigure(label, value, line, union(known["source_ids"]))


def gaps(tables: Tables, view: View, chosen: pd.DataFrame | None = None) -> list[str]:
    """What is known of how many clusters (all, or those chosen), one sentence each: the rest is not known."""
    _ = view.gettext
    clusters = tables.clusters if chosen is None else chosen
    reporting = tables.observations.query("metric == 'jobs' and is_latest")["cluster_id"]
    jobs = int(reporting[reporting.isin(clusters["cluster_id"])].nunique())
    known = {
        _("a point on the map"): clusters["latitude"].notna().sum(),
        _("a founding year"): clusters["founded_year"].notna().sum(),
        _("at least one jobs figure, of any scope"): jobs,
        _("a theme"): clusters["themes"].map(len).gt(0).sum(),
        _("a website"): clusters["website"].notna().sum(),
        _("a status known today"): clusters["status"].ne("unknown").sum(),
    }
    sentence = _("{known} of {total} clusters have {what}.")
    total = view.number(len(clusters))
    return [sentence.format(known=view.number(count), total=total, what=what) for what, count in known.items()]


def _countries(rows: pd.DataFrame) -> int:
    return int(rows.query("country != 'EU'")["country"].nunique())


def _span(dates: pd.Series) -> dict[str, str]:
    years = dates.dropna().str[:4]
    return {"first": years.min(), "last": years.max()}
