"""Where readers send a correction: an issue tracker or a mail address, set by whoever runs the observatory."""

import os
import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

VARIABLE = "CORRECTIONS"
MAIL = re.compile(r"(?:mailto:)?([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)


def destination(environment: Mapping[str, str] = os.environ) -> str:
    """The address in the environment variable CORRECTIONS: http, https or mail; '' when absent or of another kind."""
    text = environment.get(VARIABLE, "").strip()
    if mail := MAIL.fullmatch(text):
        return f"mailto:{mail[1]}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s\"<>\\]", text)
    return text if is_web else ""


def prefilled(destination: str, title: str, body: str) -> str:
    """The address with title and body filled in: at `{title}` and `{body}` where it has them, else as parameters."""
    words = {"title": quote(title, safe=""), "body": quote(body, safe="")}
    if "{title}" in destination or "{body}" in destination:
        return destination.replace("{title}", words["title"]).replace("{body}", words["body"])
    name = "subject" if destination.startswith("mailto:") else "title"
    address, mark, fragment = destination.partition("#")
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{name}={words['title']}&body={words['body']}{mark}{fragment}"
