"""The head of office's word on what was found for a process."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, get, post
from litestar.params import FromPath
from msgspec import Meta

from assets.commands.confirmations import confirm
from assets.queries.assessments import findings_of, latest
from assets.queries.objects import ObjectDetail, target_object
from assets.rules.permissions import May
from assets.rules.protection import Goal
from isms.forms import Draft, Form, read
from isms.guards import requires
from isms.pages import Html, Visit, after, again, page
from isms.rules.errors import Incomplete, Missing, Refused, Stale
from isms.rules.texts import N_
from isms.texts import say

SAID = N_("Ihr Wort zum Schutzbedarf von {name} steht jetzt in den Akten.")


class ConfirmationForm(Form):
    assessment: int
    agreed: bool | None = None
    note: Annotated[str, Meta(max_length=2000)] = ""


class Confirmations(Controller):
    path = "/objects/{object_id:int}/confirmations/new"
    guards = [requires(May.CONFIRM_NEEDS)]

    @get("/")
    async def blank(self, request: Visit, object_id: FromPath[int]) -> Html:
        found = await _confirmable(request, object_id)
        shown = await _shown(found)
        draft = Draft.blank(ConfirmationForm, assessment=shown["assessment"].id)
        return page(request, "assets/confirmation.html", draft=draft, **shown)

    @post("/", status_code=200)
    async def create(self, request: Visit, object_id: FromPath[int]) -> Any:
        draft = await read(ConfirmationForm, request)
        found = await _confirmable(request, object_id)
        shown = await _shown(found)
        try:
            form = draft.form
            agreed = _agreed(draft)
            await confirm(found, form.assessment, agreed=agreed, note=form.note, by=request.user)
        except (Refused, Incomplete) as error:
            if isinstance(error, Stale):
                draft.typed = {**draft.typed, "assessment": [str(shown["assessment"].id)]}
            return again(request, "assets/confirmation.html", draft, error, **shown)
        back_to = f"/objects/{found.id}/assessments"
        return after(request, back_to=back_to, notice=SAID, values={"name": found.name})


def _agreed(draft: Draft[ConfirmationForm]) -> bool:
    """An answer that was not given is no „nein“."""
    given = draft.value("agreed")
    if given not in ("1", "0"):
        raise Incomplete({"agreed": N_("Bitte sagen Sie, ob Sie zustimmen.")})
    return given == "1"


async def _confirmable(request: Visit, id: int) -> ObjectDetail:
    found = await target_object(id, seen_by=request.user)
    request.user.needs(May.CONFIRM_NEEDS, at=found.path)
    return found


async def _shown(found: ObjectDetail) -> dict[str, Any]:
    assessment = await latest(found.id)
    if assessment is None:
        raise Missing(N_("Zu diesem Zielobjekt ist noch nichts festgestellt."))
    return {
        "object": found,
        "assessment": assessment,
        "findings": (await findings_of(found.id)).get(assessment.id, []),
        "goals": list(Goal),
        "answers": [("1", say(N_("Ich stimme zu"))), ("0", say(N_("Ich stimme nicht zu")))],
    }
