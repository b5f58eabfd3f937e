"""The one Chromium that draws pictures: started when first asked, shared by all, restarted when it dies.

Kaleido turns a plotly figure into SVG in it; every other form of picture is made from that SVG without a browser.
"""

import asyncio
import atexit
import logging
import threading
from base64 import b64encode
from collections.abc import Coroutine
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

FONTS = Path(__file__).parent / "fonts"
"""Atlas Sans: Source Sans 3 (Adobe, OFL) cut to the letters of European languages; see fonts/README.md."""
FACES = (("Regular", "normal", 400), ("Bold", "normal", 700), ("Italic", "italic", 400))
WAITING = 32
"""Pictures that may wait for their turn; one more is told that the server is busy."""
TIMEOUT = 30.0
"""Seconds that one picture may take."""
RENEWED = 100
"""Pictures after which the page is loaded anew, so that it never grows."""
log = logging.getLogger(__name__)


class NoPicture(Exception):
    """No picture can be drawn now; the message says why and what to do. `is_lasting`: not before something is installed."""

    def __init__(self, message: str, is_lasting: bool = False) -> None:
        super().__init__(message)
        self.is_lasting = is_lasting


def executable() -> str | None:
    """Path of the Chrome or Chromium that draws (`BROWSER_PATH` in the environment wins); None without one."""
    from choreographer.browsers.chromium import Chromium as Installed

    found = Installed.find_browser(skip_local=False)
    return str(found) if found and Path(found).is_file() else None


@lru_cache
def is_available() -> bool:
    """Whether this machine can draw pictures."""
    return executable() is not None


class Chromium:
    """Draws one figure after the other in a thread of its own. Safe to call from any thread."""

    def __init__(self, waiting: int = WAITING, timeout: float = TIMEOUT) -> None:
        self.timeout = timeout
        self._places = threading.BoundedSemaphore(waiting)
        self._loop = asyncio.new_event_loop()
        self._browser: Any = None
        self._ended: Any = None
        self._turn: asyncio.Lock | None = None
        threading.Thread(target=self._loop.run_forever, name="chromium", daemon=True).start()

    def svg(self, figure: go.Figure, width: int, height: int) -> str:
        """The figure as SVG, `width` by `height` pixels. Raises NoPicture."""
        if not is_available():
            raise NoPicture(
                "No Chrome or Chromium is installed: install Debian's `chromium`, or set BROWSER_PATH.", True
            )
        if not self._places.acquire(blocking=False):
            raise NoPicture("Too many pictures are being drawn: ask again in a few seconds.")
        try:
            return self._run(self._in_turn(figure, {"format": "svg", "width": width, "height": height}))
        finally:
            self._places.release()

    def close(self) -> None:
        """Stop the browser; the next picture starts it again."""
        self._run(self._close())

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _in_turn(self, figure: go.Figure, options: dict[str, Any]) -> str:
        from kaleido.errors import KaleidoError

        self._turn = self._turn or asyncio.Lock()
        async with self._turn:
            for attempt in (1, 2):
                try:
                    return (await self._drawn(figure, options)).decode("utf-8")
                except KaleidoError as error:
                    log.error("Figure refused by plotly: %s", error)
                    await self._close()
                    break
                except Exception as error:
                    log.warning("Picture failed, attempt %d: %s: %s", attempt, type(error).__name__, error)
                    await self._close()
            raise NoPicture("This picture could not be drawn: see the log of the server.")

    async def _drawn(self, figure: go.Figure, options: dict[str, Any]) -> bytes:
        """The picture, unless it takes too long or the browser ends before it."""
        if self._browser is None:
            self._browser = await _started(self.timeout)
            self._ended = self._watched(self._browser.subprocess)
        work = asyncio.ensure_future(self._browser.calc_fig(figure, opts=options))
        await asyncio.wait({work, self._ended}, timeout=self.timeout, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():
            work.cancel()
            raise TimeoutError(f"nothing drawn within {self.timeout:g} s, or Chromium ended")
        return work.result()

    def _watched(self, process: Any) -> asyncio.Future:
        """Done when the process ends. A daemon thread waits for it: nothing keeps the interpreter from ending."""
        ended = self._loop.create_future()

        def wait() -> None:
            process.wait()
            with suppress(RuntimeError):
                self._loop.call_soon_threadsafe(ended.set_result, None)

        threading.Thread(target=wait, name="chromium-watch", daemon=True).start()
        return ended

    async def _close(self) -> None:
        browser, self._browser = self._browser, None
        if browser is not None:
            await asyncio.wait({asyncio.ensure_future(browser.close())}, timeout=5)


async def _started(timeout: float) -> Any:
    from kaleido import Kaleido
    from kaleido._page_generator import PageGenerator

    class Page(PageGenerator):
        """Kaleido's page with our fonts, loaded before the first measure of a text."""

        header = f"{PageGenerator.header}<style>{faces()}</style>"
        footer = PageGenerator.footer.replace('<img id="kaleido-image"', f'{SPECIMEN}<img id="kaleido-image"')

    class Steady(Kaleido):
        """Keeps its page from one picture to the next: to load plotly anew takes longer than to draw."""

        drawn = 0

        async def _return_kaleido_tab(self, tab: Any) -> None:
            self.drawn += 1
            if self.drawn % RENEWED == 0:
                await tab.reload()
            await self.tabs_ready.put(tab)

    browser = Steady(n=1, timeout=timeout, page_generator=Page(mathjax=False))
    await browser.open()
    return browser


SPECIMEN = '<p style="position:absolute;visibility:hidden;font-family:Source Sans">a<b>a</b><i>a</i></p>'


@lru_cache
def faces(family: str = "Source Sans") -> str:
    """Our fonts as CSS that needs no other file, under the name that the figures ask for."""
    rule = (
        "@font-face{{font-family:'{family}';font-style:{style};font-weight:{weight};"
        "src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )
    return "".join(
        rule.format(family=family, style=style, weight=weight, data=b64encode(_font(face)).decode("ascii"))
        for face, style, weight in FACES
    )


def _font(face: str) -> bytes:
    return (FONTS / f"AtlasSans-{face}.woff2").read_bytes()


@lru_cache
def chromium() -> Chromium:
    """The Chromium of this process; it ends with it."""
    shared = Chromium()
    atexit.register(shared.close)
    return shared
