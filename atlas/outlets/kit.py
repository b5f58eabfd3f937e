"""A copy-ready kit: one ZIP with all that a page, an article or a slide needs to show a chart and to say where it comes from."""

from collections.abc import Iterable, Iterator

from atlas.outlets.about import chart_xlsx
from atlas.outlets.chromium import NoPicture
from atlas.outlets.citation import FORMATS
from atlas.outlets.dataset import csv
from atlas.outlets.drawing import Drawing
from atlas.outlets.image import PRESETS, framed
from atlas.outlets.snippet import iframe
from atlas.outlets.typesetting import Form
from atlas.outlets.zipped import zipped


def kit(drawing: Drawing, base: str) -> bytes:
    """The kit of a chart as a ZIP. Links stand below `base` ('https://host/prefix'). Without a browser to draw them, the
    pictures are left out and the README says so."""
    files = {**dict(_pictures(drawing)), **_texts(drawing, base)}
    readme = _readme(drawing, base, list(files)).encode("utf-8")
    return zipped({drawing.view.gettext("README.txt"): readme, **files})


def alternative(drawing: Drawing) -> str:
    """The text for who cannot see the picture: what it says, then what is drawn."""
    return f"{drawing.sentence}\n{drawing.words.drawn}\n"


def stem(drawing: Drawing) -> str:
    """The name of its files, without extension."""
    return drawing.name.replace("_", "-")


def _pictures(drawing: Drawing) -> Iterator[tuple[str, bytes]]:
    """The framed pictures by their file name, as far as they can be drawn."""
    try:
        for name, (form, preset) in _forms(drawing).items():
            yield name, framed(drawing, form, preset)
    except NoPicture:
        return


def _forms(drawing: Drawing) -> dict[str, tuple[Form, str]]:
    """File name of each picture -> its form and preset."""
    name = stem(drawing)
    sizes: dict[str, tuple[Form, str]] = {
        f"{name}-{preset}.png" if preset else f"{name}.png": ("png", preset) for preset in PRESETS
    }
    return {**sizes, f"{name}.svg": ("svg", ""), f"{name}.pdf": ("pdf", "")}


def _texts(drawing: Drawing, base: str) -> dict[str, bytes]:
    """Rows, sources and words by their file name."""
    version = drawing.tables.version
    citation = drawing.citation(drawing.address(base, v=version))
    texts = {
        "alt.txt": alternative(drawing),
        "source.txt": f"{drawing.coverage}\n{drawing.source_line}\n",
        "embed.txt": iframe(drawing, base) + "\n",
        "embed-frozen.txt": iframe(drawing, base, v=version) + "\n",
        **{f"citation.{form.extension}": form.write(citation) for form in FORMATS},
    }
    return {
        f"{stem(drawing)}.csv": csv(drawing.rows),
        f"{stem(drawing)}.xlsx": chart_xlsx(drawing, drawing.address(base)),
        "sources.csv": csv(drawing.sources.reset_index()),
        **{name: text.encode("utf-8") for name, text in texts.items()},
    }


def _readme(drawing: Drawing, base: str, files: Iterable[str]) -> str:
    """What the chart says, where it stands, and what each of the `files` is for, in the language."""
    _, words, meanings = drawing.view.gettext, drawing.words, _meanings(drawing)
    given = [name for name in meanings if name in files]
    missing = [_("Pictures are missing: they could not be drawn when this kit was made. All the rest is here.")]
    parts = [
        drawing.sentence,
        "\n".join(filter(None, (f"{words.title}. {words.drawn}", words.note, drawing.coverage, drawing.source_line))),
        _("Follows our data: {address}").format(address=drawing.address(base)),
        _("Frozen at this version: {address}").format(address=drawing.address(base, v=drawing.tables.version)),
        _("Anyone may use these files, if they name the source: copy source.txt beside the picture."),
        *([] if set(_forms(drawing)) <= set(given) else missing),
        "\n".join(f"{name}\n    {meanings[name]}" for name in given),
    ]
    return "\n\n".join(parts) + "\n"


def _meanings(drawing: Drawing) -> dict[str, str]:
    """What each file is for."""
    _, name = drawing.view.gettext, stem(drawing)
    return {
        f"{name}.png": _("The picture for a web page, 760 pixels wide."),
        f"{name}-social.png": _("The picture for social networks, 1200 by 628 pixels."),
        f"{name}-square.png": _("The picture as a square, 1080 by 1080 pixels."),
        f"{name}-print.png": _("The picture to print, 300 dots per inch at 19 cm."),
        f"{name}.svg": _("The picture at any size, for web pages and drawing programs."),
        f"{name}.pdf": _("The picture at any size, to print or to lay out."),
        "alt.txt": _("The text to give for who cannot see the picture."),
        "source.txt": _("The line to write below the picture."),
        "sources.csv": _("Every source: page, publisher, address, date and the sentence that is quoted."),
        f"{name}.csv": _("The rows that are drawn, with codes (UTF-8, commas)."),
        f"{name}.xlsx": _("The rows that are drawn, for a spreadsheet, with their sources."),
        "embed.txt": _("The code that shows the chart in a web page and follows our data."),
        "embed-frozen.txt": _("The same code for this version of the data: it will never change."),
        "citation.txt": _("How to cite the chart (APA)."),
        "citation.bib": _("The same for BibTeX."),
        "citation.ris": _("The same for Zotero, EndNote and others (RIS)."),
        "citation.json": _("The same for programs that read CSL-JSON."),
    }
