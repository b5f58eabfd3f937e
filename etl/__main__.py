"""The command line: `python -m etl build`, `check`, `describe` or `fetch`."""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter
from types import ModuleType
from typing import Annotated

import typer
from rich.console import Console

from etl import report, sources
from etl.build import Built, Folders, build
from etl.changes import changes_since
from etl.faults import BadInput
from etl.inbox.check import check as check_descriptor
from etl.inbox.describe import describe
from etl.publish import contents, publish
from etl.sources import Source

LOG_WIDTH = 160
"""Characters per line where the terminal does not say (logs, pipes)."""
app = typer.Typer(add_completion=False, no_args_is_help=True, help="Refresh the tables of the observatory.")
console = Console(width=None if sys.stdout.isatty() else LOG_WIDTH)

FACTS = Annotated[Path, typer.Option("--facts", help="Folder of the curated CSV files.")]
VOCABULARY = Annotated[Path, typer.Option("--vocabulary", help="Folder of the vocabularies.")]
RAW = Annotated[Path, typer.Option("--raw", help="Folder of the exact downloads.")]
INBOX = Annotated[Path, typer.Option("--inbox", help="Folder of the drop-in datasets.")]
TABLES = Annotated[Path, typer.Option("--tables", help="Folder the tables are written to.")]
HERE = Folders()


@app.command("build")
def build_command(
    facts: FACTS = HERE.facts,
    vocabulary: VOCABULARY = HERE.vocabulary,
    raw: RAW = HERE.raw,
    tables: TABLES = HERE.tables,
    inbox: INBOX = HERE.inbox,
) -> None:
    """Read, normalise, resolve and check the facts and the drop-in datasets, then write the tables."""
    since = perf_counter()
    built = build_or_exit(Folders(facts, vocabulary, raw, tables, inbox))
    changed = publish_or_exit(built, tables)
    console.print(f"{', '.join(changed) or 'No file'} changed in {tables}, {perf_counter() - since:.1f} s.")


@app.command("check")
def check_command(
    facts: FACTS = HERE.facts,
    vocabulary: VOCABULARY = HERE.vocabulary,
    raw: RAW = HERE.raw,
    tables: TABLES = HERE.tables,
    inbox: INBOX = HERE.inbox,
    *,
    descriptor: Annotated[
        Path | None, typer.Option("--descriptor", help="Check one drop-in dataset alone: data/inbox/<name>.yaml.")
    ] = None,
) -> None:
    """Do all that build does, and write nothing; or say what one descriptor takes of its file, and why not the rest."""
    since = perf_counter()
    if descriptor:
        check_descriptor_or_exit(descriptor, vocabulary, raw)
    else:
        build_or_exit(Folders(facts, vocabulary, raw, tables, inbox))
    console.print(f"Nothing written, {perf_counter() - since:.1f} s.")


@app.command("describe")
def describe_command(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, XLS, ODS, JSON, GeoJSON or Parquet.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to write it: data/inbox/<name>.yaml.")
    ] = None,
) -> None:
    """Look at a file and write a first descriptor of it, its doubts as comments."""
    with told():
        written = describe(file)
        if output is None:
            typer.echo(written)
            return
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(written, encoding="utf-8")
        console.print(f"{output}: decide what is marked with ?, then check it with --descriptor {output}.")


@app.command("fetch")
def fetch_command(raw: RAW = HERE.raw) -> None:
    """Download every source again; the exact bytes and their lock go to the raw folder."""
    for module in source_modules():
        if hasattr(module, "fetch"):
            with console.status(f"{module.SOURCE.title}…"):
                fetch_or_exit(module, raw)


@contextmanager
def told() -> Iterator[None]:
    """Bad input is one sentence per fault and exit code 1."""
    try:
        yield
    except BadInput as bad:
        report.say_bad_input(console, bad)
        raise typer.Exit(1) from bad


def check_descriptor_or_exit(descriptor: Path, vocabulary: Path, raw: Path) -> None:
    """Say what a descriptor takes; exit with 1 when it cannot be read or leaves a question open."""
    with told():
        found = check_descriptor(descriptor, vocabulary, raw)
        report.say_imported(console, found)
        if not found.is_ready:
            raise typer.Exit(1)


def build_or_exit(folders: Folders) -> Built:
    """Build and report; exit with 1 when an input is bad or a check fails."""
    with told(), report.steps(console) as tell:
        built = build(folders, tell)
    if len(built.errors):
        report.say_errors(console, built)
        raise typer.Exit(1)
    report.say_built(console, built, report.rows_written(folders.tables))
    return built


def publish_or_exit(built: Built, tables: Path) -> list[str]:
    """Write the tables; exit with 1, the last good ones kept, when they cannot be written."""
    try:
        files = contents(built.tables, declared_sources())
        return publish(files | changes_since(tables, files, built.tables, date.today()), tables)
    except OSError as error:
        console.print(f"{tables} cannot be written: {error}. Free some space or give another folder.", style="bold red")
        raise typer.Exit(1) from error


def fetch_or_exit(module: ModuleType, raw: Path) -> None:
    """Fetch one source; exit with 1, the last download kept, when its publisher does not answer."""
    try:
        path = module.fetch(raw)
    except OSError as error:
        console.print(f"{module.SOURCE.title}: {error}. The last download is kept; try again later.", style="bold red")
        raise typer.Exit(1) from error
    console.print(f"{path} ({path.stat().st_size:,} bytes)")


def source_modules() -> list[ModuleType]:
    """The modules of etl.sources, one per source."""
    names = sorted(module.name for module in pkgutil.iter_modules(sources.__path__))
    return [importlib.import_module(f"{sources.__name__}.{name}") for name in names]


def declared_sources() -> list[Source]:
    """What each source says of itself."""
    return [module.SOURCE for module in source_modules() if hasattr(module, "SOURCE")]


if __name__ == "__main__":
    app()
