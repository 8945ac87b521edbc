"""The search over all areas: one field, and everything that one may see."""

from __future__ import annotations

from itertools import groupby

from litestar import Controller, get
from litestar.params import FromQuery

from isms.guards import requires
from isms.house import house_of
from isms.pages import Html, Visit, page
from isms.permissions import May

PER_AREA = 20


class Search(Controller):
    path = "/search"
    guards = [requires(May.OWN)]

    @get("/")
    async def index(self, request: Visit, q: FromQuery[str] = "") -> Html:
        words = q.strip()[:200]
        asked = any(sign.isalnum() for sign in words)
        hits = await house_of(request).search(words, seen_by=request.user, limit=PER_AREA) if asked else []
        kinds = [(kind, list(of_kind)) for kind, of_kind in groupby(hits, key=lambda hit: hit.kind)]
        return page(request, "isms/search.html", part="isms/_hits.html", q=words, kinds=kinds, count=len(hits))
