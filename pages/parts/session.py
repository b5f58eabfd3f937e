"""One reader's state: the tables, what the URL selects, and how to draw for them. The URL is the only truth."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import streamlit as st

from atlas import store
from atlas.parameters import PARAMETERS, Dropped
from atlas.selection import Selection
from atlas.store import Tables, TablesMissing
from atlas.theme import DARK, LIGHT
from atlas.view import View
from atlas.words import LANGUAGES
from pages import OWN, PAGES

KEPT = "selection"
NO_PAGE = "page"
"""Parameter that names a page which does not exist (see `atlas.outlets.index`)."""


@dataclass(frozen=True)
class Session:
    """What a page needs to choose, call and arrange."""

    tables: Tables
    selection: Selection
    view: View
    dropped: list[Dropped]


def start() -> Session:
    """Read the URL, or bring back the reader's filters when a menu link opened the page without any."""
    tables = _tables()
    parameters = _parameters()
    selection, dropped = Selection.parse(parameters, tables.codes)
    if "lang" not in parameters:
        selection = selection.but(language=_browser_language())
    if NO_PAGE in st.query_params:
        dropped.append(Dropped(NO_PAGE, st.query_params[NO_PAGE]))
    theme = DARK if st.context.theme.type == "dark" else LIGHT
    st.session_state["offered"] = ()
    st.session_state["session"] = Session(tables, selection, View.of(tables, selection, theme), dropped)
    return st.session_state["session"]


def _tables() -> Tables:
    """The tables; those shown last while they are away. Raises TablesMissing when none were shown yet."""
    try:
        return store.tables()
    except TablesMissing:
        if "session" in st.session_state:
            return current().tables
        raise


def settle(page: str) -> None:
    """Keep the choices of `page` for the pages after it, and let the URL hold those that it offers.

    A sheet has no filters of its own, so those of the list before it stay; on the map, an id only marks a cluster.
    """
    selection, others = current().selection, {field for name, fields in OWN.items() if name != page for field in fields}
    fields = [field for field in PARAMETERS if field not in others]
    kept = st.session_state.get(KEPT, selection)
    st.session_state["arrived"] = st.session_state.get("page") != page
    st.session_state["page"] = page
    is_sheet = selection.id and page != "map"
    changes = {field: getattr(selection, field) for field in fields} if not is_sheet else {}
    st.session_state[KEPT] = kept.but(**{**changes, "id": "", "language": selection.language})
    _write(selection, fields)


def arrived() -> bool:
    """Whether the reader has just come to this page, rather than changed something on it."""
    return bool(st.session_state["arrived"])


def current() -> Session:
    """The session `start` opened in this run."""
    return st.session_state["session"]


def asked() -> Selection:
    """What the URL selects now: since `start`, the browser may have moved the map, or the reader chosen."""
    return Selection.parse(_parameters(), current().tables.codes)[0].but(language=current().selection.language)


def choose(**changes: object) -> None:
    """Change the selection; the URL follows and the page is drawn anew."""
    _write(asked().but(**changes))


def link(**changes: object) -> dict[str, str]:
    """URL parameters of a page that keeps nothing of the selection but the language."""
    return current().selection.only(()).but(**changes).parameters()


def back() -> dict[str, str]:
    """URL parameters of the list a sheet was opened from, with its filters."""
    return st.session_state[KEPT].parameters()


def origin() -> str:
    """The address of the dashboard as this reader reaches it, without a page: 'https://host/prefix'."""
    parts = urlsplit(st.context.url or "")
    above, _slash, last = parts.path.rstrip("/").rpartition("/")
    return (
        f"{parts.scheme}://{parts.netloc}{above if last in PAGES else parts.path.rstrip('/')}" if parts.netloc else ""
    )


def base() -> str:
    """The public address of the dashboard, without a page: `PUBLIC_URL` of the environment, else as the reader reaches it."""
    return os.environ.get("PUBLIC_URL", "").rstrip("/") or origin()


def page_address(parameters: Mapping[str, str]) -> str:
    """The public address of this page with `parameters`."""
    path = (st.context.url or "").split("?")[0].removeprefix(origin())
    return f"{base()}{path}?{urlencode(parameters, safe='~')}"


def address() -> str:
    """The whole address of this view, to share."""
    return page_address(st.query_params.to_dict())


def _parameters() -> dict[str, str]:
    given = {name: value for name, value in st.query_params.items() if name in PARAMETERS.values()}
    if given or KEPT not in st.session_state:
        return given
    return st.session_state[KEPT].but(query="", part="", version="", cluster="").parameters()


def _write(selection: Selection, fields: Iterable[str] | None = None) -> None:
    others = {name: value for name, value in st.query_params.items() if name not in {*PARAMETERS.values(), NO_PAGE}}
    # Even when nothing differs: a link to the page the reader is on changes the parameters here, not in their
    # address bar.
    st.query_params.from_dict({**others, **selection.parameters(fields)})


def _browser_language() -> str:
    language = (st.context.locale or "en").split("-")[0].lower()
    return language if language in LANGUAGES else "en"
