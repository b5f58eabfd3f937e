"""The public address of the observatory, for what leaves it."""

import os

from starlette.requests import Request


def site(request: Request) -> str:
    """'https://host/prefix': `PUBLIC_URL` of the environment, else as the request reached us."""
    return os.environ.get("PUBLIC_URL", "").rstrip("/") or str(request.base_url).rstrip("/")
