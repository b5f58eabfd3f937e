"""The pages, in the order of the menu; the first is the home page."""

PAGES = ("overview", "map", "jobs", "funding", "countries", "clusters", "data")
