"""The map through the years: a slider to move by hand, and a button that plays them one after the other."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from atlas.selection import Selection
from atlas.store import Tables
from pages.parts.session import arrived, choose, current

SECONDS = 1.0
"""Between two years when they are played."""
PLAYING, ASKED = "playing", "page-asked"
"""Session state: the year on show while the years are played; whether the whole page is to be drawn anew."""
SLIDER = "until"


def through_the_years(draw: Callable[[int | None], None]) -> None:
    """Draw the map of the clusters founded until a year, with the means to change it; played, it alone is drawn anew."""
    st.session_state.pop(ASKED, None)
    years = founding_years(current().tables, current().selection)
    if arrived() or len(years) < 2:
        pause()
    st.fragment(_moment, run_every=SECONDS if PLAYING in st.session_state else None)(years, draw)


def founding_years(tables: Tables, selection: Selection) -> list[int]:
    """The years in which a cluster of the selection was founded, in order."""
    return sorted(int(year) for year in selection.of_clusters(tables)["founded_year"].dropna().unique())


def pause() -> None:
    st.session_state.pop(PLAYING, None)


def page_anew() -> None:
    """The choice just made on the map changes the page around it as well."""
    st.session_state[ASKED] = True


def _moment(years: list[int], draw: Callable[[int | None], None]) -> None:
    """The map of one year: the one chosen or, played, the next in which a cluster was founded."""
    if PLAYING in st.session_state:
        _turn(years)
    if st.session_state.pop(ASKED, False):
        st.rerun()
    if len(years) < 2:
        draw(current().selection.until)
        return
    year = st.session_state.get(PLAYING) or current().selection.until or years[-1]
    _controls(year, years)
    st.caption(line(current().selection.of_clusters(current().tables)["founded_year"], year))
    draw(year if year < years[-1] else None)


def _turn(years: list[int]) -> None:
    """To the next year; after the last, the playing is over."""
    after = [year for year in years if year > st.session_state[PLAYING]]
    if after:
        st.session_state[PLAYING] = after[0]
    else:
        _stop(years[-1], years)


def _controls(year: int, years: list[int]) -> None:
    """The button and the slider."""
    _, is_playing = current().view.gettext, PLAYING in st.session_state
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="years"):
        st.button(
            _("Pause") if is_playing else _("Play"),
            key="play",
            icon=":material/pause:" if is_playing else ":material/play_arrow:",
            on_click=_stop if is_playing else _play,
            args=(year, years),
        )
        st.session_state[SLIDER] = year
        # Played, it only follows: a browser that is late answers with the year before, which is no choice.
        changed = None if is_playing else partial(_by_hand, years)
        first, last = min(years[0], year), max(years[-1], year)
        st.slider(_("Founded until"), first, last, key=SLIDER, format="%d", disabled=is_playing, on_change=changed)


def line(founded: pd.Series, year: int) -> str:
    """How many were founded by a year, and how many are undated."""
    view = current().view
    _ = view.gettext
    words = {"founded": (founded <= year).sum(), "total": len(founded), "undated": founded.isna().sum()}
    return _("Founded by {year}: {founded} of {total} clusters. Undated, always shown: {undated}.").format(
        year=year, **{name: view.number(count) for name, count in words.items()}
    )


def _play(year: int, years: list[int]) -> None:
    """From the year on show, or from the first when that is the last."""
    st.session_state[PLAYING] = year if year < years[-1] else years[0] - 1
    page_anew()


def _stop(year: int, years: list[int]) -> None:
    """At a year; the last is no restriction, so that the link stays good when a newer cluster is added."""
    pause()
    choose(until=year if year < years[-1] else None)
    page_anew()


def _by_hand(years: list[int]) -> None:
    _stop(st.session_state[SLIDER], years)
