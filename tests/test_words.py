"""Every word of the interface exists in French: none missing, none fuzzy, none unused, every placeholder kept."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from atlas import store
from atlas.charts import charts
from atlas.columns import NAMES
from atlas.selection import Selection
from atlas.words import N_, catalogue, catalogue_path

ROOT = Path(__file__).parents[1]
KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}


@pytest.fixture(scope="module")
def used() -> set[str | tuple[str, ...]]:
    """Messages marked in the code."""
    methods = [(f"{room}/**.py", "python") for room in ("atlas", "pages")]
    return {
        message for _file, _line, message, _comments, _context in extract_from_dir(ROOT, methods, keywords=KEYWORDS)
    }


@pytest.fixture(scope="module")
def french() -> Catalog:
    return read_po(BytesIO(catalogue_path("fr").read_bytes()), locale="fr")


def test_no_entry_is_missing_or_unused(used, french):
    assert used
    assert {entry.id for entry in french if entry.id} == used


def test_no_entry_is_empty_or_fuzzy(french):
    assert [
        entry.id
        for entry in french
        if entry.id and (entry.fuzzy or not all([entry.string] if isinstance(entry.string, str) else entry.string))
    ] == []


def test_translations_keep_every_placeholder(french):
    def placeholders(text: str) -> set[str]:
        return set(re.findall(r"{(\w+)}", text))

    wrong = []
    for entry in french:
        ids, strings = (entry.id, entry.string) if isinstance(entry.id, tuple) else ((entry.id,), (entry.string,))
        allowed = [set().union(*map(placeholders, ids)), *map(placeholders, ids)]
        wrong += [entry.id for string in strings if entry.id and placeholders(string) not in allowed]
    assert wrong == []


def test_french_typography(french):
    """A no-break space before double punctuation and inside guillemets, typographic apostrophes."""
    strings = [
        text
        for entry in french
        if entry.id
        for text in ([entry.string] if isinstance(entry.string, str) else entry.string)
    ]
    assert [text for text in strings if re.search(r" [:;?!»%]|« |\w'\w", re.sub(r"https?://\S+", "", text))] == []


def test_words_reach_the_reader():
    message = N_("not published")
    assert catalogue("en").gettext(message) == "not published"
    assert catalogue("fr").gettext(message) == "non publié"


def test_no_message_hides_in_an_f_string():
    """Babel does not look inside f-strings: a message there would never be translated."""
    hidden = re.compile(r"""f"[^"\n]*\{[^}"\n]*(?:_|gettext)\('|f'[^'\n]*\{[^}'\n]*(?:_|gettext)\(\"""")
    files = [file for room in ("atlas", "pages") for file in (ROOT / room).rglob("*.py")]
    assert files
    assert hidden.search("""f"*{_('Planned')}*" """)
    assert [str(file) for file in files if hidden.search(file.read_text(encoding="utf-8"))] == []


def test_every_column_of_every_chart_has_a_name():
    columns = {column for chart in charts().values() for column in chart.table(store.tables(), Selection())}
    assert columns - set(NAMES) - {"source_ids"} == set()
