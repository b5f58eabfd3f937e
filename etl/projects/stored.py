"""The files of data/bulk, of which only the rows asked for are read."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from etl.read import bad_file

BULK = Path("data/bulk")
"""Where the files are, unless said; nothing of it is kept with the code."""
KOHESIO, REGIONS = "kohesio.parquet", "kohesio-regions.parquet"
PROJECTS, ORGANISATIONS, THEMES = "cordis-projects.parquet", "cordis-organisations.parquet", "cordis-themes.parquet"
COMPANIES = "ess-companies.parquet"


def rows_of(path: Path, kept: pc.Expression | None = None, columns: list[str] | None = None) -> pa.Table:
    """The rows of a file for which `kept` holds. BadInput when it cannot be read, or was made by another version of this code."""
    import pyarrow.dataset as pads  # not for builds that have no such file

    try:
        return pads.dataset(path, format="parquet").to_table(columns=columns, filter=kept)
    except (OSError, pa.ArrowInvalid, pa.ArrowKeyError) as error:
        problem = f"cannot be used ({str(error).splitlines()[0].rstrip('.')})"
        raise bad_file(path, problem, "Remove it; the next refresh makes it again") from error


def frame(rows: pa.Table) -> pd.DataFrame:
    """The rows with dates as dates, lists as lists."""
    lists = [field.name for field in rows.schema if pa.types.is_list(field.type)]
    plain = rows.drop_columns(lists).to_pandas(date_as_object=False)
    return plain.assign(**{name: pd.Series(rows[name].to_pylist(), dtype="object") for name in lists})
