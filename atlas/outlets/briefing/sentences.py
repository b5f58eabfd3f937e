"""Sentences computed from the data of the day, by what they are about; each with the sources of its figures."""

from collections.abc import Callable
from typing import NamedTuple

from atlas import country_words, findings, store
from atlas.comparison import clusters_of, items, programmes_of
from atlas.country_words import Sentence
from atlas.key_figures import gaps
from atlas.method import limits
from atlas.model import elements
from atlas.outlets.briefing.faults import Unshown
from atlas.outlets.briefing.portrait import cluster
from atlas.selection import Selection
from atlas.store import Tables
from atlas.unknowns import missing
from atlas.view import View
from atlas.words import N_

Say = Callable[[Tables, Selection, View], list[Sentence]]


def sentences(about: str, tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    """What can be said about something for a selection. Raises Unshown for what is not in `SUBJECTS`."""
    if about not in SUBJECTS:
        raise Unshown(view.gettext("No sentence is about “{about}”.").format(about=about))
    return SUBJECTS[about].say(tables, selection, view)


def _clusters(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    of_each = _of_each(tables, selection)
    return [country_words.clusters_sentence(clusters_of(tables, one), tables, item, view) for item, one in of_each]


def _jobs(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    of_each = _of_each(tables, selection)
    return _named(
        {item: country_words.jobs_sentence(clusters_of(tables, one), tables, view) for item, one in of_each}, view
    )


def _social_economy(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    compared = items(tables, selection)
    return _named({item: country_words.social_economy_sentence(tables, item, view) for item in compared}, view)


def _laws(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    of_each = _of_each(tables, selection)
    return _named({item: country_words.laws_sentence(programmes_of(tables, one), view) for item, one in of_each}, view)


def _context(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    compared = items(tables, selection)
    return _named({item: country_words.context_sentence(tables, item, view) for item in compared}, view)


def _of_each(tables: Tables, selection: Selection) -> list[tuple[str, Selection]]:
    """Each country or group compared, and its own selection: every kind, theme and year, in the list counted by."""
    of_list = selection.only(("definition",))
    return [(item, of_list.but(countries=(item,))) for item in items(tables, selection)]


def _named(said: dict[str, Sentence], view: View) -> list[Sentence]:
    """What is said of one country; of several, with the name of each."""
    if len(said) < 2:
        return list(said.values())
    named = view.gettext("{country}. {sentence}")
    return [
        Sentence(named.format(country=view.country(item), sentence=one.text), one.source_ids)
        for item, one in said.items()
    ]


def _gaps(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    """What is known of how many clusters, and what the list is not."""
    clusters, list_is = selection.of_clusters(tables), Sentence(limits(view), [])
    if len(clusters) == 1:
        return [*_not_known(tables, selection.but(id=clusters["cluster_id"].iloc[0]), view), list_is]
    known = gaps(tables, view, clusters) if len(clusters) else []
    return [*(Sentence(text, []) for text in known), list_is]


def _finding(find: Callable[..., findings.Finding | None]) -> Say:
    """The sentence of a finding of the overview; none where the selection does not allow it."""

    def say(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
        found = find(tables, selection, view)
        return [Sentence(found.sentence, found.source_ids)] if found else []

    return say


def _model(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    """How many elements of the model of the founding note the sources of a cluster name."""
    _ = view.gettext
    row = cluster(selection.id, tables, view)
    found = elements(row["components"])
    named = [_(element.label) for element, is_named in found if is_named]
    words = {"count": view.number(len(named)), "total": view.number(len(found)), "elements": ", ".join(named)}
    message = (
        _("Its sources name {count} of the {total} elements of the model: {elements}. Not named is not absent.")
        if named
        else _("Its sources name none of the {total} elements of the model; not named is not absent.")
    )
    return [Sentence(message.format(**words), list(row["source_ids"]))]


def _not_known(tables: Tables, selection: Selection, view: View) -> list[Sentence]:
    """The facts of a cluster that were looked for and not found."""
    _ = view.gettext
    found = missing(cluster(selection.id, tables, view), tables.observations, view)
    if not found:
        return [Sentence(_("Every fact that we look for was found."), [])]
    message = _("Searched for in {month}, in public pages, and not found: {facts}. Not found is neither zero nor no.")
    month = view.date(store.searched() or None)
    return [Sentence(message.format(month=month, facts=", ".join(found)), [])]


class Subject(NamedTuple):
    """What sentences may be about: how they are called in a list of blocks, and who says them."""

    title: str
    say: Say


SUBJECTS = {
    "clusters": Subject(N_("Clusters, in a sentence"), _clusters),
    "jobs": Subject(N_("Jobs, in a sentence"), _jobs),
    "social_economy": Subject(N_("Social economy, in a sentence"), _social_economy),
    "laws": Subject(N_("Laws and money, in a sentence"), _laws),
    "context": Subject(N_("Unemployment, income and poverty, in a sentence"), _context),
    "gaps": Subject(N_("What we do not know"), _gaps),
    "calls": Subject(
        N_("Calls for PTCE, in a sentence"),
        _finding(lambda tables, _selection, view: findings.selectivity(tables, view)),
    ),
    "founding": Subject(N_("Founding years, in a sentence"), _finding(findings.founding)),
    "reporting": Subject(N_("Who publishes jobs, in a sentence"), _finding(findings.reporting)),
    "model": Subject(N_("Against the model of the founding note"), _model),
    "not_known": Subject(N_("What is not known of a cluster"), _not_known),
}
"""By their name in a briefing."""
