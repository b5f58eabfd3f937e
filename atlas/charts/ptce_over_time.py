"""Published numbers of French PTCE, one panel per definition: two definitions are never one line."""

from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import Coverage, Words, blank
from atlas.selection import Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Published counts of PTCE"),
    question=N_("How many PTCE are there in France, and what does each count include?"),
    drawn=N_(
        "One mark per published count, one panel per definition, all on the same scale. "
        "Circle: exact; diamond: about; triangle: at least or at most."
    ),
    note=N_(
        "Definitions differ, so the panels are not one series. Sources that disagree are both shown. "
        "A count dated by its year stands at the middle of the year."
    ),
)
FILTERS = ("time",)
TALLEST, ROOM, HEADER, BOTTOM, PHONE = 120, 24, 62, 28, 330
YEAR = pd.Timedelta(days=365)
SIDES = (
    "top center",
    "middle right",
    "middle left",
    "bottom center",
    "top right",
    "top left",
    "bottom right",
    "bottom left",
)
Box = tuple[float, float, float, float]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per published count: definition, as_of (as precise as published), value (PTCE), qualifier, note,
    source_ids.

    Ordered by definition, then date, then value.
    """
    counts = _published(tables)
    if selection.time:
        counts = counts[counts["year"].between(*selection.time)]
    columns = ["definition", "as_of", "value", "qualifier", "note", "source_ids"]
    return counts[columns].sort_values(["definition", "as_of", "value"], ignore_index=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(len(rows), len(_published(tables)), "figures")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    rows = rows.assign(middle=rows["as_of"].map(_middle), definition=rows["definition"].fillna(""))
    definitions = [
        code for code in [*view.vocabulary.codes("count_definitions"), ""] if code in set(rows["definition"])
    ]
    scale = TALLEST / max(rows["value"].max(), 1)
    heights = [rows.loc[rows["definition"] == code, "value"].max() * scale + ROOM for code in definitions]
    plot = sum(heights) + HEADER * (len(definitions) - 1)
    spacing = HEADER / plot if len(definitions) > 1 else 0
    panels = make_subplots(len(definitions), shared_xaxes=True, vertical_spacing=spacing, row_heights=heights)
    years = [rows["middle"].min() - YEAR, rows["middle"].max() + YEAR]
    for panel, (definition, height) in enumerate(zip(definitions, heights, strict=True), 1):
        panels.add_trace(_marks(rows[rows["definition"] == definition], years, scale, view), panel, 1)
        panels.add_annotation(
            text=_header(definition, view),
            x=0,
            y=1,
            xanchor="left",
            yanchor="bottom",
            align="left",
            xref="x domain",
            yref="y domain",
            row=panel,
            col=1,
            showarrow=False,
        )
        panels.update_yaxes(range=[0, height / scale], visible=False, row=panel)
    margin = {"l": 8, "r": 16, "t": HEADER, "b": BOTTOM}
    panels.update_layout(template=view.theme.template(), height=plot + HEADER + BOTTOM, margin=margin, showlegend=False)
    axis = {"showgrid": False, "showline": True, "linecolor": view.theme.line, "tickformat": "%Y", "tickangle": 0}
    return panels.update_xaxes(
        range=years, dtick="M24" if years[1] - years[0] > 6 * YEAR else "M12", tick0="2012-01-01", **axis
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No published count of PTCE matches this selection.")
    newest = (
        rows.groupby("definition", dropna=False)["as_of"]
        .transform(lambda dates: dates == max(dates, key=_middle))
        .astype(bool)
    )
    latest = rows[newest].sort_values("value")
    low, high = (_worded(row, view) for row in (latest.iloc[0], latest.iloc[-1]))
    if len(latest) == 1:
        return _("The latest published count of PTCE is {count}.").format(count=low)
    return _("By definition, the latest published counts of PTCE run from {low} to {high}.").format(low=low, high=high)


def _published(tables: Tables) -> pd.DataFrame:
    return tables.indicators.query("indicator == 'ptce_published_count'")


def _middle(as_of: str) -> pd.Timestamp:
    """Middle of the day, month or year the count stands for."""
    period = pd.Period(as_of)
    return period.start_time + (period.end_time - period.start_time) / 2


def _marks(counts: pd.DataFrame, years: list[pd.Timestamp], scale: float, view: View) -> go.Scatter:
    """The counts of one definition: a stem from zero, the symbol of the qualifier, the count in words."""
    symbols = [view.vocabulary.property("qualifiers", code, "symbol") for code in counts["qualifier"]]
    colour = view.colour("count_definitions", counts["definition"].iloc[0])
    words = [_count(row, view) for _, row in counts.iterrows()]
    x = (counts["middle"] - years[0]) / (years[1] - years[0]) * PHONE
    return go.Scatter(
        x=counts["middle"],
        y=counts["value"],
        mode="markers+text",
        cliponaxis=False,
        text=words,
        textposition=_sides(list(x), list(counts["value"] * scale), words),
        textfont={"color": view.theme.text, "size": 12},
        hovertext=[_hover(row, view) for _, row in counts.iterrows()],
        hovertemplate="%{hovertext}<extra></extra>",
        marker={
            "color": colour,
            "size": 10,
            "symbol": symbols,
            "angle": -90,
            "line": {"width": 1, "color": view.theme.background},
        },
        error_y={
            "array": counts["value"] * 0,
            "arrayminus": counts["value"],
            "color": view.theme.line,
            "thickness": 2,
            "width": 0,
        },
    )


def _sides(x: list[float], y: list[float], words: list[str]) -> list[str]:
    """On which side of its mark each count is written: the first where it meets no other mark or word on a phone."""
    taken = [(left - 6, left + 6, low - 6, low + 6) for left, low in zip(x, y, strict=True)]
    sides = []
    for i, text in enumerate(words):
        width = 6 * len(text)
        lows = {"top": y[i] + 7, "middle": y[i] - 6, "bottom": y[i] - 18}
        lefts = {"center": x[i] - width / 2, "right": x[i] + 7, "left": x[i] - 7 - width}
        corners = {side: (lefts[side.split()[1]], lows[side.split()[0]]) for side in SIDES}
        boxes = {side: (left, left + width, low, low + 11) for side, (left, low) in corners.items()}
        inside = {side: box for side, box in boxes.items() if box[0] > -8 and box[1] < PHONE + 16 and box[2] > -4}
        free = [
            side for side, box in inside.items() if not any(_meet(box, other) for other in taken[:i] + taken[i + 1 :])
        ]
        sides.append(free[0] if free else "top center")
        taken.append(boxes[sides[-1]])
    return sides


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]


def _hover(row: pd.Series, view: View) -> str:
    return f"<b>{_worded(row, view)}</b>" + ("" if pd.isna(row["note"]) else f"<br>{escape(row['note'], quote=False)}")


def _header(definition: str, view: View) -> str:
    """Label of the definition and what it counts."""
    what = "<br>".join(wrap(view.vocabulary.description("count_definitions", definition, view.language), 58))
    label = view.label("count_definitions", definition or None)
    return f"<b>{label}</b><br><span style='font-size:11px;color:{view.theme.quiet}'>{what}</span>"


def _count(row: pd.Series, view: View) -> str:
    number = view.number(row["value"])
    return number if row["qualifier"] == "exact" else f"{view.label('qualifiers', row['qualifier'])} {number}"


def _worded(row: pd.Series, view: View) -> str:
    _ = view.gettext
    definition = view.label("count_definitions", row["definition"] or None)
    return _("{count} ({definition}, {date})").format(
        count=_count(row, view), definition=definition, date=view.date(row["as_of"])
    )
