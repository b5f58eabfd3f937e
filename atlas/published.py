"""The files of one version of the tables: each is the one that the descriptor states, by its hash, wherever it lies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from typing import Any

import pyarrow as pa

from atlas.storage import Folder, TablesMissing

ARCHIVE = "archive"
"""Folder beside that of the tables, with whole copies of versions by their name."""


@dataclass(frozen=True)
class Published:
    """A version as its descriptor tells it: where it lies, its name, and of each file its path, hash ('': any) and
    bytes (0: any)."""

    folder: Folder
    version: str
    files: frozenset[tuple[str, str, int]]

    @classmethod
    def of(cls, folder: Folder, descriptor: Mapping[str, Any]) -> "Published":
        """The version that the descriptor of `folder` states."""
        files = ((one["path"], one.get("hash", ""), one.get("bytes", 0)) for one in descriptor.get("resources", ()))
        return cls(folder, str(descriptor["version"]), frozenset(files))

    def states(self, path: str) -> bool:
        """Whether the descriptor tells of a file."""
        return any(path == stated for stated, _digest, _size in self.files)

    def digest(self, path: str) -> str:
        """The hash of a file, as stated ('' when it is not)."""
        return next((digest for stated, digest, _size in self.files if stated == path), "")

    def content(self, path: str) -> bytes:
        """A file, whole. Another in its place is of another version, and never used. Raises TablesMissing."""
        for content in self.copies(path):
            if self.digest(path) in {"", f"sha256:{sha256(content).hexdigest()}"}:
                return content
        raise self._missing(path)

    def opened(self, path: str) -> pa.NativeFile:
        """A file, to read parts of it. What a store keeps of a version never changes, so that there its size is enough
        and only the parts are asked for; anywhere else the whole is looked at. Raises TablesMissing."""
        size = next((size for stated, _digest, size in self.files if stated == path), 0)
        if self.folder.is_local or not size:
            return self._opened_whole(path)
        try:
            file = self._kept.open(path)
        except FileNotFoundError:
            return self._opened_whole(path)
        except OSError as error:
            raise self._away(path, error) from error
        return file if file.size() == size else self._opened_whole(path)

    def copies(self, path: str) -> Iterator[bytes]:
        """The files of that name, of this version or another. Raises TablesMissing when a store is away."""
        for place in self._places:
            try:
                content = place.read(path)
            except OSError as error:
                if not place.is_local:
                    raise self._away(path, error) from error
                content = None
            if content:
                yield content

    @property
    def _kept(self) -> Folder:
        """Where this version is kept by its name; `folder` itself when it is that."""
        return self.folder if self.folder.name == self.version else self.folder.beside(f"{ARCHIVE}/{self.version}")

    @property
    def _places(self) -> tuple[Folder, ...]:
        """Where to look: on a store first where versions are kept, for there each is put before it is in use."""
        return (self.folder, self._kept) if self.folder.is_local else (self._kept, self.folder)

    def _opened_whole(self, path: str) -> pa.NativeFile:
        """The file on a disk once its hash is known to be right; that of a store, read."""
        for place in self._places if self.folder.is_local else ():
            try:
                file = place.open(path)
                if self.digest(path) in {"", f"sha256:{file_digest(file, 'sha256').hexdigest()}"}:
                    return file
                file.close()
            except OSError:
                continue
        return pa.BufferReader(self.content(path))

    def _missing(self, path: str) -> TablesMissing:
        mend = "run `python -m etl build`" if self.folder.is_local else "publish the tables there again"
        return TablesMissing(f"{self.folder.url}/{path} is not there as its descriptor states it: {mend}.")

    def _away(self, path: str, error: OSError) -> TablesMissing:
        return TablesMissing(f"{self.folder.url}: {path} cannot be read: {str(error).rstrip('.')}.")
