"""Published numbers of French PTCE, one panel per definition: two definitions are never one line."""

from html import escape

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
    drawn=N_("One mark per published count, one panel per definition, all on the same scale. "
             "Circle: exact; diamond: about; triangle: at least or at most."),
    note=N_("Definitions differ, so the panels are not one series. Sources that disagree are both shown. "
            "A count dated by its year stands at the middle of the year."),
)  # fmt: skip
FILTERS = ("time",)
PANEL, HEADER, TOP, BOTTOM = 92, 34, 30, 26  # heights in pixels
YEAR = pd.Timedelta(days=365)


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per published count: definition, as_of (as precise as published), value (PTCE), qualifier, note, source_ids.

    Ordered by definition, then date, then value.
    """
    counts = _published(tables)
    if selection.time:
        counts = counts[counts["year"].between(*selection.time)]
    columns = ["definition", "as_of", "value", "qualifier", "note", "source_ids"]
    return counts[columns].sort_values(["definition", "as_of", "value"], ignore_index=True)


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    return Coverage(len(rows), len(_published(tables)), "counts")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    rows = rows.assign(middle=rows["as_of"].map(_middle))
    definitions = [code for code in view.vocabulary.codes("count_definitions") if code in set(rows["definition"])]
    height = TOP + BOTTOM + len(definitions) * (PANEL + HEADER) - HEADER
    panels = make_subplots(len(definitions), shared_xaxes=True, vertical_spacing=HEADER / (height - TOP - BOTTOM))
    for panel, definition in enumerate(definitions, 1):
        panels.add_trace(_marks(rows[rows["definition"] == definition], definition, view), panel, 1)
        panels.add_annotation(text=_header(definition, view), x=0, y=1, yshift=4, xanchor="left", yanchor="bottom", align="left",
                              xref="x domain", yref="y domain", row=panel, col=1, showarrow=False)  # fmt: skip
    margin = {"l": 8, "r": 34, "t": TOP, "b": BOTTOM}
    panels.update_layout(template=view.theme.template(), height=height, margin=margin, showlegend=False)
    top = float(rows["value"].max())
    ticks = [0, top // 2, top]
    panels.update_yaxes(range=[0, top * 1.3], tickvals=ticks, ticktext=[view.number(tick) for tick in ticks])
    return panels.update_xaxes(range=[rows["middle"].min() - YEAR, rows["middle"].max() + YEAR], dtick="M24", tickformat="%Y",
                               tickangle=0, showgrid=False)  # fmt: skip


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    if rows.empty:
        return _("No published count of PTCE matches this selection.")
    newest = rows.groupby("definition")["as_of"].transform(lambda dates: dates == max(dates, key=_middle)).astype(bool)
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


def _marks(counts: pd.DataFrame, definition: str, view: View) -> go.Scatter:
    """The counts of one definition: a stem from zero, the symbol of the qualifier (pointing up for 'at least'), the count in words."""
    symbols = [view.vocabulary.property("qualifiers", code, "symbol") for code in counts["qualifier"]]
    colour, words = view.colour("count_definitions", definition), [_count(row, view) for _, row in counts.iterrows()]
    hover = [f"<b>{_worded(row, view)}</b>" + ("" if pd.isna(row["note"]) else f"<br>{escape(row['note'])}") for _, row in counts.iterrows()]
    return go.Scatter(
        x=counts["middle"], y=counts["value"], mode="markers+text", text=words, textposition=_sides(counts), cliponaxis=False,
        textfont={"color": view.theme.text, "size": 12}, hovertext=hover, hovertemplate="%{hovertext}<extra></extra>",
        marker={"color": colour, "size": 10, "symbol": symbols, "angle": -90, "line": {"width": 1, "color": view.theme.background}},
        error_y={"array": counts["value"] * 0, "arrayminus": counts["value"], "color": view.theme.line, "thickness": 2, "width": 0},
    )  # fmt: skip


def _sides(counts: pd.DataFrame) -> list[str]:
    """Where each count is written so that neighbours (less than two years apart) do not collide: the last on the right,
    the highest above, the first of three or more on the left, the others below."""
    near = (counts["middle"].diff() >= 2 * YEAR).cumsum()
    sides = []
    for _, group in counts.groupby(near):
        others = ["middle left"] + ["bottom center"] * (len(group) - 2) if len(group) > 2 else ["top center"] * (len(group) - 1)
        group_sides = [*others, "middle right" if len(group) > 1 else "top center"]
        highest = int(group["value"].to_numpy().argmax())
        if highest < len(group) - 1:
            group_sides[highest] = "top center"
        sides += group_sides
    return sides


def _header(definition: str, view: View) -> str:
    """Label of the definition and what it counts."""
    what = view.vocabulary.description("count_definitions", definition, view.language)
    return f"<b>{view.label('count_definitions', definition)}</b><br><span style='font-size:11px;color:{view.theme.quiet}'>{what}</span>"


def _count(row: pd.Series, view: View) -> str:
    number = view.number(row["value"])
    return number if row["qualifier"] == "exact" else f"{view.label('qualifiers', row['qualifier'])} {number}"


def _worded(row: pd.Series, view: View) -> str:
    _ = view.gettext
    definition = view.label("count_definitions", row["definition"])
    return _("{count} ({definition}, {date})").format(count=_count(row, view), definition=definition, date=view.date(row["as_of"]))
