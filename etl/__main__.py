"""The command line: `python -m etl refresh`, `build`, `check`, `describe`, `fetch`, and what is about versions."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console

from etl import commands_publish, diff, proposals, refresh, report, reports, status
from etl.archive import version_of
from etl.build import Built, Folders, build
from etl.commands_publish import ACCEPT_LOSS, INBOX, LOST_SHARE, RAW, TABLES, said
from etl.download import client
from etl.inbox.check import check as check_descriptor
from etl.inbox.describe import describe
from etl.mirror import mirrored
from etl.once import one_at_a_time
from etl.projects import derived
from etl.refresh import Asked
from etl.release import release
from etl.sources import third_places, watch

LOG_WIDTH = 160
"""Characters per line where the terminal does not say (logs, pipes)."""
app = typer.Typer(add_completion=False, no_args_is_help=True, help="Refresh the tables of the observatory.")
console = Console(width=None if sys.stdout.isatty() else LOG_WIDTH)

FACTS = Annotated[Path, typer.Option("--facts", help="Folder of the curated CSV files.")]
VOCABULARY = Annotated[Path, typer.Option("--vocabulary", help="Folder of the vocabularies.")]
REVIEW = Annotated[Path, typer.Option("--review", help="Folder of the proposals that a human decides on.")]
BULK = Annotated[Path, typer.Option("--bulk", help="Folder of the bulk sources, normalised.")]
ONLY = Annotated[list[str], typer.Option("--only", help="Ask this source alone; may be repeated.")]
WITHOUT = Annotated[list[str], typer.Option("--without", help="Do not ask this source; may be repeated.")]
YEAR = Annotated[int, typer.Option("--nuts-year", help="Edition of the NUTS regions.")]
SCHEDULER = Annotated[
    str, typer.Option("--scheduler", help="Address of a Dask cluster that normalises the bulk sources.")
]
SCALE = Annotated[str, typer.Option("--scale", help="Scale of the boundaries: 01M, 03M, 10M, 20M or 60M.")]
NONE: list[str] = []
HERE = Folders()
commands_publish.register(app)


@app.command("refresh")
def refresh_command(
    facts: FACTS = HERE.facts,
    vocabulary: VOCABULARY = HERE.vocabulary,
    raw: RAW = HERE.raw,
    tables: TABLES = HERE.tables,
    inbox: INBOX = HERE.inbox,
    *,
    review: REVIEW = HERE.review,
    bulk: BULK = HERE.bulk,
    only: ONLY = NONE,
    without: WITHOUT = NONE,
    offline: Annotated[bool, typer.Option("--offline", help="Ask nobody: build from what is there.")] = False,
    nuts_year: YEAR = 2024,
    scale: SCALE = "10M",
    scheduler: SCHEDULER = "",
    accept_loss: ACCEPT_LOSS = False,
    loss: LOST_SHARE = diff.SHARE,
) -> None:
    """Ask the official sources, build, check, publish, and propose what a human may accept.

    Exit code: 0 all well; 1 a source did not come (its last copy serves), or nothing was published.
    """
    folders = Folders(facts, vocabulary, raw, tables, inbox, review, bulk)
    with said(), one_at_a_time(tables, "refresh"), mirrored(tables, console.print):
        asked = [] if offline else ask_all(folders, only, without, nuts_year, scale)
        normalise_bulk(folders, scheduler)
        built = build_and_publish(folders, accept_loss, loss)
        asked += [] if offline or only else ask_about_rows(built, folders)
        write_reports(built, folders)
    report.say_asked(console, asked)
    if any(one.why for one in asked):
        raise typer.Exit(1)


@app.command("build")
def build_command(
    facts: FACTS = HERE.facts,
    vocabulary: VOCABULARY = HERE.vocabulary,
    raw: RAW = HERE.raw,
    tables: TABLES = HERE.tables,
    inbox: INBOX = HERE.inbox,
    *,
    review: REVIEW = HERE.review,
    bulk: BULK = HERE.bulk,
    accept_loss: ACCEPT_LOSS = False,
    loss: LOST_SHARE = diff.SHARE,
) -> None:
    """Read, normalise, resolve and check the facts and all that was fetched or dropped in, then write the tables."""
    with said(), one_at_a_time(tables, "build"), mirrored(tables, console.print):
        folders = Folders(facts, vocabulary, raw, tables, inbox, review, bulk)
        write_reports(build_and_publish(folders, accept_loss, loss), folders)


@app.command("check")
def check_command(
    facts: FACTS = HERE.facts,
    vocabulary: VOCABULARY = HERE.vocabulary,
    raw: RAW = HERE.raw,
    tables: TABLES = HERE.tables,
    inbox: INBOX = HERE.inbox,
    *,
    review: REVIEW = HERE.review,
    bulk: BULK = HERE.bulk,
    descriptor: Annotated[
        Path | None, typer.Option("--descriptor", help="Check one drop-in dataset alone: data/inbox/<name>.yaml.")
    ] = None,
) -> None:
    """Do all that build does, and write nothing; or say what one descriptor takes of its file, and why not the rest."""
    since = perf_counter()
    with said():
        if descriptor:
            check_one(descriptor, vocabulary, raw)
        else:
            build_or_exit(Folders(facts, vocabulary, raw, tables, inbox, review, bulk))
    console.print(f"Nothing written, {perf_counter() - since:.1f} s.")


@app.command("describe")
def describe_command(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, XLS, ODS, JSON, GeoJSON or Parquet.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it: data/inbox/<name>.yaml.")
    ] = None,
) -> None:
    """Look at a file and write a first descriptor of it, its doubts as comments."""
    with said():
        written = describe(file)
        if output is None:
            typer.echo(written)
            return
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(written, encoding="utf-8")
        console.print(f"{output}: decide what is marked with ?, then check it with --descriptor {output}.")


@app.command("fetch")
def fetch_command(
    raw: RAW = HERE.raw,
    tables: TABLES = HERE.tables,
    inbox: INBOX = HERE.inbox,
    *,
    only: ONLY = NONE,
    without: WITHOUT = NONE,
    nuts_year: YEAR = 2024,
    scale: SCALE = "10M",
) -> None:
    """Ask the official sources and build nothing: the exact files and their locks go to the raw folder."""
    with said(), one_at_a_time(tables, "fetch"):
        asked = ask_all(Folders(raw=raw, tables=tables, inbox=inbox), only, without, nuts_year, scale)
    report.say_asked(console, asked)
    if any(one.why for one in asked):
        raise typer.Exit(1)


def ask_all(folders: Folders, only: list[str], without: list[str], year: int, scale: str) -> list[Asked]:
    """Ask every source that is chosen, with a bar of its bytes."""
    listed = [*refresh.official(year, scale), *refresh.dropped_in(folders.inbox)]
    with client() as http, report.downloads(console) as tell_of:
        return [
            refresh.ask(source, fetch, folders.raw, http, tell_of(source.title))
            for source, fetch in refresh.chosen(listed, folders.raw, only, without)
        ]


def normalise_bulk(folders: Folders, scheduler: str) -> None:
    """Normalise the bulk sources that were fetched, with a bar of their bytes and rows."""
    with report.progress(console) as tell:
        made = derived.normalise(folders.raw, folders.bulk, scheduler, tell)
    report.say_normalised(console, made)


def build_and_publish(folders: Folders, accept_loss: bool, share: float) -> Built:
    """Build, publish what changed, and report; the last good tables stay when any of it fails. Raises Loss, OSError."""
    since = perf_counter()
    built = build_or_exit(folders)
    done = release(built.tables, built.sources, folders.tables, date.today(), accept_loss=accept_loss, share=share)
    refresh.note_rows(folders.raw, built.rows_of)
    changed = ", ".join(done.changed) or "No file"
    console.print(f"{changed} changed in {folders.tables}, version {done.version}, {perf_counter() - since:.1f} s.")
    return built


def ask_about_rows(built: Built, folders: Folders) -> list[Asked]:
    """Ask the sources that know about single rows."""
    with client() as http, report.downloads(console) as tell_of:
        return proposals.ask_about(built.tables["clusters"], folders.raw, http, tell_of("Questions about single rows"))


def write_reports(built: Built, folders: Folders) -> None:
    """Put beside the tables what waits for a decision, what the build found and how the sources stand."""
    waiting = proposals.write(built.tables, folders.raw, folders.review)
    folder, version = folders.tables.parent / reports.REPORTS, version_of(folders.tables) or ""
    known = refresh.known(folders.inbox)
    found = status.statuses(known, folders.raw, datetime.now(UTC).date())
    for sentence in third_places.remarks(folders.raw):
        console.print(f"- {sentence}", markup=False, highlight=False, soft_wrap=True)
    reports.write_quality(built, version, waiting, folder)
    reports.write_watch(watch.news(folders.raw), folder, watch.remarks(folders.raw))
    reports.write_status(found, known, version, folder)


def check_one(descriptor: Path, vocabulary: Path, raw: Path) -> None:
    """Say what a descriptor takes; exit with 1 when it leaves a question open."""
    found = check_descriptor(descriptor, vocabulary, raw)
    report.say_imported(console, found)
    if not found.is_ready:
        raise typer.Exit(1)


def build_or_exit(folders: Folders) -> Built:
    """Build and report; exit with 1 when a check fails."""
    with report.steps(console) as tell:
        built = build(folders, tell)
    if len(built.errors):
        report.say_errors(console, built)
        raise typer.Exit(1)
    report.say_built(console, built, report.rows_written(folders.tables))
    return built


if __name__ == "__main__":
    app()
