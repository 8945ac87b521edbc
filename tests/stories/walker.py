"""A person in front of a browser, whichever it is: finds things by the words on screen, as people do."""

from pathlib import Path
from typing import Protocol


class Walker(Protocol):
    """What a story does. Every word is what stands on the screen; `sees` waits until it does, or fails."""

    kind: str

    def open(self, path: str) -> None: ...

    def follow(self, link: str) -> None: ...

    def fill(self, label: str, value: str) -> None: ...

    def select(self, label: str, option: str) -> None: ...

    def choose(self, option: str, within: str = "") -> None:
        """Tick a box or one of several circles; `within` is the heading of their group."""
        ...

    def search(self, label: str, words: str) -> None: ...

    def look_up(self, label: str, typed: str, option: str) -> None:
        """Search for a person or thing and choose it from what was found."""
        ...

    def attach(self, label: str, file: Path) -> None: ...

    def press(self, button: str) -> None: ...

    def sees(self, *words: str) -> None: ...

    def misses(self, *words: str) -> None: ...

    def shows(self, words: str) -> bool: ...

    def download(self, link: str) -> bytes: ...

    def where(self) -> str:
        """The path of the page."""
        ...

    def forget(self) -> None:
        """Close the browser and open it again: nobody is signed in."""
        ...

    def close(self) -> None: ...


class NotOnScreen(AssertionError):
    """What the story looked for is not there; the message shows what is."""
