"""How figures are treated, what the list of clusters is, licences and borders: said once, for page, footer and briefing."""

from atlas import boundaries
from atlas.view import View

KOSOVO = "XK"


def rules(view: View) -> list[str]:
    """How figures are treated, a sentence or two each."""
    _ = view.gettext
    return [
        _("No figure without its source: open any number to read the page and the sentence it comes from."),
        *rules_on_paper(view),
    ]


def rules_on_paper(view: View) -> list[str]:
    """The rules that hold where nothing can be opened."""
    _ = view.gettext
    return [
        _(
            "Never added across scopes: jobs hosted on a site, jobs created by supported projects and jobs of a whole territory are three different things."
        ),
        _("Planned is never added to what exists; “about” and “at least” are drawn and worded as such."),
        _("Missing is not zero: “not published” is written wherever nothing was found."),
        _(
            "Two sources that disagree are both kept and both shown. Totals use the most recent figure of each cluster; an undated figure counts by the date of its page; a reviewed exception says why."
        ),
        _(
            "Of two figures for one territory and year, the exact one is drawn, then the one published last: a revised figure takes the place of the earlier one, which stays in the tables. They are never added, and never averaged."
        ),
        _(
            "Money is shown as published; nothing is converted, and a budget that is part of another is never added to it."
        ),
        _("Borders are drawn as European institutions draw them."),
    ]


def limits(view: View) -> str:
    """What the list of clusters is not."""
    _ = view.gettext
    return _(
        "The list follows what public pages say in French, English and a few other languages: a country with few clusters here may have many more. It is not a census."
    )


def licence(view: View) -> str:
    """Under which licence the data of this version may be used."""
    return view.gettext("Data: CC BY 4.0, version {version}.").format(version=view.tables.version)


def software(view: View) -> str:
    """Under which licence the code may be used."""
    return view.gettext("Code: EUPL-1.2.")


def borders(view: View) -> str:
    """Who drew the borders of a map, and where its towns come from."""
    _ = view.gettext
    land = _("Borders: Natural Earth (public domain), drawn as European institutions do; towns: GeoNames (CC BY 4.0).")
    regions = _("NUTS regions: Eurostat, GISCO; {owner}.").format(owner=boundaries.owner(view))
    return f"{land} {regions}" if len(view.tables.regions) else land


def kosovo(view: View) -> str:
    """The note that the name of Kosovo* carries."""
    _ = view.gettext
    return _(
        "Kosovo*: this designation is without prejudice to positions on status, and is in line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of independence."
    )
