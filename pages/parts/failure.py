"""What a reader sees when the code fails: a sentence and a way on, never a traceback."""

import logging

import streamlit as st

from atlas.store import TablesMissing
from atlas.words import LANGUAGES, catalogue


def say_sorry(error: Exception) -> bool:
    """Log the error for us, say it plainly to the reader. True: Streamlit adds nothing."""
    logging.getLogger("dashboard").error("A page failed.", exc_info=error)
    language = st.query_params.get("lang", "en")
    _ = catalogue(language if language in LANGUAGES else "en").gettext
    if isinstance(error, TablesMissing):
        st.error(
            _("The data cannot be read just now. Open this page again in a moment; if it lasts, run `make etl`."),
            icon=":material/error:",
        )
    else:
        st.error(
            _("Something failed on our side; your link is fine. Open the page without filters, or come back later."),
            icon=":material/error:",
        )
    return True
