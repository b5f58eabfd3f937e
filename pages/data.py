"""Data: the method, what is missing, where each figure comes from, and every table to download."""

import pandas as pd
import streamlit as st

from atlas import store
from atlas.key_figures import gaps
from atlas.outlets.dataset import csv
from atlas.search import folded, search
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
)

st.header(_("How figures are treated"), anchor=False)
st.markdown(
    "\n".join(
        f"- {rule}"
        for rule in (
            _("No figure without its source: open any number to read the page and the sentence it comes from."),
            _(
                "Never added across scopes: jobs hosted on a site, jobs created by supported projects and jobs of a whole territory are three different things."
            ),
            _("Planned is never added to what exists; “about” and “at least” are drawn and worded as such."),
            _("Missing is not zero: “not published” is written wherever nothing was found."),
            _(
                "Two sources that disagree are both kept and both shown. Totals use the most recent figure of each cluster; an undated figure counts by the date of its page; a reviewed exception says why."
            ),
            _(
                "Money is shown as published; nothing is converted, and a budget that is part of another is never added to it."
            ),
            _("Borders are drawn as European institutions draw them."),
        )
    )
)

st.header(_("What we do not know"), anchor=False)
st.markdown("\n".join(f"- {gap}" for gap in gaps(tables, view)))
st.markdown(
    _(
        "The list follows what public pages say in French, English and a few other languages: a country with few clusters here may have many more. It is not a census."
    )
)

st.header(_("Tables"), anchor=False)
package = store.package()
for resource in package["resources"]:
    name = resource["name"]
    title = (
        resource["description"] if view.language == "en" else resource.get("description_fr", resource["description"])
    )
    label = _("**{table}** · {rows} rows · {title}").format(
        table=name.replace("_", "\\_"), rows=view.number(len(getattr(tables, name))), title=title
    )
    with st.expander(label, key=f"table-{name}", on_change="rerun") as table:
        if table.open:
            fields = pd.DataFrame(resource["schema"]["fields"])
            meaning = (
                fields["description_fr"]
                if view.language == "fr" and "description_fr" in fields
                else fields["description"]
            )
            st.dataframe(
                pd.DataFrame({_("Column"): fields["name"], _("Type"): fields["type"], _("Meaning"): meaning}),
                hide_index=True,
                width="stretch",
            )
            with st.container(horizontal=True):
                st.download_button(
                    "CSV",
                    lambda name=name: csv(getattr(tables, name)),
                    f"{name}.csv",
                    "text/csv",
                    key=f"csv-{name}",
                    on_click="ignore",
                    icon=":material/download:",
                )
                st.download_button(
                    "Parquet",
                    lambda name=name: (store.FOLDER / f"{name}.parquet").read_bytes(),
                    f"{name}.parquet",
                    key=f"parquet-{name}",
                    on_click="ignore",
                    icon=":material/download:",
                )
            st.dataframe(getattr(tables, name).drop(columns="geometry", errors="ignore").head(100), hide_index=True)
st.download_button(
    _("Data dictionary (Frictionless datapackage.json)"),
    (store.FOLDER / "datapackage.json").read_bytes,
    "datapackage.json",
    "application/json",
    on_click="ignore",
    icon=":material/download:",
)

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
