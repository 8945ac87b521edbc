"""Requirements: browsed, searched, read in full, and judged."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath

from isms.exports import sheet_download
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.house import house_of
from isms.listing import Ask
from isms.pages import Html, Visit, after, again, page
from isms.people import unit
from isms.rules.errors import Incomplete, Missing, Refused
from isms.rules.texts import N_
from isms.trail import history
from isms.web.clock import today
from risks.commands.requirements import Judgement, judge
from risks.queries.catalogues import EditionRow, categories, edition, editions, practices
from risks.queries.checks import checks, effective_of, last_check
from risks.queries.register import risks_held_by
from risks.queries.requirements import (
    Filters,
    RequirementDetail,
    RequirementRow,
    all_requirements,
    by_uuid,
    categories_of,
    dependents,
    neighbours,
    requirement,
    requirements,
    spans,
)
from risks.rules.permissions import May
from risks.rules.prose import by_line
from risks.rules.requirements import Implementation, ModalVerb, SecurityLevel
from risks.web.figures import figures
from risks.web.places import Place, day_of, number, place_of

HOME = "/requirements"
TITLES = (
    N_("Kennung"),
    N_("Titel"),
    N_("Praktik"),
    N_("Modalverb"),
    N_("Sicherheitsniveau"),
    N_("Aufwand"),
    N_("Umsetzung"),
)


class CheckForm(Form):
    """`seen` is the check that the page showed as the last one."""

    unit: int
    implementation: Implementation
    statement: str = ""
    seen: int | None = None


class Requirements(Controller):
    path = HOME
    guards = [requires(May.VIEW_REQUIREMENTS)]

    @get("/")
    async def index(self, request: Visit) -> Html:
        known = await editions()
        if not known:
            return page(request, "risks/no_catalogue.html")
        return page(
            request,
            "risks/requirements.html",
            part="risks/_requirements.html",
            **await listed(request, known),
        )

    @get(["/export.csv", "/export.xlsx"])
    async def export(self, request: Visit) -> Any:
        known, place = await editions(), await place_of(request, May.VIEW_REQUIREMENTS)
        if not known:
            raise Missing(N_("Es ist noch kein Katalog eingelesen."))
        found = all_requirements(asked(request, known), path=place.unit.path, on=today())
        return sheet_download(request, "anforderungen", TITLES, _cells(found))

    @get("/{requirement_id:int}")
    async def show(self, request: Visit, requirement_id: FromPath[int]) -> Html:
        found = await requirement(requirement_id)
        place = await place_of(request, May.VIEW_REQUIREMENTS)
        draft = await blank(found, place)
        return page(
            request,
            "risks/requirement.html",
            part="risks/_requirement.html",
            draft=draft,
            **await detail(request, found, place),
        )


class Checks(Controller):
    path = "/requirements/{requirement_id:int}/checks"
    guards = [requires(May.JUDGE)]

    @post("/", status_code=200)
    async def create(self, request: Visit, requirement_id: FromPath[int]) -> Any:
        draft = await read(CheckForm, request)
        found = await requirement(requirement_id)
        chosen = await unit(number(draft.value("unit")) or 0, seen_by=request.user, asks=May.JUDGE)
        place = Place(chosen, [chosen])
        try:
            form = draft.form
            judgement = Judgement(form.implementation, form.statement, form.seen)
            await judge(found, judgement, unit=chosen, by=request.user, on=today())
        except (Incomplete, Refused) as error:
            shown = await detail(request, found, place)
            return again(request, "risks/requirement.html", draft, error, part="risks/_requirement.html", **shown)
        back_to = f"{HOME}/{found.id}?unit={chosen.id}"
        shown = await detail(request, found, place) | {"draft": await blank(found, place)}
        notice = N_("Der Stand von {code} ist gespeichert.")
        return after(
            request, back_to, notice=notice, part="risks/_requirement.html", values={"code": found.code}, **shown
        )


def asked(request: Visit, known: Sequence[EditionRow]) -> Filters:
    """The filters of the address; without one the newest edition."""
    given = request.query_params.get
    wanted = number(given("catalogue"))
    chosen = wanted if wanted in {each.id for each in known} else known[0].id
    return Filters(
        catalogue=chosen or known[0].id,
        words=given("q", ""),
        practice=given("practice", ""),
        modal_verb=given("modal_verb", ""),
        security_level=given("security_level", ""),
        category=given("category", ""),
        implementation=given("implementation", ""),
    )


async def listed(request: Visit, known: Sequence[EditionRow]) -> dict[str, Any]:
    """A page of the list with everything that filters it."""
    filters, place = asked(request, known), await place_of(request, May.VIEW_REQUIREMENTS)
    given = request.query_params.get
    found = await requirements(
        filters, Ask(after=given("after", ""), before=given("before", "")), path=place.unit.path, on=today()
    )
    catalogue, uuids = filters.catalogue, [each.uuid for each in found.rows]
    counting = await effective_of(uuids, catalogue=catalogue, path=place.unit.path, on=today())
    return {
        "page": found,
        "filters": filters,
        "place": place,
        "edition": next(each for each in known if each.id == catalogue),
        "asked": _address(filters, place),
        "blocked": {uuid for uuid, status in counting.items() if status.blocked_by},
        "edition_choices": [(each.id, f"{each.title}, {each.name}") for each in known],
        "practices": [(each.code, f"{each.code} {each.title} ({each.count})") for each in await practices(catalogue)],
        "categories": [(name, name) for name in await categories(catalogue)],
        "modal_verbs": list(ModalVerb),
        "security_levels": list(SecurityLevel),
        "implementations": list(Implementation),
    }


async def detail(request: Visit, found: RequirementDetail, place: Place) -> dict[str, Any]:
    """Everything a requirement's page shows, as of the day of its address."""
    on, chosen, house = day_of(request), place.unit, house_of(request)
    counting = await effective_of([found.uuid], catalogue=found.catalogue, path=chosen.path, on=on)
    linked = await neighbours(found)
    return {
        "requirement": found,
        "edition": await edition(found.catalogue),
        "lines": by_line(await spans(found)),
        "categories": await categories_of(found.id),
        "neighbours": linked,
        "dependents": await dependents(found),
        "place": place,
        "on": on,
        "today": today(),
        "check": await last_check(found.uuid, chosen.path, on=on),
        "current": await last_check(found.uuid, chosen.path, on=today()),
        "checks": await checks(found.uuid, chosen.path),
        "effective": counting[found.uuid],
        "blocking": await by_uuid(counting[found.uuid].blocked_by),
        "figures": await figures(house, found.uuid, seen_by=request.user, scope=chosen.path, on=on),
        "implementations": list(Implementation),
        "may_judge": request.user.may(May.JUDGE, chosen.path),
        "risks": await risks_held_by(found.uuid, seen_by=request.user),
        "history": await history(found.key, seen_by=request.user, house=house),
    }


async def blank(found: RequirementDetail, place: Place) -> Draft[CheckForm]:
    current = await last_check(found.uuid, place.unit.path, on=today())
    known = {"implementation": current.implementation, "statement": current.statement} if current else {}
    return Draft.blank(CheckForm, **known)


def _address(filters: Filters, place: Place) -> Mapping[str, object]:
    """What the list's address holds, for links that keep it."""
    return {
        "catalogue": filters.catalogue,
        "unit": place.unit.id,
        "q": filters.words,
        "practice": filters.practice,
        "modal_verb": filters.modal_verb,
        "security_level": filters.security_level,
        "category": filters.category,
        "implementation": filters.implementation,
    }


async def _cells(found: AsyncGenerator[RequirementRow, None]) -> AsyncGenerator[Sequence[object], None]:
    async for each in found:
        yield (
            each.code,
            each.title,
            each.practice,
            each.modal_verb,
            each.security_level,
            each.effort,
            each.implementation,
        )
