"""The bulk files of the raw folder, normalised: one Parquet file each in data/bulk, made again only when its inputs change."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from hashlib import sha256
from inspect import getfile
from pathlib import Path
from shutil import rmtree

import pyarrow.parquet as pq

from etl.bulk import cells
from etl.bulk.contract import Bulk
from etl.bulk.counts import Counts
from etl.bulk.run import Progress, run
from etl.download import Lock, lock_of
from etl.faults import BadInput, gather
from etl.projects import places
from etl.projects.inputs import INPUTS, Input, first_line, read_inputs
from etl.projects.stored import BULK, COMPANIES, KOHESIO, ORGANISATIONS, PROJECTS, REGIONS, THEMES
from etl.read import bad_file
from etl.rounds import intact
from etl.sources import cordis, cordis_files, ess_companies, gisco, kohesio_projects

Tell = Callable[[str, Progress], None]
"""Hears of the file of that name how far it is."""


@dataclass(frozen=True)
class Derived:
    """A Parquet file: what it is called, the raw files it is made of, and how. `member` is what is taken of a zip."""

    name: str
    raw: str
    bulk: Bulk
    member: str = ""


@dataclass(frozen=True)
class Normalised:
    """A file of data/bulk: its rows and bytes, and what became of the rows read (None where it was there already)."""

    name: str
    rows: int
    bytes: int
    counts: Counts | None = None


DERIVED = (
    Derived(KOHESIO, "kohesio/*.csv", kohesio_projects.PROJECTS),
    Derived(PROJECTS, "cordis/*.zip", cordis_files.PROJECTS, "project.csv"),
    Derived(ORGANISATIONS, "cordis/*.zip", cordis_files.ORGANISATIONS, "organization.csv"),
    Derived(THEMES, "cordis/*.zip", cordis_files.THEMES, "euroSciVoc.csv"),
    Derived(COMPANIES, "ess-companies/*.csv", ess_companies.COMPANIES),
)
OPTIONAL = ("euroSciVoc.csv",)
"""Members that not every zip has."""


def normalise(
    raw: Path, out: Path = BULK, scheduler: str = "", tell: Tell = lambda name, progress: None
) -> list[Normalised]:
    """Normalise what was fetched of the bulk sources into `out`, on this machine or on the cluster at `scheduler`.

    A file whose inputs and code are those it was made of is left as it is. Raises BadInput with all that is wrong with any
    input: the file it goes into is then as it was.
    """
    made = gather(partial(one, derived, raw, out, scheduler, tell) for derived in DERIVED if inputs_of(derived, raw))
    if (out / KOHESIO).is_file() and (regions := placed(raw, out, scheduler, tell)):
        made.append(regions)
    return made


def one(derived: Derived, raw: Path, out: Path, scheduler: str, tell: Tell) -> Normalised:
    """One file, made again when it has to be."""
    paths, target = inputs_of(derived, raw), out / derived.name
    mark = fingerprint([lock(path) for path in paths], derived.bulk)
    if is_made_of(mark, target):
        return told(target)
    locks = {path: intact(path) for path in paths}
    with opened(derived, paths, out) as files:
        found = [Input.of(path, locks[path], first_line(file)) for path, file in files]
        said = {INPUTS: json.dumps({"made_of": mark, "files": [asdict(one) for one in found]}).encode()}
        bulk = replace(derived.bulk, schema=derived.bulk.schema.with_metadata(said))
        counts = run([file for _, file in files], bulk, target, scheduler, tell=partial(tell, derived.name))
    return told(target, counts)


def inputs_of(derived: Derived, raw: Path) -> list[Path]:
    """The raw files that are there, and hold what is taken of them."""
    paths = sorted(raw.glob(derived.raw))
    return [path for path in paths if derived.member not in OPTIONAL or cordis.holds(path, derived.member)]


def lock(path: Path) -> Lock:
    """What is known of a raw file, without reading it; BadInput when nothing is."""
    known = lock_of(path)
    if known is None:
        raise bad_file(path, "is not the file that was downloaded: its lock differs or is missing", "Fetch it again")
    return known


def fingerprint(locks: list[Lock], bulk: Bulk) -> str:
    """Tells what a file is made of: the inputs, and the code that reads them."""
    digest = sha256(b"".join(Path(getfile(code)).read_bytes() for code in (bulk.normalise, cells)))
    digest.update(repr(([(one.url, one.sha256) for one in locks], str(bulk.schema))).encode())
    return digest.hexdigest()


def is_made_of(mark: str, target: Path) -> bool:
    """Whether `target` is there, whole, and made of just that."""
    return target.is_file() and read_inputs(target).made_of == mark


@contextmanager
def opened(derived: Derived, paths: list[Path], out: Path) -> Iterator[list[tuple[Path, Path]]]:
    """Raw file and the CSV that it is or holds; members of a zip are unpacked for as long as the block lasts.

    They stay when it is interrupted, and the next run goes on with them.
    """
    if not derived.member:
        yield [(path, path) for path in paths]
        return
    folder = out / f".{derived.name}-unpacked"
    try:
        yield [(path, cordis.unpack(path, derived.member, folder)) for path in paths]
    except BadInput:
        rmtree(folder, ignore_errors=True)
        raise
    rmtree(folder, ignore_errors=True)


def placed(raw: Path, out: Path, scheduler: str, tell: Tell) -> Normalised | None:
    """The regions of projects that publish a point and no region; None without boundaries."""
    nuts, target = gisco.read(raw), out / REGIONS
    if nuts.empty:
        return None
    boundaries = [path.read_bytes() for path in sorted((raw / gisco.FOLDER).glob("*.lock"))]
    code = Path(getfile(places.placed)).read_bytes()
    mark = sha256(repr((read_inputs(out / KOHESIO).made_of, boundaries, code)).encode()).hexdigest()
    if not is_made_of(mark, target):
        said = {INPUTS: json.dumps({"made_of": mark, "files": []}).encode()}
        hear = partial(tell, target.name)
        places.run(out / KOHESIO, nuts, target, said=said, scheduler=scheduler, tell=hear)
    return told(target)


def told(target: Path, counts: Counts | None = None) -> Normalised:
    """How large a file is."""
    return Normalised(target.name, pq.read_metadata(target).num_rows, target.stat().st_size, counts)
