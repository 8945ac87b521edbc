"""The wheel carries the front-end files, so that an installed package needs nothing else at run time."""

import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class FrontEnd(BuildHookInterface[Any]):
    """Fetches the files where a checkout does not have them yet. Editable installs are served from the checkout."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        sys.path.insert(0, self.root)
        from isms import frontend

        if version != "editable" and not (frontend.VENDOR / "manifest.json").exists():
            frontend.fetch()
