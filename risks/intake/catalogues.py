"""The import of catalogues: what an edition brings, requirement by requirement, before anything is stored."""

from collections.abc import Iterator, Sequence
from datetime import date

from isms.area import Choice, ImportKind, Outcome, Plan, Question, Upload, Verdict
from isms.people import Actor
from isms.rules.errors import Refused
from isms.rules.texts import N_
from risks.commands.catalogues import Edition, import_catalogue
from risks.intake.oscal import Reading, read
from risks.intake.oscal.defects import Defect
from risks.queries.catalogues import KnownRow, edition_of, known_requirements
from risks.rules.catalogue import Requirement
from risks.rules.permissions import May

ACCEPT = "defects"
SHOWN = 20

DEFECTS = Question(
    name=ACCEPT,
    text=N_("Die Datei weicht von ihrem Schema ab ({count}-mal). Soll sie trotzdem eingelesen werden?"),
    choices=(Choice("no", N_("Nein, nichts einlesen")), Choice("yes", N_("Ja, ohne die fehlerhaften Stellen"))),
)


async def plan(upload: Upload, *, by: Actor, on: date) -> Plan:
    """Read the file and compare it with what is there. Raises Unreadable for whatever is no catalogue."""
    reading = read(upload.content)
    edition = Edition(reading.catalogue, upload.content, len(reading.defects))
    if await edition_of(edition.sha256):
        return Plan([_unchanged(reading)], load=None)
    known = {found.uuid: found for found in await known_requirements()}
    verdicts = [_verdict(each, known.get(each.uuid)) for each in reading.catalogue.requirements]
    return Plan(verdicts, tuple(_questions(reading)), tuple(_warnings(reading)), edition)


async def carry_out(plan: Plan, upload: Upload, *, run: int, by: Actor, on: date) -> None:
    """Store the edition. The same bytes again change nothing."""
    if not isinstance(plan.load, Edition):
        return
    if plan.questions and upload.answers.get(ACCEPT) != "yes":
        raise Refused(
            N_("Nichts ist eingelesen: Die Datei weicht von ihrem Schema ab. Bestätigen Sie, dass Sie das hinnehmen.")
        )
    await import_catalogue(plan.load, by=by, run=run)


def _unchanged(reading: Reading) -> Verdict:
    return Verdict(
        row=1,
        outcome=Outcome.UNCHANGED,
        title=reading.catalogue.title,
        why=N_("Genau diese Datei ist schon eingelesen, mit {count} Anforderungen."),
        values={"count": len(reading.catalogue.requirements)},
    )


def _verdict(new: Requirement, known: KnownRow | None) -> Verdict:
    title = f"{new.code} {new.title}"
    if known is None:
        return Verdict(new.position, Outcome.NEW, title)
    if new.statement != known.statement or new.modal_verb != known.modal_verb:
        return Verdict(new.position, Outcome.CHANGED, title, N_("Der Text ist anders als bisher. Bitte neu prüfen."))
    if new.code != known.code:
        why = N_("Die Kennung hieß bisher {code}; der Stand der Umsetzung zieht mit.")
        return Verdict(new.position, Outcome.CHANGED, title, why, {"code": known.code})
    return Verdict(new.position, Outcome.UNCHANGED, title, N_("So steht sie schon in einer anderen Ausgabe."))


def _questions(reading: Reading) -> Iterator[Question]:
    if reading.defects:
        yield Question(DEFECTS.name, DEFECTS.text, DEFECTS.choices, {"count": len(reading.defects)})


def _warnings(reading: Reading) -> Iterator[tuple[str, dict[str, object]]]:
    yield from _some(reading.defects)
    yield from _some(reading.warnings)


def _some(found: Sequence[Defect]) -> Iterator[tuple[str, dict[str, object]]]:
    """The first ones in full; catalogues that leave requirements out point to hundreds that are not there."""
    for defect in found[:SHOWN]:
        yield defect.text, defect.values
    if len(found) > SHOWN:
        yield N_("Dazu kommen {count} weitere Hinweise dieser Art."), {"count": len(found) - SHOWN}


CATALOGUES = ImportKind(
    name="catalogue",
    title=N_("Katalog (OSCAL)"),
    hint=N_(
        "Eine JSON-Datei mit einem OSCAL-Katalog, zum Beispiel der Anwenderkatalog Grundschutz++ aus der "
        "Stand-der-Technik-Bibliothek des BSI. Es wird nichts aus dem Netz nachgeladen."
    ),
    accepts=".json",
    asks=May.IMPORT_CATALOGUES,
    plan=plan,
    carry_out=carry_out,
    home="/catalogues",
)
