"""Themes and countries in one heat table: what the clusters of each country work on."""

from html import escape
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.selection import CLUSTERS, Selection
from atlas.store import Tables
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Themes by country"),
    question=N_("What do the clusters of each country work on?"),
    drawn=N_(
        "Clusters that carry each theme; the darker, the larger their share among the clusters of the country "
        "that publish themes (number under the code)."
    ),
    note=N_(
        "A cluster may carry several themes, so a column adds up to more than its clusters. Countries with fewer "
        "than three clusters with themes, and those after the eighth, stand together in the last column. Clusters "
        "without a published theme are in the last line and in no share."
    ),
)
FILTERS = CLUSTERS
FEWEST, MOST_COUNTRIES = 3, 8
ROW_PX = 30


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per column and theme: country (empty for those put together), countries (codes in the column), theme
    (empty: no theme published), clusters (count), reporting (clusters with themes), share (clusters / reporting; empty
    without theme), source_ids. Transnational rows (EU) are left out."""
    clusters = pd.DataFrame(
        selection.of_clusters(tables).query("country != 'EU'")[["cluster_id", "country", "themes", "source_ids"]]
    )
    reporting = clusters[clusters["themes"].map(len) > 0]["country"].value_counts()
    own = _own_columns(reporting, clusters["country"].nunique())
    clusters = clusters.assign(column=clusters["country"].where(clusters["country"].isin(own), ""))
    columns = clusters.groupby("column").agg(
        countries=("country", lambda codes: sorted(set(codes))),
        reporting=("themes", lambda themes: int((themes.map(len) > 0).sum())),
    )
    carried = clusters.explode("themes").rename(columns={"themes": "theme"}).astype({"theme": "str"})
    counts = (
        carried.groupby(["column", "theme"], dropna=False)
        .agg(clusters=("cluster_id", "size"), source_ids=("source_ids", union))
        .reset_index()
    )
    rows = counts.merge(columns.reset_index(), on="column")
    rows["share"] = (rows["clusters"] / rows["reporting"].astype(float)).where(rows["theme"].notna())
    rows["country"] = rows["countries"].map(lambda codes: codes[0] if len(codes) == 1 else None).astype("str")
    by_column = rows.assign(total=rows["reporting"].where(rows["column"] != "", -1))
    order = by_column.sort_values(["total", "column", "clusters", "theme"], ascending=[False, True, False, True])
    return order[["country", "countries", "theme", "clusters", "reporting", "share", "source_ids"]].reset_index(
        drop=True
    )


def _own_columns(reporting: pd.Series, countries: int) -> list[str]:
    """Countries with a column of their own: the largest with enough clusters to compare; one alone is no group."""
    largest = (
        reporting.rename_axis("country")
        .rename("n")
        .reset_index()
        .sort_values(["n", "country"], ascending=[False, True])
    )
    own = list(largest[largest["n"] >= FEWEST]["country"][:MOST_COUNTRIES])
    return own if countries - len(own) != 1 else list(dict.fromkeys([*own, *largest["country"]]))


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Clusters with a published theme, of those of the selection."""
    return Coverage(_reporting(rows), len(selection.of_clusters(tables)), "clusters")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    _ = view.gettext
    columns = rows.assign(country=rows["country"].fillna("")).drop_duplicates("country").set_index("country")
    lines = list(totals_of(rows).index)
    cells = rows.assign(country=rows["country"].fillna(""), theme=rows["theme"].fillna("")).set_index(
        ["theme", "country"]
    )
    counts = cells["clusters"].unstack(fill_value=0).reindex(index=[*lines, ""], columns=columns.index, fill_value=0)
    shares = counts.loc[lines] / columns["reporting"].astype(float).replace(0, float("nan"))
    drawing = go.Figure(layout={"template": view.theme.template(), "margin": {"t": 8, "r": 14}})
    drawing.add_trace(_heat(shares, counts, columns, view))
    labels = ["<br>".join(escape(part) for part in wrap(view.label("themes", theme), 22)) for theme in lines]
    if counts.loc[""].any():
        drawing.add_trace(_unpublished([int(n) for n in counts.to_numpy()[-1]], len(lines), view))
        labels.append("<br>".join(wrap(_("Theme not published"), 22)))
    heads = [f"<b>{_code(column)}</b><br>{view.number(column['reporting'])}" for _country, column in columns.iterrows()]
    drawing.update_xaxes(
        tickvals=list(range(len(heads))),
        ticktext=heads,
        side="top",
        range=[-0.5, len(heads) - 0.5],
        showgrid=False,
        ticks="",
        tickangle=0,
        tickfont={"size": 11},
    )
    drawing.update_yaxes(
        tickvals=list(range(len(labels))),
        ticktext=labels,
        range=[len(labels) - 0.5, -0.5],
        showgrid=False,
        ticks="",
        tickfont={"color": view.theme.text, "size": 11},
    )
    key = wrap(_key(columns, view), 48)
    drawing.add_annotation(
        xref="paper",
        yref="paper",
        x=1,
        y=0,
        xanchor="right",
        yanchor="top",
        yshift=-8,
        align="right",
        showarrow=False,
        text="<br>".join(escape(line) for line in key),
        font={"size": 11, "color": view.theme.quiet},
    )
    return drawing.update_layout(height=64 + ROW_PX * len(labels) + 15 * len(key), margin_b=16 + 15 * len(key))


def _heat(shares: pd.DataFrame, counts: pd.DataFrame, columns: pd.DataFrame, view: View) -> go.Heatmap:
    """The count in each cell, its share as colour; a dot where no cluster that publishes themes carries this one."""
    _ = view.gettext
    text = [
        ["" if pd.isna(share) else view.number(n) if n else "·" for share, n in zip(*line, strict=True)]
        for line in zip(shares.to_numpy(), counts.to_numpy(), strict=False)
    ]
    hover = [
        [
            _("{country}, {theme}: {n} of {reporting} clusters with themes").format(
                country=_column(column, view),
                theme=escape(view.label("themes", theme)),
                n=view.number(n),
                reporting=view.number(column["reporting"]),
            )
            for (_country, column), n in zip(columns.iterrows(), line, strict=True)
        ]
        for theme, line in zip(shares.index, counts.to_numpy(), strict=False)
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


def _unpublished(missing: list[int], line: int, view: View) -> go.Scatter:
    """Clusters without a published theme: a mark of its own, outside the colours."""
    held = [place for place, n in enumerate(missing) if n]
    return go.Scatter(
        x=held,
        y=[line] * len(held),
        mode="markers+text",
        text=[view.number(missing[place]) for place in held],
        textfont={"color": view.theme.quiet, "size": 11},
        marker={"symbol": "square-open", "size": 22, "color": view.theme.quiet, "line": {"width": 1}},
        hoverinfo="skip",
        showlegend=False,
    )


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    totals, reporting = totals_of(rows), _reporting(rows)
    if not reporting:
        return _("No cluster of this selection publishes its themes.")
    first = [view.label("themes", theme) for theme, n in totals.items() if n == totals.iloc[0]]
    return view.ngettext(
        "Most common theme: {themes}, {count} of the {n} cluster that publishes themes.",
        "Most common theme: {themes}, {count} of the {n} clusters that publish themes.",
        reporting,
    ).format(themes=" / ".join(first[:3]), count=view.number(totals.iloc[0]))


def totals_of(rows: pd.DataFrame) -> pd.Series:
    """Clusters by theme, all countries together, most first."""
    totals = rows.dropna(subset="theme").groupby("theme")["clusters"].sum().rename("n").reset_index()
    return totals.sort_values(["n", "theme"], ascending=[False, True]).set_index("theme")["n"]


def _reporting(rows: pd.DataFrame) -> int:
    return int(rows.assign(country=rows["country"].fillna("")).drop_duplicates("country")["reporting"].sum())


def _column(column: pd.Series, view: View) -> str:
    """Name of the country of a column, or how many countries stand in it."""
    if len(column["countries"]) == 1:
        return view.country(column["countries"][0])
    return view.ngettext("{n} country together", "{n} countries together", len(column["countries"]))


def _code(column: pd.Series) -> str:
    """Head of a column: the code of its country, or +31 when 31 stand in it."""
    return str(column["countries"][0]) if len(column["countries"]) == 1 else f"+{len(column['countries'])}"


def _key(columns: pd.DataFrame, view: View) -> str:
    """The names behind the heads of the columns, each kept on one line."""
    names = [(_code(column), _column(column, view)) for _country, column in columns.iterrows()]
    return " · ".join(
        (f"+{name}" if code.startswith("+") else f"{code} {name}").replace(" ", "\N{NO-BREAK SPACE}")
        for code, name in names
    )
