"""One-time codes, easy to read out and to type, and what is stored in place of a secret."""

from __future__ import annotations

import hashlib
import secrets

# Without 0 and O, 1 and I and L, and U, which are taken for each other or for another letter.
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUPS, _GROUP_LENGTH = 3, 4


def new_code() -> str:
    """A code such as K7QF-3MXA-9TBD. It holds 58 bits, so that guessing is hopeless in the days it lives."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)


def digest_of_code(typed: str) -> str:
    """What is stored of a code. Spaces, dashes and small letters make no difference."""
    return digest("".join(letter for letter in typed.upper() if letter.isalnum()))


def digest(secret: str) -> str:
    """The SHA-256 of a secret that is too long to be guessed, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
