"""What a pinned block stands for in the data of the day: its selection, its drawing, its name."""

from collections.abc import Mapping

from rapidfuzz import process

from atlas.charts import charts
from atlas.comparison import EUROPE_WIDE, SAME
from atlas.outlets.briefing.document import Block, Figure, KeyFigures, Portrait, Rows, Sentences, Text
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.portrait import known
from atlas.outlets.briefing.prose import elements
from atlas.outlets.briefing.sentences import SUBJECTS
from atlas.outlets.drawing import Drawing
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import PAPER
from atlas.view import View

FIRST_WORDS = 60
"""Characters of a text that stand for it."""


def selected(parameters: Mapping[str, str], tables: Tables, language: str) -> Selection:
    """The selection of a block, in the language of its briefing. Raises Unshown where a part is not known: what would be
    drawn without it is another figure."""
    selection, dropped = Selection.parse({**parameters, "lang": language}, tables.codes)
    if dropped:
        _ = View.of(tables, selection).gettext
        asked = ", ".join(f"{part.parameter}={part.value}" for part in dropped)
        message = _(
            "This part asks for something that the data do not know ({asked}): without it, another figure would be shown."
        )
        raise Unshown(message.format(asked=asked))
    return selection


def places(selection: Selection) -> tuple[str, ...]:
    """The countries and groups of a selection that can be told apart: Europe as a whole is none of them."""
    return tuple(dict.fromkeys(SAME.get(code, code) for code in selection.countries if code != EUROPE_WIDE))


def drawing(chart: str, parameters: Mapping[str, str], tables: Tables, language: str) -> Drawing:
    """The drawing of a pinned chart. Raises Unshown, also for a chart that is not known."""
    selection = selected(parameters, tables, language)
    if chart not in charts():
        message = View.of(tables, selection).gettext("No chart is called “{chart}”; the closest are {closest}.")
        raise Unshown(message.format(chart=chart, closest=", ".join(closest(chart))))
    return Drawing.of(chart, selection, tables, PAPER)


def closest(chart: str) -> list[str]:
    """The three charts whose names are closest to one that is not known."""
    return [str(name) for name, _score, _index in process.extract(chart, list(charts()), limit=3)]


def title(block: Block, tables: Tables, language: str) -> str:
    """What a block is called in a list of blocks: plain text, also for one that cannot be shown."""
    view = View.of(tables, Selection(language=language))
    _ = view.gettext
    match block:
        case Figure() | Rows():
            return _(charts()[block.chart].WORDS.title) if block.chart in charts() else block.chart
        case KeyFigures():
            return _("Key figures")
        case Portrait():
            identifier = block.parameters.get("id", "")
            row = known(identifier, tables)
            return identifier if row is None else str(row["name"])
        case Sentences():
            return _(SUBJECTS[block.about].title) if block.about in SUBJECTS else block.about
        case Text():
            return _beginning(block.markdown) or _("Text")


def _beginning(markdown: str) -> str:
    """The first words of a text, without its marks."""
    first = next(iter(elements(markdown)), None)
    text = getattr(first, "text", "") or "".join(run.text for run in getattr(first, "runs", ()))
    return text if len(text) <= FIRST_WORDS else f"{text[: FIRST_WORDS - 1].rstrip()}…"
