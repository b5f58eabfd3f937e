"""A place for the tables outside of this folder: a bucket (`s3://bucket/prefix/tables`) or another folder, file by
file."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pyarrow import fs

from etl.history import put

SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
"""What makes an address an URL; one letter alone is a drive."""
TRIES = 5
"""Tries of one request: nobody waits for a refresh."""


class NotMirrored(Exception):
    """The tables could not be brought from their store, or sent there: one sentence."""


@dataclass(frozen=True)
class Store:
    """The folders of a store by their path from the one that holds them: `tables` (by its own name), archive, changes,
    reports."""

    url: str
    filesystem: fs.FileSystem
    root: str
    tables: str

    @classmethod
    def at(cls, url: str) -> "Store":
        """The store with the folder of tables at a path or an URL. Raises NotMirrored."""
        shown = f"TABLES_URL is {url.rpartition('@')[2]}"
        try:
            filesystem, path = reached(url.rstrip("/"))
        except (ValueError, OSError) as error:
            raise NotMirrored(f"{shown}, where no tables can be: {str(error).rstrip('.')}.") from error
        root, _slash, name = path.rpartition("/")
        if not root:
            raise NotMirrored(f"{shown}: name a folder in the bucket, such as {url.rstrip('/')}/tables.")
        return cls(url, filesystem, root, name)

    @property
    def is_local(self) -> bool:
        """Whether it is a folder on a disk of this machine."""
        return isinstance(self.filesystem, fs.LocalFileSystem)

    @property
    def folder(self) -> Path:
        """The folder of tables, of a store on a disk."""
        return Path(self.root, self.tables)

    def check(self) -> None:
        """Raises NotMirrored when there is no such bucket, OSError when it does not answer, or refuses the keys."""
        bucket = self.root.partition("/")[0]
        if not self.is_local and self.filesystem.get_file_info(bucket).type == fs.FileType.NotFound:
            raise NotMirrored(f"There is no bucket {bucket}: make it, or correct TABLES_URL ({self.url}).")

    def read(self, path: str) -> bytes | None:
        """A file; None when it is not there. Raises OSError."""
        try:
            with self.filesystem.open_input_file(f"{self.root}/{path}") as file:
                return file.read()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def put(self, path: str, content: bytes) -> None:
        """Write a file: it is there whole, or as it was. Raises OSError, NotMirrored when the store holds something
        else than was sent."""
        target = f"{self.root}/{path}"
        if self.is_local:
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            put(Path(target), content)
            return
        with self.filesystem.open_output_stream(target) as file:
            file.write(content)
        self._confirm(path, len(content))

    def names(self, path: str) -> list[str]:
        """What lies in a folder, in order; nothing when it is not there. Raises OSError."""
        found = self.filesystem.get_file_info(fs.FileSelector(f"{self.root}/{path}", allow_not_found=True))
        return sorted(one.base_name for one in found)

    def remove(self, path: str) -> None:
        """Remove a folder with all that is in it. Raises OSError."""
        self.filesystem.delete_dir(f"{self.root}/{path}")

    def _confirm(self, path: str, size: int) -> None:
        there = self.filesystem.get_file_info(f"{self.root}/{path}").size
        if there != size:
            raise NotMirrored(
                f"{self.url}: {path} was sent with {size} bytes and is kept with {there}; what readers see was not "
                "changed. A store that is not Amazon's may need AWS_REQUEST_CHECKSUM_CALCULATION=when_required."
            )


def reached(url: str) -> tuple[fs.FileSystem, str]:
    """The file system of a path or an URL, and the path in it. Keys are looked for as Amazon's own tools do. Raises
    ValueError, OSError."""
    if not SCHEME.match(url):
        return fs.LocalFileSystem(), str(Path(url).absolute())
    if "://" not in url:
        raise ValueError("an address begins with s3:// or file:///")
    parts = urlsplit(url)
    if parts.scheme != "s3":
        return fs.FileSystem.from_uri(url)
    if parts.query or "@" in parts.netloc:
        raise ValueError("what is after ? and before @ belongs in the variables AWS_*")
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION")
    s3 = fs.S3FileSystem(
        endpoint_override=endpoint or None,
        region=region or ("us-east-1" if endpoint else fs.resolve_s3_region(parts.netloc)),
        retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=TRIES),
        allow_delayed_open=True,
    )
    return s3, f"{parts.netloc}{parts.path}"
