"""Bulk: sources too large for memory, taken partition by partition, on this machine or on a Dask cluster, to one result."""
