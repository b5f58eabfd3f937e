"""Facts as HTML and Markdown, with everything that comes from the data escaped."""

from html import escape
from urllib.parse import urlsplit

import pandas as pd

from atlas.observed import is_old
from atlas.view import View
from pages.parts.sources import figure_html

MARKS = set("\\`*_{}[]()<>#+!|$~:&-")


def plain(text: object) -> str:
    """Text from the data for a Markdown element: what Markdown would read as a mark is escaped."""
    return "".join("\\" + letter if letter in MARKS else letter for letter in str(text))


def capital(text: str) -> str:
    """The first letter as a sentence begins with it."""
    return text[:1].upper() + text[1:]


def linked(url: object, text: str, title: str = "") -> str:
    """A link, http or https only, to a page of another host; `title` says more of it. The text alone when it is no such address."""
    if urlsplit(str(url)).scheme not in {"http", "https"}:
        return escape(text)
    told = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(str(url))}"{told} target="_blank" rel="noopener noreferrer">{escape(text)}</a>'


def website(url: object, view: View) -> str:
    """A link to a website, http or https only, shown by its host."""
    if pd.isna(url) or urlsplit(str(url)).scheme not in {"http", "https"}:
        return escape(view.missing)
    return linked(url, urlsplit(str(url)).netloc)


def figures_html(figures: pd.DataFrame, view: View, old_before: str) -> str:
    """Observations by metric and scope, the scope explained, newest first; each opens its sources.

    `old_before` is the day (ISO) before which a figure is marked as old.
    """
    figures = figures.assign(is_old=is_old(figures["as_of"], old_before))
    parts = []
    for metric in [code for code in view.vocabulary.codes("metrics") if code in set(figures["metric"])]:
        parts.append(f"<h4>{escape(view.label('metrics', metric))}</h4>")
        of_metric = figures[figures["metric"] == metric]
        for scope in [code for code in view.vocabulary.codes("scopes") if code in set(of_metric["scope"])]:
            own = of_metric[of_metric["scope"] == scope].sort_values(["as_of_date", "is_latest"], ascending=False)
            meaning = view.vocabulary.description("scopes", scope, view.language)
            parts.append(f'<p class="scope"><b>{escape(view.label("scopes", scope))}</b> · {escape(meaning)}</p>')
            parts += [_observation(row, view) for row in own.to_dict("records")]
    return f'<div class="figures">{"".join(parts)}</div>'


def checklist_html(items: list[tuple[str, bool]], view: View) -> str:
    """Things named by the sources or not: a mark and words for each, never colour alone."""
    _ = view.gettext
    words = {True: _("named by its sources"), False: _("not named")}
    lines = (
        f'<li class="{"named" if is_named else "unnamed"}"><i aria-hidden="true">{"✓" if is_named else "–"}</i>'
        f"{escape(name)} <span>{escape(words[is_named])}</span></li>"
        for name, is_named in items
    )
    return f'<ul class="checklist">{"".join(lines)}</ul>'


def _observation(row: dict, view: View) -> str:
    """One figure: value and date, that it is old or planned in words; opened, which figure of its scope counts."""
    _ = view.gettext
    value, date = view.figure(row["value"], row["unit"], row["qualifier"]), view.date(row["as_of"])
    shown = f"{escape(value)} · {escape(date)}"
    if row["is_old"] is True:
        old = _("more than five years old")
        shown += f' · <span class="old">{escape(old)}</span>'
    details = [view.vocabulary.description("metrics", row["metric"], view.language)]
    if row["is_latest"]:
        shown = f"<b>{shown}</b>"
        details += [
            _("The figure used in totals: {rule}").format(
                rule=view.vocabulary.description("latest_rules", row["latest_rule"], view.language)
            )
        ]
    note = f' <q lang="en">{escape(row["note_en"])}</q>' if pd.notna(row["note_en"]) else ""
    return figure_html(shown, " ".join(escape(part) for part in details if part) + note, row["source_ids"])
