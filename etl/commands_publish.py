"""The commands about what is there: `status`, `versions`, `rollback`, `diff`."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console

from etl import history, refresh, release, report, told
from etl import status as state
from etl.archive import is_whole, version_of
from etl.build import Folders
from etl.diff import SHARE, Difference, Loss, difference, of_folder, stop_for_loss
from etl.download import NotFetched
from etl.faults import BadInput
from etl.mirror import mirrored
from etl.once import Busy, one_at_a_time
from etl.storage import NotMirrored
from etl.version import NoVersion, find, versions

LOG_WIDTH = 160
console = Console(width=None if sys.stdout.isatty() else LOG_WIDTH)
HERE = Folders()
TABLES = Annotated[Path, typer.Option("--tables", help="Folder of the tables; the versions kept lie beside it.")]
RAW = Annotated[Path, typer.Option("--raw", help="Folder of the exact downloads.")]
INBOX = Annotated[Path, typer.Option("--inbox", help="Folder of the drop-in datasets and their descriptors.")]
ACCEPT_LOSS = Annotated[bool, typer.Option("--accept-loss", help="Go on although the data cover less than before.")]
LOST_SHARE = Annotated[float, typer.Option("--loss", min=0, max=1, help="Share of a coverage whose drop is a loss.")]


class Form(StrEnum):
    """How a command answers."""

    markdown = "markdown"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("status")(status_command)
    app.command("versions")(versions_command)
    app.command("rollback")(rollback_command)
    app.command("diff")(diff_command)


def status_command(
    tables: TABLES = HERE.tables,
    raw: RAW = HERE.raw,
    inbox: INBOX = HERE.inbox,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Tell how each source stands. Exit code: 0 all well, 1 a source is late or its last try failed, 2 no readable tables."""
    with said():
        found = state.statuses(refresh.known(inbox), raw, datetime.now(UTC).date())
    version = (version_of(tables) or "") if is_whole(tables) else ""
    say_statuses(found, version, as_json)
    raise typer.Exit(state.exit_code(found, bool(version)))


def versions_command(
    tables: TABLES = HERE.tables,
    current: Annotated[bool, typer.Option("--current", help="The name of the version in use, alone.")] = False,
) -> None:
    """List the versions of the data that can be read, today's first."""
    if current:
        typer.echo(version_of(tables) or "")
        return
    rows = [
        (version.name, version.published, version.replaced or "in use", str(version.folder))
        for version in versions(tables)
    ]
    console.print(report.grid(pd.DataFrame(rows, columns=["version", "published", "replaced", "folder"]), "Versions"))


def rollback_command(
    version: Annotated[str, typer.Argument(help="One of `versions`.")], tables: TABLES = HERE.tables
) -> None:
    """Publish a version that is kept again; the one it replaces is kept."""
    with said(), one_at_a_time(tables, "rollback"), mirrored(tables):
        find(version, tables)
        done = release.roll_back(version, tables, date.today())
    console.print(f"{tables} holds version {done.version}; {', '.join(done.changed) or 'no file'} changed.")
    console.print("The next build brings the newer content back, unless its facts are mended first.")


def diff_command(
    before: Annotated[str, typer.Argument(help="A version; the last one replaced, unless given.")] = "",
    after: Annotated[str, typer.Argument(help="A version; the one in use, unless given.")] = "",
    *,
    tables: TABLES = HERE.tables,
    form: Annotated[Form, typer.Option("--format", help="Markdown or JSON.")] = Form.markdown,
    accept_loss: ACCEPT_LOSS = False,
    share: LOST_SHARE = SHARE,
) -> None:
    """Tell what one version changes of another. Exits with 1 at a loss of coverage, unless it is accepted."""
    with said():
        found = between(before, after, tables)
        typer.echo(told.markdown(found) if form is Form.markdown else history.as_json(found, date.today()), nl=False)
        if not accept_loss:
            stop_for_loss(found, share)


def between(before: str, after: str, tables: Path) -> Difference:
    """The difference of two versions; '' stands for the last one replaced, and for the one in use. Raises NoVersion."""
    there = versions(tables)
    if not before and len(there) < 2:
        raise NoVersion(f"No version before the one in {tables} is kept: there is nothing to compare it with.")
    old = find(before, tables) if before else there[1]
    new = find(after, tables) if after else there[0]
    return difference(of_folder(old.folder), of_folder(new.folder))


@contextmanager
def said() -> Iterator[None]:
    """Say in one sentence per fault what went wrong, and exit with 1."""
    try:
        yield
    except BadInput as bad:
        report.say_bad_input(console, bad)
        raise typer.Exit(1) from bad
    except (NotFetched, NoVersion, Busy, Loss, NotMirrored) as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault
    except (OSError, ValueError) as fault:
        typer.echo(f"A file cannot be read or written: {fault}. The last good version is kept.", err=True)
        raise typer.Exit(1) from fault


def say_statuses(found: list[state.Status], version: str, as_json: bool) -> None:
    """The sources as a table, or as JSON with the version of the tables."""
    if as_json:
        typer.echo(
            json.dumps({"version": version, "sources": [asdict(one) for one in found]}, ensure_ascii=False, indent=2)
        )
        return
    rows = [(one.source_id, age(one), one.sha256, shown(one.rows), due(one), failures(one)) for one in found]
    console.print(
        report.grid(pd.DataFrame(rows, columns=["source", "age", "hash", "rows", "next due", "failures"]), "Sources")
    )
    console.print(f"Version of the tables: {version or 'none that is whole'}.")


def age(one: state.Status) -> str:
    """Since when nobody has looked; a day that is still to come is said to be one."""
    if one.age_days is None:
        return "not fetched"
    if one.age_days < 0:
        return f"{one.checked_on} is to come: look at the clock"
    return report.counted(one.age_days, "day")


def due(one: state.Status) -> str:
    """The day of the next fetch, and whether it is over."""
    return f"{one.next_due or 'now'} (late)" if one.is_late else one.next_due


def failures(one: state.Status) -> str:
    """How many tries failed since the last good one, and why the last did."""
    return f"{one.failures}: {one.why}" if one.failures else ""


def shown(rows: int | None) -> str:
    """A number of rows; nothing when nobody counted."""
    return "" if rows is None else f"{rows:,}"
