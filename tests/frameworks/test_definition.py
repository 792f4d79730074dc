"""Reading a framework from its files, and what is said when something in them is wrong."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.frameworks.definition import (
    CQC_QUALITY_STATEMENTS,
    DATA,
    Element,
    FrameworkDefinition,
    FrameworkDefinitionError,
    KeyQuestion,
    ServiceType,
    read_definition,
)

SOURCE = DATA / "provider-quality-v1"
FRAMEWORK = read_definition(SOURCE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the published framework that a test may spoil."""
    return Path(shutil.copytree(SOURCE, tmp_path / "a-framework"))


def spoil(file: Path, old: str, new: str) -> None:
    """Replace the first place where a text stands."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaint(folder: Path) -> str:
    with pytest.raises(FrameworkDefinitionError) as refused:
        read_definition(folder)
    return str(refused.value)


def test_the_34_quality_statements_are_8_6_5_7_and_8() -> None:
    assert [len(statements) for statements in CQC_QUALITY_STATEMENTS.values()] == [8, 6, 5, 7, 8]
    assert list(CQC_QUALITY_STATEMENTS) == list(KeyQuestion)
    names = [name for statements in CQC_QUALITY_STATEMENTS.values() for name in statements]
    assert len(set(names)) == 34


def test_kinds_of_service_elements_and_key_questions_have_words() -> None:
    assert [each.words for each in ServiceType] == [
        "Care home with nursing",
        "Care home without nursing",
        "Homecare",
        "Supported living",
        "Extra care",
        "Day opportunities",
    ]
    assert [each.words for each in Element] == ["Leadership", "Skills", "Culture", "Infrastructure"]
    assert [each.words for each in KeyQuestion] == ["Safe", "Effective", "Caring", "Responsive", "Well-led"]


def test_a_framework_survives_being_stored_as_json() -> None:
    again = FrameworkDefinition.from_data(json.loads(json.dumps(FRAMEWORK.as_data())))
    assert again == FRAMEWORK
    assert again.sha256 == FRAMEWORK.sha256


def test_the_same_words_wrapped_differently_are_the_same_framework(folder: Path) -> None:
    file = folder / "1-people.toml"
    spoil(file, "Treated as adults".lower(), "treated\nas   adults")
    spoil(folder / "framework.toml", "at_least = 90", "at_least = 90.0")
    assert read_definition(folder).sha256 == FRAMEWORK.sha256


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("1-people.toml", "kindness", "Kindness"),
        ("1-people.toml", "weight = 3", "weight = 2"),
        ("2-daily-life.toml", "critical = true", "critical = false"),
        ("3-safety.toml", '"care_home_nursing", ', ""),
        ("framework.toml", "at_least = 90", "at_least = 90.5"),
        ("framework.toml", "how_many = 3", "how_many = 4"),
        ("framework.toml", "coverage_floor = 80", "coverage_floor = 79"),
        ("framework.toml", "points = 3", "points = 4"),
        ("framework.toml", "version = 1", "version = 2"),
    ],
)
def test_any_change_of_a_word_or_number_changes_the_fingerprint(
    folder: Path, file: str, old: str, new: str
) -> None:
    spoil(folder / file, old, new)
    assert read_definition(folder).sha256 != FRAMEWORK.sha256


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "3-safety.toml",
            'code = "3.1.2"',
            'code = "3.1.3"',
            "3-safety.toml, standard 3.1: the code of question 3.1.3 should be 3.1.2.",
        ),
        (
            "3-safety.toml",
            'code = "3.2"',
            'code = "3.9"',
            "3-safety.toml, standard 3.9: the code of question 3.2.1 should be 3.9.1.",
        ),
        (
            "1-people.toml",
            "weight = 3",
            "weight = 4",
            "1-people.toml, question 1.1.1: “weight” should be a whole number from 1 to 3, and is 4.",
        ),
        (
            "1-people.toml",
            "weight = 3",
            "weight = true",
            "1-people.toml, question 1.1.1: “weight” should be a whole number from 1 to 3, and is True.",
        ),
        (
            "1-people.toml",
            "weight = 3\n",
            "",
            "1-people.toml, question 1.1.1: “weight” is missing.",
        ),
        (
            "1-people.toml",
            "weight = 3",
            "weight = 3\nwieght = 3",
            "1-people.toml, question 1.1.1: “wieght” is not a name that is known here.",
        ),
        (
            "1-people.toml",
            '"homecare"',
            '"hotel"',
            "1-people.toml, question 1.1.1: “service_types” should be one of care_home_nursing, care_home, "
            "homecare, supported_living, extra_care, day_opportunities, and is 'hotel'.",
        ),
        (
            "1-people.toml",
            '"homecare"',
            '"care_home"',
            "1-people.toml, question 1.1.1: “service_types” names the same thing twice.",
        ),
        (
            "1-people.toml",
            '"Kindness, compassion and dignity"',
            '"Kindness and dignity"',
            "1-people.toml, question 1.1.1: “Kindness and dignity” is not one of CQC's 34 quality statements.",
        ),
        (
            "1-people.toml",
            '"Kindness, compassion and dignity"',
            '"Safeguarding"',
            "1-people.toml, question 1.1.1: CQC's quality statement “Safeguarding” belongs to safe, not to caring.",
        ),
        (
            "1-people.toml",
            'text = "Staff treat every person with kindness, patience and respect."',
            'text = "  "',
            "1-people.toml, question 1.1.1: “text” is empty.",
        ),
        (
            "2-daily-life.toml",
            "critical = true",
            'critical = "yes"',
            "2-daily-life.toml, question 2.2.3: “critical” should be true or false, and is 'yes'.",
        ),
        (
            "framework.toml",
            'words = "Strong"',
            'words = "outstanding"',
            "framework.toml, rules, band 1: the level “outstanding” could be mistaken for something else.",
        ),
        (
            "framework.toml",
            "at_least = 90",
            "at_least = 60",
            "framework.toml, rules: the bands must fall from 100 per cent or less, best first, to one that "
            "begins at 0.",
        ),
        (
            "framework.toml",
            "at_least = 90",
            "at_least = 101",
            "framework.toml, rules, band 1: “at_least” should be a number from 0 to 100, and is 101.",
        ),
        (
            "framework.toml",
            "coverage_floor = 80",
            'coverage_floor = "most"',
            "framework.toml, rules: “coverage_floor” should be a number from 0 to 100, and is 'most'.",
        ),
        (
            "framework.toml",
            'critical_answer = "partly"\n',
            "",
            "framework.toml, rules, cap 1: a cap should have exactly one of critical_answer, standards_at and "
            "domains_at.",
        ),
        (
            "framework.toml",
            'standards_at = "serious_concern"',
            'standards_at = "bad"',
            "framework.toml, rules: a cap follows from the level bad, which is the best level or not a level.",
        ),
        ("framework.toml", "version = 1\n", "", "framework.toml: “version” is missing."),
        ("framework.toml", "[rules]", "[rulez]", "framework.toml, rules: “coverage_floor” is missing."),
    ],
)
def test_a_mistake_is_refused_with_a_sentence_that_says_where_it_is(
    folder: Path, file: str, old: str, new: str, sentence: str
) -> None:
    spoil(folder / file, old, new)
    assert complaint(folder) == sentence


def test_a_missing_domain_is_noticed(folder: Path) -> None:
    (folder / "3-safety.toml").unlink()
    assert complaint(folder) == "framework.toml: the code of domain 4 should be 3."


def test_a_domain_file_is_named_after_its_domain(folder: Path) -> None:
    (folder / "3-safety.toml").rename(folder / "7-safety.toml")
    assert complaint(folder) == (
        "7-safety.toml: the name of the file should begin with the code of its domain, 3."
    )


def test_a_folder_without_domains_is_refused(tmp_path: Path) -> None:
    shutil.copy(SOURCE / "framework.toml", tmp_path)
    assert complaint(tmp_path) == "framework.toml: there should be one or more domains."


def test_a_folder_without_a_framework_is_refused(tmp_path: Path) -> None:
    assert complaint(tmp_path) == f"There is no file framework.toml in {tmp_path.name}."


def test_a_file_that_is_not_toml_is_refused_with_its_line(folder: Path) -> None:
    (folder / "1-people.toml").write_text('code = "1"\ntitle = People\n', encoding="utf-8")
    assert complaint(folder).startswith("1-people.toml cannot be read as TOML: Invalid value (at line 2,")


def test_a_file_in_another_encoding_is_refused(folder: Path) -> None:
    (folder / "1-people.toml").write_bytes('title = "Café"'.encode("latin-1"))
    assert complaint(folder).startswith("1-people.toml cannot be read as TOML: 'utf-8' codec")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(max_size=5), inside, max_size=2),
    max_leaves=4,
)


@given(st.data(), json_values)
def test_stored_data_that_was_changed_is_refused_or_read_but_never_breaks_anything(
    data: st.DataObject, value: object
) -> None:
    stored: Any = json.loads(json.dumps(FRAMEWORK.as_data()))
    here: Any = stored
    while True:
        key = data.draw(
            st.sampled_from(sorted(here)) if isinstance(here, dict) else st.integers(0, len(here) - 1)
        )
        if not isinstance(here[key], dict | list) or not here[key] or data.draw(st.booleans()):
            break
        here = here[key]
    here[key] = value
    try:
        said = FrameworkDefinition.from_data(stored).sha256
    except FrameworkDefinitionError as error:
        said = str(error)
    assert re.match(r"The stored framework.*\.$|[0-9a-f]{64}$", said, re.DOTALL)
