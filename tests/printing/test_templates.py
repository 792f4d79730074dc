"""A printed template gets plain data, and everything it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

from quality.printing.errors import PrintingError
from quality.printing.templates import print_css, print_html, strict_environment
from tests.builders.report_snapshots import a_snapshot


def test_a_missing_value_stops_the_printing() -> None:
    with pytest.raises(PrintingError, match=r"needs a value it was not given\. 'summary' is undefined"):
        print_html("reports/print/report.html", report=a_snapshot())


def test_a_field_the_data_does_not_have_stops_the_printing() -> None:
    with pytest.raises(PrintingError, match="has no attribute 'method'"):
        print_html("reports/print/report.html", report=a_snapshot().service)


@pytest.mark.parametrize(
    "value",
    [SimpleNamespace(name="row"), object(), print, {1, 2}, b"PDF"],
    ids=["a namespace", "an object", "a function", "a set", "bytes"],
)
def test_anything_but_plain_data_is_refused(value: object) -> None:
    with pytest.raises(PrintingError, match=r"report holds a .*, which is not plain data"):
        print_html("reports/print/report.html", report=[value])


def test_data_that_could_still_change_is_refused() -> None:
    @dataclass
    class Draft:
        name: str

    with pytest.raises(PrintingError, match="Draft, which is not plain data"):
        print_html("reports/print/report.html", report=Draft("x"))


@pytest.mark.parametrize(
    "name", ["base.html", "reports/../base.html", "/etc/hostname", "people/sign_in.html"]
)
def test_only_printed_templates_can_be_reached(name: str) -> None:
    with pytest.raises(PrintingError, match="no printed template"):
        print_html(name)
    with pytest.raises(PrintingError, match="no style sheet"):
        print_css(name)


def test_everything_is_escaped() -> None:
    template = strict_environment().from_string("{{ text }}")
    assert template.render(text="<script>'\"&") == "&lt;script&gt;&#39;&#34;&amp;"
