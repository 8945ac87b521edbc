import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Real files to read. Never part of the project."""
    folder = os.environ.get("ISMS_TEST_DATA")
    if not folder:
        pytest.skip("ISMS_TEST_DATA is not set")
    return Path(folder)
