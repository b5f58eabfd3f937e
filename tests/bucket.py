"""A bucket on this machine: a real S3 server, which remembers what it was asked, knows one key, and can go away."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4
from xml.etree import ElementTree

from localbucket import S3Error, S3Handler

KEY = "known"


class Asked(NamedTuple):
    """One request: what, of which address, which part."""

    method: str
    address: str
    part: str


@dataclass
class Bucket:
    """A bucket, and its files as a folder. `before` hears each request before it is answered."""

    root: Path
    name: str = field(default_factory=lambda: f"atlas-{uuid4().hex[:12]}")
    endpoint: str = ""
    is_away: bool = False
    asked: list[Asked] = field(default_factory=list)
    before: Callable[[Asked], None] = lambda asked: None

    @property
    def url(self) -> str:
        """Where the tables are."""
        return f"s3://{self.name}/observatory/tables"

    @property
    def place(self) -> Path:
        """The folder that holds those of the tables, the archive, the changes..."""
        return self.root / self.name / "observatory"

    def files(self) -> dict[str, bytes]:
        """What is in it, by path."""
        paths = sorted(path for path in self.place.rglob("*") if path.is_file())
        return {path.relative_to(self.place).as_posix(): path.read_bytes() for path in paths}

    def asked_for(self, name: str) -> list[Asked]:
        """The requests whose address ends with `name`."""
        return [one for one in self.asked if urlsplit(one.address).path.endswith(name)]

    def variables(self) -> dict[str, str]:
        """The environment with which it is reached."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_EC2_METADATA_DISABLED": "true",
        }


@contextmanager
def serving(root: Path) -> Iterator[Bucket]:
    """A bucket below `root`, until the block ends."""
    bucket = Bucket(root)
    (root / bucket.name).mkdir(parents=True)

    class Handler(S3Handler):
        data_root = root
        disable_nagle_algorithm = True

        def parse_request(self) -> bool:
            if not super().parse_request():
                return False
            asked = Asked(self.command, self.path, self.headers.get("Range", ""))
            bucket.asked.append(asked)
            bucket.before(asked)
            if bucket.is_away:
                self.close_connection = True
                return False
            if f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
                self._send_error(S3Error(HTTPStatus.FORBIDDEN, "InvalidAccessKeyId", "The key is not known."))
                return False
            return True

        def do_POST(self) -> None:
            """Also DeleteObjects, which the server has not."""
            if "delete" not in parse_qs(urlsplit(self.path).query, keep_blank_values=True):
                super().do_POST()
                return
            for key in ElementTree.fromstring(self._read_body()).findall(".//{*}Key"):
                (root / bucket.name / (key.text or "")).unlink(missing_ok=True)
            self._send_xml(ElementTree.Element("DeleteResult"))

        def do_PUT(self) -> None:
            """Also the mark of an empty folder, which clients need and folders do not."""
            if self.path.endswith("/"):
                self._read_body()
                self._send(HTTPStatus.OK)
            else:
                super().do_PUT()

        def do_DELETE(self) -> None:
            """Also the mark of an empty folder."""
            if self.path.endswith("/"):
                self._send(HTTPStatus.NO_CONTENT)
            else:
                super().do_DELETE()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    bucket.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield bucket
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
