"""How a source stands today, in words: the report gives days, the ages are counted now."""

from datetime import date, timedelta
from typing import Literal

from atlas.reports import SourceState
from atlas.view import View
from atlas.words import N_

State = Literal["by_hand", "pinned", "absent", "good", "late"]
BRINGS = {
    "cordis": N_(
        "projects on social innovation that the Union's research programmes pay for, and who takes part in them"
    ),
    "ess-companies": N_("which lead organisations of French clusters are listed as enterprises of the social economy"),
    "eurostat": N_("population, employment, unemployment, wealth and poverty, by country and by region"),
    "geocoding": N_("points for French clusters that are known by an address or a town only"),
    "gisco": N_("the boundaries of European regions, for maps and comparisons by region"),
    "kohesio": N_("projects on social innovation that cohesion policy pays for"),
    "recherche-entreprises": N_("the legal form and the size of the lead organisations of French clusters"),
    "third-places": N_("the French census of third places, a layer of its own on the map"),
    "watch": N_("new datasets on PTCE, third places and the social economy in public catalogues"),
}
"""What a source would bring, by its identifier."""


def state(source: SourceState, today: date) -> State:
    """By hand (nothing to fetch), pinned (one edition, fetched once), absent (not fetched yet), good, or late."""
    if source.every_days is None:
        return "pinned" if source.files else "by_hand"
    if not source.files:
        return "absent"
    due = due_on(source)
    return "late" if due is None or due < today else "good"


def age(source: SourceState, today: date) -> int | None:
    """Days since somebody last looked whether there is something newer; None when nobody did."""
    seen = day(source.checked_on or source.fetched_on)
    return (today - seen).days if seen else None


def due_on(source: SourceState) -> date | None:
    """The day on which it is to be asked again."""
    seen = day(source.checked_on or source.fetched_on)
    return day(source.next_due) or (seen + timedelta(days=source.every_days) if seen and source.every_days else None)


def day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def told(source: SourceState, today: date, view: View) -> str:
    """How it stands, in a word or two."""
    _ = view.gettext
    return {
        "by_hand": _("kept by hand"),
        "pinned": _("one edition, kept as it is"),
        "absent": _("not fetched here"),
        "good": _("up to date"),
        "late": _("late"),
    }[state(source, today)]


def age_told(source: SourceState, today: date, view: View) -> str:
    """'today', '3 days ago'; '' when nobody looked; a day that is still to come is said to be one."""
    _, days = view.gettext, age(source, today)
    if days is None:
        return ""
    if days < 0:
        return _("a day to come: look at the clock")
    return _("today") if days == 0 else view.ngettext("{n} day ago", "{n} days ago", days)


def brings(source: SourceState, view: View) -> str:
    """What the source is for; '' where only its title says so."""
    return view.gettext(BRINGS[source.source_id]) if source.source_id in BRINGS else ""


def failed(source: SourceState, view: View) -> str:
    """How many tries have failed since the last good one; '' when none has."""
    if not source.failures:
        return ""
    return view.ngettext("The last try failed.", "The last {n} tries failed.", source.failures)


def summary(sources: tuple[SourceState, ...], today: date, view: View) -> list[str]:
    """How many sources are here, how many are late or failing, and how old the oldest copy is."""
    _ = view.gettext
    states = [state(source, today) for source in sources]
    asked = [source for source, found in zip(sources, states, strict=True) if found in {"good", "late"}]
    oldest = max(asked, key=lambda source: age(source, today) or 0, default=None)
    failing = sum(bool(source.failures) for source in sources)
    late = states.count("late")
    return [
        _("{here} of {total} sources are here; not fetched: {absent}.").format(
            here=view.number(len(sources) - states.count("absent")),
            total=view.number(len(sources)),
            absent=view.number(states.count("absent")),
        ),
        *([view.ngettext("{n} source is late.", "{n} sources are late.", late)] if late else []),
        *(
            [view.ngettext("{n} source failed at its last try.", "{n} sources failed at their last try.", failing)]
            if failing
            else []
        ),
        *(
            [_("The oldest copy in use was last checked {age}.").format(age=age_told(oldest, today, view))]
            if oldest and (age(oldest, today) or 0) > 0
            else []
        ),
    ]
