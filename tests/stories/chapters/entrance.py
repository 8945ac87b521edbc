"""Coming in."""

from tests.office import PASSWORD
from tests.stories.walker import Walker


def sign_in(at: Walker, login: str) -> None:
    at.forget()
    at.open("/")
    at.fill("Anmeldename", login)
    at.fill("Passwort", PASSWORD)
    at.press("Anmelden")
    at.sees("Meine Aufgaben")
