"""What this feature adds to the app."""

from __future__ import annotations

from flask import Flask

from quality.people import kept, passwords, sign_in
from quality.people.views import account, blueprint
from quality.people.views.home import navigation


def install(app: Flask) -> None:
    """Register the pages of this feature, and who is signed in."""
    passwords.install(app)
    sign_in.install(app)
    app.register_blueprint(blueprint)
    app.register_blueprint(account)
    app.jinja_env.globals.update(
        navigation=navigation,
        sendable=kept.sendable,
        readable=kept.readable,
        sent_from_our_page=kept.sent_from_our_page,
    )
