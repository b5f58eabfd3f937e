"""What a build says on the terminal: its steps as they run, then what it made or everything that is wrong."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import pandas as pd
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from etl.build import Built
from etl.bulk.run import Progress as Progressed
from etl.faults import BadInput
from etl.inbox.report import Report
from etl.projects.derived import Normalised
from etl.publish import DESCRIPTOR
from etl.refresh import Asked


@contextmanager
def steps(console: Console) -> Iterator[Callable[[str], None]]:
    """Give a function to announce a step: it spins while it runs and stays as a line, with its seconds, when done."""
    started: list[tuple[str, float]] = []

    def finish() -> None:
        if started:
            step, since = started.pop()
            console.print(f"{step} [dim]{perf_counter() - since:.1f} s[/dim]")

    with console.status("") as status:

        def tell(step: str) -> None:
            finish()
            started.append((step, perf_counter()))
            status.update(f"{step}…")

        yield tell
        finish()


@contextmanager
def downloads(console: Console) -> Iterator[Callable[[str], Callable[[int, int | None], None]]]:
    """Give a function that opens a bar for a source, and hears of its bytes."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:

        def bar(title: str) -> Callable[[int, int | None], None]:
            task = progress.add_task(title, total=None)
            return lambda done, whole: progress.update(task, completed=done, total=whole)

        yield bar


@contextmanager
def progress(console: Console) -> Iterator[Callable[[str, Progressed], None]]:
    """Give a function that hears how far the normalising of each bulk file is, and shows it: bytes and rows."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TextColumn("{task.fields[rows]} rows"))
    with Progress(*columns, console=console) as bars:
        tasks: dict[str, TaskID] = {}

        def tell(name: str, far: Progressed) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, rows="0")
            bars.update(tasks[name], description=f"{far.step} {name}", rows=f"{far.rows:,}")
            if far.step == "Normalising":
                bars.update(tasks[name], completed=far.done, total=far.whole)

        yield tell


def say_normalised(console: Console, made: list[Normalised]) -> None:
    """What the bulk sources are now, and what became of the rows that were read again."""
    for one in made:
        if one.counts:
            console.print(grid(one.counts.table(), f"{one.name}: {one.rows:,} rows"))


def say_asked(console: Console, asked: list[Asked]) -> None:
    """What came of asking each source; what failed in a sentence of its own."""
    if not asked:
        return
    rows = [(one.source_id, len(one.files), one.new, f"{one.bytes:,}", "failed" if one.why else "") for one in asked]
    console.print(grid(pd.DataFrame(rows, columns=["source", "files", "new", "bytes", "state"]), "Sources asked"))
    for one in asked:
        if one.why:
            console.print(f"{one.why}", markup=False, highlight=False, soft_wrap=True, style="bold red")


def say_bad_input(console: Console, bad: BadInput) -> None:
    """One sentence per fault."""
    for fault in bad.faults:
        console.print(str(fault), markup=False, highlight=False, soft_wrap=True)
    console.print(f"\n{counted(len(bad.faults), 'fault')}. The tables were not touched.", style="bold red")


def say_errors(console: Console, built: Built) -> None:
    """Every failed check in one table."""
    console.print(grid(built.errors.drop(columns="severity"), "Checks that failed"))
    console.print(f"{counted(len(built.errors), 'error')}. The tables were not touched.", style="bold red")


def say_built(console: Console, built: Built, rows_before: dict[str, int]) -> None:
    """Rows per table, and what is worth a look."""
    console.print(grid(with_change(built.ledger, rows_before), "Rows"))
    for imported in built.imports:
        say_imported(console, imported)
    if len(built.suggestions):
        console.print(grid(built.suggestions, "Perhaps one thing (add to same_as if so)"))
    if len(built.warnings):
        console.print(grid(built.warnings.drop(columns="severity"), "Warnings"))
    total = built.ledger.sum(numeric_only=True).astype("int64")
    console.print(
        f"{counted(len(built.ledger), 'table')}, {counted(total['rows_out'], 'row')}: {total['rows_in']} in, "
        f"{total['rows_merged']} merged, {total['rows_rejected']} rejected; "
        f"{counted(len(built.suggestions), 'suggestion')}, {counted(len(built.warnings), 'warning')}."
    )


def say_imported(console: Console, imported: Report) -> None:
    """A drop-in dataset: rows by what became of them, why, and what a human has to decide."""
    console.print(grid(imported.summary(), f"Drop-in dataset {imported.name}"))
    if imported.refusals:
        console.print(grid(imported.reasons(), "Not taken"))
    for sentence in imported.sentences():
        console.print(f"- {sentence}", markup=False, highlight=False, soft_wrap=True)


def with_change(ledger: pd.DataFrame, rows_before: dict[str, int]) -> pd.DataFrame:
    """The ledger, and how many rows more or fewer than the tables last written."""
    change = ledger["rows_out"] - ledger["table"].map(rows_before).fillna(0).astype("int64")
    return ledger.assign(change=change.map(lambda rows: f"{rows:+d}" if rows else ""))


def rows_written(tables: Path) -> dict[str, int]:
    """Rows per table of the tables last written; nothing when there are none that can be read."""
    try:
        resources = json.loads((tables / DESCRIPTOR).read_text(encoding="utf-8"))["resources"]
        return {resource["name"]: resource["row_count"] for resource in resources}
    except (OSError, ValueError, KeyError):
        return {}


def grid(rows: pd.DataFrame, title: str) -> Table:
    """Rows as a table of the terminal."""
    table = Table(title=title, title_justify="left", title_style="bold")
    for name, dtype in rows.dtypes.items():
        table.add_column(
            str(name).replace("_", " "), justify="right" if dtype.kind in "if" else "left", overflow="fold"
        )
    for row in rows.itertuples(index=False):
        table.add_row(*(escape(str(cell)) for cell in row))
    return table


def counted(number: int, thing: str) -> str:
    """1 row, 2 rows."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
