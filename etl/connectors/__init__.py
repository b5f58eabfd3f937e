"""Connectors: official sources that a refresh asks. Each declares itself (`SOURCE`), fetches exact bytes and reads them.

They stand apart from `etl.sources` because the tables that are shipped hold nothing of theirs: without a fetch, `read`
gives no rows and the build is what it was.
"""
