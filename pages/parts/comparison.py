"""Any indicator of the countries: two choices, and four views of them."""

import streamlit as st
from rapidfuzz import fuzz, process

from atlas.indicators import offered
from atlas.selection import Selection
from pages.parts.filters import choice
from pages.parts.frame import show
from pages.parts.markup import plain
from pages.parts.session import current


def any_indicator() -> None:
    """The two choices (what the URL asks for, else the nearest that can be compared), and the charts."""
    session = current()
    _, counts = session.view.gettext, offered(session.tables)
    if not counts:
        st.info(_("No indicator is published for enough countries to be compared."), icon=":material/info:")
        return
    with st.container(horizontal=True, key="indicators"):
        indicator = _indicator("indicator", _("Indicator"), list(counts))
        against = _indicator("against", _("Crossed with"), [code for code in counts if code != indicator])
    rank, others = st.columns(2)
    with rank:
        show("indicator_rank", indicator=indicator)
    with others:
        show("indicator_scatter", indicator=indicator, against=against)
        show("indicator_change", indicator=indicator)
    show("indicator_multiples", indicator=indicator)


def _indicator(field: str, title: str, codes: list[str]) -> str:
    """One choice, each option with its number of countries; what cannot be compared is said, and the nearest taken."""
    session = current()
    view, asked, counts = session.view, getattr(session.selection, field), offered(session.tables)
    nearest = asked if asked in codes else _nearest(asked, codes)
    first = [nearest, *(code for code in codes if code != nearest)]
    names = {code: f"{view.label('indicators', code)} ({view.number(counts[code])})" for code in codes}
    if asked not in counts:
        said = view.gettext(
            "{asked}: fewer than five countries publish comparable figures. {instead} is shown instead."
        )
        words = {"asked": view.label("indicators", asked), "instead": view.label("indicators", nearest)}
        st.info(plain(said.format(**words)), icon=":material/info:")
    return choice(field, title, codes if asked in codes else first, names.__getitem__)


def _nearest(asked: str, codes: list[str]) -> str:
    """The indicator whose code shares most words with the one asked for; the usual one when none is close."""
    usual = next((code for code in codes if code == Selection().indicator), codes[0])
    words = {code: code.replace("_", " ") for code in codes}
    match = process.extractOne(asked.replace("_", " "), words, scorer=fuzz.token_set_ratio, score_cutoff=60)
    return match[2] if match else usual
