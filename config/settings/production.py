"""Production: everything that differs between installations comes from the environment (docs/operations.md)."""

from __future__ import annotations

from .. import environment
from .base import *

DEBUG = False
SECRET_KEY = environment.secret("PARVIS_SECRET_KEY")
ALLOWED_HOSTS = environment.hosts("PARVIS_HOSTS")
PARVIS_SITE_URL = environment.site("PARVIS_SITE_URL")
DATABASES = {"default": environment.database(environment.text("DATABASE_URL"))}

CSRF_TRUSTED_ORIGINS = [PARVIS_SITE_URL]
_behind_proxy = environment.flag("PARVIS_BEHIND_PROXY", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _behind_proxy else None
PARVIS_TRUSTED_PROXIES = 1 if _behind_proxy else 0
SECURE_SSL_REDIRECT = environment.flag("PARVIS_HTTPS_ONLY", True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
SECURE_HSTS_SECONDS = environment.number("PARVIS_HSTS_SECONDS", 3600, lowest=0, highest=63072000)

SECURE_HSTS_INCLUDE_SUBDOMAINS = environment.flag("PARVIS_HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = False
# Both reach beyond Parvis's own name, so they are the choice of whoever owns the domain.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

MEDIA_ROOT = environment.text("PARVIS_MEDIA", str(VAR / "media"))
STATIC_ROOT = environment.text("PARVIS_STATIC", str(VAR / "static"))
PARVIS_PRINTED = environment.text("PARVIS_PRINTED", str(VAR / "printed"))

EMAIL_HOST = environment.text("PARVIS_SMTP_HOST", "localhost")
EMAIL_PORT = environment.number("PARVIS_SMTP_PORT", 25, lowest=1, highest=65535)
EMAIL_HOST_USER = environment.text("PARVIS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = environment.text("PARVIS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = environment.flag("PARVIS_SMTP_STARTTLS", False)
EMAIL_TIMEOUT = 20
PARVIS_MAIL_FROM = environment.text("PARVIS_MAIL_FROM")
DEFAULT_FROM_EMAIL = PARVIS_MAIL_FROM

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
