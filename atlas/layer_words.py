"""What a map says of its layers: in its sentence, in its legend, and of those that the tables do not hold."""

import pandas as pd

from atlas import boundaries, choropleth, third_places
from atlas.marks import Entry
from atlas.nuts import LAYERS, counts
from atlas.view import View


def besides(rows: pd.DataFrame, view: View) -> str:
    """In how many regions of a layer the clusters lie, and how many third places are drawn."""
    found, said, ngettext = counts(rows, view.tables), [], view.ngettext
    asked = boundaries.drawn_layers(view)
    number = {layer: sum(code in found for code in boundaries.members(view.tables, layer)) for layer in LAYERS}
    if "nuts2" in asked:
        said += [
            ngettext("{n} NUTS 2 region holds some of them.", "{n} NUTS 2 regions hold some of them.", number["nuts2"])
        ]
    if "french_regions" in asked:
        said += [
            ngettext(
                "{n} French region holds some of them.",
                "{n} French regions hold some of them.",
                number["french_regions"],
            )
        ]
    if third_places.LAYER in asked:
        said += [
            ngettext(
                "{n} third place of another list is drawn beside them and not counted.",
                "{n} third places of another list are drawn beside them and not counted.",
                third_places.placed(view.tables),
            )
        ]
    return " ".join(said)


def not_held(rows: pd.DataFrame, view: View) -> str:
    """What a link asks for and these tables do not hold."""
    _ = view.gettext
    absent = [layer_name(layer, view) for layer in boundaries.absent_layers(view)]
    rate, grain = view.selection.background, view.selection.grain
    if (
        grain == "nuts2"
        and choropleth.is_rate(view.vocabulary, rate)
        and not choropleth.is_by_region(view.tables, rate, grain)
    ):
        absent.append(_("the rate by NUTS 2 region"))
    if not absent:
        return ""
    return _("Not drawn, for these data do not hold it: {layers}.").format(layers=_("; ").join(absent))


def layer_name(layer: str, view: View) -> str:
    """What a layer is called."""
    _ = view.gettext
    names = {"nuts2": _("NUTS 2 regions"), "french_regions": _("French regions"), "third_places": _("Third places")}
    return names[layer]


def entries(view: View) -> list[Entry]:
    """The legend: the regions that are outlined, and the marks that are no clusters."""
    asked = [layer for layer in boundaries.drawn_layers(view) if layer in LAYERS]
    lines = [Entry(layer_name(layer, view), view.theme.quiet, None, "outline") for layer in asked]
    return [*lines, *third_places.legend(view)]
