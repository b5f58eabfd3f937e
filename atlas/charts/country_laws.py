"""The legal framework of a few countries or groups: laws and strategies on one axis of years, named."""

from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank
from atlas.comparison import item_name, items, programmes_of
from atlas.lanes import lanes
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Legal framework side by side"),
    question=N_("When did each country adopt laws and strategies for the social economy and social innovation?"),
    drawn=N_("A diamond is a law, a square a strategy; a line runs to the end, where one is published."),
    note=N_(
        "Laws and strategies known to this observatory, regional ones included; none found does not mean none. Where "
        "there are many, each carries the code of its country instead of its name. European ones are left out."
    ),
)
FILTERS = ("countries", "levels", "time")
SYMBOLS = {"law": "diamond", "strategy": "square"}
NAMED = 8
"""Laws and strategies of one item that are written by name; beyond, they are marks with a country code."""
HEADER, LETTER, MARK, LOW = 26, 15, 18, 18
"""Heights in pixels: the name of an item, a line of a law's name, its mark, a lane of marks with codes."""
LINES = 2
PHONE, LETTERS, CODE = 240, 46, 34
"""Width of the plot on a phone in pixels, letters of a name there, and room of a mark with its code in pixels."""
BESIDE = "\N{NO-BREAK SPACE}" * 3
"""What keeps a code clear of its mark, whatever the width of the plot."""
COLUMNS = "geo programme_id name_en name_fr name_local kind level country start start_date end end_date source_ids"


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per item (`geo`) and dated law or strategy of its members: programme_id, name_en, name_fr, name_local,
    kind, level, country, start and end (as published), start_date, end_date (first and last day), source_ids. In the
    order chosen, then by date; an item of which none is known has one empty row."""
    compared, programmes = items(tables, selection), programmes_of(tables, selection)
    laws = programmes[programmes["kind"].isin(list(SYMBOLS))]
    dated = laws.assign(at=laws["start_date"].fillna(laws["end_date"])).dropna(subset="at")
    every = pd.DataFrame({"geo": compared, "place": range(len(compared))}).astype({"geo": "str"})
    rows = every.merge(dated, how="left", on="geo").sort_values(["place", "at", "programme_id"], ignore_index=True)
    rows["source_ids"] = rows["source_ids"].map(lambda ids: list(ids) if pd.api.types.is_list_like(ids) else [])
    return rows[COLUMNS.split()]


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Laws and strategies with a date, of those of the items compared; each once."""
    programmes = programmes_of(tables, selection)
    laws = programmes.loc[programmes["kind"].isin(list(SYMBOLS)), "programme_id"].nunique()
    return Coverage(rows["programme_id"].nunique(), laws, "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if not rows["kind"].notna().any():
        return blank(view)
    start, end = _years(rows["start_date"]), _years(rows["end_date"])
    drawn = rows.assign(left=start.fillna(end), right=end.fillna(start))
    first, last = int(drawn["left"].min()) - 1, int(drawn["right"].max()) + 3
    first = min(first, last - 6)
    figure, top = go.Figure(layout={"template": view.theme.template(), "showlegend": False}), 0.0
    for geo, of_item in drawn.groupby("geo", sort=False):
        name = f"<b>{escape(item_name(str(geo), view), quote=False)}</b>"
        _write(figure, [first], [top + 12], [name], {"size": 14, "color": view.theme.text})
        if of_item["kind"].isna().all():
            _write(figure, [first], [top + 30], [view.gettext("none found")], {"size": 12, "color": view.theme.quiet})
            top += 52
            continue
        placed = _named(of_item, first, view) if len(of_item) <= NAMED else _coded(of_item, first, last)
        placed = placed.assign(y=placed["y"] + top + HEADER)
        _marks(figure, placed, view)
        font = {"size": 12, "color": view.theme.text}
        _write(figure, placed["text_x"], placed["text_y"] + top + HEADER, placed["text"], font)
        top = placed["y"].max() + 18
    step = 5 if last - first > 10 else 2
    years = [year for year in range(first, last + 1) if year % step == 0]
    figure.update_xaxes(range=[first, last], tickvals=years, ticktext=[str(year) for year in years], side="top")
    figure.update_xaxes(showgrid=True, tickangle=0)
    figure.update_yaxes(range=[top, 0], visible=False)
    return figure.update_layout(height=int(top) + 40, margin={"l": 14, "r": 14, "t": 32, "b": 8})


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    rows = rows[rows["kind"].notna()]
    if rows.empty:
        return _("No dated law or strategy is known for these territories.")
    laws = rows[rows["kind"] == "law"]
    if laws.empty:
        strategies = rows["programme_id"].nunique()
        return view.ngettext("No law is known; {n} strategy is.", "No law is known; {n} strategies are.", strategies)
    at = laws["start_date"].fillna(laws["end_date"])
    oldest = laws[at == at.min()].iloc[0]
    words = {"name": view.name(oldest), "year": at.min().year, "laws": view.number(laws["programme_id"].nunique())}
    words["strategies"] = view.number(rows.loc[rows["kind"] == "strategy", "programme_id"].nunique())
    return _("Laws known: {laws}; strategies: {strategies}. The oldest law: {name} ({year}).").format(**words)


def _years(dates: pd.Series) -> pd.Series:
    """2014-07-01 -> 2014.5."""
    return dates.dt.year + (dates.dt.day_of_year - 1) / 365.25


def _named(of_item: pd.DataFrame, first: int, view: View) -> pd.DataFrame:
    """One block each: its year and name at the left edge, on two lines at most, its mark on the axis below."""
    names = pd.Series([_text(row, view) for _index, row in of_item.iterrows()], index=of_item.index)
    written = (names.str.count("<br>") + 1) * LETTER
    bottom = (written + MARK).cumsum()
    return of_item.assign(text=names, text_x=first, text_y=bottom - MARK - written / 2, y=bottom - MARK / 2)


def _coded(of_item: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Marks in as few lanes as hold them, the code of the country after each."""
    room = CODE * (last - first) / PHONE
    lane = lanes(
        [(left, max(right, left) + room) for left, right in zip(of_item["left"], of_item["right"], strict=True)], first
    )
    y = pd.Series(lane, index=of_item.index) * LOW + 4
    return of_item.assign(text=BESIDE + of_item["country"], text_x=of_item["right"], text_y=y, y=y)


def _marks(figure: go.Figure, placed: pd.DataFrame, view: View) -> None:
    """A mark at the start of each, in the shape and colour of its kind, and a line to its end."""
    runs = placed[placed["right"] > placed["left"]]
    figure.add_scatter(
        x=[x for run in runs.itertuples() for x in (run.left, run.right, None)],
        y=[y for y in runs["y"] for _end in range(3)],
        mode="lines",
        hoverinfo="skip",
        line={"width": 3, "color": view.theme.muted},
    )
    colours = [view.colour("programme_kinds", kind) for kind in placed["kind"]]
    figure.add_scatter(
        x=placed["left"],
        y=placed["y"],
        mode="markers",
        cliponaxis=False,
        marker={"symbol": placed["kind"].map(SYMBOLS), "size": 11, "color": colours},
        text=[_hover(row, view) for _index, row in placed.iterrows()],
        hovertemplate="%{text}<extra></extra>",
    )


def _text(row: pd.Series, view: View) -> str:
    """'2014 · Law no. 2014-856…', on as many lines as LINES allows."""
    year = row["start"] if pd.notna(row["start"]) else row["end"]
    lines = wrap(f"{year[:4]} · {view.name(row)}", LETTERS, max_lines=LINES, placeholder="…")
    return "<br>".join(escape(line, quote=False) for line in lines)


def _hover(row: pd.Series, view: View) -> str:
    """Name; kind, level, country; dates."""
    name = "<br>".join(escape(line, quote=False) for line in wrap(view.name(row), 52))
    what = (
        view.label("programme_kinds", row["kind"]),
        view.label("programme_levels", row["level"]),
        view.country(row["country"]),
    )
    dates = "–".join(view.date(date) for date in (row["start"], row["end"]) if pd.notna(date))
    return f"<b>{name}</b><br>{' · '.join(what)}<br>{dates}"


def _write(figure: go.Figure, x: object, y: object, text: object, font: dict) -> None:
    write = {"mode": "text", "textposition": "middle right", "hoverinfo": "skip", "cliponaxis": False}
    figure.add_scatter(x=x, y=y, text=text, textfont=font, **write)
