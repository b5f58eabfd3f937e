"""The page of a chart: what it says, its picture in the page itself, its figures and sources; nothing of it needs a script."""

import logging
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import urlencode, urlsplit

from atlas.outlets.about import version_line
from atlas.outlets.briefing.composed import Grid, Source
from atlas.outlets.briefing.grids import grid
from atlas.outlets.briefing.numbering import Numbering
from atlas.outlets.chromium import NoPicture
from atlas.outlets.citation import PUBLISHER
from atlas.outlets.drawing import Drawing
from atlas.outlets.embed.asked import Asked
from atlas.outlets.embed.assets import path
from atlas.outlets.embed.inline import colours, recoloured
from atlas.outlets.embed.preview import head
from atlas.outlets.image import height
from atlas.theme import DARK, LIGHT, SANS

WIDE, NARROW = 760, 360
"""Pixels of the two drawings: one for a column of text, one for a phone."""
ROWS, SOURCES = 40, 40
"""Rows and sources that the page holds; its links lead to all of them. Rows cite the sources when all are listed."""
ROLES = ("background", "surface", "text", "quiet", "line", "primary")
FACES = (("Regular", 400), ("Bold", 700))
GROUND = f"--{LIGHT.background[1:]}-{DARK.background[1:]}"
"""The variable of the ground of a drawing: white on paper."""
FOLDER = Path(__file__).parent
log = logging.getLogger(__name__)


def page(asked: Asked, base: str, dashboard: str) -> str:
    """The page as HTML. `base` is the address of the site, `dashboard` that of the same view there. Without a browser to
    draw it, the picture is made in the reader's own, and the table stands open."""
    try:
        return _page(asked, base, dashboard, True)
    except NoPicture as error:
        log.warning("The page of %s goes without its picture: %s", asked.drawing.name, error)
        return _page(asked, base, dashboard, False)


@lru_cache(maxsize=128)
def _page(asked: Asked, base: str, dashboard: str, has_picture: bool) -> str:
    drawing = asked.drawing
    words, view = drawing.words, drawing.view
    pictures = _pictures(drawing) if has_picture else ""
    numbering, every = Numbering(drawing.tables), drawing.drawn.sources
    numbering.cite(every[:SOURCES])
    cites = numbering if len(every) <= SOURCES else Numbering(drawing.tables, has_sources=False)
    table = grid(drawing.rows, words.title, 0, cites, view, most=ROWS)
    texts = {
        "language": drawing.language,
        "scheme": asked.scheme,
        "title": words.title,
        "says": drawing.sentence,
        "drawn": words.drawn,
        "coverage": drawing.coverage,
        "publishers": drawing.publishers_line,
    }
    parts = {
        "head": head(asked, base),
        "style": _style(pictures, asked.scheme),
        "script": path("chart.js"),
        "chart": _chart(asked, pictures),
        "note": f'<p class="note">{escape(words.note)}</p>' if words.note else "",
        "table": _table(table, drawing, not has_picture),
        "sources": _sources(numbering.sources(view), drawing),
        "version": _version(asked),
        "links": _links(asked, base, dashboard),
    }
    return _template().substitute({name: escape(text) for name, text in texts.items()} | parts)


def query(asked: Asked) -> str:
    """The parameters of the drawing and its version, for the address of one of its files."""
    return urlencode({**asked.drawing.parameters, **asked.frozen}, safe="~")


def _pictures(drawing: Drawing) -> str:
    """Both drawings; the width of the frame shows one. Raises NoPicture."""
    wide, narrow = recoloured(drawing, WIDE, "w"), recoloured(drawing, NARROW, "n")
    return f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>'


def _chart(asked: Asked, pictures: str) -> str:
    """The pictures, and where the script finds the figure to be touched."""
    drawing = asked.drawing
    data = {
        "figure": f"{drawing.name}.plotly.json?{query(asked)}",
        "plotly": path("plotly.js"),
        "scheme": asked.scheme,
        "says": drawing.sentence,
    }
    told = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    if pictures:
        return f'<div id="chart"{told}>{pictures}</div>'
    _ = drawing.view.gettext
    sentence = _("The picture needs JavaScript here; the figures are in the table below.")
    room = f'style="min-height:{height(drawing)}px"'
    return f'<noscript><p class="note">{escape(sentence)}</p></noscript><div id="chart" data-now{told} {room}></div>'


def _table(table: Grid, drawing: Drawing, is_open: bool) -> str:
    """The figures as they are written; how many more there are is said."""
    _, ngettext, missing = drawing.view.gettext, drawing.view.ngettext, drawing.view.missing
    kinds = [' class="n"' if is_number else "" for is_number in table.is_number]
    header = "".join(
        f'<th scope="col"{kind}>{escape(name)}</th>' for name, kind in zip(table.columns, kinds, strict=True)
    )
    rows = "".join(f"<tr>{_cells(row, kinds, missing)}</tr>" for row in table.rows)
    more = table.left_out
    rest = ngettext("{n} more row is in the CSV file.", "{n} more rows are in the CSV file.", more) if more else ""
    label = escape(_("The same figures as a table"))
    return (
        f"<details{' open' if is_open else ''}><summary>{label}</summary>"
        f'<div class="table" tabindex="0" role="region" aria-label="{label}"><table><caption>{escape(table.caption)}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{f'<p>{escape(rest)}</p>' if rest else ''}</details>"
    )


def _cells(row: tuple[str, ...], kinds: list[str], missing: str) -> str:
    return "".join(
        f'<td{kind}><span class="none">{escape(text)}</span></td>'
        if text == missing
        else f"<td{kind}>{escape(text)}</td>"
        for text, kind in zip(row, kinds, strict=True)
    )


def _sources(sources: tuple[Source, ...], drawing: Drawing) -> str:
    """The pages and documents behind the figures, numbered as the table cites them."""
    ngettext = drawing.view.ngettext
    every = len(drawing.sources)
    more = every - len(sources)
    rest = (
        ngettext("{n} more source is in the JSON file.", "{n} more sources are in the JSON file.", more)
        if more > 0
        else ""
    )
    items = "".join(f'<li value="{source.number}">{_source(source)}</li>' for source in sources)
    label = ngettext("{n} source", "{n} sources", every)
    return f"<details><summary>{escape(label)}</summary><ol>{items}</ol>{f'<p>{escape(rest)}</p>' if rest else ''}</details>"


def _source(source: Source) -> str:
    """Title (a link, http or https only), publisher and date."""
    title = escape(source.title)
    if urlsplit(source.url).scheme in {"http", "https"}:
        title = f'<a href="{escape(source.url)}" target="_blank" rel="noopener noreferrer">{title}</a>'
    return f"{title}. {escape(source.publisher)}, {escape(source.published)}"


def _version(asked: Asked) -> str:
    """Who publishes, which version of the data, and whether the page follows them."""
    drawing = asked.drawing
    _ = drawing.view.gettext
    line = _("{observatory}, data version {version}, CC BY 4.0.").format(
        observatory=_(PUBLISHER), version=version_line(drawing.tables, drawing.view)
    )
    frozen = _("This view is frozen: it stays as it is when our data change.")
    return escape(" ".join((line, frozen)) if asked.version else line)


def _links(asked: Asked, base: str, dashboard: str) -> str:
    """The same view in the dashboard, the view that follows the data, the files."""
    drawing = asked.drawing
    _ = drawing.view.gettext
    links = {_("Explore in the observatory"): dashboard}
    if asked.version:
        links |= {_("The same with today’s data"): drawing.address(base)}
    links |= {
        form.upper(): drawing.address(base, f".{form}", **asked.frozen) for form in ("csv", "json", "png", "svg", "pdf")
    }
    return "\n".join(
        f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(text)}</a>'
        for text, address in links.items()
    )


def _style(pictures: str, scheme: str) -> str:
    """The style sheet: our fonts, and each colour for a light and for a dark page; paper is always light."""
    variables = [(f"--{role}", getattr(LIGHT, role), getattr(DARK, role)) for role in ROLES] + colours(pictures)
    light = "--scheme:light;" + "".join(f"{name}:{value};" for name, value, _dark in variables)
    dark = "--scheme:dark;" + "".join(f"{name}:{value};" for name, _light, value in variables)
    hidden = {"light": ".on-dark{display:none}", "dark": ".on-light{display:none}.on-dark{display:inline}"}
    on_dark = {"auto": "screen and (prefers-color-scheme:dark)", "dark": "screen", "light": "not all"}[scheme]
    return f"{_faces()}:root{{{light}}}{hidden['light']}@media {on_dark}{{:root{{{dark}}}{hidden['dark']}}}" + Template(
        (FOLDER / "style.css").read_text(encoding="utf-8")
    ).substitute(sans=SANS, ground=GROUND)


@lru_cache
def _faces() -> str:
    return "".join(
        f"@font-face{{font-family:'Source Sans';font-weight:{weight};font-display:swap;"
        f"src:url({path(f'AtlasSans-{face}.woff2')}) format('woff2')}}"
        for face, weight in FACES
    )


@lru_cache
def _template() -> Template:
    return Template((FOLDER / "page.html").read_text(encoding="utf-8"))
