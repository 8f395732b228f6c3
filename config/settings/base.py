"""What every installation shares. demo, test and production add what differs."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "parvis"
VAR = ROOT / "var"

INSTALLED_APPS = [
    "modeltranslation",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_q",
    "django_htmx",
    "parvis",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "parvis.web.security.SecurityHeadersMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "web" / "templates",
            PACKAGE / "web" / "public" / "templates",
            PACKAGE / "web" / "space" / "templates",
            PACKAGE / "web" / "desk" / "templates",
            PACKAGE / "web" / "door" / "templates",
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "parvis.web.templatetags.typography",
                "parvis.web.templatetags.look",
            ],
            "libraries": {
                name: f"parvis.web.templatetags.{name}" for name in ("desk", "json_ld", "look", "typography")
            },
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parvis.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

# Sign-in: a one-time code by mail, no password to lose.
ACCOUNT_ADAPTER = "parvis.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 3  # times
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "space:overview"  # the adapter knows better: where the role belongs
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "request_login_code": "parvis.web.account_forms.RequestCodeForm",
    "confirm_login_code": "parvis.web.account_forms.ConfirmCodeForm",
}

# French stands at the root of the address; other languages carry their code.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French")), ("en", _("English"))]
MODELTRANSLATION_LANGUAGES = ("fr", "en", "es", "ar")
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ("fr", "en")}
MODELTRANSLATION_TRANSLATION_FILES = ("parvis.translation",)
LOCALE_PATHS = [
    PACKAGE / "locale",
    PACKAGE / "web" / "public" / "locale",
    PACKAGE / "web" / "space" / "locale",
    PACKAGE / "web" / "desk" / "locale",
    PACKAGE / "web" / "door" / "locale",
]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
MEDIA_URL = "/media/"  # sent by parvis.web.uploads

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Background work: the database is the broker. `sync` runs a task at once, in the process that asked for it.
Q_CLUSTER = {
    "name": "parvis",
    "orm": "default",
    "workers": 1,
    "timeout": 600,  # a solve of the timetable, where the solver must be compiled first
    "retry": 660,
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Scanners knock under any name; each would fill the log with a traceback.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
}

# Parvis's own.
PARVIS_DEMO = False
PARVIS_SITE_URL = "http://localhost:8000"
PARVIS_MAIL_FROM = "Parvis <no-reply@localhost>"
PARVIS_FORM_FASTEST_SECONDS = 2.0  # a form that comes back sooner was not read by a person
PARVIS_TRUSTED_PROXIES = 0  # how many proxies stand before us: whose X-Forwarded-For is believed
PARVIS_PRINTED = VAR / "printed"  # PDFs made from releases, kept until room is needed; may be emptied at any time
PARVIS_KEEP_PAGES = True  # public pages are served from memory, in front of Django (parvis.web.kept_pages)
