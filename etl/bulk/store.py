"""A Parquet file that appears whole or not at all: on this machine, or on object storage."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.fs
import pyarrow.parquet as pq


@contextmanager
def opened(out: str | Path, schema: pa.Schema) -> Iterator[pq.ParquetWriter]:
    """A writer of `out`. What it writes takes the place of what lay there when the block ends well, and only then."""
    files, path = located(out)
    if isinstance(files, pyarrow.fs.LocalFileSystem):
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    beside = f"{path}.{os.getpid()}.new"
    try:
        with pq.ParquetWriter(beside, schema, filesystem=files, compression="zstd") as writer:
            yield writer
        files.move(beside, path)
    except BaseException:
        with suppress(OSError):
            files.delete_file(beside)
        raise


def located(address: str | Path) -> tuple[pyarrow.fs.FileSystem, str]:
    """The file system of a path or address, and the path in it. AWS_ENDPOINT_URL names a server that is not Amazon's."""
    text = str(address)
    if not text.startswith("s3://"):
        return pyarrow.fs.LocalFileSystem(), text
    endpoint = os.environ.get("AWS_ENDPOINT_URL")
    files = pyarrow.fs.S3FileSystem(endpoint_override=endpoint, region=os.environ.get("AWS_REGION", "us-east-1"))
    return files, text.removeprefix("s3://")
