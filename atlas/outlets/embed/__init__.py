"""A chart in a page of its own, light enough to stand in the pages of others: /embed/<chart> (see `atlas.outlets.embed_routes`)."""
