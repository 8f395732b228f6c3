"""Django's command line with Parvis's settings; `./parvis manage …` runs it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Run the command named on the command line."""
    for folder in (ROOT / "src", ROOT):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    from config.environment import SettingRefused, refuse, settings_module
    from parvis.management.catalog_files import compile_stale

    os.environ["DJANGO_SETTINGS_MODULE"] = settings_module()
    compile_stale()
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except SettingRefused as error:
        refuse(error)


if __name__ == "__main__":
    main()
