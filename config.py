"""Settings: read from the environment, checked once, at start-up.

A setting has a default only when that default is right in production and fit to publish.
"""

from __future__ import annotations

import re
import secrets
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"


class SettingsError(Exception):
    """A setting is missing or wrong; the message is a sentence for the person who starts the service."""


class Settings(BaseSettings):
    """Everything that differs from one installation to the next."""

    model_config = SettingsConfigDict(env_file=None, extra="ignore", frozen=True)

    database_url: str = Field(
        default="", description="PostgreSQL address; empty means a SQLite file in instance/."
    )
    storage_url: str = Field(
        default="", description="Folder for issued reports and files; empty means instance/files."
    )
    secret_key: str = Field(
        default="", description="Signs cookies; empty means one is made and kept in instance/."
    )
    smtp_url: str = Field(
        default="", description="Mail server, smtp://user:password@host:port; empty means no mail."
    )
    council_name: str = Field(
        default="", description="Shown in the header; empty means the name in the database."
    )
    council_contact: str = Field(
        default="", description="How one reaches the quality team; printed in reports and letters."
    )
    service_address: str = Field(
        default="",
        description="Where people reach this service, https://…; reports then say where a copy can be checked.",
    )
    council_colour: str = Field(default="#1d5b7a", description="Brand colour of the header and the reports.")
    seal_file: str = Field(
        default="", description="PKCS#12 file with the council's certificate and key; empty means no seal."
    )
    seal_password: str = Field(default="", description="Password of that file.")
    served_over_https: bool = Field(
        default=False, description="True behind HTTPS: cookies become __Host- and Secure."
    )
    trusted_proxies: int = Field(
        default=0, ge=0, le=5, description="How many proxies of yours stand in front."
    )
    sign_in_idle_minutes: int = Field(default=60, ge=5, le=1440)
    sign_in_hours: int = Field(default=12, ge=1, le=24)
    review_working_days: int = Field(
        default=5, ge=1, le=60, description="Working days a manager has to review."
    )
    write_up_working_days: int = Field(
        default=10, ge=1, le=60, description="Working days to write up after a visit."
    )
    max_upload_megabytes: int = Field(default=20, ge=1, le=200)
    print_processes: int = Field(
        default=0,
        ge=0,
        le=64,
        description="Processes that print for `flask work`; 0 means one for each core.",
    )
    print_seconds: int = Field(
        # A job that takes longer than its lease (five minutes) would be taken again by another worker.
        default=240,
        ge=5,
        le=280,
        description="The longest that printing one document may take, by the clock.",
    )
    print_processor_seconds: int = Field(default=180, ge=5, le=280, description="The same, of the processor.")
    print_megabytes: int = Field(
        default=2048, ge=512, le=32_768, description="The most memory that printing one document may ask for."
    )
    print_pages: int = Field(default=1000, ge=1, le=10_000, description="The most pages of one document.")
    print_file_megabytes: int = Field(
        default=100, ge=1, le=1000, description="The largest file that a document may become."
    )
    cqc_api_key: str = Field(default="", description="Key of CQC's API; empty means there is no syncing.")
    cqc_api_url: str = Field(default="https://api.service.cqc.org.uk/public/v1")
    cqc_requests_per_second: float = Field(default=4, ge=0.1, le=30)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("postgresql://", "postgresql+psycopg://", "sqlite:///")):
            raise ValueError("must begin with postgresql:// or sqlite:///")
        return value.replace("postgresql://", "postgresql+psycopg://", 1)

    @field_validator("council_colour")
    @classmethod
    def _six_digits(cls, value: str) -> str:
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
            raise ValueError("must be a colour such as #1d5b7a")
        return value

    @field_validator("service_address")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise ValueError("must be an address such as https://quality.example.gov.uk")
        return value.rstrip("/")

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if value and len(value) < 32:
            raise ValueError("must have at least 32 characters")
        return value

    @field_validator("cqc_api_key")
    @classmethod
    def _fits_a_header(cls, value: str) -> str:
        if not re.fullmatch(r"[!-~]*", value.strip()):
            raise ValueError("must be letters and digits, without spaces")
        return value.strip()

    @field_validator("cqc_api_url")
    @classmethod
    def _keeps_the_key_secret(cls, value: str) -> str:
        # The key travels with every request, so it goes unencrypted to no other machine.
        if not re.match(r"https://|http://(127\.0\.0\.1|\[::1\]|localhost)[:/]", value):
            raise ValueError("must begin with https://")
        return value.rstrip("/")

    @classmethod
    def from_environment(cls) -> Self:
        """Read and check every setting. Raises SettingsError with one sentence per fault."""
        try:
            return cls()
        except ValidationError as error:
            faults = [f"{str(one['loc'][0]).upper()}: {_plain(one['msg'])}." for one in error.errors()]
            raise SettingsError("The settings cannot be used. " + " ".join(faults)) from None

    def database_address(self) -> str:
        """The SQLAlchemy address of the database."""
        return self.database_url or f"sqlite:///{INSTANCE / 'quality.sqlite3'}"

    def storage_folder(self) -> Path:
        """The folder that holds issued reports, by their SHA-256."""
        return Path(self.storage_url.removeprefix("file://")) if self.storage_url else INSTANCE / "files"

    def signing_key(self) -> str:
        """The key that signs cookies: the setting, or one made on first start and kept in instance/."""
        if self.secret_key:
            return self.secret_key
        kept = INSTANCE / "secret_key"
        if not kept.exists():
            INSTANCE.mkdir(mode=0o700, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(48), encoding="ascii")
        return kept.read_text(encoding="ascii")

    def flask(self) -> dict[str, object]:
        """The same settings in the words Flask and its extensions use."""
        prefix = "__Host-" if self.served_over_https else ""
        return {
            "SECRET_KEY": self.signing_key(),
            "SQLALCHEMY_DATABASE_URI": self.database_address(),
            "SESSION_COOKIE_NAME": f"{prefix}provider-quality",
            "SESSION_COOKIE_SECURE": self.served_over_https,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_PATH": "/",
            "MAX_CONTENT_LENGTH": self.max_upload_megabytes * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 5 * 1024 * 1024,
            # A form may stay open on a tablet for a whole visit: its token lives as long as the sign-in.
            "WTF_CSRF_TIME_LIMIT": None,
        }


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
