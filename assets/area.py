"""Target objects and devices as an area of the house."""

from assets.queries.keys import resolve
from assets.rules.permissions import May
from assets.rules.sentences import SENTENCES
from assets.web.device_keeping import DeviceKeeping, ItSystems
from assets.web.devices import Devices, Sightings
from assets.web.steps import Holders, Steps
from isms.area import Area, Entry
from isms.rules.texts import N_

ASSETS = Area(
    title=N_("Zielobjekte und Geräte"),
    home="/devices",
    routes=[Devices, DeviceKeeping, ItSystems, Sightings, Steps, Holders],
    permissions=May,
    sentences=SENTENCES,
    resolve=resolve,
    navigation=[
        Entry(N_("Geräte"), "/devices", May.VIEW_DEVICES),
    ],
)
