"""Who does the work: this process, one task after the other, or the workers of a Dask cluster."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from etl.faults import BadInput, Fault

if TYPE_CHECKING:
    from distributed import Client

Task = TypeVar("Task")
Result = TypeVar("Result")
PATIENCE = "30s"
"""How long a scheduler is waited for."""


class Map(Protocol):
    """Applies a function to every task and gives the results in the order of the tasks."""

    def __call__(self, function: Callable[[Task], Result], tasks: Iterable[Task], /) -> Iterator[Result]: ...


@contextmanager
def workers(scheduler: str = "") -> Iterator[Map]:
    """Workers of the cluster at `scheduler`, this process without one. They need this code, and the files at the same paths.
    Raises BadInput as `cluster` does."""
    if not scheduler:
        yield map
        return
    with cluster(scheduler) as client:
        yield partial(on_cluster, client)


@contextmanager
def cluster(scheduler: str) -> Iterator["Client"]:
    """The cluster at `scheduler`. BadInput when none answers there within PATIENCE, or its packages are not installed here."""
    try:
        from distributed import Client
    except ImportError as error:
        remedy = "Run `pip install -r requirements-dev.txt`, or leave --scheduler out to work on this machine"
        raise bad_address(scheduler, f"cannot be asked: {error}", remedy) from error
    try:
        client: Client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        remedy = "Start `dask scheduler` and `dask worker`, or leave --scheduler out to work on this machine"
        raise bad_address(scheduler, "is not the address of a Dask scheduler that answers", remedy) from error
    with client:
        yield client


def bad_address(scheduler: str, problem: str, remedy: str) -> BadInput:
    """The fault of an address of a scheduler."""
    return BadInput([Fault(scheduler, 0, "", "", problem, remedy)])


def on_cluster(client: "Client", function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
    """Results in order, each let go once it is taken; the tasks of a worker that dies are done by another."""
    futures = client.map(function, list(tasks), pure=False)
    for future in futures:
        yield future.result()
        future.release()
