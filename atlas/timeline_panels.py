"""What stands under and around the programmes of a timeline: counts, foundings, the shared axis, periods to look at."""

from html import escape
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from atlas.lanes import lanes
from atlas.timeline import LETTER, PHONE, Period, moments, years
from atlas.view import View

ROW, TITLE, BARS, GAP, STRIP = 15, 17, 90, 46, 34
"""Heights in pixels: a row of counts, the name of a definition, the bars of foundings, above a panel, the strip."""
TOP, FOOT = 76, 54
"""Room in pixels over the panels (periods, years) and under them (years, before the strip)."""
PERIODS = ((2007, 2014), (2014, 2021), (2021, 2028))
"""The financial periods of the European Union (the last year not included)."""
TICKS = [
    {"dtickrange": [None, "M1"], "value": "%d/%m/%Y"},
    {"dtickrange": ["M1", "M11"], "value": "%m/%Y"},
    {"dtickrange": ["M11", None], "value": "%Y"},
]


class Panel(NamedTuple):
    """A strip of the figure: its height in pixels, the range of its vertical axis, its title, traces, headings (height,
    text) and what is said under the title."""

    height: int
    range: list[float]
    title: str = ""
    traces: tuple[go.Scatter | go.Bar, ...] = ()
    headings: tuple[tuple[float, str], ...] = ()
    note: str = ""


def counted(counts: pd.DataFrame, axis: Period, view: View) -> list[Panel]:
    """Published counts of PTCE: the marks of each definition in rows of their own, no line between them."""
    if counts.empty:
        return []
    middle = years(counts["start_date"]) + counts["start_precision"].map({"year": 0.5, "month": 0.04}).fillna(0)
    placed = counts.assign(x=middle.clip(*axis), text=[_count(row, view) for _i, row in counts.iterrows()])
    placed = placed.assign(definition=placed["definition"].fillna(""))
    codes = [*view.vocabulary.codes("count_definitions"), ""]
    traces, headings, top = [], [], 0
    for code in codes:
        own = placed[placed["definition"] == code].sort_values("x")
        if own.empty:
            continue
        rows = _rows(own, axis)
        headings.append((top + TITLE / 2, view.label("count_definitions", code or None)))
        traces.append(_marks(own.assign(y=[top + TITLE + ROW * (row + 0.5) for row in rows]), code, axis, view))
        top += TITLE + ROW * (max(rows) + 1)
    title = view.gettext("Published counts of PTCE, by definition")
    return [Panel(top, [top, 0], title, tuple(traces), tuple(headings))]


def founded(clusters: pd.DataFrame, axis: Period, view: View) -> list[Panel]:
    """Clusters founded each year, as bars; those founded before the axis, or undated, in words."""
    _ = view.gettext
    when = clusters["start_date"].dt.year
    inside = clusters[when.between(axis[0], axis[1] - 1)]
    if inside.empty:
        return []
    early, undated = (int(clusters.loc[rows, "value"].sum()) for rows in (when < axis[0], when.isna()))
    words = {"year": axis[0], "early": view.number(early), "undated": view.number(undated)}
    apart = _("Before {year}: {early}; year not published: {undated}").format(**words)
    title = _("Clusters founded each year")
    hover = _("{name}: {value}").format(name="%{customdata}", value="%{hovertext}") + "<extra></extra>"
    bars = go.Bar(
        x=moments(years(inside["start_date"]) + 0.5),
        y=inside["value"],
        width=0.8 * 365.25 * 86_400_000,
        hovertext=inside["value"].map(view.number),
        customdata=inside["start"],
        hovertemplate=hover,
        marker={"color": view.theme.primary},
    )
    return [Panel(BARS, [0, 1.2 * inside["value"].max()], title, (bars,), note=apart if early or undated else "")]


def axes(figure: go.Figure, panels: list[Panel], axis: Period, view: View) -> list[dict]:
    """The panels one under the other on one axis of time, with a strip at the foot to draw in its ends. Returns what is
    written over and in them."""
    total = sum(panel.height for panel in panels) + GAP * (len(panels) - 1)
    figure.update_layout(height=total + TOP + FOOT + STRIP, margin={"l": 16, "r": 16, "t": TOP, "b": 8})
    top, notes = 0, []
    for number, panel in enumerate(panels, 1):
        name = "" if number == 1 else str(number)
        span = [1 - (top + panel.height) / total, 1 - top / total]
        x = {**_dates(axis), "anchor": f"y{name}", "side": "top" if number == 1 else "bottom"}
        if number > 1:
            x |= {"matches": "x", "showticklabels": number == len(panels)}
        y = {"domain": span, "range": panel.range, "fixedrange": True, **_scale(panel)}
        figure.update_layout({f"xaxis{name}": x, f"yaxis{name}": y})
        figure.add_traces([trace.update(xaxis=f"x{name}", yaxis=f"y{name}") for trace in panel.traces])
        notes += _heads(panel, name, view)
        top += panel.height + GAP
    figure.update_layout({f"xaxis{name}": {"rangeslider": _strip(panels[-1], axis, total, view)}})
    return notes


def _dates(axis: Period) -> dict[str, Any]:
    return {"type": "date", "range": _range(axis), "tickformatstops": TICKS, "tickangle": 0, "showgrid": True}


def _scale(panel: Panel) -> dict[str, Any]:
    """The vertical axis of a panel: counts on the right where there are bars, nothing where heights are lanes."""
    if panel.range[0]:
        return {"visible": False}
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200) if panel.range[1] / step <= 4)
    return {"dtick": step, "side": "right", "ticklabelposition": "inside top", "tickformat": "d"}


def _heads(panel: Panel, axis: str, view: View) -> list[dict]:
    """Title and note of a panel over it, and the headings inside."""
    quiet = {"size": 12, "color": view.theme.quiet}
    heads = [heading(text, y, quiet, view, axis=axis) for y, text in panel.headings]
    if panel.title:
        note = f"<br><span style='font-size:12px;color:{view.theme.quiet}'>{panel.note}</span>" if panel.note else ""
        strong, over = {"size": 14, "color": view.theme.text}, {"yref": f"y{axis} domain", "yanchor": "bottom"}
        heads.insert(0, heading(f"<b>{panel.title}</b>{note}", 1, strong, view, axis=axis, **over))
    return heads


def _strip(panel: Panel, axis: Period, total: int, view: View) -> dict[str, Any]:
    """The strip at the foot: the last panel in small, whose ends are drawn in to look closer."""
    return {
        "visible": True,
        "thickness": STRIP / total,
        "range": _range(axis),
        "bgcolor": view.theme.surface,
        "bordercolor": view.theme.line,
        "borderwidth": 1,
        "yaxis": {"rangemode": "fixed", "range": panel.range},
    }


def heading(text: str, y: float, font: dict, view: View, *, axis: str = "", **how: Any) -> dict[str, Any]:
    """A name at the left edge of a panel, which stays there when the axis moves."""
    place = {"x": 0, "xref": f"x{axis} domain", "xanchor": "left", "y": y, "yref": f"y{axis}", "yanchor": "middle"}
    look = {"showarrow": False, "font": font, "bgcolor": view.theme.background, "borderpad": 0, "align": "left"}
    return {"text": text, **place, **look, **how}


def periods(axis: Period, panels: int, view: View) -> list[dict]:
    """Buttons that show the whole period, or one financial period of the Union within it."""
    names = ["xaxis", *(f"xaxis{number}" for number in range(2, panels + 1))]
    inside = [years for years in PERIODS if axis[0] <= years[0] and years[1] <= axis[1] and years != axis]
    shown = [
        (view.gettext("All years"), axis),
        *((f"{start}–{(end - 1) % 100}", (start, end)) for start, end in inside),
    ]
    buttons = [
        {"label": text, "method": "relayout", "args": [{f"{name}.range": _range(years) for name in names}]}
        for text, years in shown
    ]
    look = {"font": {"size": 12}, "bgcolor": view.theme.surface, "bordercolor": view.theme.line, "borderwidth": 1}
    place = {"x": 0, "xanchor": "left", "y": 1, "yanchor": "bottom", "pad": {"b": 36}}
    return (
        [{"type": "buttons", "direction": "left", "showactive": False, "buttons": buttons, **look, **place}]
        if inside
        else []
    )


def _range(axis: Period) -> list[str]:
    return [f"{year}-01-01" for year in axis]


def _rows(own: pd.DataFrame, axis: Period) -> list[int]:
    """The row of each mark of one definition, so that words do not meet on a phone."""
    pixel = (axis[1] - axis[0]) / PHONE
    width = (own["text"].str.len() * LETTER + 16) * pixel
    left = own["x"].where(own["x"] + width <= axis[1], own["x"] - width) - 7 * pixel
    return lanes(list(zip(left, left + width + 7 * pixel, strict=True)), -1e9)


def _marks(own: pd.DataFrame, definition: str, axis: Period, view: View) -> go.Scatter:
    """The counts of one definition: the symbol of the qualifier, the count in words, the note in the hover."""
    width = (own["text"].str.len() * LETTER + 16) * (axis[1] - axis[0]) / PHONE
    symbols = [view.vocabulary.property("qualifiers", code, "symbol") or "circle" for code in own["qualifier"]]
    return go.Scatter(
        x=moments(own["x"]),
        y=own["y"],
        mode="markers+text",
        text=own["text"],
        textposition=["middle right" if fits else "middle left" for fits in own["x"] + width <= axis[1]],
        textfont={"size": 12, "color": view.theme.text},
        hovertext=[_hover(row, view) for _i, row in own.iterrows()],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={"symbol": symbols, "size": 8, "angle": -90, "color": view.colour("count_definitions", definition)},
    )


def _count(row: pd.Series, view: View) -> str:
    number = view.number(row["value"])
    return number if row["qualifier"] == "exact" else f"{view.label('qualifiers', row['qualifier'])} {number}"


def _hover(row: pd.Series, view: View) -> str:
    words = view.gettext("{count} ({definition}, {date})").format(
        count=row["text"],
        definition=view.label("count_definitions", row["definition"] or None),
        date=view.date(row["start"]),
    )
    return f"<b>{words}</b>" + ("" if pd.isna(row["note"]) else f"<br>{escape(row['note'], quote=False)}")
