"""Model and proximity: what the founding note argues, tested on data."""

from pages.parts.filters import part
from pages.parts.frame import beside, head, show
from pages.parts.session import current

_ = current().view.gettext
head(
    _("Model and proximity"),
    _(
        "The founding note sees a cluster as ten elements in one place, near to one another, where work is scarce. Here the three ideas meet the list: what clusters are made of, how near they stand, and where they settle."
    ),
    "model_pairs",
)
shown = part(
    {
        "elements": _("What clusters are made of"),
        "proximity": _("How near they stand"),
        "territories": _("Where they settle"),
    }
)
if shown == "elements":
    beside(("model_matrix",), ("model_pairs", "model_by_kind"))
    show("model_by_country")
if shown == "proximity":
    show("nearest_neighbours")
if shown == "territories":
    beside(("countries_and_hardship",), ("regions_and_unemployment",))
    if len(current().tables.regions):
        show("regions_and_hardship")
