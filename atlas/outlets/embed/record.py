"""A chart as JSON for programs: its rows with their units and sources, its words, and what they hold for."""

import json
from typing import Any

import pandas as pd

from atlas.columns import CODED, NAMES
from atlas.outlets.citation import apa
from atlas.outlets.drawing import Drawing
from atlas.outlets.metadata import LICENCE

UNITS = {"_eur": "EUR", "_km": "km", "_m2": "m2"}


def as_json(drawing: Drawing, address: str) -> bytes:
    """The chart as JSON; `address` is that of its page. Missing is null."""
    words, coverage = drawing.words, drawing.drawn.coverage
    rows = drawing.rows.drop(columns="geometry", errors="ignore")
    record = {
        "chart": drawing.name,
        "language": drawing.language,
        "finding": drawing.sentence,
        "title": words.title,
        "question": words.question,
        "drawn": words.drawn,
        "note": words.note,
        "coverage": {**coverage._asdict(), "sentence": drawing.coverage},
        "selection": drawing.parameters,
        "data_version": drawing.tables.version,
        "licence": LICENCE,
        "address": address,
        "citation": apa(drawing.citation(address)),
        "columns": [_column(str(name), drawing) for name in rows],
        "rows": json.loads(rows.to_json(orient="records", date_format="iso", date_unit="s", double_precision=15)),
        "sources": _sources(drawing.sources),
    }
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8")


def _column(name: str, drawing: Drawing) -> dict[str, Any]:
    """A column: what it is called, its unit where all its values have one, and the codes it holds."""
    unit = next((unit for ending, unit in UNITS.items() if name.endswith(ending)), "")
    codes = sorted({code for value in drawing.rows[name] for code in _codes(value)}) if name in CODED else []
    labels = {code: _label(name, code, drawing) for code in codes}
    return {
        "name": name,
        "title": drawing.view.gettext(NAMES[name]) if name in NAMES else name,
        **({"unit": unit} if unit else {}),
        **({"labels": labels} if labels else {}),
    }


def _codes(value: Any) -> list[str]:
    if pd.api.types.is_list_like(value):
        return [str(code) for code in value]
    return [] if pd.isna(value) else [str(value)]


def _label(column: str, code: str, drawing: Drawing) -> str:
    view = drawing.view
    vocabulary = next((name for name in CODED[column] if code in view.vocabulary.codes(name)), "")
    return view.label(vocabulary, code) if vocabulary else code


def _sources(sources: pd.DataFrame) -> list[dict[str, Any]]:
    kept = sources.reset_index()[["source_id", "title", "publisher", "url", "published", "quote"]]
    return json.loads(kept.to_json(orient="records"))
