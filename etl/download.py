"""Bring in a publisher's file, exactly: asked politely, resumed, checked, and never at the cost of the last good copy.

What is refused is refused in one sentence (`NotFetched`), and the copy of yesterday stays where it is.
"""

import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import file_digest
from pathlib import Path
from urllib.parse import urlsplit

import httpx

TRIES = 3
LONGEST_WAIT = timedelta(minutes=2)
"""A publisher that asks for more is asked again another day."""
CHUNK = 2**16
BUSY = (408, 425, 429, 500, 502, 503, 504)
MOVED = (301, 308)
Check = Callable[[Path], str]
"""Reads a new file and says in one sentence what is wrong with it; '' when nothing is."""
Tell = Callable[[int, int | None], None]
"""Hears how many bytes have come, of how many (None when the publisher does not say)."""


class NotFetched(Exception):
    """The file did not come, or is not what it should be: one sentence that says what, where and what is done about it."""


@dataclass(frozen=True)
class Lock:
    """What a machine knows of a download. It lies beside the file, as `<name>.lock`."""

    url: str
    sha256: str
    bytes: int
    fetched_on: str
    checked_on: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    """Where the publisher has moved it for good, when that is not `url`."""


@dataclass(frozen=True)
class Remote:
    """A file of a publisher, and where it lies below the raw folder. `body` makes it a POST of form fields."""

    url: str
    path: Path
    parameters: Mapping[str, str | list[str]] = field(default_factory=dict)
    body: Mapping[str, str] | None = None
    check: Check = lambda path: ""
    is_html: bool = False
    pause: float = 0.0
    """Least seconds between two requests to this host."""

    @property
    def address(self) -> str:
        """The URL with its query."""
        return str(httpx.URL(self.url).copy_merge_params(dict(self.parameters))) if self.parameters else self.url


@dataclass(frozen=True)
class Fetched:
    """A file as it lies in the raw folder, and whether it is new."""

    path: Path
    lock: Lock
    is_new: bool


def client(timeout: float = 60) -> httpx.Client:
    """An HTTP client that says who asks: `CONTACT` in the environment names whom a publisher may write to."""
    contact = os.environ.get("CONTACT", "see the project's README")
    agent = f"social-innovation-clusters/0.1 ({contact})"
    return httpx.Client(headers={"User-Agent": agent}, timeout=timeout, follow_redirects=True)


def download(remote: Remote, raw: Path, http: httpx.Client, tell: Tell = lambda done, whole: None) -> Fetched:
    """Bring `remote` into `raw` if it has changed, with its lock. Raises NotFetched; what lay there is kept then."""
    import stamina  # a build, which asks nobody, does not wait for it

    path, known = raw / remote.path, _known(raw / remote.path, remote)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        for attempt in stamina.retry_context(
            on=_is_worth_another_try, attempts=TRIES, timeout=None, wait_initial=1, wait_max=30
        ):
            with attempt:
                answer = _stream(remote, path, known, http, tell)
    except httpx.HTTPStatusError as error:
        raise NotFetched(_refused(remote, error.response)) from error
    except httpx.HTTPError as error:
        raise NotFetched(f"{remote.url} does not answer ({_named(error)}).") from error
    if answer is None:
        return _same(path, known)
    return _taken(remote, path, known, answer)


def lock_of(path: Path) -> Lock | None:
    """The lock of a raw file; None without one, or when the file is not the one it was written for."""
    try:
        known = json.loads(lock_path(path).read_text(encoding="utf-8"))
        return Lock(**known) if path.stat().st_size == known["bytes"] else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _known(path: Path, remote: Remote) -> Lock | None:
    """What we have of this very address, its query included: another question has another answer."""
    known = lock_of(path)
    return known if known and known.url == remote.address else None


def lock_path(path: Path) -> Path:
    """`file.csv` -> `file.csv.lock`."""
    return path.with_name(path.name + ".lock")


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True)
class _Answer:
    """The headers that tell of a whole answer."""

    etag: str
    last_modified: str
    moved_to: str
    is_html: bool


def _stream(remote: Remote, path: Path, known: Lock | None, http: httpx.Client, tell: Tell) -> _Answer | None:
    """Write the answer beside `path`, going on where an interrupted one ended; None when nothing has changed."""
    _pause(remote)
    part, asked = _part(path), _headers(path, known)
    method, form = ("POST", remote.body) if remote.body is not None else ("GET", None)
    with http.stream(method, remote.url, params=remote.parameters or None, data=form, headers=asked) as answer:
        if answer.status_code == httpx.codes.NOT_MODIFIED:
            return None
        if answer.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink(missing_ok=True)
        answer.raise_for_status()
        is_more = answer.status_code == httpx.codes.PARTIAL_CONTENT
        _note_validator(part, answer)
        done, whole = (part.stat().st_size if is_more else 0), answer.headers.get("content-length")
        with part.open("ab" if is_more else "wb") as file:
            for chunk in answer.iter_bytes(CHUNK):
                file.write(chunk)
                done += len(chunk)
                tell(done, int(whole) if whole and not answer.headers.get("content-encoding") else None)
    return _Answer(
        answer.headers.get("etag", ""),
        answer.headers.get("last-modified", ""),
        str(answer.url) if any(step.status_code in MOVED for step in answer.history) else "",
        answer.headers.get("content-type", "").startswith("text/html"),
    )


def _headers(path: Path, known: Lock | None) -> dict[str, str]:
    """Conditional on what we have; or on what a broken download had begun."""
    part, validator = _part(path), _validator(path)
    if part.exists() and part.stat().st_size and validator:
        return {"Range": f"bytes={part.stat().st_size}-", "If-Range": validator, "Accept-Encoding": "identity"}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified} if known else {}
    return {name: value for name, value in asked.items() if value}


def _part(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def _validator(path: Path) -> str:
    note = path.with_name(path.name + ".part.validator")
    return note.read_text(encoding="utf-8") if note.exists() else ""


def _note_validator(part: Path, answer: httpx.Response) -> None:
    """A part may be gone on with only while the publisher's file is the same, and comes as it is."""
    etag = answer.headers.get("etag", "")
    strong = etag if etag and not etag.startswith("W/") else answer.headers.get("last-modified", "")
    is_plain = "content-encoding" not in answer.headers
    part.with_name(part.name + ".validator").write_text(strong if is_plain else "", encoding="utf-8")


def _taken(remote: Remote, path: Path, known: Lock | None, answer: _Answer) -> Fetched:
    """Check the new file, then put it in place of the last one."""
    part = _part(path)
    wrong = _wrong(remote, part, answer)
    part.with_name(part.name + ".validator").unlink(missing_ok=True)
    if wrong:
        part.unlink()
        raise NotFetched(f"{remote.url}: {wrong}")
    today, digest = f"{datetime.now(UTC):%Y-%m-%d}", sha256_of(part)
    lock = Lock(
        remote.address, digest, part.stat().st_size, today, today, answer.etag, answer.last_modified, answer.moved_to
    )
    part.replace(path)
    write_lock(path, lock)
    return Fetched(path, lock, known is None or known.sha256 != digest)


def _wrong(remote: Remote, part: Path, answer: _Answer) -> str:
    with part.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not start:
        return "the answer is empty. The last copy is kept; try again later."
    if not remote.is_html and (answer.is_html or start.startswith((b"<!doctype html", b"<html"))):
        return "a web page came instead of the data. The address has probably changed: look it up at the publisher's."
    return remote.check(part)


def _same(path: Path, known: Lock | None) -> Fetched:
    """Nothing has changed since: only the day it was asked for has."""
    if known is None:
        raise NotFetched(f"{path.name} is said not to have changed, but is not here: delete its lock and fetch again.")
    lock = replace(known, checked_on=f"{datetime.now(UTC):%Y-%m-%d}")
    write_lock(path, lock)
    return Fetched(path, lock, False)


def write_lock(path: Path, lock: Lock) -> None:
    """Beside the file, in one move."""
    beside = path.with_name(path.name + ".lock.new")
    known = {name: value for name, value in asdict(lock).items() if value != ""}
    beside.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    beside.replace(lock_path(path))


def _is_worth_another_try(error: Exception) -> bool | timedelta:
    """Whether the fault may pass, and after how long when the publisher says so."""
    if isinstance(error, httpx.HTTPStatusError):
        if error.response.status_code not in BUSY:
            return False
        wait = _retry_after(error.response)
        return wait if wait and wait <= LONGEST_WAIT else not wait
    return isinstance(error, httpx.TransportError)


def _retry_after(answer: httpx.Response) -> timedelta | None:
    """What the Retry-After header asks for: seconds, or a date."""
    said = answer.headers.get("retry-after", "")
    if said.isdigit():
        return timedelta(seconds=int(said))
    try:
        return max(parsedate_to_datetime(said) - datetime.now(UTC), timedelta(0))
    except (TypeError, ValueError):
        return None


def _refused(remote: Remote, answer: httpx.Response) -> str:
    status = answer.status_code
    if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
        return (
            f"{remote.url} is no longer there ({status}): the publisher has moved or retired it. The last copy is kept."
        )
    if status == httpx.codes.TOO_MANY_REQUESTS:
        return f"{remote.url} asks us to wait ({status}). The last copy is kept; try again later."
    return f"{remote.url} answers {status} {answer.reason_phrase}. The last copy is kept; try again later."


def _named(error: httpx.HTTPError) -> str:
    return str(error) or type(error).__name__


_asked_at: dict[str, float] = {}


def _pause(remote: Remote) -> None:
    """Keep the publisher's pace: no two requests to a host within `pause` seconds."""
    host = urlsplit(remote.url).netloc
    wait = _asked_at.get(host, -1e9) + remote.pause - time.monotonic()
    if wait > 0:
        time.sleep(wait)
    _asked_at[host] = time.monotonic()
