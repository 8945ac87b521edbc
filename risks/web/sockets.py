"""What this area answers when the house asks: what is due, what is found, what lies on an object, what proves what."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from assets.queries.support_ends import out_of_support
from isms.area import Binding, Duty, Hit, Panel
from isms.listing import Ask
from isms.people import Actor, Someone
from isms.rules.texts import N_
from risks.intake.packs import rule_pack
from risks.queries import register
from risks.queries.bindings import printed
from risks.queries.risks import Filters, risks
from risks.rules.permissions import May

AHEAD = timedelta(days=30)
OBJECT = "target_object:"
UNPATCHED = "G 0.28"
"""Software-Schwachstellen oder -Fehler: what nobody mends any more."""
shipped_rules = cache(rule_pack)


async def due(for_: Someone, *, seen_by: Actor, on: date) -> Sequence[Duty]:
    """Reviews and measures of a person; for oneself also what waits for one's decision or comes to its end."""
    duties = [*await _reviews(for_, on), *await _measures(for_)]
    if for_.id == seen_by.id:
        duties += [*await _waiting(seen_by, on), *await _ending(seen_by, on)]
    return duties


async def search(words: str, *, seen_by: Actor, limit: int) -> Sequence[Hit]:
    hits: list[Hit] = []
    if seen_by.may(May.VIEW_RISKS):
        for each in await register.found_risks(words, seen_by=seen_by, limit=limit):
            hits.append(Hit(f"{each.code} {each.title}", f"/risks/{each.id}", N_("Risiko"), each.detail))
    if seen_by.may(May.VIEW_REQUIREMENTS):
        for each in await register.found_requirements(words, limit=limit):
            hits.append(Hit(f"{each.code} {each.title}", f"/requirements/{each.id}", N_("Anforderung"), each.detail))
    return hits


async def panels(key: str, *, seen_by: Actor, on: date) -> Sequence[Panel]:
    """The risks of an object, on its page."""
    if not key.startswith(OBJECT) or not seen_by.may(May.VIEW_RISKS):
        return ()
    of = int(key.removeprefix(OBJECT))
    found = await risks(Filters(object=of), Ask("-level"), seen_by=seen_by)
    context = {"risks": found.rows, "object": of, "may_record": seen_by.may(May.ANALYSE), "today": on}
    return [Panel(N_("Risiken"), "risks/_panel.html", context), *await _proposed(of, seen_by=seen_by, on=on)]


async def _proposed(of: int, *, seen_by: Actor, on: date) -> list[Panel]:
    """Where support has ended and nobody has recorded that as a risk, it is proposed (method D16)."""
    if not seen_by.may(May.ANALYSE) or await register.has_open_risk(of, UNPATCHED):
        return []
    names = await out_of_support(of, on=on)
    context = {"names": names, "object": of, "threat": UNPATCHED}
    return [Panel(N_("Support abgelaufen"), "risks/_proposal.html", context)] if names else []


async def bindings(scope: str, *, on: date) -> Sequence[Binding]:
    """The shipped rule pack, with what is printed for each requirement in the editions that are here."""
    pack = shipped_rules()
    names = await printed(uuid for rule in pack.rules for uuid in (*rule.supports, *rule.supports_starter))
    return [
        Binding(
            key=rule.key,
            title=rule.title,
            indicator=rule.indicator,
            parameters=rule.parameters,
            yes_from=rule.yes_from,
            partly_from=rule.partly_from,
            explanation=rule.explanation,
            limits=rule.limits,
            pack=f"{pack.title} {pack.version}",
            supports={uuid: names[uuid] for uuid in (*rule.supports, *rule.supports_starter)},
        )
        for rule in pack.rules
    ]


async def _reviews(for_: Someone, on: date) -> list[Duty]:
    return [
        Duty(
            title=N_("{code} {title} überprüfen"),
            href=f"/risks/{each.id}",
            due_on=each.due_on,
            detail=N_("Risiko an {object}"),
            values={"code": f"R-{each.number}", "title": each.title, "object": each.object_name},
        )
        for each in await register.reviews_due(for_, until=on + AHEAD)
    ]


async def _measures(for_: Someone) -> list[Duty]:
    return [
        Duty(
            title=N_("Maßnahme umsetzen: {title}"),
            href=f"/measures/{each.id}",
            due_on=each.due_on,
            detail=N_("gegen das Risiko {code}"),
            values={"code": f"R-{each.risk_number}", "title": each.title},
        )
        for each in await register.measures_due(for_)
    ]


async def _waiting(head: Actor, on: date) -> list[Duty]:
    return [
        Duty(
            title=N_("Über das Restrisiko von {code} {title} entscheiden"),
            href=f"/risks/{each.id}",
            detail=N_("Risiko an {object}"),
            values={"code": f"R-{each.number}", "title": each.title, "object": each.object_name},
        )
        for each in await register.waiting_for_the_head(seen_by=head, on=on)
    ]


async def _ending(analyst: Actor, on: date) -> list[Duty]:
    return [
        Duty(
            title=N_("Die Übernahme von {code} {title} endet"),
            href=f"/risks/{each.id}",
            due_on=each.due_on,
            detail=N_("Sie verlängert sich nicht von selbst."),
            values={"code": f"R-{each.number}", "title": each.title},
        )
        for each in await register.acceptances_ending(seen_by=analyst, until=on + AHEAD)
    ]
