"""What a version covers and sums up to, beside the version before it."""

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from atlas.change_words import Words
from atlas.changes import Measure, Step
from pages.parts.markup import capital
from pages.parts.tables import table_html

FILLED = re.compile(r"\w+, \w+ filled")
"""How the ETL names the count of the rows that give a column: there is one for every column."""
MINUS = "\u2212"


def measures(step: Step, words: Words) -> None:
    """What moved, as one table; the columns, and what stayed as it was, on demand."""
    _ = words.view.gettext
    st.caption(
        _("Of the whole data, whatever is chosen above. A total sums one kind of figure, the latest of each cluster.")
    )
    every = [*step.totals, *step.coverage]
    moved = [measure for measure in every if measure.before != measure.after]
    main = [measure for measure in moved if not FILLED.fullmatch(measure.name)]
    if main:
        st.html(measure_table(main, words))
    else:
        st.markdown(_("Nothing that is counted or summed has moved."))
    columns = [measure for measure in moved if FILLED.fullmatch(measure.name)]
    _more(_("Columns that more or fewer rows give: {count}"), columns, "columns", words)
    _more(_("Everything that is counted: {count}"), every, "every", words)


def _more(label: str, found: Sequence[Measure], key: str, words: Words) -> None:
    """Measures that are drawn when they are asked for."""
    if not found:
        return
    with st.expander(
        label.format(count=words.view.number(len(found))), key=f"measures-{key}", on_change="rerun"
    ) as box:
        if box.open:
            st.html(measure_table(found, words))


def measure_table(found: Sequence[Measure], words: Words) -> str:
    """Each measure before and after, and the difference."""
    _ = words.view.gettext
    heads = (_("What is counted"), _("Before"), _("After"), _("Difference"))
    rows = [
        (capital(words.measure(one)), _number(one.before, words), _number(one.after, words), difference(one, words))
        for one in found
    ]
    return table_html(heads, rows, numbers=(1, 2, 3))


def difference(measure: Measure, words: Words) -> str:
    """'+4', '−2', '0'; a figure that came or went is no difference."""
    if measure.before is None or measure.after is None:
        return words.view.missing if measure.before is measure.after else ""
    change = round(measure.after - measure.before, 6)
    sign = "+" if change > 0 else MINUS if change < 0 else ""
    return f"{sign}{words.view.number(abs(change), 2)}"


def _number(value: float | None, words: Words) -> str:
    return words.view.gettext("no figure") if value is None or pd.isna(value) else words.view.number(value, 2)
