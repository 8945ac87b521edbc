"""Who other tools say has a device: known people, or questions about those whom nobody here knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assets.queries.registers import KnownPerson
from assets.rules.device_lines import HolderLine
from isms.area import Choice, Question
from isms.rules.texts import N_

NEW = "new"
NOBODY = "nobody"
WHO = N_("Wer ist {name}? Die Liste nennt: {known_as}, {email}.")
TAKE_IN = N_("Als neue Person aufnehmen, ohne Anmeldung")
LEAVE_OUT = N_("Niemandem zuordnen; das Gerät kommt ins Lager")
MOST_CHOICES = 30


@dataclass(frozen=True)
class Answered:
    """Who a holder turned out to be: a person here, somebody to take in, or nobody."""

    person: int | None = None
    take_in: HolderLine | None = None


@dataclass
class Holders:
    """The people of the office by login, mail and name, with the answers given so far."""

    people: Sequence[KnownPerson]
    answers: Mapping[str, str]
    questions: dict[str, Question] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_login = {one.login.casefold(): one.id for one in self.people if one.login}
        self.by_mail = {one.email.casefold(): one.id for one in self.people if one.email}
        namesakes = Counter(one.name.casefold() for one in self.people)
        self.by_name = {one.name.casefold(): one.id for one in self.people if namesakes[one.name.casefold()] == 1}
        self.ids = {str(one.id) for one in self.people}

    def who(self, line: HolderLine) -> Answered | None:
        """Somebody known, or what was answered; None while the question is open."""
        known = self.known(line)
        return Answered(person=known) if known else self._answered(line)

    def known(self, line: HolderLine) -> int | None:
        """Somebody here, by login, by mail, or by a name that only one of them has."""
        return (
            self.by_login.get(line.login.casefold())
            or self.by_mail.get(line.email.casefold())
            or (self.by_name.get(line.name.casefold()) if not line.login and not line.email else None)
        )

    def _answered(self, line: HolderLine) -> Answered | None:
        name = f"holder-{line.known_as.casefold()}"
        self.questions.setdefault(name, self._question(name, line))
        given = self.answers.get(name, "")
        if given == NEW:
            return Answered(take_in=line)
        if given in self.ids:
            return Answered(person=int(given))
        return Answered() if given == NOBODY else None

    def _question(self, name: str, line: HolderLine) -> Question:
        choices = [Choice(NEW, TAKE_IN), *(Choice(str(one.id), one.name) for one in self._alike(line))]
        values = {"name": line.name or line.known_as, "known_as": line.known_as, "email": line.email or "–"}
        return Question(name, WHO, [*choices, Choice(NOBODY, LEAVE_OUT)], values)

    def _alike(self, line: HolderLine) -> Sequence[KnownPerson]:
        """Everybody in a small office; in a large one those who share a name with the holder."""
        if len(self.people) <= MOST_CHOICES:
            return self.people
        words = {word.casefold() for word in line.name.split()}
        alike = (one for one in self.people if words & {word.casefold() for word in one.name.split()})
        return list(alike)[:MOST_CHOICES]
