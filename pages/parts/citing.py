"""How to cite a sheet, and how to say that something on it is wrong."""

import pandas as pd
import streamlit as st

from atlas.corrections import destination, prefilled
from atlas.outlets.briefing.document import Portrait
from atlas.outlets.citation import FORMATS, Citation, Format
from atlas.outlets.drawing import data_year
from pages.parts.pins import pin_button, pinned
from pages.parts.session import current, link, page_address


def cite(row: pd.Series) -> None:
    """The sheet as a reference, in four formats to copy or to download."""
    session = current()
    st.subheader(session.view.gettext("Cite this sheet"), anchor=False)
    version, language = session.tables.version, session.view.language
    citation = Citation(str(row["name"]), sheet_address(row), data_year(session.tables), version, language)
    for tab, form in zip(st.tabs([form.name for form in FORMATS]), FORMATS, strict=True):
        with tab:
            reference(citation, form, str(row["cluster_id"]))
    block = Portrait(parameters=pinned(session.selection.only(()).but(id=str(row["cluster_id"]))))
    pin_button(block, session.view.gettext("Add this sheet to the briefing"), "pin-sheet")


def reference(citation: Citation, form: Format, stem: str) -> None:
    """A reference in one format, to copy or to download as the file `stem`."""
    text = form.write(citation)
    st.code(text, language=None, wrap_lines=True)
    st.download_button(
        current().view.gettext("Download"),
        text,
        f"{stem}.{form.extension}",
        form.media_type,
        key=f"cite-{stem}-{form.extension}",
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
    return page_address(link(id=row["cluster_id"]))
