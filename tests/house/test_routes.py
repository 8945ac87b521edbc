"""Every route asks for a permission or says why it asks for none, and some test visits it."""

from collections.abc import Iterator

import pytest
from litestar import Litestar, get
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from isms.app import build_app
from isms.guards import machine, own, public, requires
from isms.rules.permissions import Permission
from isms.settings import Settings
from tests.house.tree import expect_none
from tests.visits import VISITED


@pytest.fixture(scope="module")
def house() -> Litestar:
    return build_app(Settings())


def handlers(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Every address with its method and what answers there; what the framework answers for OPTIONS is not ours."""
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                yield from ((route.path_format, method, handler) for method in handler.http_methods - {"OPTIONS"})


def unguarded(app: Litestar) -> Iterator[str]:
    for path, method, handler in handlers(app):
        if not any(is_answer(guard) for guard in handler.resolve_guards()):
            yield f"{method} {path} lets everyone in: guards = [requires(May.…)], or public(N_(…)) with the reason"


def is_answer(guard: object) -> bool:
    if isinstance(guard, requires):
        return isinstance(guard.permission, Permission)
    return isinstance(guard, public | own | machine) and len(guard.why) > 3


def not_visited(app: Litestar, visited: set[tuple[str, str]]) -> Iterator[str]:
    for path, method, _ in handlers(app):
        if (method, path) not in visited:
            yield f"{method} {path} was never answered in this run: write a test that visits it"


def test_every_route_asks_for_a_permission_or_says_why_not(house: Litestar):
    expect_none(unguarded(house))


def test_every_route_is_visited_by_some_test(house: Litestar):
    expect_none(not_visited(house, VISITED))


@get("/open")
async def planted() -> str:
    return ""


@get("/shy", guards=[public("")])
async def reasonless() -> str:
    return ""


def test_an_open_route_is_found():
    assert len(list(unguarded(Litestar([planted, reasonless], openapi_config=None)))) == 2


def test_a_route_that_nobody_visits_is_found():
    app = Litestar([planted], openapi_config=None)

    assert list(not_visited(app, set()))
    assert not list(not_visited(app, {("GET", "/open")}))
