"""The briefing being written. Each change is a step that can be taken back; the link holds the briefing while it is short.

The blocks of a document have no names, so they are named here: what is typed into a block stays with it when it moves.
"""

from collections.abc import Callable, Iterable
from datetime import date
from itertools import count as counting

import streamlit as st

from atlas.outlets.briefing.document import Block, Briefing, Pinned, Seen, Text, from_link, to_link
from atlas.outlets.briefing.faults import BadBriefing
from atlas.outlets.briefing.seen import seen
from atlas.store import Tables
from pages.parts.pins import MOST, briefing, keep
from pages.parts.session import current

LINK = "b"
"""URL parameter that holds a briefing."""
STEPS = 50
_NAMES, _NEXT, _BEFORE, _LAST = "briefing-names", "briefing-next", "briefing-before", "briefing-last"
_WRITTEN, _TOUCHED, _SPOKEN = "briefing-written", "briefing-touched", "briefing-spoken"


def menu_title() -> str:
    """The name of the page in the menu, with the number of blocks pinned so far: 'Briefing (3)'."""
    view, count = current().view, len(briefing().blocks)
    _ = view.gettext
    return _("Briefing ({count})").format(count=view.number(count)) if count else _("Briefing")


def touch() -> None:
    """To be called by every control of the page: the link that the browser sends with it may be older than the briefing."""
    st.session_state[_TOUCHED] = True


def change(changed: Briefing) -> None:
    """Keep a changed briefing; the one before can be brought back."""
    touch()
    before = briefing()
    if changed != before:
        _remember(before)
        keep(changed)
        st.session_state[_LAST] = changed


def _remember(before: Briefing) -> None:
    if is_empty(before) and not st.session_state.get(_BEFORE):
        return
    st.session_state[_BEFORE] = (*st.session_state.get(_BEFORE, ()), before)[-STEPS:]


def edit(**fields: object) -> None:
    """Change fields of the briefing."""
    change(briefing().but(**fields))


def is_changed() -> bool:
    """Whether there is a step to take back."""
    return bool(st.session_state.get(_BEFORE))


def undo() -> None:
    """Take the last step back."""
    touch()
    *before, last = st.session_state[_BEFORE]
    st.session_state[_BEFORE] = tuple(before)
    st.session_state[_LAST] = last
    keep(last)


def named() -> list[tuple[int, Block]]:
    """The blocks in order, each with the name it keeps wherever it moves and whatever is changed in it."""
    known = list(st.session_state.get(_NAMES, ()))
    fresh = counting(st.session_state.get(_NEXT, 0))
    pairs = [(_taken(known, block, fresh), block) for block in briefing().blocks]
    st.session_state[_NEXT] = next(fresh)
    st.session_state[_NAMES] = pairs
    return pairs


def _taken(known: list[tuple[int, Block]], block: Block, fresh: Iterable[int]) -> int:
    """The name of an equal block among `known`, which is used up; else a fresh one."""
    for position, (name, other) in enumerate(known):
        if other == block:
            del known[position]
            return name
    return next(iter(fresh))


def _rearrange(rearranged: Callable[[list[tuple[int, Block]]], list[tuple[int, Block]]]) -> None:
    st.session_state[_NAMES] = pairs = rearranged(named())
    edit(blocks=tuple(block for _name, block in pairs))


def rewrite(name: int, **fields: object) -> None:
    """Change fields of one block."""
    _rearrange(lambda pairs: [(key, block.model_copy(update=fields) if key == name else block) for key, block in pairs])


def move(name: int, steps: int) -> None:
    """Move a block down by `steps` (up when negative), at most to an end."""

    def moved(pairs: list[tuple[int, Block]]) -> list[tuple[int, Block]]:
        position = [key for key, _block in pairs].index(name)
        pair = pairs.pop(position)
        pairs.insert(max(position + steps, 0), pair)
        return pairs

    _rearrange(moved)


def remove(name: int) -> None:
    _rearrange(lambda pairs: [pair for pair in pairs if pair[0] != name])


def insert(block: Block, after: int | None = None) -> None:
    """Put a block behind the one named `after`, or before all; a full briefing takes no more."""
    pairs = named()
    if len(pairs) >= MOST:
        return
    position = next((place for place, (key, _block) in enumerate(pairs, start=1) if key == after), 0)
    blocks = [other for _name, other in pairs]
    edit(blocks=(*blocks[:position], block, *blocks[position:]))


def double(name: int) -> None:
    insert(next(block for key, block in named() if key == name), after=name)


def write_below(name: int | None) -> None:
    insert(Text(), after=name)


def arrive() -> BadBriefing | None:
    """Take up what was pinned on other pages, and the briefing of the link unless the link is our own; returns what is
    wrong with it, if anything.

    A step in the browser's history leads to an earlier briefing; the one it replaces can be brought back."""
    last = st.session_state.get(_LAST)
    if last is not None and last != briefing():
        _remember(last)
    st.session_state[_LAST] = briefing()
    given = st.query_params.get(LINK, "")
    if _is_touched() or not given or given == st.session_state.get(_WRITTEN):
        return None
    fault = _take_up(given)
    if fault is None:
        # Once more from the top: the menu counts the blocks.
        st.rerun()
    return fault


def _take_up(link: str) -> BadBriefing | None:
    try:
        change(from_link(link).but(logo=briefing().logo))
    except BadBriefing as error:
        return error
    st.session_state[_WRITTEN] = link
    return None


def _is_touched() -> bool:
    """Whether a control of the page, the switch of languages included, is what had the page drawn anew."""
    spoken, language = st.session_state.get(_SPOKEN), current().view.language
    st.session_state[_SPOKEN] = language
    return st.session_state.pop(_TOUCHED, False) or spoken not in {None, language}


def write_link() -> str:
    """Let the URL hold the briefing; returns what it holds, '' when there is nothing to hold or it is too long."""
    kept = briefing()
    link = "" if is_empty(kept) else shortest(kept)
    st.session_state[_WRITTEN] = link
    if link and st.query_params.get(LINK) != link:
        st.query_params[LINK] = link
    elif not link and LINK in st.query_params:
        del st.query_params[LINK]
    return link


def shortest(kept: Briefing) -> str:
    """A briefing as a link; when it is too long, without what its blocks said, only whether they still say it; then
    without that. '' when nothing helps."""
    digests = [_seen(block, lambda seen: seen and Seen(digest=seen.digest)) for block in kept.blocks]
    nothing = [_seen(block, lambda _seen: None) for block in kept.blocks]
    tried = (to_link(kept.but(blocks=tuple(blocks))) for blocks in (kept.blocks, digests, nothing))
    return next(filter(None, tried), "")


def _seen(block: Block, change: Callable[[Seen | None], Seen | None]) -> Block:
    return block.model_copy(update={"seen": change(block.seen)}) if isinstance(block, Pinned) else block


def look() -> None:
    """Note what each new block says, with the version and the day: what later differs will be told as changed."""
    kept, tables = briefing(), current().tables
    blocks = tuple(_looked(block, kept.language, tables) for block in kept.blocks)
    made = {} if kept.made else {"made": date.today().isoformat(), "version": tables.version}
    if kept.blocks and (blocks != kept.blocks or made):
        st.session_state[_NAMES] = [(name, new) for (name, _old), new in zip(named(), blocks, strict=True)]
        keep(kept.but(blocks=blocks, **made))
        st.session_state[_LAST] = briefing()


def _looked(block: Block, language: str, tables: Tables) -> Block:
    if not isinstance(block, Pinned) or block.seen is not None:
        return block
    try:
        return block.model_copy(update={"seen": seen(block, tables, language)})
    except Exception:
        # It will be told in the list of blocks, and logged there.
        return block


def is_empty(kept: Briefing) -> bool:
    """Whether nothing was pinned or written yet."""
    return not (kept.blocks or kept.title or kept.lead)
