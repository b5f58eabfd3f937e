"""A step between two versions in a few sentences: how many rows differ, which clusters, which tables."""

from collections.abc import Collection

from atlas.change_words import Words
from atlas.changes import WHATS, Step, What, groups
from atlas.view import View

NAMED = 8
"""Clusters that a sentence names."""


def summary(step: Step, words: Words) -> list[str]:
    """How many rows differ, and which clusters came, went or changed: a sentence each; one when nothing differs."""
    view = words.view
    _ = view.gettext
    if not step.changes:
        return [_("No row differs from version {previous}.").format(previous=step.before)]
    differ = view.ngettext(
        "{n} row differs from version {previous}: {counts}.",
        "{n} rows differ from version {previous}: {counts}.",
        len(step.changes),
    ).format(previous=step.before, counts=counts(step, view))
    said = {
        "added": _("New clusters: {names}."),
        "changed": _("Clusters that changed, or a figure or an award of theirs: {names}."),
        "removed": _("Clusters that are no longer in the list: {names}."),
    }
    named = {what: names(found, view) for what, found in clusters(step, words).items() if found}
    return [differ, *(said[what].format(names=told) for what, told in named.items())]


def by_table(step: Step, words: Words) -> list[str]:
    """A sentence for each table in which a row differs."""
    line = words.view.gettext("{table}: {counts}")
    tables = dict.fromkeys(change.table for change in step.changes)
    return [line.format(table=words.table(name), counts=counts(step, words.view, name)) for name in tables]


def counts(step: Step, view: View, table: str = "") -> str:
    """'2 added, 1 changed': of the rows of one table, or of all."""
    found = {what: step.count(what, table) for what in WHATS}
    told = {
        "added": view.ngettext("{n} added", "{n} added", found["added"]),
        "changed": view.ngettext("{n} changed", "{n} changed", found["changed"]),
        "removed": view.ngettext("{n} removed", "{n} removed", found["removed"]),
    }
    return ", ".join(told[what] for what, count in found.items() if count)


def clusters(step: Step, words: Words) -> dict[What, list[str]]:
    """The names of the clusters that came, that changed, and that went."""
    whole = {change.key: change.what for change in step.changes if change.table == "clusters"}
    found: dict[What, list[str]] = {what: [] for what in WHATS}
    for group in groups([change for change in step.changes if change.cluster], words.keys):
        found[whole.get(group.code, "changed")].append(words.group(group))
    return found


def names(found: list[str], view: View) -> str:
    """'A, B, C and 4 more'."""
    more = len(found) - NAMED
    rest = view.ngettext("and {n} more", "and {n} more", more) if more > 0 else ""
    return " ".join(filter(None, (", ".join(found[:NAMED]), rest)))


def version_label(step: Step, known: Collection[Step], view: View) -> str:
    """'2026.11.26 · 26 November 2026'; a version that was published again also says after which."""
    label = f"{step.after} · {view.date(step.published)}"
    is_again = sum(other.after == step.after for other in known) > 1
    return label + view.gettext(", after {version}").format(version=step.before) if is_again else label
