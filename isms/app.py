"""The roof: joins the areas into one application."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.types import ASGIApp, Receive, Scope, Send

from assets.area import ASSETS
from isms.area import Area
from isms.commands.founding import system
from isms.db import opened
from isms.files import Folder
from isms.ground import DESK, OFFICE
from isms.house import House
from isms.housekeeping import sweeping
from isms.instance import instance
from isms.rules.errors import Missing
from isms.settings import Settings
from isms.web.clock import today
from isms.web.errors import HANDLERS
from isms.web.everywhere import ROUTES
from isms.web.frame import frame
from isms.web.gate import Gate
from risks.area import RISKS
from training.area import TRAINING

AREAS: Sequence[Area] = (DESK, ASSETS, TRAINING, RISKS, OFFICE)


def build_app(settings: Settings, areas: Sequence[Area] = AREAS) -> Litestar:
    """The application for a database that is migrated. Its lifespan opens the database and joins the house."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with opened():
            app.state.house = house = await join(settings, areas)
            with suppress(Missing):  # until the office is founded there is nobody to bring it to
                await house.move_in(await system(on=today()))
            async with sweeping(house):
                yield

    return Litestar(
        route_handlers=[*ROUTES, *(route for area in areas for route in area.routes)],
        middleware=[_timed, Gate],
        before_send=[frame],
        exception_handlers=HANDLERS,
        compression_config=CompressionConfig(
            backend="gzip", gzip_compress_level=1, minimum_size=1000, exclude=["^/static/", "^/evidence/"]
        ),
        lifespan=[lifespan],
        openapi_config=None,
        logging_config=None,
        request_max_body_size=settings.upload_limit_mb * 1024 * 1024,
    )


async def join(settings: Settings, areas: Sequence[Area] = AREAS) -> House:
    """The house over the open database."""
    here = await instance()
    return House(
        settings=settings,
        areas=tuple(areas),
        secret=bytes.fromhex(here.secret),
        uuid=here.uuid,
        store=Folder(settings.data_folder / "files"),
        is_demo=here.is_demo,
    )


def _timed(app: ASGIApp) -> ASGIApp:
    async def middleware(scope: Scope, receive: Receive, send: Send) -> None:
        scope["state"]["began"] = time.perf_counter()
        await app(scope, receive, send)

    return middleware
