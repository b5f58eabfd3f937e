"""What changed: from one version of the data to the next, in sentences, in counts, and row by row."""

import streamlit as st

from atlas.change_words import Words
from atlas.changes import among, keys, steps
from pages.parts.change_measures import measures
from pages.parts.change_rows import no_rows, row_by_row
from pages.parts.changes import (
    chosen_cluster,
    chosen_step,
    filter_row,
    follow,
    nothing_recorded,
    sentences,
)
from pages.parts.frame import head
from pages.parts.session import current

_ = current().view.gettext
session = head(
    _("What changed"),
    _(
        "Every version of the data, compared row by row with the one before it: what came, what went, and what is told differently now."
    ),
)
known = steps()
if not known:
    nothing_recorded()
else:
    words = Words.of(session.view, keys())
    step = chosen_step(known)
    cluster = chosen_cluster(step)
    filter_row(known, step, words)
    sentences(step, words)
    st.header(_("Coverage and totals, before and after"), anchor=False)
    measures(step, words)
    st.header(_("Row by row"), anchor=False)
    countries = session.tables.codes.members(session.selection.countries)
    kept = among(step.changes, countries, cluster)
    if kept:
        row_by_row(kept, step, words)
    else:
        no_rows(known, countries, cluster)
follow()
