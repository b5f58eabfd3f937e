"""What the tables, their columns, and what the ETL counts of them are called, where no chart says so."""

from atlas.words import N_

TABLES = {
    "clusters": N_("clusters"),
    "observations": N_("figures of clusters"),
    "programmes": N_("programmes"),
    "awards": N_("awards"),
    "partners": N_("partners of projects"),
    "annual_funding": N_("amounts by year"),
    "indicators": N_("indicators of countries and regions"),
    "sources": N_("sources"),
    "countries": N_("countries and their boundaries"),
    "regions": N_("regions and their boundaries"),
    "organisations": N_("lead organisations in the register"),
    "projects": N_("projects the Union pays for"),
    "participants": N_("participants of these projects"),
    "third_places": N_("third places of the census"),
    "same_as": N_("duplicates that were resolved"),
    "field_sources": N_("cells with a source of their own"),
    "vocabulary": N_("codes and their labels"),
}
ROWS = {
    "clusters": N_("the cluster itself"),
    "observations": N_("figure"),
    "programmes": N_("the programme itself"),
    "awards": N_("award"),
    "partners": N_("partner"),
    "annual_funding": N_("amount of a year"),
    "indicators": N_("indicator"),
    "sources": N_("source"),
    "countries": N_("the country itself"),
    "regions": N_("region"),
    "organisations": N_("lead organisation in the register"),
    "projects": N_("project"),
    "participants": N_("participant"),
    "third_places": N_("third place"),
    "same_as": N_("duplicate"),
    "field_sources": N_("source of a cell"),
    "vocabulary": N_("code"),
}
"""What one row of a table is."""
COLUMNS = {
    "amount_eur": N_("Amount in euros"),
    "as_of_precision": N_("Precision of the date"),
    "coordinate_origin": N_("Origin of the point"),
    "geometry": N_("Shape or point"),
    "language": N_("Language"),
    "nuts_id": N_("NUTS region"),
    "organisation": N_("Organisation"),
    "published": N_("Date of publication"),
    "quote": N_("Quote"),
    "role": N_("Role"),
    "source_ids": N_("Sources"),
    "title": N_("Title"),
    "url": N_("Address"),
}
"""Columns of the tables that no chart shows, or that mean something else in one."""
MEASURES = (
    (r"(?P<table>\w+), rows", N_("{table}: rows")),
    (r"(?P<table>\w+), (?P<column>\w+) filled", N_("{table}: rows that give “{column}”")),
    (r"clusters in (?P<country>\w+)", N_("clusters in {country}")),
    (r"clusters that report (?P<metric>\w+) \((?P<scope>\w+)\)", N_("clusters with a figure: {metric} · {scope}")),
    (r"(?P<metric>\w+) \((?P<scope>\w+)\), (?P<unit>.+)", N_("total: {metric} · {scope} ({unit})")),
    (r"awards whose amount is published, EUR", N_("awards whose amount is published, in euros")),
)
"""How the ETL names what it counts and sums."""
