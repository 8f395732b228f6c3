"""The demo: one process, one SQLite file, mails read on a page of the site. Never for the public internet."""

from __future__ import annotations

from .. import environment
from .base import *

DEBUG = False
PARVIS_DEMO = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
DATABASES = {"default": environment.sqlite(environment.text("PARVIS_DEMO_DATABASE", str(VAR / "demo.sqlite3")))}

SECRET_KEY = environment.kept_secret(VAR / "demo-secret-key")

PARVIS_SITE_URL = environment.site("PARVIS_SITE_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PARVIS_SITE_URL]
WHITENOISE_USE_FINDERS = True  # static files from where they lie: nothing to gather first
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
Q_CLUSTER = {**Q_CLUSTER, "sync": True}
