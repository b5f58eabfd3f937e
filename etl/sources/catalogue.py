"""What catalogues of datasets write alike: moments and addresses of pages."""

import re


def day(moment: object) -> str:
    """The day of a moment (ISO 8601); '' when it is none."""
    found = re.match(r"\d{4}-\d\d-\d\d", str(moment))
    return found[0] if found else ""


def page_or(given: object, otherwise: str) -> str:
    """A page as given, where it is a web address."""
    return str(given) if re.fullmatch(r"https?://\S+", str(given)) else otherwise
