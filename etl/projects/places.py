"""Projects that publish a point and no region -> the NUTS 3 region of the point, partition by partition.

The same pure function works here (geopandas) and on a Dask cluster (dask_geopandas): same rows, same bytes.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.bulk.run import Progress
from etl.bulk.store import opened
from etl.bulk.workers import cluster
from etl.projects.nuts import smallest
from etl.regions import regions_of

if TYPE_CHECKING:
    from distributed import Client

SCHEMA = pa.schema([pa.field("project_id", pa.string(), nullable=False), ("nuts_id", pa.string())])
POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*")
COLUMNS = ["project_id", "countries", "nuts", "points"]
Tell = Callable[[Progress], None]


def run(
    projects: Path,
    nuts: gpd.GeoDataFrame,
    out: Path,
    *,
    said: dict[bytes, bytes],
    scheduler: str = "",
    tell: Tell = lambda progress: None,
) -> int:
    """Write SCHEMA (with the metadata `said`) for the projects of a Parquet file of Kohesio, and return how many were placed.

    `nuts` is as `gisco.read` gives it. A partition is a row group. Raises BadInput when no cluster answers at `scheduler`.
    """
    groups, rows = pq.read_metadata(projects).num_row_groups, 0
    with opened(out, SCHEMA.with_metadata(said)) as writer:
        for number, found in enumerate(each(projects, groups, nuts, scheduler), start=1):
            writer.write_table(pa.Table.from_pandas(found, schema=SCHEMA, preserve_index=False))
            rows += len(found)
            tell(Progress("Placing", number, groups, rows))
    return rows


def each(projects: Path, groups: int, nuts: gpd.GeoDataFrame, scheduler: str) -> Iterator[pd.DataFrame]:
    """What `placed` finds for every row group, in their order, whoever works."""
    if not scheduler:
        yield from (placed(points_of(projects, group), nuts) for group in range(groups))
        return
    with cluster(scheduler) as client:
        yield from on_cluster(client, projects, groups, nuts)


def on_cluster(client: "Client", projects: Path, groups: int, nuts: gpd.GeoDataFrame) -> Iterator[pd.DataFrame]:
    """The row groups as one dask_geopandas frame; the partitions of a worker that dies are done by another."""
    import dask
    import dask.dataframe as dd
    import dask_geopandas  # noqa: F401 - makes dask.dataframe know geometry

    points = dd.from_map(partial(points_of, projects), range(groups), meta=shaped([]))
    found = points.map_partitions(placed, dask.delayed(nuts), meta=placed(shaped([]), nuts))
    for future in client.compute(list(found.partitions)):
        yield future.result()
        future.release()


def points_of(projects: Path, group: int) -> gpd.GeoDataFrame:
    """The points (EPSG:4326) of the projects of a row group that publish no region: `project_id`, `country`, `geometry`."""
    with pq.ParquetFile(projects) as file:
        rows = file.read_row_group(group, columns=COLUMNS).to_pylist()
    return shaped(
        (row["project_id"], row["countries"][0] if len(row["countries"]) == 1 else None, point)
        for row in rows
        if not row["nuts"]
        for point in row["points"]
    )


def shaped(points: Iterable[tuple[str, str | None, str]]) -> gpd.GeoDataFrame:
    """project_id, country, "latitude,longitude" -> a frame; what is not a point on Earth is left out."""
    read = [(project, country, POINT.fullmatch(point)) for project, country, point in points]
    rows: list[tuple[Any, ...]] = [(p, c, float(m[1]), float(m[2])) for p, c, m in read if m]
    frame = pd.DataFrame(rows, columns=["project_id", "country", "latitude", "longitude"])
    frame = frame.astype({"project_id": "str", "country": "str", "latitude": "float64", "longitude": "float64"})
    frame = frame[frame["latitude"].between(-90, 90) & frame["longitude"].between(-180, 180)]
    geometry = gpd.points_from_xy(frame["longitude"], frame["latitude"])
    return gpd.GeoDataFrame(frame[["project_id", "country"]], geometry=geometry, crs=4326)


def placed(points: gpd.GeoDataFrame, nuts: gpd.GeoDataFrame) -> pd.DataFrame:
    """Points as `points_of` gives them -> `project_id`, `nuts_id`: the smallest region that holds all points of a project.
    Projects of which a point has no region of its country within reach, or that no one region holds, are not among them."""
    found = points[["project_id"]].assign(nuts_id=regions_of(points, nuts, level=3)["nuts_id"])
    regions = {str(project): smallest(codes) for project, codes in found.groupby("project_id")["nuts_id"]}
    rows = [(project, region) for project, region in regions.items() if region]
    return pd.DataFrame(rows, columns=SCHEMA.names, dtype="str")
