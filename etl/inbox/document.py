"""YAML with the line every value stands on, so that a fault in a descriptor can be pointed at."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from etl.read import bad_file

Path_ = tuple[str | int, ...]
"""Where a value stands in a document: ("tables", 0, "fields", "name")."""
Lines = dict[Path_, int]


def read_yaml(path: Path) -> tuple[Any, Lines]:
    """The content of a YAML file, every scalar as text (`no` stays Norway), and the line of every value."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, yaml.BaseLoader)
        content = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - makes text, lists and mappings only
    except FileNotFoundError as error:
        raise bad_file(path, "is missing", "Restore it, or give the descriptor's path") from error
    except UnicodeDecodeError as error:
        raise bad_file(path, "is not UTF-8", "Save it as UTF-8") from error
    except yaml.MarkedYAMLError as error:
        raise not_yaml(path, error) from error
    except yaml.YAMLError as error:
        raise bad_file(path, f"is not YAML ({first_line(error)})", "Correct or remove that character") from error
    if not isinstance(content, dict) or node is None:
        raise bad_file(path, "holds no descriptor", "Begin it with `python -m etl describe FILE`")
    lines = dict(walk(node, ()))
    if repeated := next(repeats(node), None):
        remedy = "Keep one of the two: the second would hide the first"
        raise bad_file(path, "stands twice in the same mapping", remedy, line=repeated[1], value=repeated[0])
    return content, lines


def not_yaml(path: Path, error: yaml.MarkedYAMLError) -> Exception:
    """The fault of a file that is not YAML, at its line."""
    line = error.problem_mark.line + 1 if error.problem_mark else 0
    remedy = "Indent with spaces, and put quotes around text that holds a colon, a # or starts with a mark"
    return bad_file(path, f"is not YAML ({error.problem or first_line(error)})", remedy, line=line)


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def walk(node: yaml.Node, at: Path_) -> Iterator[tuple[Path_, int]]:
    """Every value's place and line, from 1."""
    yield at, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*at, key.value), key.start_mark.line + 1
            yield from ((place, line) for place, line in walk(value, (*at, key.value)) if place != (*at, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from walk(item, (*at, number))


def repeats(node: yaml.Node) -> Iterator[tuple[str, int]]:
    """Keys written twice in one mapping: the key, and the line of the second."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
            yield from repeats(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from repeats(item)


def line_of(lines: Lines, at: Path_) -> int:
    """The line of a value, or of the nearest thing around it that is written."""
    return next(lines[at[:length]] for length in range(len(at), -1, -1) if at[:length] in lines)
