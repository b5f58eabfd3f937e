"""NUTS codes: which are of a region, and the region that holds several. The code of a region begins with those it lies in."""

import re
from collections.abc import Iterable
from os.path import commonprefix
from typing import Any

from etl.schema import NUTS


def smallest(codes: Iterable[Any]) -> str | None:
    """The smallest NUTS region that holds all of `codes`; None when one of them is no region of NUTS, or none holds all."""
    known = list(codes)
    if not known or any(is_nowhere(code) for code in known):
        return None
    shared = commonprefix(known)  # noqa: RUF071 - so NUTS codes nest
    return shared if re.fullmatch(NUTS, shared) else None


def is_nowhere(code: Any) -> bool:
    """Whether a code is null, or not one of a region: of another classification, or Extra-Regio (FRZZZ)."""
    return not isinstance(code, str) or not re.fullmatch(NUTS, code) or code.endswith("ZZ")
