"""The floor of a request: one Starlette route and nothing behind it."""

import sys

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def answer(request: Request) -> Response:
    return PlainTextResponse("ok")


if __name__ == "__main__":
    uvicorn.run(Starlette(routes=[Route("/", answer)]), port=int(sys.argv[1]), log_level="error")
