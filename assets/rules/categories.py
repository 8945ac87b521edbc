"""Target object categories of Grundschutz++ (edition 2026-06-30): names, UUIDs and what is a kind of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """A category and, through `parent`, all that it is a kind of. The name is the BSI's own: a fact, no text of it."""

    uuid: str
    name: str
    parent: str | None

    @property
    def label(self) -> str:
        return self.name


# Indented below what it is a kind of. Requirements name 39 of these; none names Fahrzeuge or Mobiltelefone yet.
TREE = """
    7e41ecf5-1831-4691-ad0c-4fc7bbc1b871  Anwendungen
    eb65007a-2247-4346-a258-c242e066a10f    Dateiserver
    f88fd07b-f918-45b5-80a5-59fcea43a99c    DNS-Server
    05df1662-903f-41ff-ba88-0fbe86050550    Faxe
    047aa523-6955-423d-924e-8376fb1d5722    Interpersonelle Kommunikation
    7aa03e0c-a417-4b08-a6d5-b89bd63c6a83      E-Mail
    b5f9e5ce-d90e-4da5-8ee7-32eae4829e55    Office-Anwendungen
    67f74abf-162d-4e47-a24a-6ff53e9b124d    TK-Anwendungen
    e0f11cba-1d72-4c30-a1e9-e33f794cdfb6      VK-Anwendungen
    7a2b2665-c790-4395-9980-867c900be347    Verzeichnisdienste
    38167a3c-ee3e-4261-9c44-994c15a31d2c    Virtualisierungslösungen
    8b64663c-8388-40bc-a68b-473e753ae4d0    Webbrowser
    b1411d0f-ffd1-45b7-837b-cd97ba4ed9e7    Webserver
    36cb0d6b-2f90-43bc-b625-9870112cf847      Webanwendungen
    5f59b23c-8d18-4d5f-ad96-c02ffad10daf  Einkäufe
    04d5e0fa-7b1a-48d5-b87c-1ee0060a4c2d    Dienstleistungen
    ff3b07f0-1d19-44fb-ac2c-dea97010c5b8      Outsourcing
    d2a23b62-9c66-4f72-98e2-17518d5dbe0f        Cloud-Dienste
    23ea0f81-17ed-4b31-be13-955b46b5a905    IT-Produkte
    5a5eceda-172c-4500-a19d-956dbb5de4a4  Informationen
    69d48234-d4c2-463d-9b76-c3a1580edd85    Daten
    427da6dd-d744-4b2b-88b7-f0a695f21e14  IT-Systeme
    837781a4-7b47-4695-9545-a3310eac7a66    Endgeräte
    39147c55-a952-4c34-8e2e-b8ac02a2eae7      Fahrzeuge
    9f9c827a-1933-46fd-a0c6-f990990745df      Mobiltelefone
    19c946fc-e991-44ee-87c5-7bbe5d5aaf55    Hostsysteme
    1a4fb57d-1648-4111-979d-6a5f4f848620  Netze
    a9521914-ccf9-4c20-8eef-2dd912fb815d    Externe Netzanschlüsse
    8ef347e7-ea3f-4624-b0f3-2af728443301    Interne Netzsegmente
    82a399a2-2fa7-4dd2-9850-89a7ee0505ea      WLANs
    38125c38-8895-493c-ba73-77ac1029d02d  Nutzende
    9d0465aa-a31f-465f-99c8-7a383322b2a4    Mitarbeitende
    efd76832-f5a1-432a-836d-c8d5c6d212cc      Administrierende
    4779a07f-e7fd-4837-a920-7ab9254b0dd5      Führungskräfte
    d3343f0a-974f-43c5-b101-4522403422ce        Institutionsleitung
    df3978e8-775d-4aa6-8be7-fd2a6f12315d  Standorte
    422401b2-2c71-4ea5-a71c-6f386ba16cfc    Gebäude
    09517106-2c2c-411e-a06c-65736363286f    Räume
    dfd8e05b-a028-4403-9776-255b968cc4a6      Datenträgerarchiv
    564530dd-29ce-4988-9192-3b4dbfef061c      Räume für technische Infrastruktur
    3a894eaa-7b42-4f59-9961-76c9a3ec2837        Serverräume
"""


def with_parents(uuids: Iterable[str]) -> frozenset[str]:
    """The given categories and all that they are a kind of (Grundschutz++ STM.2.1.4.1). Unknown ones are left out."""
    return frozenset(above for uuid in uuids if uuid in CATEGORIES for above in chain(uuid))


def chain(uuid: str) -> Iterator[str]:
    """A category, then its parent, up to the topmost."""
    here: str | None = uuid
    while here is not None:
        yield here
        here = CATEGORIES[here].parent


def category_named(name: str) -> Category | None:
    """The category that people call so, whatever the case."""
    return BY_NAME.get(" ".join(name.split()).casefold())


def _read(tree: str) -> Iterator[Category]:
    above: list[str] = []
    for line in tree.strip("\n").splitlines():
        uuid, name = line.strip().split("  ", 1)
        depth = (len(name) - len(name.lstrip())) // 2
        del above[depth:]
        yield Category(uuid, name.strip(), above[-1] if above else None)
        above.append(uuid)


CATEGORIES: Mapping[str, Category] = {category.uuid: category for category in _read(TREE)}
BY_NAME: Mapping[str, Category] = {category.name.casefold(): category for category in CATEGORIES.values()}
