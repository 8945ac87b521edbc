"""A risk: recorded, valued, treated, and its rest accepted."""

from datetime import timedelta

from tests.office import TODAY
from tests.stories.chapters.entrance import sign_in
from tests.stories.chapters.structure import SERVER
from tests.stories.walker import Walker

RISK = "Ausfall der Meldesoftware"
IN_HALF_A_YEAR = (TODAY + timedelta(days=180)).isoformat()


def the_isb_records_and_treats_a_risk(at: Walker) -> None:
    sign_in(at, "yildiz")
    at.follow("Risiken")
    at.follow("Risiko erfassen")
    at.look_up("Zielobjekt", SERVER, "IT-")
    at.fill("Titel", RISK)
    at.select("Elementare Gefährdung", "Ausfall von Geräten")
    at.look_up("Verantwortlich", "Brandt", "Jonas Brandt")
    at.fill("Wiedervorlage", IN_HALF_A_YEAR)
    at.press("Risiko erfassen")
    at.sees(RISK, "erfasst")

    value(at, "mit vorhandenen Maßnahmen", "häufig", "beträchtlich")
    at.sees("hoch")
    treat(at)
    value(at, "nach der Behandlung", "selten", "beträchtlich")


def value(at: Walker, state: str, frequency: str, impact: str) -> None:
    at.follow("Bewerten")
    at.choose(state, within="Was wird vorausgesetzt?")
    at.choose(frequency, within="Wie oft kommt es vor?")
    at.choose(impact, within="Was richtet es an?")
    at.fill("Begründung", "Zwei Ausfälle im letzten Jahr, je einen halben Tag.")
    at.press("Bewerten")
    at.sees(state, frequency, impact)


def treat(at: Walker) -> None:
    at.follow("Behandeln")
    at.choose("reduzieren", within="Was geschieht mit dem Risiko?")
    at.fill("Begründung", "Ein zweites Netzteil ist günstiger als ein Ausfall.")
    at.fill("Maßnahme", "Zweites Netzteil einbauen")
    at.select("Umsetzung durch", "Jonas Brandt")
    at.fill("Erledigt bis", IN_HALF_A_YEAR)
    at.press("Behandeln")
    at.sees("in Behandlung", "Zweites Netzteil einbauen")


def the_head_accepts_the_rest(at: Walker) -> None:
    sign_in(at, "albrecht")
    at.follow("Über das Restrisiko von")
    at.follow("Restrisiko übernehmen")
    at.fill("Warum ist das Restrisiko tragbar?", "Ein Ausfall bliebe auf einen halben Tag begrenzt.")
    at.fill("Gilt bis", IN_HALF_A_YEAR)
    at.press("Restrisiko übernehmen")
    at.sees("übernommen", "Dr. Miriam Albrecht hat am")
