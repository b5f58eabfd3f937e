"""Who works with whom: the countries whose organisations are partners in the same projects, as a network."""

from html import escape
from itertools import combinations
from textwrap import wrap

import geopandas as gpd
import numpy as np
import pandas as pd
import plotly.graph_objects as go

from atlas.charts import Coverage, Words, blank, union
from atlas.land import per_land
from atlas.selection import Selection
from atlas.store import Tables
from atlas.theme import faded
from atlas.view import View
from atlas.words import N_

WORDS = Words(
    title=N_("Partners by country"),
    question=N_("Which countries work together in projects?"),
    drawn=N_(
        "Each mark is a country, as large as its partner organisations (their number stands beside the name). A line "
        "joins two countries whose organisations share a project or network; the thicker, the more of them."
    ),
    note=N_(
        "Western countries on the left, eastern ones on the right, from north to south; hollow diamonds lie outside "
        "Europe. Most projects name few partners or none: a missing line does not mean that two countries do not work "
        "together. Winners of prizes are not partners."
    ),
)
FILTERS = ("countries", "levels", "programme_kinds", "time")
JOINT = ("project", "network")
"""Kinds of programme that partners run together."""
STEP_PX, LABEL_PX, NAMED = 27, 104, 6
"""Space between countries, space for their names, and the projects a hover names."""
COLUMNS = ["country", "partner_country", "projects", "organisations", "partner_organisations", "programme_ids"]


def table(tables: Tables, selection: Selection) -> pd.DataFrame:
    """One row per pair of countries, most projects first: country, partner_country (empty when all partners named are
    of one country), projects (count), organisations and partner_organisations (distinct partners of each country),
    programme_ids, project_names (both lists), source_ids. Chosen countries keep the pairs that hold one of them."""
    partners = _partners(tables, selection)
    sizes = partners.groupby("country")["organisation"].nunique()
    pairs = _pairs(partners)
    if chosen := tables.codes.members(selection.countries):
        pairs = pairs[pairs["country"].isin(chosen) | pairs["partner_country"].isin(chosen)]
    names = _names(tables)
    rows = pairs.assign(
        projects=pairs["programme_ids"].map(len).astype("int64"),
        organisations=pairs["country"].map(sizes).astype("Int64"),
        partner_organisations=pairs["partner_country"].map(sizes).astype("Int64"),
        project_names=pairs["programme_ids"].map(lambda codes: [names[code] for code in codes]),
    )
    by = ["projects", "country", "partner_country"]
    return rows.sort_values(by, ascending=[False, True, True], ignore_index=True)[
        [*COLUMNS, "project_names", "source_ids"]
    ]


def _names(tables: Tables) -> dict[str, str]:
    """The English name of each programme, else the one in its own language."""
    programmes = tables.programmes
    names = programmes["name_en"].fillna(programmes["name_local"]).fillna(programmes["name_fr"])
    return dict(zip(programmes["programme_id"], names.astype(str), strict=True))


def _partners(tables: Tables, selection: Selection) -> pd.DataFrame:
    """The partners of the projects selected by level, kind and years, whatever their country."""
    partners = tables.partners[tables.partners["role"] != "winner"].dropna(subset="country")
    return partners[partners["programme_id"].isin(_joint(tables, selection)["programme_id"])]


def _joint(tables: Tables, selection: Selection) -> pd.DataFrame:
    return selection.but(countries=()).of_programmes(tables).query("kind in @JOINT")


def _pairs(partners: pd.DataFrame) -> pd.DataFrame:
    """Each pair of countries of each project, then their projects and sources together."""
    found = []
    for code, own in partners.groupby("programme_id"):
        countries, sources = sorted(set(own["country"])), own.groupby("country")["source_ids"].agg(union)
        for first, second in combinations(countries, 2) if len(countries) > 1 else [(countries[0], None)]:
            ids = union([sources[first], sources[second] if second else []])
            found.append((first, second, str(code), ids))
    all_pairs = pd.DataFrame(found, columns=["country", "partner_country", "programme_ids", "source_ids"])
    together = all_pairs.astype({"country": "str", "partner_country": "str"}).groupby(
        ["country", "partner_country"], dropna=False
    )
    return together.agg({"programme_ids": list, "source_ids": union}).reset_index()


def coverage(rows: pd.DataFrame, tables: Tables, selection: Selection) -> Coverage:
    """Projects and networks with named partners shown here, of all those selected."""
    return Coverage(len(union(rows["programme_ids"])), len(_joint(tables, selection)), "programmes")


def figure(rows: pd.DataFrame, view: View) -> go.Figure:
    if rows.empty:
        return blank(view)
    nodes = _nodes(rows, view)
    tallest = nodes.groupby("is_west").size().max()
    figure = go.Figure(layout={"template": view.theme.template(), "showlegend": False})
    figure.add_traces(_edges(rows.dropna(subset="partner_country"), nodes, view))
    for is_west, side in nodes.groupby("is_west"):
        figure.add_trace(_marks(side, "middle left" if is_west else "middle right", rows, view))
    figure.update_layout(
        height=int(40 + STEP_PX * max(tallest, 5)), margin={"l": LABEL_PX, "r": LABEL_PX, "t": 8, "b": 8}
    )
    figure.update_xaxes(visible=False, range=[-1.02, 1.02], automargin=False)
    return figure.update_yaxes(visible=False, range=[-1.04, 1.04], automargin=False)


def describe(rows: pd.DataFrame, view: View) -> str:
    _ = view.gettext
    pairs, projects = rows.dropna(subset="partner_country"), len(union(rows["programme_ids"]))
    if rows.empty:
        return _("No project of this selection names its partners.")
    if pairs.empty:
        return view.ngettext(
            "In {n} project that names partners, all of them are of one country.",
            "In each of the {n} projects that name partners, all of them are of one country.",
            projects,
        )
    most = pairs[pairs["projects"] == pairs["projects"].max()]
    couples = [
        _("{first} and {second}").format(first=view.country(first), second=view.country(second))
        for first, second in most[["country", "partner_country"]].to_numpy()[:3]
    ]
    more = len(most) - len(couples)
    words = {
        "countries": view.number(len({*pairs["country"], *pairs["partner_country"]})),
        "pairs": ", ".join(couples),
        "most": view.number(most["projects"].iloc[0]),
        "more": view.number(more),
    }
    if more:
        return view.ngettext(
            "{n} project that names partners joins {countries} countries; most together, {most} each: {pairs} and {more} more pairs.",
            "{n} projects that name partners join {countries} countries; most together, {most} each: {pairs} and {more} more pairs.",
            projects,
        ).format(**words)
    return view.ngettext(
        "{n} project that names partners joins {countries} countries; most together: {pairs} ({most}).",
        "{n} projects that name partners join {countries} countries; most together: {pairs} ({most}).",
        projects,
    ).format(**words)


def _nodes(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """One row per country: organisations, is_europe, is_west, and x, y on two facing arcs, in steps of equal height so
    that no two names meet."""
    ends = rows[["partner_country", "partner_organisations"]].set_axis(["country", "organisations"], axis=1)
    both = pd.concat([rows[["country", "organisations"]], ends.dropna()], ignore_index=True)
    nodes = both.drop_duplicates("country").merge(_points(view.land), on="country", how="left")
    nodes["is_europe"] = nodes["east_m"].notna()
    nodes = nodes.sort_values(["is_europe", "east_m", "country"], ascending=[False, True, True], ignore_index=True)
    europe = int(nodes["is_europe"].sum())
    place = np.arange(len(nodes))
    nodes["is_west"] = np.where(nodes["is_europe"], place < (europe + 1) // 2, (place - europe) % 2 == 1)
    nodes = nodes.sort_values(["is_europe", "north_m", "country"], ascending=[False, False, True], ignore_index=True)
    step = nodes.groupby("is_west").cumcount() + 0.5
    nodes["y"] = 1 - 2 * step / nodes.groupby("is_west")["country"].transform("size")
    reach = 0.55 + 0.45 * np.sqrt(1 - nodes["y"] ** 2)
    return nodes.assign(x=np.where(nodes["is_west"], -reach, reach))


@per_land
def _points(land: gpd.GeoDataFrame) -> pd.DataFrame:
    """A point inside the largest part of each country of Europe: country, east_m, north_m (EPSG:3035)."""
    parts = land[land["role"] == "observed"].to_crs(3035).explode(ignore_index=True)
    largest = parts.loc[parts.area.groupby(parts["country"]).idxmax()]
    inside = largest.representative_point()
    return pd.DataFrame({"country": largest["country"], "east_m": inside.x, "north_m": inside.y})


def _edges(pairs: pd.DataFrame, nodes: pd.DataFrame, view: View) -> list[go.Scatter]:
    """The lines, the thinnest first, and an unseen mark on the middle of each that carries its hover."""
    spots = nodes.set_index("country")[["x", "y"]].astype(float)
    start, end = (spots.reindex(pairs[column]).to_numpy() for column in ("country", "partner_country"))
    bend = _bend(start, end)
    weights = pairs["projects"].to_numpy()
    gap = np.full((len(pairs), 1, 2), np.nan)
    along = np.linspace(0, 1, 13)[:, None]
    curves = (1 - along) ** 2 * start[:, None] + 2 * along * (1 - along) * bend[:, None] + along**2 * end[:, None]
    curves = np.round(np.concatenate([curves, gap], axis=1), 3)
    traces = []
    for weight in sorted(set(weights)):
        points = curves[weights == weight].reshape(-1, 2)
        traces.append(
            go.Scatter(x=points[:, 0], y=points[:, 1], mode="lines", line=_line(weight, view), hoverinfo="skip")
        )
    middle = curves[:, 6]
    hover = [_pair(row, view) for row in pairs.to_dict("records")]
    unseen = {"size": 9, "color": view.theme.primary, "opacity": 0}
    marks = go.Scatter(x=middle[:, 0], y=middle[:, 1], mode="markers", marker=unseen, hovertext=hover, hoverinfo="text")
    return [*traces, marks]


def _bend(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """The point that draws each line inwards: neighbours of one side a little, distant ones deep into the middle."""
    middle, apart = (start + end) / 2, np.abs(start[:, 1] - end[:, 1])
    is_same_side = start[:, 0] * end[:, 0] > 0
    inwards = np.where(is_same_side, 1 - 0.15 - 0.95 * apart, 0.3)
    return np.column_stack([middle[:, 0] * inwards, middle[:, 1]])


def _line(weight: int, view: View) -> dict:
    """Faint for one project; the more, the thicker and the denser."""
    if weight == 1:
        return {"width": 0.8, "color": view.theme.line}
    return {"width": min(0.4 + 0.7 * weight, 8), "color": faded(view.theme.primary, min(0.1 + 0.15 * weight, 0.95))}


def _pair(row: dict, view: View) -> str:
    """The two countries, how many projects they share, and the first of them by name."""
    _ = view.gettext
    couple = _("{first} and {second}").format(
        first=view.country(row["country"]), second=view.country(row["partner_country"])
    )
    count = view.ngettext("{n} project together", "{n} projects together", row["projects"])
    lines = [line for name in row["project_names"][:NAMED] for line in wrap(escape(name, quote=False), 60)]
    more = ["…"] if row["projects"] > NAMED else []
    return "<br>".join([f"<b>{escape(couple, quote=False)}</b>", count, *lines, *more])


def _marks(side: pd.DataFrame, position: str, rows: pd.DataFrame, view: View) -> go.Scatter:
    """The countries of one side with their names outwards."""
    chosen = set(view.vocabulary.members(view.selection.countries))
    colour = view.theme.primary
    return go.Scatter(
        x=side["x"],
        y=side["y"],
        mode="markers+text",
        cliponaxis=False,
        text=[_name(row, chosen, view) for row in side.to_dict("records")],
        textposition=position,
        textfont={"size": 12, "color": view.theme.text},
        marker={
            "size": 6 + 3.2 * np.sqrt(side["organisations"].astype(float)),
            "symbol": ["circle" if is_europe else "diamond-open" for is_europe in side["is_europe"]],
            "color": colour,
            "opacity": 1,
            "line": {
                "width": 1.5,
                "color": [view.theme.background if inside else colour for inside in side["is_europe"]],
            },
        },
        hovertext=[_country(row, rows, view) for row in side.to_dict("records")],
        hoverinfo="text",
    )


def _name(node: dict, chosen: set[str], view: View) -> str:
    name = "<br>".join(wrap(view.country(node["country"]), 12, break_long_words=False))
    name = f"<b>{name}</b>" if node["country"] in chosen else name
    count = f"<span style='color:{view.theme.quiet}'>{view.number(node['organisations'])}</span>"
    return f"\N{NO-BREAK SPACE}{name} {count}\N{NO-BREAK SPACE}"


def _country(node: dict, rows: pd.DataFrame, view: View) -> str:
    """Name of a country, its organisations, and the countries it meets most often."""
    pairs = rows[(rows["country"] == node["country"]) | (rows["partner_country"] == node["country"])]
    pairs = pairs.dropna(subset="partner_country")
    organisations = view.ngettext("{n} partner organisation", "{n} partner organisations", node["organisations"])
    links = view.ngettext("works with {n} country", "works with {n} countries", len(pairs))
    others = pairs["country"].where(pairs["country"] != node["country"], pairs["partner_country"])
    most = [
        f"{view.country(other)} ({view.number(n)})" for other, n in zip(others[:4], pairs["projects"][:4], strict=True)
    ]
    name = escape(view.country(node["country"]), quote=False)
    return "<br>".join([f"<b>{name}</b>", f"{organisations} · {links}", ", ".join(most)])
