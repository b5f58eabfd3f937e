"""Counts in a table, one column per country or group: the darker a cell, the larger its share of the column."""

from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.view import View

ROW_PX, KEY_LINE, WIDEST, KEY = 30, 15, 22, 48
"""Height of a row and of a line of the key in pixels; letters of a label, and of a line of the key under the table."""
SHORT = 4


def heat_table(
    counts: pd.DataFrame, shares: pd.DataFrame, hover: list[list[str]], heads: list[str], view: View, *, key: str
) -> go.Figure:
    """Draw `counts` (labels of the lines x columns) shaded by `shares` (same shape, of each column); `heads` stand over
    the columns and `key`, under the table, names them. A last line of counts without a share is drawn apart."""
    figure = go.Figure(layout={"template": view.theme.template(), "margin": {"t": 8, "r": 14}, "showlegend": False})
    figure.add_trace(_heat(counts.iloc[: len(shares)], shares, hover, view))
    if len(counts) > len(shares):
        figure.add_trace(_apart(counts.iloc[-1], len(shares), view))
    labels = ["<br>".join(escape(part, quote=False) for part in wrap(label, WIDEST)) for label in counts.index]
    plain = {"showgrid": False, "ticks": "", "tickangle": 0}
    places = {"tickvals": list(range(len(heads))), "ticktext": heads, "range": [-0.5, len(heads) - 0.5]}
    figure.update_xaxes(**places, side="top", tickfont={"size": 11}, **plain)
    figure.update_yaxes(tickvals=list(range(len(labels))), ticktext=labels, range=[len(labels) - 0.5, -0.5], **plain)
    figure.update_yaxes(tickfont={"color": view.theme.text, "size": 11})
    lines = write_key(figure, key, view)
    return figure.update_layout(height=64 + ROW_PX * len(labels) + KEY_LINE * lines, margin_b=16 + KEY_LINE * lines)


def write_key(figure: go.Figure, key: str, view: View) -> int:
    """Write under the drawing what the heads of its columns stand for; returns how many lines it takes."""
    lines = wrap(key, KEY)
    figure.add_annotation(
        xref="paper",
        yref="paper",
        x=1,
        y=0,
        xanchor="right",
        yanchor="top",
        yshift=-8,
        align="right",
        showarrow=False,
        text="<br>".join(escape(line, quote=False) for line in lines),
        font={"size": 11, "color": view.theme.quiet},
    )
    return len(lines)


def short(code: str) -> str:
    """The head of a column: a country's code, the first letters of a group's."""
    return code[:SHORT].upper()


def key_of(names: dict[str, str]) -> str:
    """The names behind the heads of the columns, each kept on one line."""
    return " · ".join(f"{head} {name}".replace(" ", "\N{NO-BREAK SPACE}") for head, name in names.items())


def _heat(counts: pd.DataFrame, shares: pd.DataFrame, hover: list[list[str]], view: View) -> go.Heatmap:
    """The count in each cell, its share as colour; a dot where it is none of those that could be."""
    text = [
        ["" if pd.isna(share) else view.number(n) if n else "·" for share, n in zip(*line, strict=True)]
        for line in zip(shares.to_numpy(), counts.to_numpy(), strict=True)
    ]
    top = shares.max().max()
    return go.Heatmap(
        z=shares.to_numpy(),
        x=list(range(shares.shape[1])),
        y=list(range(len(shares))),
        text=text,
        texttemplate="%{text}",
        textfont={"size": 12},
        hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>",
        hoverongaps=False,
        xgap=2,
        ygap=2,
        showscale=False,
        zmin=0,
        zmax=top if top > 0 else 1,
        colorscale=[[0, view.theme.surface], [1, view.theme.primary]],
    )


def _apart(missing: pd.Series, line: int, view: View) -> go.Scatter:
    """What is not published: a mark of its own, outside the colours."""
    held = [place for place, n in enumerate(missing) if n]
    return go.Scatter(
        x=held,
        y=[line] * len(held),
        mode="markers+text",
        text=[view.number(missing.iloc[place]) for place in held],
        textfont={"color": view.theme.quiet, "size": 11},
        marker={"symbol": "square-open", "size": 22, "color": view.theme.quiet, "line": {"width": 1}},
        hoverinfo="skip",
        showlegend=False,
    )
