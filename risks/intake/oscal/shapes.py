"""The members that an OSCAL catalogue or component definition may have (NIST schemas 1.0.4 to 1.2).

Only what the schema names is here; a file that holds more breaks it. Members that the catalogue reader does
not need are `Anything`, so that the file is judged without being understood to the last leaf.
"""

from typing import Annotated, Any

from msgspec import Meta, Struct

IDENTIFIER = r"^[^\W\d][\w.\-]*$"
# Versions 4 and 5 are what the schema allows.
UUID = r"^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[45][0-9A-Fa-f]{3}-[89ABab][0-9A-Fa-f]{3}-[0-9A-Fa-f]{12}$"
MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"

Token = Annotated[str, Meta(pattern=IDENTIFIER)]
Uuid = Annotated[str, Meta(pattern=UUID)]
Moment = Annotated[str, Meta(pattern=MOMENT)]
Line = Annotated[str, Meta(min_length=1)]
Anything = dict[str, Any]


class Shape(Struct, rename="kebab", forbid_unknown_fields=True):
    pass


class Prop(Shape):
    name: Token
    value: Line
    uuid: Uuid | None = None
    ns: str | None = None
    class_: Token | None = None
    group: Token | None = None
    remarks: str | None = None


class Link(Shape):
    href: str
    rel: str | None = None
    media_type: str | None = None
    resource_fragment: str | None = None
    text: str | None = None


class Part(Shape):
    name: Token
    id: Token | None = None
    ns: str | None = None
    class_: Token | None = None
    title: str | None = None
    prose: str = ""
    props: list[Prop] = []
    parts: list["Part"] = []
    links: list[Link] = []


class Select(Shape):
    how_many: str | None = None
    choice: list[str] = []


class Param(Shape):
    id: Token
    class_: Token | None = None
    depends_on: Token | None = None
    label: str = ""
    usage: str | None = None
    props: list[Prop] = []
    links: list[Link] = []
    constraints: list[Anything] = []
    guidelines: list[Anything] = []
    values: list[str] = []
    select: Select | None = None
    remarks: str | None = None


class Control(Shape):
    id: Token
    title: str
    class_: Token = ""
    params: list[Param] = []
    props: list[Prop] = []
    links: list[Link] = []
    parts: list[Part] = []
    controls: list["Control"] = []


class Group(Shape):
    title: str
    id: Token | None = None
    class_: Token | None = None
    params: list[Param] = []
    props: list[Prop] = []
    links: list[Link] = []
    parts: list[Part] = []
    groups: list["Group"] = []
    controls: list[Control] = []


class DocumentId(Shape):
    identifier: str
    scheme: str | None = None


class Metadata(Shape):
    title: str
    last_modified: Moment
    version: Line
    oscal_version: Line
    published: Moment | None = None
    revisions: list[Anything] = []
    document_ids: list[DocumentId] = []
    props: list[Prop] = []
    links: list[Link] = []
    roles: list[Anything] = []
    locations: list[Anything] = []
    parties: list[Anything] = []
    responsible_parties: list[Anything] = []
    actions: list[Anything] = []
    remarks: str | None = None


class Resource(Shape):
    uuid: Uuid
    title: str | None = None
    description: str | None = None
    props: list[Prop] = []
    document_ids: list[DocumentId] = []
    citation: Anything | None = None
    rlinks: list[Anything] = []
    base64: Anything | None = None
    remarks: str | None = None


class BackMatter(Shape):
    resources: list[Resource] = []


class Catalog(Shape):
    uuid: Uuid
    metadata: Metadata
    params: list[Param] = []
    controls: list[Control] = []
    groups: list[Group] = []
    back_matter: BackMatter | None = None


class ImportedDefinition(Shape):
    href: str


class Setting(Shape):
    param_id: Token
    values: list[str]
    remarks: str | None = None


class Statement(Shape):
    statement_id: Token
    uuid: Uuid
    description: str
    props: list[Prop] = []
    links: list[Link] = []
    responsible_roles: list[Anything] = []
    remarks: str | None = None


class ImplementedRequirement(Shape):
    uuid: Uuid
    control_id: Token
    description: str
    props: list[Prop] = []
    links: list[Link] = []
    set_parameters: list[Setting] = []
    responsible_roles: list[Anything] = []
    statements: list[Statement] = []
    remarks: str | None = None


class ControlImplementation(Shape):
    uuid: Uuid
    source: str
    description: str
    implemented_requirements: list[ImplementedRequirement]
    props: list[Prop] = []
    links: list[Link] = []
    set_parameters: list[Setting] = []


class Component(Shape):
    uuid: Uuid
    type: str
    title: str
    description: str
    purpose: str | None = None
    props: list[Prop] = []
    links: list[Link] = []
    responsible_roles: list[Anything] = []
    protocols: list[Anything] = []
    control_implementations: list[ControlImplementation] = []
    remarks: str | None = None


class Incorporated(Shape):
    component_uuid: Uuid
    description: str


class Capability(Shape):
    uuid: Uuid
    name: str
    description: str
    props: list[Prop] = []
    links: list[Link] = []
    incorporates_components: list[Incorporated] = []
    control_implementations: list[ControlImplementation] = []
    remarks: str | None = None


class ComponentDefinition(Shape):
    uuid: Uuid
    metadata: Metadata
    import_component_definitions: list[ImportedDefinition] = []
    components: list[Component] = []
    capabilities: list[Capability] = []
    back_matter: BackMatter | None = None
