"""Data: every table to download, the method, where each figure comes from, and what the last build and the watch found."""

import streamlit as st

from atlas import method
from atlas.key_figures import gaps
from pages.parts.documents import documents
from pages.parts.downloads import OFFERED, given, package_links
from pages.parts.downloads import tables as tables_to_download
from pages.parts.filters import part
from pages.parts.frame import head
from pages.parts.quality import quality
from pages.parts.session import current
from pages.parts.source_states import source_states
from pages.parts.watched import watched

session = current()
view = session.view
_ = view.gettext
parts = {
    "tables": _("Download"),
    "method": _("Method and gaps"),
    "sources": _("Sources"),
    "quality": _("Quality"),
    "watch": _("New datasets"),
}
asked = session.selection.part if session.selection.part in parts else "tables"
head(
    _("Data and method"),
    _("Every table, what its columns mean, the page and the sentence each figure comes from, and what we do not know."),
    fields=OFFERED if asked == "tables" else (),
)
shown = part(parts)

if shown == "tables":
    st.header(_("Download"), anchor=False)
    st.markdown(
        _("The files hold what is chosen above; tables that it does not touch are whole.")
        if given()
        else _("Whole tables, or what the filters above keep.")
    )
    package_links()
    tables_to_download()
    st.header(_("Licence"), anchor=False)
    st.markdown(
        _(
            "The compiled data may be reused under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/): name this observatory and keep the sources. "
            "Quotes belong to their authors. The code is under the [EUPL-1.2](https://eupl.eu/1.2/en/)."
        )
    )

if shown == "method":
    st.header(_("How figures are treated"), anchor=False)
    st.markdown("\n".join(f"- {rule}" for rule in method.rules(view)))
    st.header(_("What we do not know"), anchor=False)
    st.markdown("\n".join(f"- {gap}" for gap in gaps(session.tables, view)))
    st.markdown(method.limits(view))

if shown == "sources":
    st.header(_("How the sources stand"), anchor=False)
    source_states()
    st.header(_("Pages and documents"), anchor=False)
    documents()

if shown == "quality":
    quality()

if shown == "watch":
    st.header(_("New datasets in public catalogues"), anchor=False)
    watched()
