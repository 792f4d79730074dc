"""The application: settings, extensions, features, error pages. One screen."""

from __future__ import annotations

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config import ROOT, Settings
from quality.core import error_pages, gate, pages
from quality.core.database import db
from quality.features import FEATURES

csrf = CSRFProtect()
migrate = Migrate()


def create_app(settings: Settings | None = None, **changes: object) -> Flask:
    """Build the app from settings (by default the environment's). `changes` overrides Flask's own words, for tests."""
    settings = settings or Settings.from_environment()
    app = Flask(
        __name__, template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static" / "build")
    )
    app.config.from_mapping(settings.flask())
    app.config.from_mapping(changes)
    app.extensions["settings"] = settings
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    if settings.trusted_proxies:
        # Without this everybody seems to come from the proxy's address, and one guesser would lock out all.
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]

    gate.install(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    csrf.init_app(app)
    pages.install(app)
    error_pages.install(app)
    for feature in FEATURES:
        feature(app)
    gate.check_every_view_is_guarded(app)
    return app
