"""The WSGI application that gunicorn serves."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_root = Path(__file__).resolve().parents[1]
for _folder in (_root / "src", _root):
    if str(_folder) not in sys.path:
        sys.path.insert(0, str(_folder))

from config.environment import SettingRefused, refuse, settings_module  # noqa: E402 - the path comes first

os.environ["DJANGO_SETTINGS_MODULE"] = settings_module()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - the settings come first

try:
    application = get_wsgi_application()

    from django.conf import settings

    if settings.PARVIS_KEEP_PAGES:
        from parvis.web.kept_pages import KeptPages

        application = KeptPages(application)
except SettingRefused as error:
    refuse(error)
