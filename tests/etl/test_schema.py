"""The models as they are read by a build."""

import subprocess
import sys

from tests.etl.conftest import ROOT


def test_reading_the_models_leaves_dask_alone():
    """Pandera would import all of it, where it is installed, which takes longer than half a build."""
    code = "import sys; from etl.columns import columns; columns('clusters'); print('dask' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_dask_can_still_be_imported_afterwards():
    code = "import etl.schema, dask.dataframe; print(dask.dataframe.__name__)"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "dask.dataframe"
