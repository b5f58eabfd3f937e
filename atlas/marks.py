"""The marks of a map: which clusters have a point, how those of one place stand apart, and what a hover says of each."""

import math
from typing import Any

import numpy as np
import pandas as pd

from atlas.view import View

SPACING_KM = 5
DEGREE_KM = 111.2
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def located(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["latitude"].notna() & rows["longitude"].notna()]


def spread(points: pd.DataFrame, spacing_km: float = SPACING_KM) -> pd.DataFrame:
    """The points with those of one place (to 0.01°) set apart on a spiral, always the same way."""
    turn = points.groupby([points["latitude"].round(2), points["longitude"].round(2)]).cumcount()
    reach, angle = spacing_km / DEGREE_KM * np.sqrt(turn), turn * GOLDEN_ANGLE
    latitude = points["latitude"] + reach * np.sin(angle)
    return points.assign(
        latitude=latitude, longitude=points["longitude"] + reach * np.cos(angle) / np.cos(np.radians(latitude))
    )


def places(rows: pd.DataFrame, view: View) -> pd.DataFrame:
    """What the hover says of each cluster, as plain words: name, kind, place, founded, precision."""
    _ = view.gettext

    def where(row: pd.Series) -> str:
        return ", ".join(
            dict.fromkeys(
                part for part in (row["place"], row["region"], view.country(row["country"])) if pd.notna(part)
            )
        )

    def founded(year: Any) -> str:
        return _("Founding year not published") if pd.isna(year) else _("Founded in {year}").format(year=int(year))

    def precision(code: Any) -> str:
        return (
            _("Precision of the point not published")
            if pd.isna(code)
            else view.vocabulary.description("coordinate_precisions", code, view.language)
        )

    words = {
        "name": list(rows["name"]),
        "kind": [view.label("kinds", kind) for kind in rows["kind"]],
        "place": [where(row) for _index, row in rows.iterrows()],
        "founded": [founded(year) for year in rows["founded_year"]],
        "precision": [precision(code) for code in rows["coordinate_precision"]],
    }
    return pd.DataFrame(words, index=rows.index, dtype="str")
