"""Property tests explore at random on a desk; where CI is set they repeat the same examples, so that a run can be trusted."""

import os

from hypothesis import settings

settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")
