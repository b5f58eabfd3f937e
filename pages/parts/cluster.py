"""The sheet of one cluster: everything known, each figure with date, qualifier, scope and source."""

from html import escape

import pandas as pd
import streamlit as st

from atlas import boundaries, nuts
from atlas.charts import union
from atlas.directory import kept_id
from atlas.model import elements
from atlas.observed import old_before
from atlas.outlets.drawing import drawn
from atlas.view import View
from pages.parts.citing import cite, suggest_correction
from pages.parts.facts import cells_of, disagreements, fact_box
from pages.parts.frame import show
from pages.parts.kin import most_alike, neighbours
from pages.parts.lead import in_projects, in_register, sourced
from pages.parts.listing import cluster_line, cluster_row, programme_row
from pages.parts.markup import checklist_html, figures_html, plain, website
from pages.parts.session import current
from pages.parts.sheet import nearest, summary, title, unknown, way_back
from pages.parts.sources import figure_html, sources_html
from pages.parts.unknowns import not_known


def cluster_sheet(identifier: str) -> None:
    """One cluster by its id (a merged id opens the kept one); an unknown id says so and offers the nearest."""
    session = current()
    _, view, tables = session.view.gettext, session.view, session.tables
    way_back("clusters.py", _("All clusters"))
    found = tables.clusters[tables.clusters["cluster_id"] == kept_id("clusters", identifier, tables)]
    if found.empty:
        words = _("No cluster has the identifier “{id}”. The link may be mistyped, or the cluster renamed.")
        near = nearest(identifier, tables.clusters, "cluster_id", "name")
        unknown(_("No such cluster"), words.format(id=plain(identifier)), near, cluster_row)
        return
    row = found.iloc[0]
    title(row["name"], cluster_line(row, view))
    text, box = _columns()
    with text:
        summary(row, view)
        _figures(row)
        _awards(row)
        _programmes(row)
        in_projects(row)
    with box:
        _facts(row)
        in_register(row)
    text, box = _columns()
    with text:
        _history(row)
    with box:
        _model(row)
    neighbours(row, *_columns())
    text, box = _columns()
    with text:
        most_alike(row)
    with box:
        not_known(row)
    _sources(row)
    text, box = _columns()
    with text:
        cite(row)
    with box:
        suggest_correction(row)


def _columns() -> list:
    """The text, and the narrower column beside it; one under the other on a phone."""
    return st.columns([3, 2], gap="large")


def _facts(row: pd.Series) -> None:
    session = current()
    view, cells = session.view, cells_of("clusters", row["cluster_id"], session.tables)
    facts = {
        "kind": view.label("kinds", row["kind"]),
        "place": ", ".join(
            dict.fromkeys(
                part for part in (row["place"], row["region"], view.country(row["country"])) if pd.notna(part)
            )
        ),
        **({"nuts_id": territory(row, view)} if pd.notna(row["nuts_id"]) else {}),
        "founded_year": view.missing if pd.isna(row["founded_year"]) else str(row["founded_year"]),
        "lead_organisation": view.missing if pd.isna(row["lead_organisation"]) else row["lead_organisation"],
        "themes": ", ".join(view.label("themes", code) for code in row["themes"]) or view.missing,
        "components": ", ".join(view.label("components", code) for code in row["components"]) or view.missing,
        "status": view.label("statuses", row["status"]),
        "coordinate_precision": view.missing
        if pd.isna(row["latitude"])
        else view.label("coordinate_precisions", row["coordinate_precision"]),
    }
    html = {name: escape(str(value)) for name, value in facts.items()} | {"website": website(row["website"], view)}
    st.html(fact_box(html, cells, view, row["source_ids"]))
    if pd.notna(row["nuts_id"]):
        words = view.gettext("Region: from the point of the cluster and the boundaries of NUTS {edition}. {owner}.")
        edition = view.tables.regions["edition"].max()
        st.caption(words.format(edition=edition, owner=boundaries.owner(view)))
    if other := disagreements(cells, view):
        st.html(other)


def territory(row: pd.Series, view: View) -> str:
    """The NUTS regions its point lies in: 'Gironde (FRI12), Aquitaine (FRI1)', and how they were found when none holds it."""
    _ = view.gettext
    known = view.tables.regions.set_index("nuts_id")["name"]
    codes = [code for code in nuts.above(row["nuts_id"])[:2] if code in known.index]
    names = ", ".join(f"{known[code]} ({code})" for code in codes) or row["nuts_id"]
    return _("nearest, {regions}").format(regions=names) if row["nuts_found_by"] == "nearest" else names


def _figures(row: pd.Series) -> None:
    session = current()
    _ = session.view.gettext
    figures = session.tables.observations[session.tables.observations["cluster_id"] == row["cluster_id"]]
    st.subheader(_("Published figures"), anchor=False)
    if figures.empty:
        st.markdown(_("No figure is published, or none was found. It does not mean zero."))
        return
    st.caption(_("Open a figure to read its source. Figures of two scopes are never added."))
    st.html(figures_html(figures, session.view, old_before(session.tables)))


def _awards(row: pd.Series) -> None:
    session = current()
    view, _ = session.view, session.view.gettext
    awards = session.tables.awards[session.tables.awards["cluster_id"] == row["cluster_id"]].sort_values("year")
    if awards.empty:
        return
    st.subheader(_("Awards"), anchor=False)
    programmes = session.tables.programmes.set_index("programme_id")
    lines = []
    for award in awards.itertuples():
        amount = _("amount not published") if pd.isna(award.amount_eur) else view.money(award.amount_eur)
        parts = [str(award.year), view.name(programmes.loc[award.programme_id]), amount]
        lines.append(figure_html(escape(" · ".join(parts)), "", award.source_ids))
    st.html("".join(lines))


def _programmes(row: pd.Series) -> None:
    session = current()
    _ = session.view.gettext
    awarded = session.tables.awards.loc[session.tables.awards["cluster_id"] == row["cluster_id"], "programme_id"]
    tied = session.tables.programmes[session.tables.programmes["programme_id"].isin([*row["programme_ids"], *awarded])]
    if tied.empty:
        return
    st.subheader(_("Laws and funding it is tied to"), anchor=False)
    for index, programme in tied.iterrows():
        programme_row(programme, key=f"tied-{index}")


def _history(row: pd.Series) -> None:
    """Its dated facts on one axis; a single date, or none, is a sentence."""
    session = current()
    view = session.view
    selection = session.selection.only(("id",)).but(id=row["cluster_id"])
    history = drawn("cluster_history", selection, view.theme, session.tables)
    if len(history.rows) > 1:
        show("cluster_history", id=row["cluster_id"])
        return
    st.subheader(view.gettext("History"), anchor=False)
    st.markdown(plain(history.sentence))


def _model(row: pd.Series) -> None:
    """What it is made of against the founding note's model, and what else its sources name."""
    view = current().view
    _ = view.gettext
    found = elements(row["components"])
    st.subheader(_("Against the model of the founding note"), anchor=False)
    if count := sum(is_named for _element, is_named in found):
        words = {"count": view.number(count), "total": view.number(len(found))}
        st.markdown(_("Its sources name {count} of the {total} elements.").format(**words))
        st.html(checklist_html([(_(element.label), is_named) for element, is_named in found], view))
    else:
        names = ", ".join(_(element.label) for element, _is_named in found)
        st.markdown(_("Its sources name none of the elements: {elements}.").format(elements=names))
    of_model = {code for element, _is_named in found for code in element.components}
    if others := [view.label("components", code) for code in row["components"] if code not in of_model]:
        st.markdown(plain(_("Also named: {components}.").format(components=", ".join(others))))
    st.caption(_("Not named is not absent: the sources may just not say."))


def _sources(row: pd.Series) -> None:
    """Every source of the sheet: of the cluster, of single facts, figures, awards and programmes it is."""
    tables, code = current().tables, row["cluster_id"]
    figures, awards = (part[part["cluster_id"] == code] for part in (tables.observations, tables.awards))
    programmes = tables.programmes[tables.programmes["programme_id"].isin(row["programme_ids"])]
    parts = (cells_of("clusters", code, tables), figures, awards, programmes, *sourced(row))
    st.subheader(current().view.gettext("Sources"), anchor=False)
    st.html(sources_html(union([row["source_ids"], *(ids for part in parts for ids in part["source_ids"])])))
