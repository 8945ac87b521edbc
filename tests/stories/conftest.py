"""Chromium where there is one, and the application that stories walk through."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import chromium as real
from tests.stories.serving import served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Open for one module only: while it is, no asynchronous test can run."""
    if not real.executable():
        pytest.skip("Chromium is not installed here")
    with real.chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address
