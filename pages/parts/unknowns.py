"""What is not known of a cluster, and since when it was searched."""

from html import escape

import pandas as pd
import streamlit as st

from atlas import store
from atlas.unknowns import missing
from pages.parts.session import current


def not_known(row: pd.Series) -> None:
    """The facts that the search did not find, and the month of that search."""
    view = current().view
    _ = view.gettext
    st.subheader(_("Not known"), anchor=False)
    found = missing(row, current().tables.observations, view)
    searched = store.searched()
    if not found:
        st.markdown(_("Every fact that we look for was found."))
    else:
        st.markdown(
            _("Searched for in {month}, in public pages, and not found:").format(month=view.date(searched))
            if searched
            else _("Searched for in public pages, and not found:")
        )
        items = "".join(f"<li>{escape(name)} <span>{escape(view.missing)}</span></li>" for name in found)
        st.html(f'<ul class="checklist">{items}</ul>')
    st.caption(_("Not found is neither zero nor no: it may be published elsewhere, or since."))
