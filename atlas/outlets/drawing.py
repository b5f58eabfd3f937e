"""One chart as every outlet shows it: page, embed, image file and briefing take their words and figures from here."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import urlencode

import pandas as pd
import plotly.graph_objects as go
import pydeck as pdk

from atlas import store
from atlas.charts import Chart, Coverage, Words, charts, union
from atlas.marks import Entry
from atlas.outlets.chosen import narrowed
from atlas.outlets.citation import PUBLISHER, Citation
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import LIGHT, Theme
from atlas.view import View


class Drawn(NamedTuple):
    """A chart ready to be shown. Shared by all readers who ask for the same: read-only."""

    rows: pd.DataFrame
    figure: go.Figure | pdk.Deck
    sentence: str
    coverage: Coverage
    legend: list[Entry]
    sources: list[str]
    notice: str = ""
    """Whose boundaries are drawn, where their licence asks for it to be said."""


@lru_cache(maxsize=256)
def drawn(name: str, selection: Selection, theme: Theme, tables: Tables) -> Drawn:
    """Everything an outlet needs of a chart, drawn once per selection, theme and version of the tables."""
    chart = charts()[name]
    view, rows = View.of(tables, selection, theme), chart.table(tables, selection)
    legend, sources, notice = (getattr(chart, part, None) for part in ("legend", "sources", "notice"))
    return Drawn(
        rows,
        chart.figure(rows, view),
        chart.describe(rows, view),
        chart.coverage(rows, tables, selection),
        legend(rows, view) if legend else [],
        sources(rows, view) if sources else union(rows["source_ids"]),
        notice(view) if notice else "",
    )


def on_paper(name: str) -> str:
    """The chart that stands for `name` where nothing moves: a map to move has a twin that prints."""
    return getattr(charts()[name], "ON_PAPER", name)


@dataclass(frozen=True)
class Drawing:
    """One chart of a selection where nothing moves: embed, image, document. `name` is a key of `charts()`."""

    name: str
    selection: Selection
    tables: Tables
    theme: Theme = LIGHT

    @classmethod
    def of(cls, name: str, selection: Selection, tables: Tables, theme: Theme = LIGHT) -> "Drawing":
        """The chart on paper, for what it is filtered by alone: two links to one picture are one drawing."""
        chart = on_paper(name)
        return cls(chart, selection.only(charts()[chart].FILTERS), tables, theme)

    @property
    def chart(self) -> Chart:
        return charts()[self.name]

    @cached_property
    def view(self) -> View:
        return View.of(self.tables, self.selection, self.theme)

    @property
    def language(self) -> str:
        return self.selection.language

    @cached_property
    def drawn(self) -> Drawn:
        return drawn(self.name, self.selection, self.theme, self.tables)

    @property
    def rows(self) -> pd.DataFrame:
        """Exactly the rows that are shown, with codes."""
        return self.drawn.rows

    @cached_property
    def sentence(self) -> str:
        """What the chart says: heading, alternative text, caption. A chart of one cluster names it: no page does here."""
        named = self.tables.clusters.set_index("cluster_id")["name"].get(self.selection.id)
        if named is None:
            return self.drawn.sentence
        return self.view.gettext("{name}: {finding}").format(name=named, finding=self.drawn.sentence)

    @cached_property
    def words(self) -> Words:
        """Title, question, what is drawn (and for which selection: the filters stay behind) and note, in the language."""
        gettext, words = self.view.gettext, self.chart.WORDS
        drawn = " ".join(filter(None, (gettext(words.drawn), narrowed(self.view))))
        return Words(gettext(words.title), gettext(words.question), drawn, gettext(words.note))

    @property
    def coverage(self) -> str:
        """'Coverage: 37 of 231 clusters'."""
        return coverage_line(self.drawn.coverage, self.view)

    @cached_property
    def figure(self) -> go.Figure:
        """The figure for paper: without the buttons and the strip that only a screen can use."""
        figure = go.Figure(self.drawn.figure)
        figure.layout.updatemenus = ()
        for axis in figure.select_xaxes():
            if axis.rangeslider.to_plotly_json():
                axis.rangeslider = {"visible": False}
        return figure

    @cached_property
    def sources(self) -> pd.DataFrame:
        """The pages and documents behind the figures (rows of `sources`, by source_id), in order of first use."""
        known = self.tables.source_of
        return known.loc[[code for code in self.drawn.sources if code in known.index]]

    @property
    def publishers_line(self) -> str:
        """'Sources: INSEE; RTES; 12 more publishers.', and whose boundaries are drawn."""
        notice = f"{self.drawn.notice}." if self.drawn.notice else ""
        return f"{publishers_line(self.sources['publisher'], self.view)} {notice}".strip()

    @cached_property
    def source_line(self) -> str:
        """The same, and the observatory with its data version."""
        return f"{self.publishers_line} {source_line((), self.view)}".strip()

    @property
    def parameters(self) -> dict[str, str]:
        """The selection as URL parameters."""
        return self.selection.parameters()

    def address(self, base: str, extension: str = "", **more: str) -> str:
        """The address of this drawing as an embed below `base` ('https://host/prefix'), or as a file with `extension`."""
        return f"{base.rstrip('/')}/embed/{self.name}{extension}?{urlencode({**self.parameters, **more}, safe='~')}"

    def citation(self, url: str) -> Citation:
        """The drawing as something to cite, at `url`."""
        return Citation(self.sentence.rstrip("."), url, data_year(self.tables), self.tables.version, self.language)


NAMED = 3
"""Publishers named in the line under a picture; the table and the link carry all."""


def source_line(publishers: Iterable[str], view: View) -> str:
    """'Sources: INSEE; RTES; Le Labo de l'ESS and 12 more. Observatory …, data version 0e37…, CC BY 4.0.'"""
    _ = view.gettext
    observatory = _("{observatory}, data version {version}, CC BY 4.0.").format(
        observatory=_(PUBLISHER), version=view.tables.version
    )
    return f"{publishers_line(publishers, view)} {observatory}".strip()


def publishers_line(publishers: Iterable[str], view: View) -> str:
    """'Sources: INSEE; RTES; Le Labo de l'ESS and 12 more.'; '' without any."""
    _ = view.gettext
    named = list(dict.fromkeys(str(publisher) for publisher in publishers))
    if not named:
        return ""
    more = len(named) - NAMED
    listed = _("; ").join(named[:NAMED])
    rest = view.ngettext("{n} more publisher", "{n} more publishers", more) if more > 0 else ""
    line = _("Sources: {publishers}; {rest}.") if rest else _("Sources: {publishers}.")
    return line.format(publishers=listed, rest=rest)


def coverage_line(coverage: Coverage, view: View) -> str:
    """'Coverage: 37 of 231 clusters': how much of what was asked for is in the chart."""
    _ = view.gettext
    words = {
        "clusters": _("Coverage: {reported} of {total} clusters"),
        "programmes": _("Coverage: {reported} of {total} programmes"),
        "countries": _("Coverage: {reported} of {total} countries"),
        "regions": _("Coverage: {reported} of {total} regions"),
        "awards": _("Coverage: {reported} of {total} awards"),
        "figures": _("Coverage: {reported} of {total} figures"),
        "dates": _("Coverage: a date for {reported} of {total} facts"),
        "contributions": _("Coverage: the contribution of the Union, in euros, for {reported} of {total} projects"),
        "starts": _("Coverage: a start for {reported} of {total} projects"),
    }
    return words[coverage.of].format(reported=view.number(coverage.reported), total=view.number(coverage.total))


def data_year(tables: Tables) -> str:
    """The year of the data: that of the last search for facts, else of the newest figure."""
    newest = tables.observations["as_of_date"].max()
    return store.searched()[:4] or ("" if pd.isna(newest) else str(newest.year))
