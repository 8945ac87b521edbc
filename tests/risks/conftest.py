import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.risks.real_data import CATALOGUE


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Real files to read. Never part of the project."""
    folder = os.environ.get("ISMS_TEST_DATA")
    if not folder:
        pytest.skip("ISMS_TEST_DATA is not set")
    return Path(folder)


@pytest.fixture(scope="session")
def published(real_data: Path) -> Any:
    """The user catalogue of Grundschutz++ as the BSI published it on 2026-06-30."""
    return json.loads((real_data / CATALOGUE).read_text(encoding="utf-8"))["catalog"]
