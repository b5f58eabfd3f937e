"""How to cite a sheet, and how to say that something on it is wrong."""

from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from atlas.corrections import destination, prefilled
from atlas.outlets.citation import FORMATS, Citation
from atlas.outlets.drawing import data_year
from pages.parts.session import current, link


def cite(row: pd.Series) -> None:
    """The sheet as a reference, in four formats to copy or to download."""
    session = current()
    _ = session.view.gettext
    st.subheader(_("Cite this sheet"), anchor=False)
    version, language = session.tables.version, session.view.language
    citation = Citation(str(row["name"]), sheet_address(row), data_year(session.tables), version, language)
    for tab, form in zip(st.tabs([form.name for form in FORMATS]), FORMATS, strict=True):
        with tab:
            text = form.write(citation)
            st.code(text, language=None, wrap_lines=True)
            st.download_button(
                _("Download"),
                text,
                f"{row['cluster_id']}.{form.extension}",
                form.media_type,
                key=f"cite-{form.extension}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )


def suggest_correction(row: pd.Series) -> None:
    """A prefilled issue or mail where the observatory is set up to receive them; else where the facts are kept."""
    session = current()
    _ = session.view.gettext
    st.subheader(_("Suggest a correction"), anchor=False)
    if to := destination():
        words = {
            "name": row["name"],
            "id": row["cluster_id"],
            "version": session.tables.version,
            "url": sheet_address(row),
        }
        body = _(
            "Cluster: {name}\nIdentifier: {id}\nData version: {version}\nPage: {url}\n\nWhat is wrong:\n\nThe page that says so:\n"
        )
        address = prefilled(to, _("Correction: {name} ({id})").format(**words), body.format(**words))
        st.markdown(_("Something is wrong or missing? Say what, and give the page that says so."))
        st.link_button(_("Suggest a correction"), address, icon=":material/edit_note:")
    st.markdown(_("The facts are kept in `data/facts`, each with its source; the README says how to correct one."))


def sheet_address(row: pd.Series) -> str:
    """The address of the sheet in the language, without what else the reader has chosen."""
    return f"{(st.context.url or '').split('?')[0]}?{urlencode(link(id=row['cluster_id']), safe='~')}"
