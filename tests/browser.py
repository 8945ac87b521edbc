"""A browser without JavaScript: signed in as somebody, it opens pages and sends forms, through the real application."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from litestar import Litestar

from isms.house import House
from isms.login import open_session
from isms.people import Actor
from isms.web.gate import SESSION

BASE = "http://seestadt.example"
HTMX = {"HX-Request": "true"}
TOKENS = re.compile(r'name="_csrf" value="([^"]+)"')
HEADER = re.compile(r'X-CSRF-Token": "([^"]+)"')


@dataclass
class Browser:
    """`get` and `submit` answer with httpx responses; redirects are not followed unless `follow` asks for it."""

    app: Litestar
    house: House
    signed_in: dict[int, str] = field(default_factory=dict)

    async def get(
        self, path: str, *, as_: Actor | None = None, htmx: bool = False, follow: bool = False
    ) -> httpx.Response:
        async with self._client(await self._session(as_), follow) as client:
            return _alright(await client.get(path, headers=HTMX if htmx else {}))

    async def submit(
        self,
        path: str,
        *,
        as_: Actor | None = None,
        htmx: bool = False,
        follow: bool = False,
        files: Mapping[str, tuple[str, bytes, str]] | None = None,
        csrf: str | None = None,
        **fields: Any,
    ) -> httpx.Response:
        """Send a form as its page would: with the session's token, and with the form's own where `_once` is given."""
        async with self._client(await self._session(as_), follow) as client:
            token = csrf if csrf is not None else await self._token(client, as_)
            data = {name: _typed(value) for name, value in fields.items() if value is not None} | {"_csrf": token}
            return _alright(await client.post(path, data=data, files=files, headers=HTMX if htmx else {}))

    async def token(self, *, as_: Actor | None = None) -> str:
        """The token that the next form of this session will carry."""
        async with self._client(await self._session(as_), False) as client:
            return await self._token(client, as_)

    async def _session(self, who: Actor | None) -> dict[str, str]:
        if who is None:
            return {}
        if who.id not in self.signed_in:
            self.signed_in[who.id] = await open_session(who.id, browser="Test", settings=self.house.settings)
        return {SESSION: self.signed_in[who.id]}

    def _client(self, cookies: Mapping[str, str], follow: bool) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app)  # type: ignore[arg-type]
        return httpx.AsyncClient(transport=transport, base_url=BASE, cookies=dict(cookies), follow_redirects=follow)

    async def _token(self, client: httpx.AsyncClient, who: Actor | None) -> str:
        """What the layout carries on every page."""
        text = (await client.get("/gibt-es-nicht" if who else "/sign-in")).text
        found = TOKENS.search(text) or HEADER.search(text)
        assert found, f"no form token on the page: {text[:200]}"
        return found[1]


def _typed(value: object) -> Any:
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return "on" if value is True else str(value)


def _alright(answer: httpx.Response) -> httpx.Response:
    assert answer.status_code != 500, answer.text
    return answer
