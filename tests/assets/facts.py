"""Helpers for support ends and inventory: data in force, and what is held of a device."""

from assets.intake.support import SUPPORT, brings
from assets.queries.support_ends import EndRow, ends_of
from assets.rules.support import Aspect
from isms.area import Upload
from tests.assets.things import a_run
from tests.office import TODAY, Office


async def shipped_data(office: Office) -> None:
    await brings(office.system)


async def all_data(office: Office, real_data) -> None:
    await read_in(office, (real_data / "endoflife/products.json").read_bytes())


async def read_in(office: Office, content: bytes, *, by=None) -> None:
    sent = Upload("products.json", content, office.unit.id)
    plan = await SUPPORT.plan(sent, by=by or office.brandt, on=TODAY)
    run = await a_run(office, "support")
    await SUPPORT.carry_out(plan, sent, run=run, by=by or office.brandt, on=TODAY)


async def support_of(device, aspect: Aspect = Aspect.SYSTEM) -> EndRow | None:
    return next((one for one in await ends_of("device", device.id) if one.aspect is aspect), None)
