"""Data: the method, what is missing, where each figure comes from, and every table to download."""

import streamlit as st

from atlas import method
from atlas.key_figures import gaps
from atlas.search import folded, search
from pages.parts.downloads import OFFERED, given, package_links
from pages.parts.downloads import tables as tables_to_download
from pages.parts.filters import search_box
from pages.parts.frame import head
from pages.parts.session import current
from pages.parts.sources import sources_html

SHOWN = 20
current_session = current()
view, tables = current_session.view, current_session.tables
_ = view.gettext
head(
    _("Data and method"),
    _("Every table, what its columns mean, the page and the sentence each figure comes from, and what we do not know."),
    fields=OFFERED,
)

st.header(_("Download"), anchor=False)
st.markdown(
    _("The files hold what is chosen above; tables that it does not touch are whole.")
    if given()
    else _("Whole tables, or what the filters above keep.")
)
package_links()
tables_to_download()

st.header(_("How figures are treated"), anchor=False)
st.markdown("\n".join(f"- {rule}" for rule in method.rules(view)))

st.header(_("What we do not know"), anchor=False)
st.markdown("\n".join(f"- {gap}" for gap in gaps(tables, view)))
st.markdown(method.limits(view))

st.header(_("Sources"), anchor=False)
st.caption(
    view.ngettext(
        "{n} page or document, each with a verbatim quote",
        "{n} pages and documents, each with a verbatim quote",
        len(tables.sources),
    )
)
search_box(_("Title, publisher, words of the quote…"))
words = tables.sources[["title", "publisher", "quote", "url"]].fillna("").agg(" ".join, axis=1).map(folded)
found = tables.sources.loc[search(current_session.selection.query, words, tables.sources["title"].map(folded))]
number = st.pagination(max(1, -(-len(found) // SHOWN)), key="page-sources")
st.html(sources_html(found["source_id"].iloc[(number - 1) * SHOWN : number * SHOWN]))

st.header(_("Licence"), anchor=False)
st.markdown(
    _(
        "The compiled data may be reused under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/): name this observatory and keep the sources. "
        "Quotes belong to their authors. The code is under the [EUPL-1.2](https://eupl.eu/1.2/en/)."
    )
)
