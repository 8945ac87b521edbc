"""Devices over the counter."""

from tests.stories.chapters.entrance import sign_in
from tests.stories.walker import Walker


def it_issues_a_laptop(at: Walker) -> None:
    sign_in(at, "brandt")
    at.follow("Geräte")
    at.follow("Gerät aufnehmen")
    at.choose("im Lager", within="Status")
    at.fill("Wo es steht", "Lager IT, Schrank 2")
    at.fill("Inventarnummer", "NB-0042")
    at.fill("Bezeichnung", "Notebook Außendienst")
    at.press("Gerät aufnehmen")
    at.sees("NB-0042", "im Lager")

    at.follow("Ausgeben")
    at.look_up("Wer bekommt das Gerät?", "Weber", "Lukas Weber")
    at.press("Ausgeben")
    at.sees("Notebook Außendienst ist an Lukas Weber ausgegeben.", "ausgegeben")
