"""What the watch on public catalogues has found: new datasets first. Nothing of it is imported by itself."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from atlas import reports
from atlas.reports import Dataset
from atlas.view import View
from pages.parts.session import current
from pages.parts.tables import Html, table_html

PAGE_SIZE = 25


def watched() -> None:
    """The datasets that were found, what is new among them, and what the watch has to say besides."""
    view, report = current().view, reports.watch()
    _ = view.gettext
    st.caption(
        _(
            "Public catalogues are searched for datasets on PTCE, third places and the social economy. What is found is listed, never imported: somebody decides."
        )
    )
    if report is None or not (report.datasets or report.remarks):
        st.info(_("The catalogues have not been searched here yet."), icon=":material/travel_explore:")
        return
    new, changed = (sum(getattr(one, what) for one in report.datasets) for what in ("is_new", "is_changed"))
    st.markdown(
        _("Datasets found: {total}; new: {new}; changed since the search before: {changed}.").format(
            total=view.number(len(report.datasets)), new=view.number(new), changed=view.number(changed)
        )
    )
    pages = -(-len(report.datasets) // PAGE_SIZE)
    area = st.container(key="watched")
    number = st.pagination(pages, key="page-watch") if pages > 1 else 1
    with area:
        st.html(datasets_html(report.datasets[(number - 1) * PAGE_SIZE : number * PAGE_SIZE], view))
    if report.remarks:
        st.html(f'<ul class="told" lang="en">{"".join(f"<li>{escape(remark)}</li>" for remark in report.remarks)}</ul>')


def datasets_html(found: Sequence[Dataset], view: View) -> str:
    """One row per dataset: title and publisher, what is new, its licence, its last change, what it was found by."""
    _ = view.gettext
    heads = (_("Dataset"), _("New?"), _("Licence"), _("Last change"), _("Found by"), _("Portal"))
    rows = [
        (
            _titled(one),
            _news(one, view),
            one.licence or view.missing,
            _day(one.modified, view),
            _why(one, view),
            one.portal,
        )
        for one in found
    ]
    return table_html(heads, rows)


def _titled(one: Dataset) -> Html:
    title = escape(one.title or one.id)
    if (one.url or "").startswith(("https://", "http://")):
        title = f'<a href="{escape(str(one.url))}" target="_blank" rel="noopener noreferrer">{title}</a>'
    return Html(f'{title}<br><span class="quiet">{escape(one.publisher or "")}</span>')


def _news(one: Dataset, view: View) -> Html:
    """New, changed, or since when it is known."""
    _ = view.gettext
    if one.is_new or one.is_changed:
        word = _("new") if one.is_new else _("has changed")
        return Html(f"<b>{escape(word)}</b>")
    return Html(escape(_("known since {date}").format(date=_day(one.first_seen, view))))


def _why(one: Dataset, view: View) -> str:
    """The words that were searched for, and where they stand."""
    _ = view.gettext
    places = {"title": _("title"), "description": _("description"), "keywords": _("keywords")}
    terms, where = ", ".join(one.terms), ", ".join(places.get(place, place) for place in one.stands_in)
    return f"{terms} ({where})" if where else terms


def _day(text: str | None, view: View) -> str:
    try:
        return view.date(text[:10]) if text else view.missing
    except ValueError:
        return str(text)
