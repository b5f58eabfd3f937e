"""The command line of the outlets: briefings, charts and static embeds as files."""

import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, cast

import typer
from rich.progress import Progress

from atlas import store
from atlas.charts import charts
from atlas.outlets import static_site
from atlas.outlets.briefing.changes import changed, changes_line
from atlas.outlets.briefing.compose import compose
from atlas.outlets.briefing.document import Briefing, from_json, to_json
from atlas.outlets.briefing.faults import BadBriefing, Unshown
from atlas.outlets.briefing.pins import closest, drawing
from atlas.outlets.briefing.seen import refreshed
from atlas.outlets.briefing.templates import TEMPLATES
from atlas.outlets.briefing.writers import EXTENSIONS, FORMATS
from atlas.outlets.chromium import NoPicture
from atlas.outlets.dataset import csv
from atlas.outlets.drawing import Drawing
from atlas.outlets.embed.record import as_json
from atlas.outlets.image import MEDIA_TYPES, PRESETS, framed
from atlas.outlets.typesetting import Form
from atlas.selection import Selection
from atlas.store import Tables, TablesMissing
from atlas.theme import LIGHT
from atlas.view import View
from atlas.words import LANGUAGES

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Charts and briefings of the observatory as files.")
FAULT = 2
"""Exit code of what could not be done, said in one sentence."""
PUBLIC_URL = os.environ.get("PUBLIC_URL", "")
"""Address of the dashboard, for links."""
DATA: dict[str, Callable[[Drawing], bytes]] = {
    "csv": lambda drawn: csv(drawn.rows),
    "json": lambda drawn: as_json(drawn, drawn.address(PUBLIC_URL)),
}
CHART_FORMATS = (*MEDIA_TYPES, *DATA)
REFUSED = {
    "too_large": "{file} is too large for a briefing.",
    "not_a_briefing": "{file} is not a briefing.",
    "invalid": "{file} is not a briefing that can be read: {place}: {problem}.",
}

Language = Annotated[str, typer.Option(help=f"{' or '.join(LANGUAGES)}.")]
Country = Annotated[str, typer.Option(help="Countries or groups of countries, joined by ~: FR~ES~benelux.")]
Identifier = Annotated[str, typer.Option("--id", help="Identifier of a cluster: fr-darwin-bordeaux.")]
More = Annotated[list[str], typer.Option("--with", help="Any other parameter of a link: --with definition=ptce.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="File to write; its extension says in which form.")]
Base = Annotated[str, typer.Option(help="Address of the dashboard, to which figures lead.")]


class Refused(Exception):
    """What was asked for cannot be done; the message is the sentence that says why."""


@app.command("briefing")
def briefing_command(
    what: Annotated[str, typer.Argument(help=f"A template ({', '.join(TEMPLATES)}) or a saved briefing (.json).")],
    *,
    output: Output,
    country: Country = "",
    identifier: Identifier = "",
    lang: Language = "en",
    more: More = [],  # noqa: B006 (typer reads the default)
    base: Base = PUBLIC_URL,
) -> None:
    """Write a briefing from a template, or a saved one with the data of the day, as docx, pptx, pdf, html, zip (Markdown) or json."""
    with one_sentence():
        form, tables = _form(output), store.tables()
        asked = _parameters(country=country, id=identifier, more=more)
        briefing = TEMPLATES[what].draft(asked, tables, _language(lang)) if what in TEMPLATES else _saved(what, tables)
        today = datetime.now(UTC).date()
        briefing = refreshed(briefing, tables, today)
        body = FORMATS[form].write(compose(briefing, tables, base, today)) if form else to_json(briefing)
        _write(output, body)


@app.command("chart")
def chart_command(
    chart: Annotated[str, typer.Argument(help="Name of a chart: jobs_by_cluster.")],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write (default: its name, here).")
    ] = None,
    form: Annotated[str, typer.Option("--format", help=f"{', '.join(CHART_FORMATS)}.")] = "svg",
    preset: Annotated[str, typer.Option(help=f"Size of a PNG: {', '.join(filter(None, PRESETS))}.")] = "",
    country: Country = "",
    identifier: Identifier = "",
    lang: Language = "en",
    more: More = [],  # noqa: B006 (typer reads the default)
) -> None:
    """Write one chart as a picture (svg, png, pdf) or as data (csv, json)."""
    with one_sentence():
        _among("--format", form, CHART_FORMATS)
        _among("--preset", preset, PRESETS)
        if chart not in charts():
            raise Refused(f"No chart is called {chart!r}; the closest are {', '.join(closest(chart))}.")
        asked = _parameters(country=country, id=identifier, more=more)
        pinned = drawing(chart, asked, store.tables(), _language(lang))
        drawn = Drawing.of(chart, pinned.selection, pinned.tables, LIGHT)
        body = DATA[form](drawn) if form in DATA else framed(drawn, cast("Form", form), preset)
        _write(output or Path(f"{chart.replace('_', '-')}-{lang}.{form}"), body)


@app.command("static")
def static_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the site.")],
    country: Country = "",
    lang: Annotated[str, typer.Option(help=f"Languages joined by ~; all of {'~'.join(LANGUAGES)} by default.")] = "",
    base: Base = "",
) -> None:
    """Bake every chart's live embed into plain files, for any static host."""
    with one_sentence():
        address = base or os.environ.get("PUBLIC_URL", "")
        if not address:
            raise Refused("Say where the dashboard stands: --base https://…, or PUBLIC_URL. The pages lead to it.")
        languages = tuple(_language(code) for code in (lang or "~".join(LANGUAGES)).split("~"))
        countries = [code for code in country.split("~") if code]
        _known_countries(countries)
        with Progress(transient=True) as progress:
            task = progress.add_task("", total=None)
            pages = static_site.bake(
                output, address, countries, languages, lambda name: progress.update(task, description=name, advance=1)
            )
        typer.echo(f"{output}: {pages} pages. Open index.html.")


def _known_countries(countries: list[str]) -> None:
    _chosen, dropped = Selection.parse({"country": "~".join(countries)}, store.tables().codes)
    if dropped:
        hint = f"; did you mean {dropped[0].instead}?" if dropped[0].instead else "."
        raise Refused(f"--country: {dropped[0].value!r} is not known{hint}")


@contextmanager
def one_sentence() -> Iterator[None]:
    """Whatever cannot be done is one sentence and exit code 2, never a traceback."""
    try:
        yield
    except (Refused, Unshown, NoPicture, TablesMissing) as reason:
        _refuse(str(reason))
    except OSError as error:
        _refuse(f"{error.filename or 'A file'}: {error.strerror or error}.")


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(FAULT)


def _form(output: Path) -> str:
    """The form of a briefing that an extension stands for; '' for its own JSON."""
    known = {**EXTENSIONS, ".json": ""}
    if output.suffix.lower() not in known:
        raise Refused(f"{output.name}: a briefing is written as {', '.join(known)}.")
    return known[output.suffix.lower()]


def _saved(what: str, tables: Tables) -> Briefing:
    """A briefing that was saved; says what has changed since."""
    path = Path(what)
    if path.suffix.lower() != ".json":
        raise Refused(
            f"No template is called {what!r} (they are {', '.join(TEMPLATES)}), and a saved briefing ends in .json."
        )
    try:
        briefing = from_json(path.read_bytes())
    except BadBriefing as fault:
        raise Refused(REFUSED[fault.reason].format(file=path, place=fault.place, problem=fault.problem)) from fault
    found = changed(briefing, tables)
    typer.echo(changes_line(found, briefing, View.of(tables, Selection(language=briefing.language))))
    for change in found:
        typer.echo(f"- {change.title}\n    {change.before}\n    {change.now}")
    return briefing


def _parameters(*, country: str, id: str, more: list[str]) -> dict[str, str]:
    """The parameters of a link, as they were given."""
    pairs = [text.partition("=") for text in more]
    if wrong := [name for name, sign, _value in pairs if not sign]:
        raise Refused(f"--with takes name=value: {', '.join(wrong)}.")
    given = {"country": country, "id": id, **{name: value for name, _sign, value in pairs}}
    return {name: value for name, value in given.items() if value}


def _language(code: str) -> str:
    _among("--lang", code, LANGUAGES)
    return code


def _among(option: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise Refused(f"{option} is one of {', '.join(filter(None, known))}, not {value!r}.")


def _write(output: Path, body: bytes) -> None:
    output.write_bytes(body)
    typer.echo(f"{output}: {len(body):,} bytes.")
