"""Plain data in, HTML out; a missing value stops the printing."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from functools import cache

from jinja2 import (
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateNotFound,
    UndefinedError,
)

from quality.printing.errors import PrintingError
from quality.printing.fonts import ROOT
from quality.printing.wording import FILTERS

_TEMPLATES = ROOT / "templates"
_PRINTED = ("letters", "market", "ratings", "reports")
"""The folders of `templates/` that hold printed documents. The strict environment sees no other."""


def _loader() -> PrefixLoader:
    return PrefixLoader({name: FileSystemLoader(_TEMPLATES / name) for name in _PRINTED})


@cache
def strict_environment() -> Environment:
    """The environment of every document we issue: undefined names are errors, everything is escaped."""
    environment = Environment(
        loader=_loader(),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def print_html(template_name: str, **data: object) -> str:
    """Fill a template, named from `templates/` on, with plain data.

    Plain data is text, numbers, dates, frozen dataclasses and lists of them; anything else (a database row, a request)
    is refused, because an issued document must be rebuilt from its snapshot alone. Raises PrintingError.
    """
    for name, value in data.items():
        _check_plain(name, value)
    try:
        return strict_environment().get_template(template_name).render(**data)
    except UndefinedError as error:
        raise _not_made(f"{template_name} needs a value it was not given. {error}") from error
    except TemplateNotFound as error:
        raise _not_made(f"there is no printed template named {error}") from error


def print_css(file_name: str) -> str:
    """The text of a style sheet that lies beside the printed templates, named from `templates/` on."""
    try:
        return _loader().get_source(strict_environment(), file_name)[0]
    except TemplateNotFound as error:
        raise _not_made(f"there is no style sheet named {error}") from error


def _not_made(why: str) -> PrintingError:
    return PrintingError(f"The document was not made: {why}.")


def _check_plain(name: str, value: object) -> None:
    if value is None or isinstance(value, str | int | float | Decimal | date):
        return
    if isinstance(value, dict):
        value = list(value.values())
    elif dataclasses.is_dataclass(value) and not isinstance(value, type) and _is_frozen(value):
        value = [getattr(value, field.name) for field in dataclasses.fields(value)]
    if not isinstance(value, list | tuple):
        raise _not_made(f"{name} holds a {type(value).__name__}, which is not plain data")
    for part in value:
        _check_plain(name, part)


def _is_frozen(value: object) -> bool:
    return bool(type(value).__dataclass_params__.frozen)  # type: ignore[attr-defined]  # Typeshed leaves it out.
