"""The page of changes: which step, which country and cluster, what it says in sentences, and the feeds that tell it."""

from collections.abc import Mapping

import streamlit as st

from atlas import store
from atlas.change_summary import by_table, summary, version_label
from atlas.change_words import Words
from atlas.changes import Step, among, groups, nearest
from atlas.findings import changes
from pages.parts.filters import label
from pages.parts.markup import capital, plain
from pages.parts.session import choose, current
from pages.parts.sheet import nearest as nearest_rows

ASKED = 40
"""Letters of a wrong version that are repeated."""


def nothing_recorded() -> None:
    """There is no step to show: say so, with the version in use, and what it is known to have changed."""
    view = current().view
    _ = view.gettext
    version = plain(current().tables.version)
    st.info(
        _(
            "No change is recorded here yet: the data are at version {version}. The next version that is published will be compared with it."
        ).format(version=version),
        icon=":material/history:",
    )
    record = store.changes()
    if record and (lines := changes(record, view)):
        st.markdown(_("In counts, this version against {previous}:").format(previous=plain(record["previous"])))
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def chosen_step(known: Mapping[str, Step]) -> Step:
    """The step of the URL, the last one when it asks for none; a wrong one is told, with the nearest."""
    asked = current().selection.version
    if asked and asked not in known:
        _ = current().view.gettext
        sentence = _("No version {version} is in this history: the link may be mistyped, or the version older.")
        st.warning(sentence.format(version=f"**{plain(asked[:ASKED])}**"), icon=":material/help:")
        near = nearest(asked, known)
        meant = _("Show the nearest, {version}").format(version=plain(near))
        st.button(meant, key="near-version", on_click=choose, kwargs={"version": near})
    return known.get(asked) or next(iter(known.values()))


def filter_row(known: Mapping[str, Step], step: Step, words: Words) -> None:
    """The version, the countries and the cluster, side by side."""
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="change-filters"):
        _versions(known, step)
        _countries(step)
        _clusters(step, words)


def _versions(known: Mapping[str, Step], step: Step) -> None:
    view, names = current().view, list(known)
    st.session_state["pick-version"] = next(name for name in names if known[name] is step)
    st.selectbox(
        view.gettext("Version"),
        names,
        key="pick-version",
        format_func=lambda name: version_label(known[name], known.values(), view),
        width=340,
        on_change=lambda: _choose_version(st.session_state["pick-version"], names[0]),
    )


def _choose_version(name: str, last: str) -> None:
    """The last one is no choice: a link without a version follows the data."""
    choose(version="" if name == last else name)


def _countries(step: Step) -> None:
    view, chosen = current().view, list(current().selection.countries)
    found = {change.country for change in step.changes} - {""}
    options = [*chosen, *sorted(found.difference(chosen), key=view.country)]
    st.session_state["pick-countries"] = chosen
    st.multiselect(
        view.gettext("Countries"),
        options,
        key="pick-countries",
        format_func=lambda code: f"{label(view, 'countries', code)} ({view.number(_rows(step, code))})",
        placeholder=view.gettext("All"),
        select_all=False,
        width=300,
        on_change=lambda: choose(countries=tuple(st.session_state["pick-countries"])),
    )


def _rows(step: Step, code: str) -> int:
    """How many rows differ in a country, or in a group of countries."""
    return len(among(step.changes, current().tables.codes.members([code]), ""))


def _clusters(step: Step, words: Words) -> None:
    view, chosen = current().view, chosen_cluster(step, is_told=False)
    named = _named(step, words)
    if chosen and chosen not in named:
        known = current().tables.clusters.set_index("cluster_id")["name"]
        named[chosen] = str(known.get(chosen, chosen))
    st.session_state["pick-cluster"] = chosen
    st.selectbox(
        view.gettext("Cluster"),
        ["", *sorted(named, key=lambda code: named[code].casefold())],
        key="pick-cluster",
        format_func=lambda code: named.get(code) or view.gettext("All"),
        width=300,
        on_change=lambda: choose(cluster=st.session_state["pick-cluster"]),
    )


def _named(step: Step, words: Words) -> dict[str, str]:
    """The clusters of a step, by their identifier."""
    about = groups((change for change in step.changes if change.cluster), words.keys)
    return {group.code: words.group(group) for group in about}


def chosen_cluster(step: Step, *, is_told: bool = True) -> str:
    """The cluster of the URL; '' for none, and for one that nobody knows, which is told with the nearest."""
    session, asked = current(), current().selection.cluster
    known = session.tables.clusters
    if not asked or asked in set(known["cluster_id"]) or any(change.cluster == asked for change in step.changes):
        return asked
    if is_told:
        _ = session.view.gettext
        sentence = _(
            "No cluster has the identifier “{id}”: the link may be mistyped, or the cluster renamed. All are shown."
        )
        st.warning(sentence.format(id=plain(asked)), icon=":material/help:")
        for row in nearest_rows(asked, known, "cluster_id", "name").itertuples():
            st.button(plain(row.name), key=f"meant-{row.Index}", on_click=choose, kwargs={"cluster": row.cluster_id})
    return ""


def sentences(step: Step, words: Words) -> None:
    """The step in a few sentences, then table by table."""
    view = words.view
    said = view.gettext("Version {version} of {date}").format(version=plain(step.after), date=view.date(step.published))
    st.header(said, anchor=False)
    st.markdown("  \n".join(plain(sentence) for sentence in summary(step, words)))
    st.markdown("\n".join(f"- {plain(capital(line))}" for line in by_table(step, words)))


def follow() -> None:
    """The feeds: of everything, of the country and of the cluster that are chosen."""
    session = current()
    view, selection = session.view, session.selection
    _ = view.gettext
    feeds = {_("Everything"): "changes.atom"}
    for code in session.tables.codes.members(selection.countries):
        feeds[view.country(code)] = f"changes/country/{code}.atom"
    if selection.cluster in set(session.tables.clusters["cluster_id"]):
        feeds[_cluster_name(selection.cluster)] = f"changes/cluster/{selection.cluster}.atom"
    with st.container(key="follow"):
        st.header(_("Be told of the next changes"), anchor=False)
        st.caption(_("Atom feeds, for any feed reader: they tell each new version, row by row."))
        with st.container(horizontal=True, gap="small"):
            for name, address in feeds.items():
                st.link_button(plain(name), f"{address}?lang={view.language}", icon=":material/rss_feed:")


def _cluster_name(identifier: str) -> str:
    known = current().tables.clusters.set_index("cluster_id")["name"]
    return str(known[identifier])
