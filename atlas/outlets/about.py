"""What a file says of itself: what it holds, how it was chosen, its version, licence, address, and the rules."""

from collections.abc import Collection

from atlas import method
from atlas.columns import CODED, NAMES
from atlas.outlets.chosen import FIELDS, selected
from atlas.outlets.citation import PUBLISHER, Citation, apa
from atlas.outlets.data.dictionary import described, meanings, published, resources, titled, vocabularies
from atlas.outlets.drawing import Drawing, data_year
from atlas.outlets.metadata import LICENCE
from atlas.outlets.workbook import About, xlsx
from atlas.selection import Selection
from atlas.store import Tables, package
from atlas.view import View


def of_table(table: str, rows: int, given: Collection[str], view: View, url: str) -> About:
    """What the workbook of a table says, for `rows` of its rows kept by the fields `given` of the view's selection."""
    _ = view.gettext
    title = f"{titled(package(), view.language)} · {table}"
    what = described(resources()[table], view.language)
    of = _("{shown} of {total}").format(shown=view.number(rows), total=view.number(len(getattr(view.tables, table))))
    chosen = "\n".join(selected(given, view)) or _("the whole table")
    lines = [(_("Content"), what), (_("Rows"), of), (_("Selection"), chosen), *_lines(title, view, url)]
    return About(
        table,
        title,
        lines,
        method.rules_on_paper(view),
        meanings(table, view.language),
        vocabularies(table),
        published(view.tables),
    )


def of_drawing(drawing: Drawing, url: str) -> About:
    """What the workbook of a chart says; `url` is where the chart is shown."""
    view, words = drawing.view, drawing.words
    _ = view.gettext
    given = [field for field in FIELDS if getattr(view.selection, field) != getattr(Selection(), field)]
    chosen = "\n".join(selected(given, view))
    lines = [
        (_("Finding"), drawing.sentence),
        (_("Content"), words.drawn),
        *([(_("Selection"), chosen)] if chosen else []),
        *([(_("Note"), words.note)] if words.note else []),
        (_("Coverage"), drawing.coverage),
        *_lines(drawing.sentence, view, url),
    ]
    columns = {name: _(NAMES[name]) for name in drawing.rows if name in NAMES}
    rules = method.rules_on_paper(view)
    return About(drawing.name, words.title, lines, rules, columns, CODED, published(drawing.tables))


def version_line(tables: Tables, view: View) -> str:
    """'0e3733aecc2f, published on 25 November 2026'."""
    day = published(tables)
    if day is None:
        return tables.version
    sentence = view.gettext("{version}, published on {date}")
    return sentence.format(version=tables.version, date=view.date(day.isoformat()))


def licence_line(view: View) -> str:
    """How the data may be used again."""
    return view.gettext("CC BY 4.0 ({url}): name the observatory and keep the sources.").format(url=LICENCE)


def _lines(title: str, view: View, url: str) -> list[tuple[str, str]]:
    _ = view.gettext
    citation = Citation(title, url, data_year(view.tables), view.tables.version, view.language)
    return [
        (_("Published by"), _(PUBLISHER)),
        (_("Data version"), version_line(view.tables, view)),
        (_("Licence"), licence_line(view)),
        (_("Address"), url),
        (_("To cite"), apa(citation)),
    ]


def chart_xlsx(drawing: Drawing, url: str) -> bytes:
    """The rows of a chart as a workbook with their sources; `url` is where the chart is shown."""
    return xlsx(drawing.rows, of_drawing(drawing, url), drawing.view)
