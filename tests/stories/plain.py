"""A browser that can do nothing but plain HTTP: links, forms, redirects and cookies."""

from pathlib import Path

import httpx

from tests.stories.screen import Element, filled, group, labelled, parse, visible
from tests.stories.walker import NotOnScreen


class PlainWalker:
    """Walks over plain HTTP, for machines without Chromium."""

    kind = "plain HTTP"

    def __init__(self, base: str) -> None:
        self.base = base
        self.client = httpx.Client()
        self.forget()

    def close(self) -> None:
        self.client.close()

    def forget(self) -> None:
        self.close()
        self.client = httpx.Client(base_url=self.base, follow_redirects=True, timeout=60)
        self.page = Element("page")
        self.files: dict[str, Path] = {}

    def open(self, path: str) -> None:
        self.show(self.client.get(path))

    def follow(self, link: str) -> None:
        self.show(self.client.get(self._link(link).get("href"), headers={"Referer": str(self.at)}))

    def download(self, link: str) -> bytes:
        answer = self.client.get(self._link(link).get("href"))
        assert answer.status_code == 200, answer.text
        return answer.content

    def fill(self, label: str, value: str) -> None:
        found = self._field(label)
        if found.tag == "textarea":
            found.children = [value]
        else:
            found.attributes["value"] = value

    def select(self, label: str, option: str) -> None:
        options = list(self._field(label).all("option"))
        chosen = next((one for one in options if option in one.words()), None)
        if chosen is None:
            raise NotOnScreen(f"„{label}“ offers no „{option}“ but: {', '.join(one.words() for one in options)}")
        for one in options:
            one.attributes.pop("selected", None)
        chosen.attributes["selected"] = ""

    def choose(self, option: str, within: str = "") -> None:
        found = self._field(option, within)
        form = found.above("form")
        if found.get("type") == "radio" and form:
            for other in form.all("input"):
                if other.get("name") == found.get("name"):
                    other.attributes.pop("checked", None)
        found.attributes["checked"] = ""

    def search(self, label: str, words: str) -> None:
        field = self._field(label)
        field.attributes["value"] = words
        form = field.above("form")
        assert form, f"„{label}“ belongs to no form"
        self._send(form, form.get("action"), filled(form))

    def look_up(self, label: str, typed: str, option: str) -> None:
        searched = self._field(f"Suchbegriff für: {label}")
        searched.attributes["value"] = typed
        within = searched.above("fieldset")
        assert within, f"„{label}“ stands in no group"
        self._press(next(one for one in within.all("button") if one.get("name") == "_find"))
        self.choose(option)

    def attach(self, label: str, file: Path) -> None:
        self.files[self._field(label).get("name")] = file

    def press(self, button: str) -> None:
        self._press(self._button(button))

    def _press(self, pressed: Element) -> None:
        form = pressed.above("form")
        assert form, f"„{pressed.words()}“ belongs to no form"
        pairs = filled(form)
        if pressed.get("name"):
            pairs.append((pressed.get("name"), pressed.get("value")))
        self._send(form, pressed.get("formaction") or form.get("action") or str(self.at.path), pairs)

    def _send(self, form: Element, action: str, pairs: list[tuple[str, str]]) -> None:
        data: dict[str, list[str]] = {}
        for name, value in pairs:
            data.setdefault(name, []).append(value)
        if form.get("method").lower() != "post":
            self.show(self.client.get(action, params=httpx.QueryParams(tuple(pairs))))
            return
        uploads = {name: (path.name, path.read_bytes()) for name, path in self.files.items()}
        multipart = "multipart" in form.get("enctype")
        empty = {one.get("name"): ("", b"") for one in form.all("input") if one.get("type") == "file"}
        files = empty | uploads if multipart else None
        self.show(
            self.client.post(action, data=data, files=files, headers={"Origin": self.base, "Referer": str(self.at)})
        )

    def sees(self, *words: str) -> None:
        shown = visible(self.page)
        for word in words:
            if word not in shown:
                raise NotOnScreen(f"„{word}“ is not on {self.where()}, but: {shown}")

    def misses(self, *words: str) -> None:
        shown = visible(self.page)
        for word in words:
            assert word not in shown, f"„{word}“ is on {self.where()}"

    def shows(self, words: str) -> bool:
        return words in visible(self.page)

    def where(self) -> str:
        return str(self.at.path)

    def show(self, answer: httpx.Response) -> None:
        self.at, self.page, self.files = answer.url, parse(answer.text), {}

    def _link(self, text: str) -> Element:
        for found in self.page.all("a"):
            if found.words().startswith(text):
                return found
        raise NotOnScreen(f"no link „{text}“ on {self.where()}, but: {[one.words() for one in self.page.all('a')]}")

    def _button(self, text: str) -> Element:
        for found in self.page.all("button"):
            if found.words().startswith(text):
                return found
        raise NotOnScreen(
            f"no button „{text}“ on {self.where()}, but: {[one.words() for one in self.page.all('button')]}"
        )

    def _field(self, label: str, within: str = "") -> Element:
        place = group(self.page, within) if within else self.page
        found = labelled(place, label) if place else None
        if found is None:
            labels = [one.words() for one in self.page.all("label")]
            raise NotOnScreen(f"no field „{label}“ on {self.where()}, but: {labels}")
        return found
