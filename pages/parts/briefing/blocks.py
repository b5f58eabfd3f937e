"""The blocks of the briefing in order: what each says, and the buttons that move, double, write below and remove."""

import streamlit as st

from atlas.outlets.briefing.document import Block, Briefing, Figure, KeyFigures, Text
from pages.parts.briefing.desk import double, edit, move, named, remove, rewrite, write_below
from pages.parts.briefing.said import kind, said
from pages.parts.markup import plain
from pages.parts.pins import MOST, briefing
from pages.parts.session import current

TITLE_LIMIT, PROSE_LIMIT = 300, 20_000


def heading() -> None:
    """Title and lead of the briefing."""
    _, kept = current().view.gettext, briefing()
    _field("title", _("Title"), kept, TITLE_LIMIT, _("A note on…"))
    _field("lead", _("Lead"), kept, PROSE_LIMIT, _("What the reader should keep, in two or three sentences."))


def _field(field: str, label: str, kept: Briefing, limit: int, placeholder: str) -> None:
    """A text of the briefing. What is typed into a field of one key stays there; what came otherwise has another."""
    value, known = getattr(kept, field), f"briefing-known-{field}"
    number, last = st.session_state.get(known, (0, value))
    number += last != value
    st.session_state[known] = number, value
    key = f"briefing-{field}-{number}"

    def typed() -> None:
        text = st.session_state[key][:limit]
        st.session_state[known] = number, text
        edit(**{field: " ".join(text.split()) if field == "title" else text})

    st.text_area(label, value, key=key, height="content", max_chars=limit, placeholder=placeholder, on_change=typed)


def blocks() -> None:
    """The list of blocks."""
    view, pairs = current().view, named()
    _, language = view.gettext, briefing().language
    _write_here(None, len(pairs) >= MOST)
    for position, (name, block) in enumerate(pairs):
        with st.container(key=f"block-{name}"):
            if isinstance(block, Text):
                _text(name, block, position)
            else:
                _pinned(block, position, language)
            _tools(name, block, position, len(pairs))
    if len(pairs) >= MOST:
        st.caption(_("A briefing holds at most 60 blocks: remove one to add another."))


def _pinned(block: Block, position: int, language: str) -> None:
    session = current()
    words = said(block, session.tables, language, session.view.language)
    about = [str(position + 1), plain(kind(block, session.view))]
    if not isinstance(block, KeyFigures):
        about.append(f"**{plain(words.title)}**")
    st.caption(" · ".join(about))
    lines = [plain(line) for line in words.lines]
    st.markdown("\n".join(f"- {line}" for line in lines) if len(lines) > 1 else "".join(lines))
    if words.chosen:
        st.caption(plain(words.chosen))


def _text(name: int, block: Text, position: int) -> None:
    _ = current().view.gettext
    key = f"text-{name}"
    st.text_area(
        f"{position + 1} · {plain(kind(block, current().view))}",
        block.markdown,
        key=key,
        height="content",
        max_chars=PROSE_LIMIT,
        placeholder=_(
            "Write here. # makes a heading, **two stars** bold, *one* italic, - a list, [words](https://…) a link."
        ),
        on_change=lambda: rewrite(name, markdown=st.session_state[key][:PROSE_LIMIT]),
    )


def _tools(name: int, block: Block, position: int, total: int) -> None:
    """The buttons of one block. Their labels are for who hears them: the icons alone are seen."""
    _ = current().view.gettext
    is_first, is_last, is_full = position == 0, position == total - 1, total >= MOST
    with st.container(horizontal=True, gap=None, key=f"tools-{name}", vertical_alignment="center"):
        _tool("up", _("Move up"), "arrow_upward", name, move, -1, is_disabled=is_first)
        _tool("down", _("Move down"), "arrow_downward", name, move, 1, is_disabled=is_last)
        _tool("top", _("Move to the top"), "vertical_align_top", name, move, -total, is_disabled=is_first)
        _tool("double", _("Duplicate"), "content_copy", name, double, is_disabled=is_full)
        _tool("remove", _("Remove"), "delete", name, remove)
        if isinstance(block, Figure):
            _with_table(name, block)
        _write_here(name, is_full)


def _tool(code: str, label: str, icon: str, name: int, do: object, *more: int, is_disabled: bool = False) -> None:
    st.button(
        label,
        key=f"{code}-{name}",
        help=label,
        icon=f":material/{icon}:",
        type="tertiary",
        disabled=is_disabled,
        on_click=do,
        args=(name, *more),
    )


def _with_table(name: int, block: Figure) -> None:
    key = f"with-table-{name}"
    st.session_state[key] = block.with_table
    st.toggle(
        current().view.gettext("With its table"),
        key=key,
        on_change=lambda: rewrite(name, with_table=st.session_state[key]),
    )


def _write_here(name: int | None, is_full: bool) -> None:
    st.button(
        current().view.gettext("Add text here"),
        key=f"write-{name}",
        icon=":material/add:",
        type="tertiary",
        disabled=is_full,
        on_click=write_below,
        args=(name,),
    )
