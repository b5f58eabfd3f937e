"""A folder of files on a disk or on object storage (`s3://bucket/prefix/tables`), read through one door."""

import os
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar, cast

import pyarrow as pa
from pyarrow import fs

AGAIN, AWAY = 2.0, 15.0
"""Seconds until a file of a store is looked at again, and until a store that did not answer is asked again."""
TRIES = 2
"""Tries of one request to a store: a reader is waiting."""
ENVIRONMENT = (("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"), ("AWS_REGION", "AWS_DEFAULT_REGION"))
"""Variables that say where a bucket is, the first that is set; the keys are read by the library itself."""
S3 = "s3://"
SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""What makes an address an URL; one letter alone is a drive."""
DISK = fs.LocalFileSystem()
Made = TypeVar("Made")


class TablesMissing(Exception):
    """The tables are absent or unreadable; the message says how to build them, or what is wrong with their address."""


@dataclass(frozen=True)
class Folder:
    """A folder by its address: an absolute path, or an URL. What is not there is None; a store that is away raises
    OSError."""

    url: str

    @classmethod
    def at(cls, place: str | Path) -> "Folder":
        """The folder at a path or an URL. Raises TablesMissing when that is no address of a folder."""
        url = str(place).rstrip("/")
        if not SCHEME.match(url):
            return cls(str(Path(url).absolute()))
        shown = f"TABLES_URL is {url.rpartition('@')[2]}"
        try:
            path = _path(url)
        except (ValueError, OSError) as error:
            raise TablesMissing(f"{shown}, where no tables can be: {str(error).rstrip('.')}.") from error
        if "/" not in path:
            raise TablesMissing(f"{shown}: name a folder in the bucket, such as {url}/tables.")
        return cls(path if url.startswith("file:") else url)

    @property
    def is_local(self) -> bool:
        """Whether it lies on a disk: looked at again at every request, for that costs nothing."""
        return "://" not in self.url

    @property
    def name(self) -> str:
        """Its own name."""
        return self.url.rpartition("/")[2]

    def beside(self, path: str) -> "Folder":
        """Another folder, by its path from the one that holds this one."""
        return Folder(f"{self.url.rpartition('/')[0]}/{path}")

    def read(self, path: str) -> bytes | None:
        """The file at `path` in it, as it is now."""
        try:
            with self.open(path) as file:
                return file.read()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def lately(self, path: str) -> bytes | None:
        """The file at `path`, as it was at most AGAIN seconds ago on a store; what was read once stays while a store is
        away."""
        return self.read(path) if self.is_local else _file(self, path).get()

    def open(self, path: str) -> pa.NativeFile:
        """The file at `path`, to read parts of it."""
        filesystem, root = _reached(self.url)
        return filesystem.open_input_file(f"{root}/{path}")

    def names(self) -> list[str]:
        """What lies in it, in order, as lately; nothing when it is not there. Raises OSError."""
        return self._names() if self.is_local else _names(self).get()

    def _names(self) -> list[str]:
        filesystem, root = _reached(self.url)
        found = filesystem.get_file_info(fs.FileSelector(root, allow_not_found=True))
        return sorted(one.base_name for one in found)


class Once(Generic[Made]):
    """Something that who asks first makes, while others wait; a failure is told again for `pause` seconds."""

    def __init__(self, make: Callable[[], Made], pause: float) -> None:
        self._make, self._pause, self._lock = make, pause, threading.Lock()
        self._made: Made | None = None
        self._failed: tuple[float, Exception] | None = None

    def get(self) -> Made:
        """What was made. Raises what making it raised."""
        with self._lock:
            if self._made is None:
                if self._failed and time.monotonic() < self._failed[0]:
                    raise self._failed[1]
                try:
                    self._made = self._make()
                except Exception as error:
                    self._failed = time.monotonic() + self._pause, error
                    raise
            return self._made


@dataclass
class Look(Generic[Made]):
    """What a store was last found to hold. One thread looks again; the others go on with what they have."""

    ask: Callable[[], Made]
    found: Made | None = None
    fault: OSError | None = None
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self) -> Made:
        """What was found. Raises OSError when the store is away and nothing was found before."""
        if time.monotonic() >= self.until and self.lock.acquire(blocking=not self.until):
            try:
                self._again()
            finally:
                self.lock.release()
        if self.fault and self.found is None:
            raise self.fault
        return cast(Made, self.found)

    def _again(self) -> None:
        if time.monotonic() < self.until:
            return
        try:
            self.found, self.fault, pause = self.ask(), None, AGAIN
        except OSError as fault:
            self.fault, pause = fault, AWAY
        self.until = time.monotonic() + pause


@lru_cache(maxsize=512)
def _file(folder: Folder, path: str) -> Look[bytes | None]:
    return Look(lambda: folder.read(path))


@lru_cache(maxsize=64)
def _names(folder: Folder) -> Look[list[str]]:
    return Look(folder._names)


def _reached(url: str) -> tuple[fs.FileSystem, str]:
    """The file system of an address, and the path in it. Raises OSError."""
    if "://" not in url:
        return DISK, url
    if not url.startswith(S3):
        return fs.FileSystem.from_uri(url)
    path = _path(url)
    return _s3(path.partition("/")[0], *(_environment(*names) for names in ENVIRONMENT)), path


def _path(url: str) -> str:
    """The path of an URL in its file system; the bucket comes first, and is not asked. Raises ValueError, OSError."""
    if "://" not in url:
        raise ValueError("an address begins with s3:// or file:///")
    if not url.startswith(S3):
        return str(fs.FileSystem.from_uri(url)[1])
    if "?" in url or "@" in url:
        raise ValueError("what is after ? and before @ belongs in the variables AWS_*")
    return url.removeprefix(S3)


@lru_cache(maxsize=16)
def _s3(bucket: str, endpoint: str, region: str) -> fs.S3FileSystem:
    """The file system of a bucket; its keys are looked for as Amazon's own tools do."""
    return fs.S3FileSystem(
        endpoint_override=endpoint or None,
        region=region or ("us-east-1" if endpoint else fs.resolve_s3_region(bucket)),
        connect_timeout=1,
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=TRIES),
    )


def _environment(*names: str) -> str:
    return next((value for name in names if (value := os.environ.get(name))), "")
