"""The axis of a quantity: from zero, or logarithmic when the values span more than two orders of magnitude."""

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from atlas.view import View


class Axis(NamedTuple):
    """Its ends: values, or their powers of ten when logarithmic."""

    is_log: bool
    low: float
    high: float

    @classmethod
    def of(cls, values: pd.Series) -> "Axis":
        """The axis that holds `values` and a little room around them."""
        if len(values) and values.min() > 0 and values.max() > 100 * values.min():
            return cls(True, float(np.log10(values.min() / 1.7)), float(np.log10(values.max() * 1.7)))
        high = float(values.max()) if len(values) and values.max() > 0 else 1.0
        return cls(False, -0.04 * high, 1.1 * high)

    def shares(self, values: pd.Series) -> list[float]:
        """Where values stand, as shares of the length of the axis."""
        placed = np.log10(values.to_numpy(dtype=float)) if self.is_log else values.to_numpy(dtype=float)
        return [float(share) for share in (placed - self.low) / (self.high - self.low)]

    def layout(self, unit: str, view: View) -> dict[str, Any]:
        """The axis as plotly wants it, with round ticks."""
        low, high = (10**self.low, 10**self.high) if self.is_log else (0.0, self.high / 1.1)
        kind = "log" if self.is_log else "linear"
        return {"type": kind, "range": [self.low, self.high], **view.ticks(low, high, self.is_log, unit)}
