"""Facts as HTML and Markdown, with everything that comes from the data escaped."""

from html import escape
from urllib.parse import urlsplit

import pandas as pd

from atlas.view import View
from pages.parts.sources import figure_html

MARKS = set("\\`*_{}[]()<>#+!|$~:&-")


def plain(text: object) -> str:
    """Text from the data for a Markdown element: what Markdown would read as a mark is escaped."""
    return "".join("\\" + letter if letter in MARKS else letter for letter in str(text))


def website(url: object, view: View) -> str:
    """A link to a website, http or https only, shown by its host."""
    if pd.isna(url) or urlsplit(str(url)).scheme not in {"http", "https"}:
        return escape(view.missing)
    return f'<a href="{escape(str(url))}" target="_blank" rel="noopener noreferrer">{escape(urlsplit(str(url)).netloc)}</a>'


def figures_html(figures: pd.DataFrame, view: View) -> str:
    """Observations, newest first within each metric and scope; each opens its sources."""
    order = {code: number for number, code in enumerate(view.vocabulary.codes("metrics"))}
    ranked = figures.assign(rank=figures["metric"].map(order)).sort_values(
        ["rank", "scope", "as_of_date"], ascending=[True, True, False], na_position="last"
    )
    return "".join(_observation(row, view) for row in ranked.to_dict("records"))


def _observation(row: dict, view: View) -> str:
    _ = view.gettext
    shown = _("{value} · {scope} · {date}").format(
        value=view.figure(row["value"], row["unit"], row["qualifier"]),
        scope=view.label("scopes", row["scope"]),
        date=view.date(row["as_of"]),
    )
    counted = view.label("latest_rules", row["latest_rule"]) if row["is_latest"] else ""
    details = [
        view.label("metrics", row["metric"]),
        view.vocabulary.description("scopes", row["scope"], view.language),
        counted,
    ]
    note = f' <q lang="en">{escape(row["note_en"])}</q>' if pd.notna(row["note_en"]) else ""
    return figure_html(escape(shown), " · ".join(escape(part) for part in details if part) + note, row["source_ids"])
