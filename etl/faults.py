"""What is wrong in an input, said so that whoever keeps the file can mend it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

Result = TypeVar("Result")


@dataclass(frozen=True)
class Fault:
    """One thing wrong: where it is, what it is, how to mend it. `line` 0 and `column` "" stand for the whole file."""

    file: str
    line: int
    column: str
    value: str
    problem: str
    remedy: str

    @classmethod
    def at(cls, position: Any, column: Any, value: Any, problem: str, remedy: str) -> "Fault":
        """The fault of a cell; `position` is the (file, line) a row of the facts has as index."""
        file, line = position
        return cls(file, line, str(column), str(value), problem, remedy)

    def __str__(self) -> str:
        """One sentence: file, line, column, value, problem; then the remedy."""
        line = f", line {self.line}" if self.line else ""
        column = f", column {self.column}" if self.column else ""
        value = f" “{self.value}”" if self.value else ""
        colon = ":" if line or column or value else ""
        return f"{self.file}{line}{column}{colon}{value} {self.problem}. {self.remedy}."


class BadInput(Exception):
    """Inputs that cannot be used, with every fault found; printed as sentences at the command line only."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.file, fault.line, fault.column, fault.value))
        super().__init__("\n".join(map(str, self.faults)))


class BadCell(ValueError):
    """A cell that cannot be read: what is wrong with it and how to mend it."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}. {remedy}.")
        self.problem = problem
        self.remedy = remedy


def gather(steps: Iterable[Callable[[], Result]]) -> list[Result]:
    """Run every step, then return all results, or raise one BadInput with the faults of all that failed."""
    results: list[Result] = []
    faults: list[Fault] = []
    for step in steps:
        try:
            results.append(step())
        except BadInput as bad:
            faults += bad.faults
    if faults:
        raise BadInput(faults)
    return results
