"""Which routes a test run visited: the house test that asks for all of them reads it at the end."""

import pytest
from litestar import Litestar
from litestar.types import Message, Receive, Scope, Send

LAST = "test_every_route_is_visited_by_some_test"
TURNED_AWAY = (401, 403, 405, 500)
VISITED: set[tuple[str, str]] = set()


def pytest_configure(config: pytest.Config) -> None:
    patch = pytest.MonkeyPatch()
    note_visits(patch)
    config.add_cleanup(patch.undo)


def note_visits(patch: pytest.MonkeyPatch) -> None:
    """Every application of this process notes what it answers; who is turned away did not visit."""
    answer = Litestar.__call__

    async def noted(app: Litestar, scope: Scope, receive: Receive, send: Send) -> None:
        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] not in TURNED_AWAY:
                VISITED.add((str(scope.get("method")), str(scope.get("path_template"))))
            await send(message)

        await answer(app, scope, receive, noting)

    patch.setattr(Litestar, "__call__", noted)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The question comes last, and only in a run of everything: a part cannot visit all."""
    last = [item for item in items if item.name == LAST]
    rest = [item for item in items if item.name != LAST]
    items[:] = rest + last if is_whole(config) else rest
    if last and not is_whole(config):
        config.hook.pytest_deselected(items=last)


def is_whole(config: pytest.Config) -> bool:
    chosen = config.option.keyword or config.option.markexpr or getattr(config.option, "lf", False)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen
