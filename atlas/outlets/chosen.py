"""What a selection chose, in words: an outlet shows a chart far from the filters it was made with."""

from collections.abc import Collection

from atlas.parameters import VOCABULARIES
from atlas.selection import Selection
from atlas.view import View
from atlas.words import N_

FIELDS = {
    "definition": N_("List counted by"),
    "countries": N_("Countries"),
    "kinds": N_("Kinds of cluster"),
    "themes": N_("Themes"),
    "regions": N_("Regions"),
    "time": N_("Years"),
    "until": N_("Founded by the end of"),
    "near": N_("Near"),
    "levels": N_("Level"),
    "programme_kinds": N_("Kinds of programme"),
    "metric": N_("What is measured"),
    "scope": N_("What it counts"),
    "indicator": N_("Indicator"),
}


def selected(given: Collection[str], view: View) -> list[str]:
    """The fields given, each with its values: 'Countries: France, Spain'."""
    _ = view.gettext
    line = _("{name}: {values}")
    return [line.format(name=_(FIELDS[field]), values=_worded(field, view)) for field in FIELDS if field in given]


def narrowed(view: View) -> str:
    """What differs from the whole, as a sentence: 'Countries: France; Years: 2010–2024.'; '' for the whole."""
    usual = Selection()
    given = [field for field in FIELDS if getattr(view.selection, field) != getattr(usual, field)]
    between = view.gettext("; ")
    return f"{between.join(selected(given, view))}." if given else ""


def _worded(field: str, view: View) -> str:
    value = getattr(view.selection, field)
    if field == "time":
        return "–".join(map(str, dict.fromkeys(value)))
    if field == "near":
        latitude, longitude = (view.number(degrees, 4) for degrees in value)
        place = view.gettext("within {radius} km of latitude {latitude}, longitude {longitude}")
        return place.format(latitude=latitude, longitude=longitude, radius=view.number(view.selection.radius))
    codes = value if isinstance(value, tuple) else (value,)
    return ", ".join(_label(field, code, view) for code in codes)


def _label(field: str, code: str | int, view: View) -> str:
    names = VOCABULARIES.get(field, ())
    name = next((name for name in names if code in view.vocabulary.codes(name)), "")
    return view.label(name, code) if name else str(code)
