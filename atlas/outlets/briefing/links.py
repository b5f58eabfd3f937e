"""Addresses from the data or from an author, as documents may hold them."""

import re
from urllib.parse import quote, urlsplit

LONGEST = 2000
"""Characters of a link; Word calls a document with longer ones damaged."""


def target(url: str) -> str:
    """The address with all that is not plain encoded (an invalid one makes Word refuse the whole document); '' unless it is
    http(s) to a host."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[A-Za-z0-9.-]+", host):
        return ""
    rest = parts._replace(scheme="", netloc="").geturl()
    path = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", quote(rest, safe="/:=&?~#+!$,;'@()*%"))
    encoded = f"{parts.scheme}://{host}{port}{path}"
    return encoded if len(encoded) <= LONGEST else ""
