"""A framework as it is written down: domains, standards, questions, and the rules that judge by them."""

import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from quality.frameworks.checks import check_codes, check_statement
from quality.frameworks.rules_data import rules_as_data, rules_from_data
from quality.frameworks.tables import Table
from quality.frameworks.vocabulary import (
    CQC_QUALITY_STATEMENTS,
    Element,
    FrameworkDefinitionError,
    KeyQuestion,
    ServiceType,
)
from quality.scoring import Rules

__all__ = [
    "CQC_QUALITY_STATEMENTS",
    "DATA",
    "DomainDefinition",
    "Element",
    "FrameworkDefinition",
    "FrameworkDefinitionError",
    "KeyQuestion",
    "QuestionDefinition",
    "ServiceType",
    "StandardDefinition",
    "read_definition",
]

DATA = Path(__file__).parent / "data"
"""Where the frameworks that come with the product are written, a folder for each version."""

HEAVIEST = 3
"""The greatest weight of a question; the least is 1."""


@dataclass(frozen=True, slots=True)
class QuestionDefinition:
    """One thing to find out, written as what should be so, with guidance for the officer on site."""

    code: str
    text: str
    guidance: str
    weight: int
    critical: bool
    service_types: tuple[ServiceType, ...]
    key_question: KeyQuestion
    quality_statement: str
    element: Element

    @classmethod
    def from_table(cls, table: Table, file: str) -> "QuestionDefinition":
        """Read one question. Raises FrameworkDefinitionError naming the file and the question."""
        code = table.text("code")
        table.where = f"{file}, question {code}"
        question = cls(
            code=code,
            text=table.text("text"),
            guidance=table.text("guidance"),
            weight=table.whole("weight", 1, HEAVIEST),
            critical=table.flag("critical"),
            service_types=table.choices("service_types", ServiceType),
            key_question=table.choice("key_question", KeyQuestion),
            quality_statement=table.text("quality_statement"),
            element=table.choice("element", Element),
        )
        check_statement(table, question.key_question, question.quality_statement)
        table.finish()
        return question

    def as_data(self) -> dict[str, Any]:
        """The question as plain data."""
        return {
            "code": self.code,
            "text": self.text,
            "guidance": self.guidance,
            "weight": self.weight,
            "critical": self.critical,
            "service_types": [each.value for each in self.service_types],
            "key_question": self.key_question.value,
            "quality_statement": self.quality_statement,
            "element": self.element.value,
        }


@dataclass(frozen=True, slots=True)
class StandardDefinition:
    """A standard: what good looks like, and the questions that find out."""

    code: str
    title: str
    good_looks_like: str
    questions: tuple[QuestionDefinition, ...]

    @classmethod
    def from_table(cls, table: Table, file: str) -> "StandardDefinition":
        """Read one standard with its questions."""
        code = table.text("code")
        table.where = f"{file}, standard {code}"
        questions = [QuestionDefinition.from_table(each, file) for each in table.tables("question")]
        check_codes(table, "question", [each.code for each in questions], code)
        standard = cls(code, table.text("title"), table.text("good_looks_like"), tuple(questions))
        table.finish()
        return standard

    def questions_for(self, service_type: ServiceType) -> tuple[QuestionDefinition, ...]:
        """The questions that are put to this kind of service."""
        return tuple(question for question in self.questions if service_type in question.service_types)

    def as_data(self) -> dict[str, Any]:
        """The standard as plain data."""
        return {
            "code": self.code,
            "title": self.title,
            "good_looks_like": self.good_looks_like,
            "question": [question.as_data() for question in self.questions],
        }


@dataclass(frozen=True, slots=True)
class DomainDefinition:
    """A domain: a group of standards that belong together."""

    code: str
    title: str
    standards: tuple[StandardDefinition, ...]

    @classmethod
    def from_table(cls, table: Table) -> "DomainDefinition":
        """Read one domain with its standards."""
        file, code = table.where, table.text("code")
        standards = [StandardDefinition.from_table(each, file) for each in table.tables("standard")]
        check_codes(table, "standard", [each.code for each in standards], code)
        domain = cls(code, table.text("title"), tuple(standards))
        table.finish()
        return domain

    def as_data(self) -> dict[str, Any]:
        """The domain as plain data."""
        standards = [standard.as_data() for standard in self.standards]
        return {"code": self.code, "title": self.title, "standard": standards}


@dataclass(frozen=True, slots=True)
class FrameworkDefinition:
    """One version of a framework, whole: what is asked, and how the answers are judged."""

    code: str
    version: int
    title: str
    introduction: str
    rules: Rules
    domains: tuple[DomainDefinition, ...]

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "FrameworkDefinition":
        """Make a framework again from what `as_data` gave; FrameworkDefinitionError when it is not fit."""
        table = Table(data, "The stored framework")
        domains = [DomainDefinition.from_table(each) for each in table.tables("domain")]
        return cls.from_parts(table, domains)

    @classmethod
    def from_parts(cls, table: Table, domains: list[DomainDefinition]) -> "FrameworkDefinition":
        """Put a framework together from its own table and its domains, which were read one by one."""
        check_codes(table, "domain", [domain.code for domain in domains], "")
        framework = cls(
            code=table.text("code"),
            version=table.whole("version", 1, 10_000),
            title=table.text("title"),
            introduction=table.text("introduction"),
            rules=rules_from_data(table.table("rules")),
            domains=tuple(domains),
        )
        table.finish()
        return framework

    @property
    def standards(self) -> Iterator[StandardDefinition]:
        """Every standard, in order."""
        return (standard for domain in self.domains for standard in domain.standards)

    @property
    def questions(self) -> Iterator[QuestionDefinition]:
        """Every question, in order."""
        return (question for standard in self.standards for question in standard.questions)

    @property
    def sha256(self) -> str:
        """A fingerprint of every word and number of the framework: SHA-256 over its canonical JSON."""
        canonical = json.dumps(self.as_data(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode()).hexdigest()

    def as_data(self) -> dict[str, Any]:
        """The framework as plain data that JSON can hold, with nothing left out."""
        return {
            "code": self.code,
            "version": self.version,
            "title": self.title,
            "introduction": self.introduction,
            "rules": rules_as_data(self.rules),
            "domain": [domain.as_data() for domain in self.domains],
        }


def read_definition(folder: Path) -> FrameworkDefinition:
    """Read a framework from its folder: `framework.toml`, and a file for each domain such as `1-people.toml`.

    Raises FrameworkDefinitionError, one plain sentence naming the file and the question, when anything in it
    is missing, misspelt, out of order or not consistent.
    """
    files = sorted(folder.glob("*.toml"), key=lambda file: (len(file.stem.partition("-")[0]), file.name))
    domains = []
    for file in files:
        if file.name == "framework.toml":
            continue
        domain = DomainDefinition.from_table(Table(_load(file), file.name))
        if file.stem.partition("-")[0] != domain.code:
            raise FrameworkDefinitionError(
                f"{file.name}: the name of the file should begin with the code of its domain, {domain.code}."
            )
        domains.append(domain)
    return FrameworkDefinition.from_parts(Table(_load(folder / "framework.toml"), "framework.toml"), domains)


def _load(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        raise FrameworkDefinitionError(f"There is no file {file.name} in {file.parent.name}.") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FrameworkDefinitionError(f"{file.name} cannot be read as TOML: {error}.") from error
