"""All settings, each readable from the environment; docs/operating.md documents every one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

from paragraph8.audit.keys import session_secret

from .environment import boolean, integer, text

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]
HOME = Path(text("P8_HOME", str(CHECKOUT if (CHECKOUT / "pyproject.toml").exists() else Path.cwd()))).resolve()
VAR = HOME / "var"
OUT = HOME / "out"
KEYS = Path(text("P8_KEYS", str(VAR / "keys")))

DEBUG = boolean("P8_DEBUG", default=False)
SECRET_KEY = text("P8_SECRET_KEY", "") or session_secret(KEYS)
ALLOWED_HOSTS = [host for host in text("P8_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in text("P8_ORIGINS", "").split(",") if origin]
HTTPS = boolean("P8_HTTPS", default=False)

INSTALLED_APPS = [
    # First, so that its templates stand before those of Django and allauth.
    "paragraph8.web",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "paragraph8.audit",
    "paragraph8.accounts",
    "paragraph8.jobs",
    "paragraph8.missions",
    "paragraph8.roster",
    "paragraph8.teams",
    "paragraph8.samples",
    "paragraph8.places",
    "paragraph8.contest",
    "paragraph8.forms",
    "paragraph8.deployment",
    "paragraph8.safety",
    "paragraph8.capture",
    "paragraph8.review",
    "paragraph8.evidence",
    "paragraph8.eday",
    "paragraph8.publishing",
]
EVIDENCE_APPS = [
    "paragraph8.missions",
    "paragraph8.roster",
    "paragraph8.places",
    "paragraph8.contest",
    "paragraph8.eday",
]
"""The rooms that compute figures, asked through `evidence` alone."""
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
JOBS: dict[str, str] = {
    "results": "paragraph8.contest.results.import_results",
    "samples.draw": "paragraph8.samples.operations.draw",
    "stations.import": "paragraph8.places.lists.import_stations",
    "deployment.assign": "paragraph8.deployment.solving.work_out",
    "second-round": "paragraph8.deployment.second_round.carry",
    "deployment.packs": "paragraph8.deployment.packs.make_packs",
}
"""Kind of a job → the function that does it; see jobs/operations.py."""
SEQUENCED = ["paragraph8.review.operations.read_changes"]
"""Called with each batch of changes, inside the sequencer's transaction, in this order."""
HEALTH = {"figures": "paragraph8.evidence.queries.health"}
"""What `/health` says beside that the server is there: names of parts, and the functions that tell of them."""

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "paragraph8.web.middleware.content_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "paragraph8.accounts.middleware.viewer",
]
ROOT_URLCONF = "paragraph8.config.urls"
WSGI_APPLICATION = "paragraph8.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "paragraph8.web.context.page",
            ],
            "builtins": ["paragraph8.web.templatetags.p8"],
        },
    }
]


def _database() -> dict[str, Any]:
    url = text("DATABASE_URL", f"sqlite:///{VAR / 'p8.sqlite3'}")
    database: dict[str, Any] = dict(dj_database_url.parse(url))
    if database["ENGINE"].endswith("sqlite3"):
        database["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;",
        }
        # A test database in a file, so that two connections are two connections.
        database["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
    else:
        database["CONN_MAX_AGE"] = integer("P8_DATABASE_AGE", 60)
    return database


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "paragraph8.accounts.sign_in.ClosedAccounts"
ACCOUNT_SESSION_REMEMBER = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 60 * 60 * 16
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = None
"""Bodies are bounded by `domain.reports.MOST_BYTES` where they are read, so that a large one can be answered."""

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("kk", "Қазақша"), ("ru", "Русский")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["paragraph8.config.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATICFILES_DIRS: list[Path] = []
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None
WHITENOISE_AUTOREFRESH = DEBUG

SIMULATED_CLOCK = boolean("P8_SIMULATED_CLOCK", default=False)
"""Believe the senders' statement of the time; only simulated missions can be made then. See audit/clock.py."""
PAGE_ROWS = integer("P8_PAGE_ROWS", 50)
THREADS = integer("P8_THREADS", 8)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": text("P8_LOG_LEVEL", "WARNING")},
}
