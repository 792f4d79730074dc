"""Everybody who audits by the framework, or is audited against it, can read all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from quality.frameworks.operations import publish
from quality.people.models import Person
from quality.people.permissions import Role
from quality.scoring import rules_in_words
from tests.builders.audits import a_framework, our_framework
from tests.builders.people import a_person
from tests.databases import Database
from tests.pages import CheckedClient

SignIn = Callable[[Person], CheckedClient]


@pytest.fixture
def browser(session: Database, sign_in: SignIn) -> CheckedClient:
    return sign_in(a_person(session))


def test_before_any_is_published_the_page_says_how_to_publish_one(browser: CheckedClient) -> None:
    browser.get("/framework")
    assert "flask frameworks publish" in browser.words


@pytest.mark.parametrize("role", Role)
def test_whoever_signs_in_can_read_it(session: Database, sign_in: SignIn, role: Role) -> None:
    a_framework()
    assert sign_in(a_person(session, role)).get("/framework").status_code == 200


def test_a_stranger_is_asked_to_sign_in(client: CheckedClient) -> None:
    a_framework()
    assert client.get("/framework").status_code in (302, 303)


def test_every_question_with_its_guidance_and_every_rule_is_on_the_page(browser: CheckedClient) -> None:
    a_framework()
    browser.get("/framework")
    words = browser.words
    for question in our_framework().questions:
        assert f"{question.code} {question.text}" in words
        assert " ".join(question.guidance.split()) in words
        assert f"“{question.quality_statement}”" in words
    for sentence in rules_in_words(our_framework().rules):
        assert sentence in words


def test_critical_questions_say_so(browser: CheckedClient) -> None:
    a_framework()
    browser.get("/framework")
    critical = [each for each in our_framework().questions if each.critical]
    assert len(browser.page.select(".house-critical")) == len(critical)


def test_it_can_be_narrowed_to_one_kind_of_service_by_its_address(browser: CheckedClient) -> None:
    a_framework()
    browser.get("/framework?service_type=homecare")
    shown = {str(each["id"]).removeprefix("question-") for each in browser.page.select(".house-question")}
    assert shown == {each.code for each in our_framework().questions if "homecare" in each.service_types}


def test_all_guidance_can_be_opened_for_printing(browser: CheckedClient) -> None:
    a_framework()
    browser.get("/framework?guidance=open")
    assert all(each.has_attr("open") for each in browser.page.select(".house-question details"))


def test_an_older_version_stays_readable_and_says_that_there_is_a_newer_one(browser: CheckedClient) -> None:
    a_framework()
    publish(replace(our_framework(), version=2, introduction="A newer introduction."))
    browser.get("/framework")
    assert "A newer introduction." in browser.words
    browser.get("/framework/versions/1")
    assert "A newer version is published." in browser.words


@pytest.mark.parametrize("number", ["2", "0", "nonsense"])
def test_a_version_that_is_not_published_is_a_page_that_is_not_there(
    browser: CheckedClient, number: str
) -> None:
    a_framework()
    assert browser.get(f"/framework/versions/{number}").status_code == 404


def test_an_unknown_kind_of_service_narrows_nothing(browser: CheckedClient) -> None:
    a_framework()
    browser.get("/framework?service_type=castle")
    assert len(browser.page.select(".house-question")) == len(list(our_framework().questions))
