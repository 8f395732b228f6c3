"""The tests: a SQLite file that lasts as long as the run, or the database that DATABASE_URL names."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from .. import environment
from .base import *

DEBUG = False
SECRET_KEY = "only-for-tests"  # noqa: S105 - guards nothing outside a test run
ALLOWED_HOSTS = ["*"]
PARVIS_SITE_URL = "http://testserver"
if os.environ.get("DATABASE_URL"):
    DATABASES = {"default": environment.database(os.environ["DATABASE_URL"])}
    DATABASES["default"]["OPTIONS"].pop("pool", None)
else:
    # A file of its own for each process: threads of the live server and of races are real connections, as in service.
    _file = Path(tempfile.gettempdir()) / f"parvis-test-{os.getpid()}.sqlite3"
    DATABASES = {"default": environment.sqlite(str(_file))}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
    DATABASES["default"]["TEST"] = {"NAME": str(_file)}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Q_CLUSTER = {**Q_CLUSTER, "sync": True}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
PARVIS_FORM_FASTEST_SECONDS = 0.0
