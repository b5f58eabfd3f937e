"""Who does the work: this process, one task after the other, or the workers of a Dask cluster."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from etl.read import bad_file

if TYPE_CHECKING:
    from distributed import Client

Task = TypeVar("Task")
Result = TypeVar("Result")


class Map(Protocol):
    """Applies a function to every task and gives the results in the order of the tasks."""

    def __call__(self, function: Callable[[Task], Result], tasks: Iterable[Task], /) -> Iterator[Result]: ...


@contextmanager
def workers(scheduler: str = "", patience: str = "30s") -> Iterator[Map]:
    """Workers of the cluster at `scheduler`, this process without one. They need this code, and the files at the same paths.

    Raises BadInput when no cluster answers there within `patience`.
    """
    if not scheduler:
        yield map
        return
    from distributed import Client

    try:
        client: Client = Client(scheduler, timeout=patience, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        remedy = "Start `dask scheduler` and `dask worker`, or leave --scheduler out to work on this machine"
        raise bad_file(scheduler, "is not the address of a Dask scheduler that answers", remedy) from error  # type: ignore[arg-type]
    with client:
        yield partial(on_cluster, client)


def on_cluster(client: "Client", function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
    """Results in order, each let go once it is taken; the tasks of a worker that dies are done by another."""
    futures = client.map(function, list(tasks), pure=False)
    for future in futures:
        yield future.result()
        future.release()
