"""Model and proximity: what the founding note argues, tested on data."""

from pages.parts.frame import head
from pages.parts.session import current

_ = current().view.gettext
head(
    _("Model and proximity"),
    _(
        "What clusters are made of, how near they stand to one another, and where they settle: the founding note's three arguments, tested on the list."
    ),
    fields=("definition", "countries", "kinds", "themes"),
)
