"""How many more questions a portal allows, as its answers say (X-RateLimit headers): none is asked when none is left."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from etl.download import NotFetched

LEFT, RESET = "x-ratelimit-remaining", "x-ratelimit-reset"


class Spent(NotFetched):
    """The portal allows no more questions for now."""


@dataclass
class Allowance:
    """The questions left by host, and until when, both as the host writes them."""

    left: dict[str, tuple[str, str]] = field(default_factory=dict)

    def hear(self, answer: httpx.Response) -> None:
        """Note what an answer says. Raises Spent for one that was refused because nothing is left: to try again is no use."""
        if LEFT in answer.headers:
            self.left[answer.url.netloc.decode()] = answer.headers[LEFT].strip(), answer.headers.get(RESET, "").strip()
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            self.stop_if_spent(str(answer.url))

    def stop_if_spent(self, url: str) -> None:
        """Raises Spent when the host of `url` allows nothing more."""
        host = urlsplit(url).netloc
        left, reset = self.left.get(host, ("", ""))
        if left == "0":
            until = f" until {reset}" if reset else ""
            raise Spent(f"{host} allows no more questions{until}. Its last answers are kept; try again later.")


@contextmanager
def listening(http: httpx.Client) -> Iterator[Allowance]:
    """Hear all that comes to a client, until the block ends."""
    allowance = Allowance()
    http.event_hooks["response"].append(allowance.hear)
    try:
        yield allowance
    finally:
        http.event_hooks["response"].remove(allowance.hear)
