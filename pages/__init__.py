"""The pages of the dashboard."""

PAGES = ("overview", "map", "jobs", "funding", "countries", "clusters", "model", "briefing", "data", "changes")
"""The pages, in the order of the menu; the first is the home page."""

OWN = {
    "map": ("size", "colour", "background", "grain", "layers", "until", "near", "radius", "camera"),
    "funding": ("by",),
    "countries": ("indicator", "against"),
    "clusters": ("sort", "layout", "shown"),
    "changes": ("version", "cluster"),
}
"""Fields of Selection that only one page offers: they stand in the URL of that page alone."""

SHOWN = {
    ("overview", ""): ("cluster_map_print", "clusters_by_kind", "clusters_founded"),
    ("map", ""): ("cluster_map", "cluster_map_print", "indicator_map"),
    ("jobs", "size"): ("jobs_total", "jobs_by_scope", "jobs_by_cluster", "jobs_history"),
    ("jobs", "spread"): ("jobs_distribution", "jobs_by_dimension", "jobs_disagreements"),
    ("jobs", "frame"): ("social_economy_employment", "social_economy_split", "regions_of_france"),
    ("funding", "timeline"): ("funding_timeline",),
    ("funding", "calls"): ("ptce_calls", "ptce_over_time", "laureates_map", "awards_by_region"),
    ("funding", "money"): ("budget_totals", "budgets_by_year", "money_per_inhabitant"),
    ("funding", "ties"): ("awards_by_country_and_theme", "partner_network", "lags"),
    ("funding", "eu"): ("eu_projects_by_country", "eu_projects_by_year"),
    ("countries", "profile"): ("country_profile", "country_context", "country_social_economy", "clusters_by_country"),
    ("countries", "makeup"): ("country_kinds", "country_founding", "themes_by_country"),
    ("countries", "policy"): ("country_laws", "programmes_by_country", "country_budgets"),
    ("countries", "indicator"): ("indicator_rank", "indicator_scatter", "indicator_change", "indicator_multiples"),
    ("clusters", ""): ("cluster_history", "cluster_neighbours"),
    ("model", "elements"): ("model_matrix", "model_pairs", "model_by_kind", "model_by_country"),
    ("model", "proximity"): ("nearest_neighbours",),
    ("model", "territories"): ("countries_and_hardship", "regions_and_unemployment", "regions_and_hardship"),
}
"""Page and part of it -> the charts that a link leads to there. The first stands for the page; a link to a chart in two places
leads to the last."""
