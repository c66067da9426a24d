"""The build compiles the catalogues, and puts them and the resources inside the package.

An editable install reads both from the checkout, so there they are compiled in place and not copied.
"""

import runpy
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Carried(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        compiled = runpy.run_path(str(root / "scripts" / "translations.py"))["compile_all"]()
        if version != "editable":
            into = {str(root / "resources"): "captioner/resources"}
            into |= {str(file): f"captioner/translations/{file.name}" for file in compiled}
            build_data["force_include"].update(into)
