"""Every template compiles, and none does what the policy of our pages forbids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, StrictUndefined

from app import create_app
from config import Settings
from quality.printing.templates import strict_environment

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
PRINTED = ("reports/print/", "reports/easy/", "market/print/", "letters/print/")


@pytest.fixture(scope="module")
def environment() -> Environment:
    app: Flask = create_app(Settings(database_url="sqlite:///:memory:", secret_key="k" * 40))
    return app.jinja_env


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles(environment: Environment, name: str) -> None:
    # A partial of the reports is filled in by the strict environment of what is printed, which has its own filters.
    printed = name.startswith(("reports/_", *PRINTED))
    (strict_environment() if printed else environment).get_template(name)


def test_a_missing_value_is_an_error_and_never_a_blank(environment: Environment) -> None:
    assert environment.undefined is StrictUndefined


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(PRINTED)])
def test_a_page_carries_no_style_script_or_unescaped_text(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=", source), "Styles stand in the style sheet."
    assert not re.search(r"\son[a-z]+=", source), "Behaviour stands in app.js."
    assert not re.search(r"<script(?![^>]*\bsrc=)", source), "Scripts stand in files."
    assert not re.search(r"\|\s*safe\b", source), "Text is escaped, always."


@pytest.mark.parametrize("name", NAMES)
def test_what_a_template_imports_it_uses(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    if "{% include" in source:
        return  # The parts it includes may use what it imports.
    for names in re.findall(r"{%-?\s*from\s+\S+\s+import\s+(.+?)\s*-?%}", source):
        for one in re.split(r"\s*,\s*", names.removesuffix(" with context")):
            used = one.split(" as ")[-1].strip()
            assert len(re.findall(rf"\b{re.escape(used)}\b", source)) > 1, f"{used} is imported and not used."


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_page_has_a_title(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    if '{% extends "base.html" %}' in source:
        assert re.search(r"{%\s*block title\s*%}.*\S.*{%\s*endblock", source), "A page says what it is."
