"""Commands that hand out evidence, verify it, and keep the whole safe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from isms.commandline.saying import run, settings_in_use
from isms.rules.chain import Head
from isms.settings import Settings
from isms.texts import say
from isms.web.clock import today

if TYPE_CHECKING:
    from isms.evidence.live import Checked
    from isms.evidence.sources import Finding
    from isms.evidence.verify import Verdict
    from isms.files import Folder
    from isms.people import UnitRow
    from isms.queries.evidence import PackageRow

SHOWN = 50
DAY = click.DateTime(["%Y-%m-%d"])


class HeadType(click.ParamType[Head]):
    name = "KOPF"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        try:
            return Head.read(str(value))
        except ValueError:
            self.fail("Ein Kopf sieht so aus: „1234 3f9a…“ (Anzahl, Leerzeichen, 64 Hexadezimalziffern).", param, ctx)


@click.group()
def export() -> None:
    """Daten herausgeben."""


@export.command()
@click.option("--unit", type=int, help="Nummer des Amtes; nötig, wenn es mehrere gibt.")
@click.option("--as-of", type=DAY, help="Stand am Ende dieses Tages (JJJJ-MM-TT); sonst heute.")
@click.option("--with-names", is_flag=True, help="Beschäftigte mit Namen statt Pseudonymen.")
@click.argument("file", default=".", type=click.Path(dir_okay=True, path_type=Path))
def evidence(*, unit: int | None, as_of: datetime | None, with_names: bool, file: Path) -> None:
    """Ein Nachweispaket für die Revision nach FILE schreiben (Datei oder Ordner)."""
    from isms.files import read

    settings = settings_in_use()
    day = as_of.date() if as_of else today()
    made = run(_export(settings, unit, day, with_names=with_names))
    path = file / made.name if file.is_dir() else file
    with path.open("wb") as out:
        out.writelines(read(_store(settings), made.sha256 or ""))
    click.echo(f"Geschrieben: {path}")
    click.echo(f"Kopf der Prüfspur, bitte auf anderem Weg weitergeben: {made.head}")


async def _export(settings: Settings, unit: int | None, as_of: date, *, with_names: bool) -> PackageRow:
    from isms.app import AREAS, join
    from isms.commands.evidence import request_package
    from isms.commands.first_steps import everything
    from isms.evidence.making import make
    from isms.queries.evidence import institutions

    by = await everything(on=today())
    office = _chosen(await institutions(seen_by=by), unit)
    id = await request_package(office, as_of=as_of, named=with_names, by=by, on=today())
    house = await join(settings, AREAS)
    return await make(id, house, by=by, on=today(), watch=lambda step: click.echo(f"{say(step)} …"))


def _chosen(offices: Sequence[UnitRow], unit: int | None) -> UnitRow:
    """The office with this number, or the only one there is."""
    fitting = [office for office in offices if unit in (None, office.id)]
    if len(fitting) == 1:
        return fitting[0]
    offered = ", ".join(f"{office.id} ({office.name})" for office in offices)
    raise click.ClickException(f"Welches Amt? --unit NUMMER, möglich ist: {offered}.")


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--database", is_flag=True, help="Statt eines Pakets die Prüfspur der Datenbank prüfen.")
@click.option("--head", type=HeadType(), help="Ein Kopf, den Sie auf anderem Weg kennen: „<Anzahl> <Prüfsumme>“.")
def verify(*, file: Path | None, database: bool, head: Head | None) -> None:
    """Ein Nachweispaket (ZIP oder ausgepackt) oder die Prüfspur der Datenbank prüfen."""
    if database == (file is not None):
        raise click.UsageError("Nennen Sie entweder ein Paket oder --database.")
    if file:
        _verify_package(file, head)
    else:
        _verify_database()


def _verify_package(file: Path, head: Head | None) -> None:
    from isms.evidence.verify import verify as check

    verdict = check(file, head)
    _tell(verdict.findings, verdict.count)
    if not verdict.passes:
        raise click.ClickException(f"Das Paket ist nicht in Ordnung. Befunde: {verdict.count}.")
    _tell_good(verdict, head)


def _tell_good(verdict: Verdict, head: Head | None) -> None:
    click.echo(f"In Ordnung: {verdict.files} Dateien, {verdict.size} Bytes, {verdict.entries} Einträge der Prüfspur.")
    if head:
        click.echo("Der Kopf, den Sie kennen, liegt auf dieser Prüfspur.")
    else:
        click.echo(f"Vergleichen Sie den Kopf der Prüfspur mit dem, den Sie kennen: {verdict.head}")
    signed = (
        "Die Signatur daneben prüft openssl, siehe VERIFY.txt."
        if verdict.is_signed
        else "Das Paket ist nicht signiert."
    )
    click.echo(signed)


def _verify_database() -> None:
    from isms.evidence.live import verify_database

    settings_in_use()
    checked = run(verify_database())
    _report(checked)
    if count := sum(each.count for each in checked):
        raise click.ClickException(f"Die Prüfspur ist nicht in Ordnung. Befunde: {count}.")


def _report(checked: Sequence[Checked]) -> None:
    for each in checked:
        click.echo(f"{each.name}: {each.head.count} Einträge, Kopf {each.head}")
        _tell(each.findings, each.count)


def _tell(findings: Sequence[Finding], count: int) -> None:
    for finding in findings[:SHOWN]:
        click.echo(f"✗ {say(finding.message, finding.values)}")
    if count > SHOWN:
        click.echo(f"… und {count - SHOWN} weitere.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(*, file: Path) -> None:
    """Alles nach FILE sichern: Datenbank und Belege. Der Betrieb geht dabei weiter."""
    from isms.backup.writing import back_up

    settings = settings_in_use()
    missing = run(back_up(file, _store(settings), say=_tell_table))
    click.echo(f"Gesichert: {file} ({file.stat().st_size // 1024} kB). Verschlossen aufbewahren.")
    if missing:
        raise click.ClickException(f"{missing} Belege fehlen in der Ablage; die Sicherung nennt sie in backup.json.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(*, file: Path) -> None:
    """Eine Sicherung in die leere Datenbank der Einstellungen einspielen, gleich welcher Art."""
    from isms.backup.restoring import restore as bring_back

    settings = settings_in_use()
    settings.data_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    checked = run(bring_back(file, _store(settings), say=_tell_table))
    _report(checked)
    click.echo("Wiederhergestellt. Alle melden sich neu an.")


def _tell_table(name: str, count: int) -> None:
    if count:
        click.echo(f"{name}: {count}")


def _store(settings: Settings) -> Folder:
    from isms.files import Folder

    return Folder(settings.data_folder / "files")


COMMANDS = (export, verify, backup, restore)
