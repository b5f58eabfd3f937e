"""The README of a data package, in English and in French."""

from collections.abc import Collection, Mapping

from atlas import method
from atlas.outlets.about import licence_line, version_line
from atlas.outlets.chosen import selected
from atlas.outlets.citation import PUBLISHER, Citation, apa
from atlas.outlets.data.contents import Contents
from atlas.outlets.data.dictionary import described, resources, titled
from atlas.outlets.drawing import data_year
from atlas.store import package
from atlas.view import View
from atlas.words import LANGUAGES


def read_me(contents: Contents) -> str:
    """What the package holds, how it was chosen, and how to read it (Markdown)."""
    return "\n---\n\n".join(_told(contents, language) for language in LANGUAGES)


def _told(contents: Contents, language: str) -> str:
    view = View.of(contents.tables, contents.query.selection.but(language=language))
    _, whole = view.gettext, package()
    rows = {name: len(kept) for name, kept in contents.rows.items()}
    told = {
        _("Tables"): _tables(rows, contents.form, view),
        _("How to read the files"): _list(_reading(contents, view)),
        _("How figures are treated"): f"{_list(method.rules_on_paper(view))}\n{method.limits(view)}\n",
        _("Sources"): _list([source["citation"] for source in whole["sources"]]),
    }
    head = f"# {titled(whole, language)}\n\n{described(whole, language)}\n\n{_list(_facts(contents, view))}"
    parts = [head, *(f"## {title}\n\n{text}" for title, text in told.items())]
    return "\n".join([*parts, f"{method.borders(view)} {method.kosovo(view)}\n"])


def _facts(contents: Contents, view: View) -> list[str]:
    _ = view.gettext
    tables, title = contents.tables, titled(package(), view.language)
    citation = Citation(title, contents.url, data_year(tables), tables.version, view.language)
    facts = [
        (_("Published by"), _(PUBLISHER)),
        (_("Data version"), version_line(tables, view)),
        (_("Selection"), _selection(contents.query.given, view)),
        (_("Licence"), licence_line(view)),
        (_("Address"), f"<{contents.url}>"),
        (_("To cite"), apa(citation)),
    ]
    line = _("**{label}**: {text}")
    return [line.format(label=label, text=text) for label, text in facts]


def _selection(given: Collection[str], view: View) -> str:
    _ = view.gettext
    chosen = "; ".join(selected(given, view))
    if not chosen:
        return _("the whole data set")
    return _(
        "{chosen}. Tables that this does not touch are whole; clusters and programmes that a kept row points to are kept."
    ).format(chosen=chosen)


def _tables(rows: Mapping[str, int], form: str, view: View) -> str:
    _, known = view.gettext, resources()
    head = " | ".join([_("File"), _("Rows"), _("Content")])
    return f"| {head} |\n|---|---:|---|\n" + "".join(
        f"| `data/{name}.{form}` | {view.number(count)} | {described(known[name], view.language)} |\n"
        for name, count in rows.items()
    )


def _reading(contents: Contents, view: View) -> list[str]:
    _ = view.gettext
    dictionary = _("What each column means, in both languages, is in `datapackage.json` (Frictionless).")
    codes = _("Cells hold codes; `vocabulary` gives what they mean, in both languages.")
    sources = _("`source_ids` names the rows of `sources` that say what a row says, with the page and the sentence.")
    if contents.form == "parquet":
        geometry = _("Tables with a geometry carry the GeoParquet metadata; coordinates are WGS 84.")
        return [dictionary, codes, sources, geometry]
    dialects = {
        "comma": _("CSV: UTF-8, cells separated by commas, decimals by a point."),
        "semicolon": _("CSV for Excel in French: UTF-8, cells separated by semicolons, decimals by a comma."),
    }
    flat = _(
        "An empty cell is not published, never zero. Lists are joined by `;`. Geometry is in the Parquet files alone."
    )
    safe = _("A text that a spreadsheet would run as a formula begins with an apostrophe.")
    return [dictionary, codes, sources, dialects[contents.dialect], flat, safe]


def _list(items: Collection[str]) -> str:
    return "".join(f"- {item}\n" for item in items)
