"""The settings of one installation, read from the environment; docs/deployment.md lists every variable.

With no variable set this is a closed, TLS-only site on SQLite in `var/`. Nothing here is changed elsewhere:
the tests start from it (`tests/settings.py`), `script/server` sets variables.
"""

from pathlib import Path

from config import env, hub, services

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env.folder("DATA_DIR", BASE_DIR / "var", base=BASE_DIR)

# ---- who we are and who may ask
DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.secret("SECRET_KEY", DATA_DIR / "secret-key")
if not SECRET_KEY:
    raise env.SettingError(f"No secret key: run script/setup, or set SECRET_KEY_FILE ({DATA_DIR} has none).")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")

# ---- what we are made of
INSTALLED_APPS = [
    "decisions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "config.apps.CollectedFiles",  # django.contrib.staticfiles
    "django.forms",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "decisions.web.middleware.PrivatePages",  # behind static files, which everybody may keep
    "django.contrib.sessions.middleware.SessionMiddleware",
    "decisions.web.language.BrowserLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "decisions.web.language.OwnChoice",
    "django_htmx.middleware.HtmxMiddleware",
    "decisions.web.middleware.ExpiredSession",  # before the next one sends htmx to a form
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
LOADERS = ["config.templates.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", LOADERS)])
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CSRF_FAILURE_VIEW = "decisions.web.errors.csrf_failure"

# ---- where things are kept
DATABASES = {
    "default": services.database("DATABASE_URL", env.secret("DATABASE_URL"), DATA_DIR / "routecard.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # in the database, so that the limits on sign-in attempts hold across workers and machines
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "routecard_cache"}
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static.StaticFiles"},
}

# ---- accounts: by invitation, the e-mail address is the name
AUTH_USER_MODEL = "decisions.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "decisions.web.accounts.adapter.InvitationOnly"
ACCOUNT_FORMS = {
    "login": "decisions.web.accounts.forms.SignInForm",
    "signup": "decisions.web.accounts.forms.JoinForm",
    "change_password": "decisions.web.accounts.forms.PasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the invitation went to the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Routecard] "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"

# ---- TLS, and what a browser may do with our pages
TLS = env.flag("TLS", True)
BEHIND_PROXY = env.flag("BEHIND_PROXY", False)
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = TLS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 31_536_000, low=0, high=63_072_000) if TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HSTS_SECONDS > 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # the limits count the visitor's address, not the proxy's
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if TLS else "http"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_388_608  # 8 MiB: a candidate with 60,000 characters in every text
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # 2.5 MiB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# ---- mail
globals().update(services.mail("EMAIL_URL", env.secret("EMAIL_URL") or "console:"))  # EMAIL_BACKEND and so on
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Routecard <routecard@localhost>")

# ---- words and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語"), ("zh-hans", "简体中文")]  # each by its own name
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 31_536_000  # a year, in seconds
LANGUAGE_COOKIE_SECURE, LANGUAGE_COOKIE_HTTPONLY, LANGUAGE_COOKIE_SAMESITE = TLS, True, "Lax"
LOCALE_PATHS = [BASE_DIR / "decisions" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

# ---- the decision as PDF
PDF_SECONDS = env.integer("PDF_SECONDS", 60, low=1, high=300)  # a render that takes longer is stopped

# ---- the Hugging Face Hub: None is not asked, which is the default
HUB = hub.settings()

# ---- one line on standard error for whatever goes wrong
LOG_LEVEL = env.choice("LOG_LEVEL", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "config.logs.OneLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "gunicorn.http.wsgi": {"level": "ERROR"},  # else a warning for every HEAD of a page
    },
}
