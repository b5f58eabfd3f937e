"""What templates are drafted with: sections, and the charts that have something to say for a selection."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from atlas.outlets.briefing.document import Block, Briefing, Figure, Rows, Sentences, Text
from atlas.outlets.briefing.pins import drawing
from atlas.outlets.briefing.prose import escaped
from atlas.outlets.image import HEIGHT
from atlas.store import Tables
from atlas.view import View

TALLEST = 860
"""Pixels of a drawing that a page holds with its caption, at the width of the text."""
Parameters = Mapping[str, str]


@dataclass
class Draft:
    """Blocks in the order they are read. What would be empty is left out, and a section with nothing in it."""

    tables: Tables
    view: View
    blocks: list[Block] = field(default_factory=list)

    def section(self, title: str, *blocks: Block | None) -> None:
        """A heading and what stands under it; nothing at all when there is nothing to stand there."""
        if found := [block for block in blocks if block is not None]:
            self.blocks += [Text(markdown=f"# {escaped(title)}"), *found]

    def jobs(self, here: Parameters) -> None:
        """The section on jobs: what is published, by what it counts, and by how many."""
        _ = self.view.gettext
        self.section(
            _("Jobs: what is published, and what is not"),
            self.said("jobs", here),
            self.said("reporting", here),
            self.figure("jobs_by_scope", here),
        )

    def laws_and_money(self, here: Parameters) -> None:
        """The section on laws, strategies and budgets."""
        _ = self.view.gettext
        self.section(
            _("Laws and money"),
            self.said("laws", here),
            self.figure("country_laws", here),
            self.figure("country_budgets", here),
        )

    def unknown(self, here: Parameters) -> None:
        """The last section: what was not found."""
        _ = self.view.gettext
        self.section(_("What we do not know"), self.said("gaps", here))

    def figure(self, chart: str, parameters: Parameters, least: int = 1) -> Figure | None:
        """A chart, if it has at least `least` figures to show and a page can hold it."""
        return Figure(chart=chart, parameters=dict(parameters)) if self._is_worth(chart, parameters, least) else None

    def table(self, chart: str, parameters: Parameters) -> Rows | None:
        """The rows of a chart, if there are any."""
        rows = drawing(chart, parameters, self.tables, self.view.language).rows
        return Rows(chart=chart, parameters=dict(parameters)) if len(rows) else None

    def said(self, about: str, parameters: Parameters) -> Sentences:
        """What the data say about something."""
        return Sentences(about=about, parameters=dict(parameters))

    def briefing(self, title: str, lead: str) -> Briefing:
        """The whole draft; `lead` is plain text."""
        language: Any = self.view.language
        return Briefing(title=title, lead=escaped(lead), language=language, blocks=tuple(self.blocks))

    def _is_worth(self, chart: str, parameters: Parameters, least: int) -> bool:
        drawn = drawing(chart, parameters, self.tables, self.view.language)
        rows, figure = drawn.rows, drawn.drawn.figure
        own = rows[rows["role"].ne("reference")] if "role" in rows else rows
        known = own["value"].notna().sum() if "value" in own else len(own)
        return known >= least and bool(figure.data) and (figure.layout.height or HEIGHT) <= TALLEST
