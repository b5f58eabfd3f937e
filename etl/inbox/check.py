"""`check --descriptor D`: what would be taken of a file and why not the rest; nothing is written."""

from functools import partial
from pathlib import Path

from etl.download import Remote
from etl.faults import BadInput, gather
from etl.inbox.descriptor import Described, load
from etl.inbox.normalise import Imported, normalise
from etl.inbox.points import boxes_of
from etl.inbox.report import Report
from etl.inbox.take import Known
from etl.read import bad_file
from etl.sources import world_atlas
from etl.vocabulary import Codes
from etl.vocabulary import read as read_vocabulary

VOCABULARY = Path("data/vocabulary")
RAW = Path("data/raw")


def known(codes: Codes, raw: Path) -> Known:
    """The codes, and the boxes of the countries' land below `raw`."""
    return Known(codes, boxes_of(world_atlas.read(raw)))


def check(descriptor: Path, vocabulary: Path = VOCABULARY, raw: Path = RAW) -> Report:
    """What a descriptor takes of its file, row by row. Raises BadInput when the one or the other cannot be read."""
    return import_one(load(descriptor), known(read_vocabulary(vocabulary), raw), raw).report


def import_one(described: Described, known: Known, raw: Path) -> Imported:
    """The rows of one drop-in dataset, and the report on them."""
    return normalise(described, file_of(described, raw), known)


def remote(described: Described) -> Remote | None:
    """What has to be fetched for a descriptor; None when its file lies beside it."""
    url = described.descriptor.url
    return Remote(url, raw_path(described)) if url else None


def descriptors(inbox: Path) -> list[Described]:
    """Every descriptor of an inbox. Raises BadInput with the faults of all, two of one name among them."""
    loaded = gather(partial(load, path) for path in sorted(inbox.glob("*.yaml")))
    first: dict[str, Described] = {}
    again = [one for one in loaded if first.setdefault(one.descriptor.name, one) is not one]
    if again:
        remedy = "Give it another name: identifiers begin with it"
        raise BadInput(
            [one.fault(("name",), one.descriptor.name, "is the name of another descriptor", remedy) for one in again]
        )
    return loaded


def import_all(inbox: Path, codes: Codes, raw: Path) -> list[Imported]:
    """All drop-in datasets, each with its report. Raises BadInput with the faults of all that cannot be read."""
    found = descriptors(inbox)
    project = known(codes, raw) if found else Known(codes, {})
    return gather(partial(import_one, one, project, raw) for one in found)


def file_of(described: Described, raw: Path) -> Path:
    """Where the file of a descriptor lies: beside it, or below `raw` when it is fetched."""
    if described.descriptor.path:
        return described.path.parent / described.descriptor.path
    path = raw / raw_path(described)
    if not path.is_file():
        raise bad_file(path, "has not been fetched", "Run `python -m etl refresh`")
    return path


def raw_path(described: Described) -> Path:
    """Where the file of an address lies below the raw folder."""
    descriptor = described.descriptor
    ending = descriptor.format or Path(descriptor.url.split("?")[0]).suffix.removeprefix(".") or "csv"
    return Path("inbox", descriptor.name, f"{descriptor.name}.{ending}")
