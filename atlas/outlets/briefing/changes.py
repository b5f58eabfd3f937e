"""Which figures are no longer those that were pinned."""

import logging
from dataclasses import dataclass

from atlas.outlets.briefing.document import Block, Briefing, Seen, Text
from atlas.outlets.briefing.pins import Unshown, title
from atlas.outlets.briefing.seen import BETWEEN, seen
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Change:
    """A block (`index`, from 0) whose figures changed, and what it said before and says now, plain text."""

    index: int
    title: str
    before: str
    now: str


def changed(briefing: Briefing, tables: Tables) -> list[Change]:
    """The blocks whose figures changed since they were pinned; one never seen before cannot have changed."""
    _ = View.of(tables, Selection(language=briefing.language)).gettext
    found = []
    for index, block in enumerate(briefing.blocks):
        if (
            not isinstance(block, Text)
            and block.seen
            and (now := _differing(block, block.seen, tables, briefing.language))
        ):
            old, new = _narrowed(block.seen.sentence, now)
            name = title(block, tables, briefing.language)
            found.append(Change(index, name, old or _("what it said was not kept"), new))
    return found


def changes_line(changes: list[Change], briefing: Briefing, view: View) -> str:
    """'3 figures changed since November 2026.'; what is compared with is the day the briefing was last written."""
    _ = view.gettext
    month = _month(briefing, view)
    if not changes:
        since = _("No figure changed since {month}.") if month else _("No figure changed since it was pinned.")
    elif month:
        since = view.ngettext("{n} figure changed since {month}.", "{n} figures changed since {month}.", len(changes))
    else:
        since = view.ngettext(
            "{n} figure changed since it was pinned.", "{n} figures changed since they were pinned.", len(changes)
        )
    return since.format(month=month)


def _differing(block: Block, before: Seen, tables: Tables, language: str) -> str:
    """What a block says now, when its figures are others; '' when they are the same."""
    try:
        now = seen(block, tables, language)
    except Unshown as reason:
        return str(reason)
    except Exception:
        log.exception("A block of a briefing failed: %s", block)
        return View.of(tables, Selection(language=language)).gettext("This part can no longer be made from the data.")
    return now.sentence if before.digest and before.digest != now.digest else ""


def _narrowed(before: str, now: str) -> tuple[str, str]:
    """Of what was said of several figures, those that differ."""
    old, new = before.split(BETWEEN), now.split(BETWEEN)
    return "; ".join(part for part in old if part not in new), "; ".join(part for part in new if part not in old)


def _month(briefing: Briefing, view: View) -> str:
    """The month a briefing was last written in; '' when it does not say."""
    try:
        return view.date(briefing.made[:7]) if briefing.made else ""
    except ValueError:
        return ""
