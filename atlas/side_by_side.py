"""A few countries or groups side by side: a row each, a column per measure with its own scale from zero."""

from collections.abc import Mapping
from html import escape
from textwrap import wrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from atlas.charts import blank
from atlas.comparison import item_name, span
from atlas.view import View

LINE, LETTERS = 15, 42
"""Height of a line of a heading in pixels; letters that the headings of a block hold on a phone."""
ABREAST = 3
"""Columns that a phone holds; further ones stand in a block below."""


def side_by_side(rows: pd.DataFrame, headings: Mapping[str, str], view: View) -> go.Figure:
    """Draw `rows` (geo, measure, value, unit, qualifier, years, and role: '' or 'reference') by the measures of
    `headings` (measure -> heading, already in the language). Several figures of one cell are all written."""
    shown = rows[rows["role"] != "reference"]
    if shown.empty:
        return blank(view)
    px = _heights(shown)
    tops = {geo: row * px["row"] for row, geo in enumerate(shown["geo"].unique())}
    abreast, texts = min(ABREAST, len(headings)), {}
    for measure, heading in headings.items():
        texts[measure] = _heading(heading, rows[rows["measure"] == measure], LETTERS // abreast, view)
    top = 18 + LINE * max(text.count("<br>") + 1 for text in texts.values())
    block, blocks = px["row"] * len(tops), -(-len(texts) // abreast)
    height = blocks * block + (blocks - 1) * top
    figure = make_subplots(blocks, abreast, horizontal_spacing=0.03, vertical_spacing=top / height if blocks > 1 else 0)
    for number, (measure, text) in enumerate(texts.items()):
        place, axis = {"row": number // abreast + 1, "col": number % abreast + 1}, str(number + 1) if number else ""
        cells = rows[rows["measure"] == measure].assign(y=lambda cells: cells["geo"].map(tops))
        _column(figure, place, cells, px, view)
        _write(figure, text, x=0, y=1, xref=f"x{axis} domain", yref=f"y{axis} domain", yanchor="bottom")
        for geo, y in tops.items() if number % abreast == 0 else ():
            heading = f"<b>{escape(item_name(geo, view), quote=False)}</b>"
            _write(figure, heading, x=0, y=y + px["name"], xref="paper", yref=f"y{axis}")
    figure.update_layout(template=view.theme.template(), showlegend=False, bargap=0, barmode="overlay")
    figure.update_layout(height=top + height + 8, margin={"l": 6, "r": 8, "t": top, "b": 8})
    figure.update_xaxes(visible=False)
    return figure.update_yaxes(range=[block, 0], visible=False)


def _write(figure: go.Figure, text: str, **place: Any) -> None:
    figure.add_annotation(text=text, showarrow=False, align="left", xanchor="left", font={"size": 12}, **place)


def value_text(row: Mapping[Any, Any], view: View) -> str:
    """A figure as a cell writes it: 'about 350', '€3M', '6.3', with its qualifier and without its unit."""
    value, unit = row["value"], row["unit"]
    if _is_money(unit):
        amount = view.money_short(value, unit)
    else:
        amount = (
            view.percent(value / 100)
            if unit == "percent"
            else view.number(value, 0 if value >= 100 else 1 if value >= 10 else 2)
        )
    before = view.vocabulary.property("qualifiers", str(row["qualifier"]), f"before_{view.language}")
    return f"{before} {amount}" if before else amount


def highest(rows: pd.DataFrame, measure: str, view: View) -> str:
    """'France (10.1% in 2021)': the items with the highest figure of the latest year; 'not published' when none is."""
    known = rows[rows["measure"].eq(measure) & rows["role"].eq("") & rows["value"].notna()].drop_duplicates("geo")
    latest = known[known["years"] == known["years"].max()]
    first = latest[latest["value"] == latest["value"].max()]
    if first.empty:
        return view.missing
    names = ", ".join(item_name(geo, view) for geo in first["geo"])
    message = view.gettext("{countries} ({value} in {year})")
    return message.format(countries=names, value=value_text(first.iloc[0], view), year=first["years"].iloc[0])


def alone(rows: pd.DataFrame, measure: str, view: View) -> str:
    """'10.1% in 2021': the figure of the only item; every figure when sources disagree."""
    known = rows[rows["measure"].eq(measure) & rows["role"].eq("") & rows["value"].notna()]
    if known.empty:
        return view.missing
    values = " / ".join(value_text(row, view) for row in known.to_dict("records"))
    return view.gettext("{value} in {year}").format(value=values, year=known["years"].iloc[0])


def _heights(rows: pd.DataFrame) -> dict[str, int]:
    """Height of a row in pixels, and from its top to what it holds: the name, the bar, then the figures."""
    published = rows[rows["value"].notna()]
    figures = published.groupby(["geo", "measure"]).size().max() if len(published) else 1
    lines = int(figures) + _has_aside(rows)
    return {"row": 40 + LINE * lines, "name": 11, "bar": 25, "text": 31}


def _has_aside(rows: pd.DataFrame) -> bool:
    """Whether a quiet line stands under the figures: how many publish them, or their years when those differ."""
    return "reported" in rows or bool(
        rows.drop_duplicates(["geo", "measure"]).groupby("measure")["years"].nunique().gt(1).any()
    )


def _column(figure: go.Figure, place: dict[str, int], rows: pd.DataFrame, px: dict[str, int], view: View) -> None:
    """One measure: for each item a bar over its figures, and a tick where the European one of the same year stands.
    An amount in another currency than the euro has no bar: one scale holds one currency."""
    cells, reference = rows[rows["role"] != "reference"], rows[rows["role"] == "reference"]
    first, by_item = cells.drop_duplicates("geo"), cells.groupby("geo", sort=False)
    values = first["value"].mask(first["unit"].map(_is_money) & first["unit"].ne("EUR")).fillna(0)
    hover = [_hover(of_cell, view) for _geo, of_cell in by_item]
    said = {"customdata": hover, "hovertemplate": "%{customdata}<extra></extra>"}
    is_mixed = first["years"].nunique() > 1
    figure.add_bar(
        x=values, y=first["y"] + px["bar"], width=7, orientation="h", marker_color=view.theme.primary, **said, **place
    )
    texts = [_cell(of_cell, is_mixed, view) for _geo, of_cell in by_item]
    figure.add_scatter(
        x=[0] * len(first),
        y=first["y"] + px["text"] + [LINE * (text.count("<br>") + 1) / 2 for text in texts],
        mode="text",
        text=texts,
        textfont={"size": 12},
        textposition="middle right",
        cliponaxis=False,
        **said,
        **place,
    )
    if len(reference):
        mark = {"symbol": "line-ns", "size": 13, "line": {"width": 2, "color": view.theme.text}}
        same = first[first["years"] == reference["years"].iloc[0]]
        x, y = [reference["value"].iloc[0]] * len(same), same["y"] + px["bar"]
        figure.add_scatter(x=x, y=y, mode="markers", marker=mark, hoverinfo="skip", **place)
    top = max([values.max(), *reference["value"]])
    figure.update_xaxes(range=[0, 1.08 * top or 1], **place)


def _heading(heading: str, rows: pd.DataFrame, letters: int, view: View) -> str:
    """What a column measures, the years of its figures and the European one."""
    lines = [escape(line, quote=False) for line in wrap(heading, letters, break_long_words=False)]
    quiet = [span(rows.loc[rows["role"] != "reference", "years"].str.split("–").explode())]
    for europe in rows[rows["role"] == "reference"].to_dict("records")[:1]:
        quiet.append(f"| {item_name(europe['geo'], view)} {value_text(europe, view)}")
    colour = view.theme.quiet
    lines += [f"<span style='color:{colour};font-size:11px'>{line}</span>" for line in quiet if line]
    return "<br>".join(lines)


def _cell(of_cell: pd.DataFrame, is_mixed: bool, view: View) -> str:
    """The figures of a cell, or 'not published'; under them how many publish them, or their year when years differ."""
    first = of_cell.to_dict("records")[0]
    small = f"<span style='font-size:11px;color:{view.theme.quiet}'>{{}}</span>"
    if pd.isna(first["value"]):
        lines = [small.format(_unpublished(first, view))]
    else:
        lines = [value_text(row, view) for row in of_cell.to_dict("records")]
    after = _reported(of_cell, view) or (first["years"] if is_mixed and pd.notna(first["years"]) else "")
    return "<br>".join([*lines, *([small.format(after)] if after else [])])


def _reported(of_cell: pd.DataFrame, view: View) -> str:
    """'2 of 124': how many of those selected publish what is added; empty for a figure that is not our sum."""
    if "reported" not in of_cell or of_cell["reported"].isna().all():
        return ""
    words = {"reported": view.number(of_cell["reported"].sum()), "total": view.number(of_cell["selected"].iloc[0])}
    return view.gettext("{reported} of {total}").format(**words)


def _unpublished(row: Mapping[Any, Any], view: View) -> str:
    """'not published'; of a group, 'for the group', for a figure of each member may well be."""
    _ = view.gettext
    is_group = (
        row["geo"] in view.vocabulary.codes("country_groups")
        and "reported" not in row
        and row["unit"] != "clusters_per_million"
    )
    return _("not published<br>for the group") if is_group else view.missing


def _hover(of_cell: pd.DataFrame, view: View) -> str:
    """The item, then each figure in full with its unit and year."""
    lines = [f"<b>{escape(item_name(of_cell['geo'].iloc[0], view), quote=False)}</b>"]
    for row in of_cell.to_dict("records"):
        known = view.missing if pd.isna(row["value"]) else _full(row, view)
        lines.append(" · ".join(filter(pd.notna, (known, row["years"]))))
    return "<br>".join([*lines, *filter(None, [_reported(of_cell, view)])])


def _full(row: Mapping[Any, Any], view: View) -> str:
    """A figure with its unit and every digit."""
    if _is_money(row["unit"]):
        return view.money(row["value"], row["unit"])
    if row["unit"] == "percent":
        return value_text(row, view)
    return view.figure(row["value"], "" if row["unit"].startswith("clusters") else row["unit"], str(row["qualifier"]))


def _is_money(unit: str) -> bool:
    """Whether a unit is a currency (ISO 4217)."""
    return len(unit) == 3 and unit.isupper()
