"""Guards: every route asks for a permission, or says why it asks for none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException
from litestar.handlers.base import BaseRouteHandler

from isms.people import Actor
from isms.rules.errors import Forbidden, PasswordFirst
from isms.rules.permissions import Permission

Connection = ASGIConnection[Any, Any, Any, Any]


@dataclass(frozen=True)
class requires:
    """Lets in who has the permission in some unit. Which records they reach is the query's business."""

    permission: Permission

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        actor: Actor | None = connection.scope.get("user")
        if actor is None:
            raise NotAuthorizedException
        if actor.must_change_password:
            raise PasswordFirst
        if not actor.may(self.permission):
            raise Forbidden


@dataclass(frozen=True)
class public:
    """Lets everyone in, and says why."""

    why: str

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        return


@dataclass(frozen=True)
class machine:
    """Lets in programs that bring a token of their own, which the route checks itself, and says why.

    Such a route must not look at the session: then a page elsewhere gains nothing by making a browser send something.
    """

    why: str

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        return


@dataclass(frozen=True)
class own:
    """Lets in everyone who is signed in, to what is their own, and says why."""

    why: str

    async def __call__(self, connection: Connection, handler: BaseRouteHandler) -> None:
        if connection.scope.get("user") is None:
            raise NotAuthorizedException
