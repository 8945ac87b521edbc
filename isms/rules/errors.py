"""The four ways to say no to a person. Everything else that is raised is a bug."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from isms.rules.texts import N_


class Answer(Exception):
    """A no that a person can act on: a German sentence with named values, translated on the way out."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def __str__(self) -> str:
        return self.message.format(**{name: _german(value) for name, value in self.values.items()})


class Refused(Answer):
    """The office's rules don't allow it now (409)."""


class Forbidden(Answer):
    """This person may not do that at all (403)."""

    def __init__(self, message: str = N_("Dafür fehlt Ihnen das Recht. Wer es hat, zeigt die Seite „Rechte“.")) -> None:
        super().__init__(message)


class Missing(Answer):
    """Not there, or not for these eyes (404)."""

    def __init__(self, message: str = N_("Diesen Eintrag gibt es nicht, oder Sie dürfen ihn nicht sehen.")) -> None:
        super().__init__(message)


class Stale(Refused):
    """Somebody else was faster (409)."""

    def __init__(
        self,
        message: str = N_(
            "Jemand anderes hat das inzwischen geändert. Prüfen Sie den neuen Stand und speichern Sie erneut."
        ),
    ) -> None:
        super().__init__(message)


class TooMany(Refused):
    """Too many failed sign-ins from here (429)."""

    def __init__(self, seconds: int) -> None:
        super().__init__(N_("Zu viele Fehlversuche. Bitte warten Sie {seconds} Sekunden."), seconds=seconds)


class PasswordFirst(Refused):
    """The password was given by somebody else; nothing goes before choosing one's own."""

    def __init__(self) -> None:
        super().__init__(N_("Bitte wählen Sie zuerst ein eigenes Passwort."))


class Repeated(Refused):
    """The same form arrived a second time; the first one counts."""

    def __init__(
        self, message: str = N_("Diese Angaben sind schon gespeichert. Es ist nichts doppelt geschehen.")
    ) -> None:
        super().__init__(message)


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one field, and what to type instead."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.message.format(**{name: _german(value) for name, value in self.values.items()})


class Incomplete(Answer):
    """Something typed is missing or can't be understood (422); complaints by field name."""

    def __init__(self, complaints: Mapping[str, Complaint | str]) -> None:
        super().__init__(N_("Bitte prüfen Sie die markierten Angaben. Es ist noch nichts gespeichert."))
        self.complaints = {
            name: Complaint(said) if isinstance(said, str) else said for name, said in complaints.items()
        }


def _german(value: object) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(_german(each)) for each in value)
    return getattr(value, "label", value)
