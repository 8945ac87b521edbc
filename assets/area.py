"""Target objects and devices as an area of the house."""

from assets.commands.forgetting import forget
from assets.demo import demo
from assets.intake.devices import DEVICES
from assets.intake.inventory import INVENTORY
from assets.intake.licences import LICENCES
from assets.intake.links import LINKS
from assets.intake.models import MODELS
from assets.intake.objects import OBJECTS
from assets.intake.parts_lists import PARTS_LISTS
from assets.intake.support import SUPPORT, brings
from assets.queries.indicators import INDICATORS
from assets.queries.keys import resolve
from assets.queries.leavers import open_with
from assets.queries.reports import REPORTS
from assets.queries.sockets import due, panels, search
from assets.rules.permissions import May
from assets.rules.sentences import SENTENCES
from assets.web.agents import AgentDoor, AgentTokens
from assets.web.carried import Carried
from assets.web.confirmations import Confirmations
from assets.web.consignments import Certificates, Consignments, HandingOver
from assets.web.contracts import ContractDevices, ContractKeeping, Contracts
from assets.web.counting import Counting
from assets.web.criteria import NeedCriteriaDeciding, NeedCriteriaPages
from assets.web.dependencies import Dependencies, ObjectDependencies
from assets.web.destruction import DestructionRules, SettlingDestruction
from assets.web.device_keeping import DeviceKeeping, ItSystems
from assets.web.device_life import DeviceLife
from assets.web.devices import Devices, Sightings
from assets.web.disposals import Disposals, DossierPapers
from assets.web.dossiers import Approving, Dossiers, Erasing, Witnessing
from assets.web.erasures import ErasureChecks, ErasurePlans, Erasures
from assets.web.handing_out import HandingOut
from assets.web.handover_desk import Losses, Objections, Terms
from assets.web.inventory import DeviceReports, Inventory
from assets.web.kits import Kits
from assets.web.labels import Labels
from assets.web.licences import LicenceKeeping, Licences, Seats
from assets.web.links import LinkEndings, Links
from assets.web.maintenance import MaintenanceKeeping, MaintenancePlanning, MaintenancePlans
from assets.web.media import Media, MediumTargets, MediumWays
from assets.web.mergers import Mergers
from assets.web.need_overview import ProtectionNeeds
from assets.web.needs import Needs, Settlements
from assets.web.network_plans import NetworkPlans
from assets.web.object_keeping import ObjectKeeping, Responsible
from assets.web.objects import Objects
from assets.web.parts import Parts
from assets.web.private_devices import PrivateDevices
from assets.web.program_ends import ProgramEnds
from assets.web.protocols import Protocols
from assets.web.rollouts import Confirming, Rollouts
from assets.web.scenarios import Assessments, Scenarios
from assets.web.scopes import ScopeDrawing, ScopeMembers, Scopes
from assets.web.splits import DeviceCounts, Splits
from assets.web.steps import Holders, Steps
from assets.web.stocktake_paper import StocktakePaper
from assets.web.stocktake_results import StocktakeClosing, StocktakeResults
from assets.web.stocktakes import StocktakeHelpers, StocktakeOpening, Stocktakes
from assets.web.structure_checks import Distinctions, StructureChecks
from assets.web.support import DeviceSupport, ObjectSupport, Support
from assets.web.taking_back import TakingBack
from assets.web.worth import Endings, Replacements, ServiceLives
from isms.area import Area, Entry
from isms.rules.texts import N_

STRUCTURE, EQUIPMENT = N_("Struktur"), N_("Geräte und Lizenzen")

ASSETS = Area(
    title=N_("Zielobjekte und Geräte"),
    home="/objects",
    routes=[
        Objects,
        ObjectKeeping,
        Responsible,
        Needs,
        Settlements,
        ProtectionNeeds,
        Scenarios,
        Confirmations,
        Assessments,
        NeedCriteriaPages,
        NeedCriteriaDeciding,
        Links,
        LinkEndings,
        Carried,
        NetworkPlans,
        StructureChecks,
        Distinctions,
        Mergers,
        Splits,
        DeviceCounts,
        Dependencies,
        ObjectDependencies,
        Scopes,
        ScopeDrawing,
        ScopeMembers,
        Devices,
        DeviceLife,
        DeviceKeeping,
        ItSystems,
        Sightings,
        Dossiers,
        Erasing,
        Witnessing,
        Approving,
        ErasurePlans,
        Erasures,
        ErasureChecks,
        Disposals,
        DossierPapers,
        Consignments,
        HandingOver,
        Certificates,
        DestructionRules,
        SettlingDestruction,
        Media,
        MediumWays,
        MediumTargets,
        Steps,
        Holders,
        HandingOut,
        TakingBack,
        Protocols,
        Kits,
        PrivateDevices,
        Rollouts,
        Confirming,
        Terms,
        Objections,
        Losses,
        MaintenancePlans,
        MaintenanceKeeping,
        MaintenancePlanning,
        Contracts,
        ContractKeeping,
        ContractDevices,
        Endings,
        Replacements,
        ServiceLives,
        Licences,
        LicenceKeeping,
        Seats,
        AgentDoor,
        AgentTokens,
        Inventory,
        DeviceReports,
        Parts,
        Support,
        ProgramEnds,
        DeviceSupport,
        ObjectSupport,
        Stocktakes,
        StocktakeOpening,
        StocktakeHelpers,
        StocktakeResults,
        StocktakeClosing,
        StocktakePaper,
        Labels,
        Counting,
    ],
    permissions=May,
    due=due,
    open_with=open_with,
    forget=forget,
    search=search,
    panels=panels,
    indicators=INDICATORS,
    reports=REPORTS,
    demo=demo,
    sentences=SENTENCES,
    imports=[OBJECTS, LINKS, DEVICES, MODELS, LICENCES, SUPPORT, INVENTORY, PARTS_LISTS],
    brings=brings,
    resolve=resolve,
    navigation=[
        Entry(N_("Zielobjekte"), "/objects", May.VIEW_OBJECTS, STRUCTURE),
        Entry(N_("Schutzbedarf"), "/protection-needs", May.VIEW_OBJECTS, STRUCTURE),
        Entry(N_("Informationsverbünde"), "/scopes", May.VIEW_OBJECTS, STRUCTURE),
        Entry(N_("Netzplan"), "/network-plan", May.VIEW_OBJECTS, STRUCTURE),
        Entry(N_("Abhängigkeiten"), "/dependencies", May.VIEW_OBJECTS, STRUCTURE),
        Entry(N_("Geräte"), "/devices", May.VIEW_DEVICES, EQUIPMENT),
        Entry(N_("Theke"), "/handovers", May.ISSUE, EQUIPMENT),
        Entry(N_("Inventuren"), "/stocktakes", May.VIEW_STOCKTAKES, EQUIPMENT),
        Entry(N_("Datenträger"), "/media", May.VIEW_MEDIA, EQUIPMENT),
        Entry(N_("Löschung und Entsorgung"), "/disposals", May.VIEW_MEDIA, EQUIPMENT),
        Entry(N_("Wartung"), "/maintenance", May.VIEW_UPKEEP, EQUIPMENT),
        Entry(N_("Verträge"), "/contracts", May.VIEW_UPKEEP, EQUIPMENT),
        Entry(N_("Lizenzen"), "/licences", May.VIEW_UPKEEP, EQUIPMENT),
        Entry(N_("Ersatzbeschaffung"), "/replacements", May.VIEW_UPKEEP, EQUIPMENT),
        Entry(N_("Support läuft aus"), "/support", May.MATCH_SUPPORT, EQUIPMENT),
        Entry(N_("Gemeldete Geräte"), "/inventory", May.KEEP_AGENTS, EQUIPMENT),
    ],
)
