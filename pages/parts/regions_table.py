"""The regions under the map as a table: what their hover says, for the keyboard and for who cannot see the map."""

import pandas as pd
import streamlit as st

from atlas import boundaries, choropleth, nuts
from atlas.columns import NAMES
from atlas.view import View


def regions_table(rows: pd.DataFrame, view: View) -> None:
    """The regions that the map of `rows` draws for `view`: name, code, country, clusters of this selection, and the rate of each
    where one colours them. Nothing where no region is drawn."""
    rates = choropleth.background(view)
    layers = [layer for layer in nuts.LAYERS if layer in boundaries.drawn_layers(view)]
    ground = boundaries.ground_layer(view, rates)
    for layer in dict.fromkeys([*([ground] if ground else []), *layers]):
        _table(layer, rows, rates, view)


def _table(layer: str, rows: pd.DataFrame, rates: pd.DataFrame | None, view: View) -> None:
    _ = view.gettext
    titles = {"nuts2": _("Clusters by NUTS 2 region"), "french_regions": _("Clusters by French region")}
    with st.expander(titles[layer]):
        st.caption(
            _("The clusters of this selection: those without a point too, when their source names the French region.")
        )
        st.dataframe(
            readable(layer, rows, rates, view),
            key=f"regions-{layer}",
            hide_index=True,
            height=380,
            placeholder=view.missing,
            alt=titles[layer],
        )


def readable(layer: str, rows: pd.DataFrame, rates: pd.DataFrame | None, view: View) -> pd.DataFrame:
    """The table, headed in the language; most clusters first."""
    _ = view.gettext
    regions = nuts.layer_regions(view.tables.regions, layer)
    found = nuts.counts(rows, view.tables)
    table = pd.DataFrame(
        {
            _(NAMES["region"]): regions["name"],
            _("NUTS code"): regions["nuts_id"],
            _(NAMES["country"]): regions["country"].map(view.country),
            _(NAMES["clusters"]): regions["nuts_id"].map(lambda code: found.get(code, 0)),
        }
    )
    if rates is not None and choropleth.place(rates) == "nuts_id" and layer == "nuts2":
        said = choropleth.cards(rates, view)
        table[choropleth.measured(rates, view)] = regions["nuts_id"].map(lambda code: _("; ").join(said[code][1:]))
    order = [_(NAMES["clusters"]), _(NAMES["country"]), _(NAMES["region"])]
    return table.sort_values(order, ascending=[False, True, True], ignore_index=True)
