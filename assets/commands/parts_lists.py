"""Parts lists: a newer one supersedes, none is changed."""

from __future__ import annotations

from datetime import UTC, datetime

from assets.queries.parts_lists import ApplicationRow, newest
from assets.rules.parts_lists import PartsFile
from assets.rules.permissions import May
from assets.tables import PartsList
from isms.audit import change
from isms.db import executemany, hold
from isms.db.writing import insert
from isms.people import Actor
from isms.rules.errors import Refused
from isms.rules.texts import N_

ADD = """INSERT INTO component (parts_list, kind, family, name, version, licence, package)
    VALUES ({}, {}, {}, {}, {}, {}, {})"""
SAME = N_("Genau diese Stückliste gilt für {application} schon.")


async def take_parts_list(application: ApplicationRow, told: PartsFile, *, sha256: str, run: int, by: Actor) -> None:
    """Let a parts list hold for an application. Raises Refused where the same bytes hold already."""
    by.needs(May.MODEL, at=application.path)
    async with change("parts_list.taken", application, by=by, unit=application.unit, count=len(told.parts)):
        await hold(f"parts of {application.key}")
        held = await newest(application.id)
        if held and held.sha256 == sha256:
            raise Refused(SAME, application=application.label)
        id = await insert(
            PartsList,
            target_object=application.id,
            sha256=sha256,
            form=told.form,
            about=told.about[:250],
            made_at=told.made_at,
            parts=len(told.parts),
            import_run=run,
            taken_by=by.id,
            recorded_at=datetime.now(UTC),
        )
        rows = [(id, one.kind, one.family, one.name, one.version, one.licence, one.package) for one in told.parts]
        await executemany(ADD, rows)
