"""The live embeds of a list of selections as plain files, for a static host: what a server answers, beside one another.

index.html                         every page that was baked, by language and selection
static/...                         scripts and fonts, as a server names them
<language>/<selection>/<chart>.html .svg .png .pdf .csv .json .plotly.json
"""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from pathlib import Path
from urllib.parse import urlencode

from atlas import store
from atlas.charts import charts
from atlas.outlets.chromium import is_available
from atlas.outlets.dataset import csv
from atlas.outlets.drawing import Drawing, on_paper
from atlas.outlets.embed.asked import FORMS, Asked
from atlas.outlets.embed.assets import assets
from atlas.outlets.embed.page import page, query
from atlas.outlets.embed.record import as_json
from atlas.outlets.image import MEDIA_TYPES, framed
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import LANGUAGES

EVERYWHERE = "europe"
SOCIAL = "social.png"
"""The picture that others show for a link."""
Tell = Callable[[str], None]


def bake(
    folder: Path,
    base: str,
    countries: Iterable[str] = (),
    languages: Iterable[str] = LANGUAGES,
    tell: Tell = lambda name: None,
) -> int:
    """Write every chart for Europe and, where it can be, for each of `countries` (codes, or groups), in each language.
    `base` is the address of the dashboard that the pages lead to. Returns how many pages were written; `tell` hears each.
    Without a Chromium the pictures are left out. Raises OSError."""
    tables = store.tables()
    _scripts(folder / "static")
    listed: dict[str, list[tuple[str, str]]] = {}
    for asked, place in _selections(tables, countries, languages):
        drawing = asked.drawing
        path = Path(drawing.language, place, f"{drawing.name}.html")
        tell(str(path))
        _write(folder / path, _page(asked, base).encode("utf-8"))
        _files(asked, folder / path, base)
        listed.setdefault(_heading(drawing), []).append((path.as_posix(), drawing.sentence))
    _write(folder / "index.html", _index(listed).encode("utf-8"))
    return sum(map(len, listed.values()))


def _selections(tables: Tables, countries: Iterable[str], languages: Iterable[str]) -> Iterator[tuple[Asked, str]]:
    """Each drawing with the name of its folder; a chart of one cluster has no page here, one with no rows neither."""
    names = list(dict.fromkeys(on_paper(name) for name in charts()))
    for language in languages:
        for country in ("", *countries):
            for name in names:
                filters = charts()[name].FILTERS
                if "id" in filters or (country and "countries" not in filters):
                    continue
                chosen = Selection(language=language, countries=(country,) if country else ())
                drawing = Drawing.of(name, chosen, tables)
                if len(drawing.rows):
                    yield Asked(drawing), country or EVERYWHERE


def _page(asked: Asked, base: str) -> str:
    """The page with the addresses of its files beside it."""
    drawing = asked.drawing
    html = page(asked, base, f"{base}/?{urlencode(drawing.parameters, safe='~')}")
    beside = {drawing.address(base, f".{form}"): f"{drawing.name}.{form}" for form in FORMS}
    beside |= {drawing.address(base, ".png", preset="social"): f"{drawing.name}.{SOCIAL}"}
    beside |= {f"{drawing.name}.plotly.json?{query(asked)}": f"{drawing.name}.plotly.json"}
    for address, name in sorted(beside.items(), key=lambda pair: -len(pair[0])):
        html = html.replace(escape(address), name).replace(address, name)
    return html.replace('"static/', '"../../static/').replace("url(static/", "url(../../static/")


def _files(asked: Asked, path: Path, base: str) -> None:
    drawing = asked.drawing
    written = {
        "csv": csv(drawing.rows),
        "json": as_json(drawing, drawing.address(base)),
        "plotly.json": drawing.figure.to_json().encode("utf-8"),
    }
    if is_available():
        written |= {form: framed(drawing, form) for form in MEDIA_TYPES} | {SOCIAL: framed(drawing, "png", "social")}  # type: ignore[arg-type]
    for ending, body in written.items():
        _write(path.with_name(f"{drawing.name}.{ending}"), body)


def _scripts(folder: Path) -> None:
    for asset in assets().values():
        _write(folder / asset.path, asset.body)


def _heading(drawing: Drawing) -> str:
    """'Français: France': the language and the selection of a list of pages."""
    view = View.of(drawing.tables, drawing.selection)
    return f"{drawing.language.upper()} · {', '.join(map(view.country, drawing.selection.countries)) or 'Europe'}"


def _index(listed: dict[str, list[tuple[str, str]]]) -> str:
    """The list of the pages, as HTML."""
    lists = "".join(
        f"<h2>{escape(heading)}</h2><ul>"
        + "".join(f'<li><a href="{escape(path)}">{escape(sentence)}</a></li>' for path, sentence in pages)
        + "</ul>"
        for heading, pages in listed.items()
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Charts</title><main><h1>Charts</h1>{lists}</main>'
    )


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
