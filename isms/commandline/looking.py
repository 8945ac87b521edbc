"""Commands that add a person, read files in, and tell how things stand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from isms.area import ImportKind, Outcome, Plan
from isms.commandline.saying import run, settings_in_use
from isms.rules.roles import Role
from isms.texts import say
from isms.web.clock import today


@click.group()
def person() -> None:
    """Personen aufnehmen."""


@person.command("add")
@click.option("--name", required=True, help="Vor- und Nachname.")
@click.option("--login", required=True, help="Anmeldename.")
@click.option("--unit", default=1, show_default=True, help="Nummer der Einheit.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), default="employee", show_default=True)
@click.option("--ends-on", type=click.DateTime(["%Y-%m-%d"]), help="Letzter Tag der Rolle (JJJJ-MM-TT).")
@click.password_option(help="Wird erfragt, wenn es fehlt; muss bei der ersten Anmeldung geändert werden.")
def add(*, name: str, login: str, unit: int, role: str, ends_on: object, password: str) -> None:
    """Eine Person mit Konto aufnehmen."""
    from isms.commands.first_steps import add_with_role

    settings_in_use()
    last_day = ends_on.date() if ends_on else None  # type: ignore[attr-defined]
    run(add_with_role(name, login, password, unit=unit, role=Role(role), ends_on=last_day, on=today()))
    click.echo(f"{name} ist aufgenommen und kann sich als „{login}“ anmelden.")


@click.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=True, path_type=Path))
@click.option("--unit", default=1, show_default=True, help="Nummer der Einheit, für die eingelesen wird.")
@click.option("--answer", "answers", multiple=True, metavar="FRAGE=ANTWORT", help="Antwort auf eine offene Frage.")
@click.option("--dry-run", is_flag=True, help="Nur zeigen, was geschehen würde.")
def import_(*, kind: str, file: Path, unit: int, answers: tuple[str, ...], dry_run: bool) -> None:
    """Eine Datei einlesen. KIND ist catalogue, objects, devices, people oder course."""
    from isms.app import AREAS

    settings = settings_in_use()
    kinds = {one.name: one for area in AREAS for one in area.imports}
    if kind not in kinds:
        raise click.ClickException(f"„{kind}“ gibt es nicht. Möglich ist: {', '.join(sorted(kinds))}.")
    given = dict(part.split("=", 1) for part in answers)
    run(_read_in(kinds[kind], file, unit, given, dry_run=dry_run, folder=settings.data_folder))


async def _read_in(
    kind: ImportKind, file: Path, unit: int, answers: Mapping[str, str], *, dry_run: bool, folder: Path
) -> None:
    from isms.area import Upload
    from isms.commands.first_steps import everything
    from isms.commands.imports import answer, carry_out, receive
    from isms.files import Folder
    from isms.imports import run as find_run
    from isms.people import unit as find_unit

    by = await everything(on=today())
    place = await find_unit(unit, seen_by=by, asks=kind.asks)
    content = _content(file)
    plan = await kind.plan(Upload(file.name, content, place.id, answers), by=by, on=today())
    _tell(plan)
    if dry_run:
        return
    if plan.is_open:
        raise click.ClickException(
            "Bitte beantworten Sie zuerst die Fragen, je eine mit --answer. Es ist nichts gespeichert."
        )
    store = Folder(folder / "files")
    run_id = await receive(kind, file.name, content, unit=place, by=by, store=store)
    if answers:
        await answer(await find_run(run_id, seen_by=by), answers, by=by)
    await carry_out(kind, await find_run(run_id, seen_by=by), by=by, on=today(), store=store)
    click.echo("Eingelesen.")


def _content(file: Path) -> bytes:
    """A file as it is; a folder as a ZIP of what lies in it."""
    if file.is_file():
        return file.read_bytes()
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(path for path in file.rglob("*") if path.is_file()):
            archive.write(path, str(path.relative_to(file)))
    return packed.getvalue()


def _tell(plan: Plan) -> None:
    for warning, values in plan.warnings:
        click.echo(f"Hinweis: {say(warning, values)}")
    for question in plan.questions:
        offered = ", ".join(f"{question.name}={choice.value}" for choice in question.choices)
        click.echo(f"Frage: {say(question.text, question.values)} (--answer {offered})")
    for verdict in plan.verdicts:
        if verdict.outcome is Outcome.WRONG:
            click.echo(f"Zeile {verdict.row}: {verdict.title}: {say(verdict.why, verdict.values)}")
    counts = [f"{plan.count(outcome)} {say(outcome.label)}" for outcome in Outcome if plan.count(outcome)]
    click.echo("Zeilen: " + (", ".join(counts) or "keine"))


@click.command()
def permissions() -> None:
    """Das Berechtigungskonzept als Markdown-Tabelle ausgeben."""
    from isms.app import AREAS

    click.echo(f"| Recht | {' | '.join(role.label for role in Role)} |")
    click.echo(f"|---|{'---|' * len(Role)}")
    for area in AREAS:
        for permission in area.permissions:
            marks = ("✓" if role in permission.roles else "" for role in Role)
            click.echo(f"| {permission.label} | {' | '.join(marks)} |")


@click.command()
def doctor() -> None:
    """Prüfen, ob alles da ist und zusammenpasst."""
    from isms.commandline.checkup import findings

    settings = settings_in_use()
    said = run(findings(settings), migrated=False)
    for finding in said:
        click.echo(("✓ " if finding.good else "✗ ") + finding.text)
    if not all(finding.good for finding in said):
        raise click.ClickException("Mindestens ein Punkt braucht Ihre Aufmerksamkeit.")


COMMANDS = (person, import_, permissions, doctor)
