"""Passwords: how they are kept, how they are checked, and which are refused."""

from __future__ import annotations

import re
import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

from quality.core.errors import Invalid

SHORTEST = 12
LONGEST = 256

# Argon2id; OWASP's Password Storage Cheat Sheet asks for 46 MiB with one pass at least. One lane: a web process has
# one core.
_COSTS = {"ARGON2_TIME_COST": 2, "ARGON2_MEMORY_COST": 47_104, "ARGON2_PARALLELISM": 1}

# Those that lists of stolen passwords begin with and that are long enough to pass otherwise.
_COMMON = frozenset(
    """
    000000000000 111111111111 112233445566 121212121212 123123123123 1234567890ab 123456789012 1234567890123
    12345678901234 123456789abc 1q2w3e4r5t6y 1qaz2wsx3edc aaaaaaaaaaaa abc123abc123 abcd1234abcd abcdefghijkl
    abcdefgh1234 administrator administrator1 asdfghjkl123 changeme1234 changemenow1 correcthorsebatterystaple
    football1234 iloveyou1234 ilovemyfamily letmeinplease liverpool123 manchester123 monkeymonkey password1234
    password12345 password123456 passwordpassword p@ssw0rd1234 princess1234 qazwsxedcrfv qwerty123456 qwertyqwerty
    qwertyuiop12 qwertyuiop123 qwertyuiopas sunshine1234 welcome12345 welcomewelcome providerquality providerquality1
    """.split()  # noqa: SIM905 -- Words in a row are easier to read than fifty quoted strings.
)


def install(app: Flask) -> None:
    """Set the costs of Argon2id, unless the app was given others."""
    for name, cost in _COSTS.items():
        app.config.setdefault(name, cost)


def hash_password(password: str) -> str:
    """What is stored: Argon2id with its salt and costs."""
    return _hasher(*_costs()).hash(_same_letters(password))


def matches(stored: str | None, password: str) -> bool:
    """True when this password was stored. Without a stored one it takes the same time to say no."""
    hasher = _hasher(*_costs())
    decoy = _decoy(*_costs())
    try:
        hasher.verify(stored or decoy, _same_letters(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def needs_new_hash(stored: str) -> bool:
    """True when the costs have changed since this was stored."""
    return _hasher(*_costs()).check_needs_rehash(stored)


def check_password(password: str, *, email: str) -> None:
    """Raise Invalid("new_password", …) if the password is short, much used, or holds the e-mail address's name."""
    plain = _same_letters(password).lower()
    if len(plain) < SHORTEST:
        raise Invalid("new_password", f"Password must be {SHORTEST} characters or more")
    if len(plain) > LONGEST:
        raise Invalid("new_password", f"Password must be {LONGEST} characters or fewer")
    if plain in _COMMON or len(set(plain)) < 4:
        raise Invalid(
            "new_password", "Password is one that many people use, so it is easily guessed. Choose another"
        )
    if any(part in plain for part in _parts_of_name(email)):
        raise Invalid("new_password", "Password must not contain the name in your email address")


def _parts_of_name(email: str) -> list[str]:
    """The name in front of the @, and its parts. Parts of two or three letters occur in words by chance."""
    name = email.lower().partition("@")[0]
    return [part for part in (name, *re.split(r"[._+-]+", name)) if len(part) >= 4]


def _same_letters(password: str) -> str:
    # Keyboards write the same accented letter in different ways; NIST SP 800-63B asks for one form.
    return unicodedata.normalize("NFKC", password)


def _costs() -> tuple[int, int, int]:
    config = current_app.config
    return config["ARGON2_TIME_COST"], config["ARGON2_MEMORY_COST"], config["ARGON2_PARALLELISM"]


def _hasher(time_cost: int, memory_cost: int, parallelism: int) -> PasswordHasher:
    return PasswordHasher(time_cost=time_cost, memory_cost=memory_cost, parallelism=parallelism)


@lru_cache(maxsize=4)
def _decoy(time_cost: int, memory_cost: int, parallelism: int) -> str:
    """The hash of a password nobody has."""
    return _hasher(time_cost, memory_cost, parallelism).hash(secrets.token_urlsafe(32))
