"""Reading a file of results of organisations: TOML that people write by hand, as docs/ratings.md describes it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from quality.core.clock import today
from quality.cqc import CqcFileError
from quality.frameworks.tables import Table
from quality.frameworks.vocabulary import FrameworkDefinitionError
from quality.ratings.framework_models import FrameworkState
from quality.ratings.frameworks.definition import (
    ElementDefinition,
    RatingFrameworkDefinition,
    day_of,
    frameworks,
)
from quality.ratings.models import OVERALL
from quality.services.models import MADE_UP_KEY

_MOST_BYTES = 5_000_000
_MOST_COUNTED = 100_000
_EARLIEST = date(2000, 1, 1)
# CQC numbers providers like 1-101639526 and takes an NHS trust's own short code, like RDE.
_CQC_KEY = re.compile(r"1-\d{6,12}|[A-Z0-9]{3,6}")
_LONGEST_KEY = 20


@dataclass(frozen=True, slots=True)
class Result:
    """One published result: a word of the framework's scale or, for what is counted, how many of how many."""

    framework: str
    element: str
    service_group: str
    period: str
    word: str
    published_on: date | None
    facts: dict[str, int | str]
    source: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What it is a result of; an organisation has one result for each key at a time."""
        return self.framework, self.element, self.service_group, self.period


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation with its results. `key_from` says where a key that is not CQC's comes from."""

    key: str
    key_from: str
    name: str
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class ResultsFile:
    """What a file says, as at a day."""

    file_name: str
    sha256: str
    as_at: date
    organisations: tuple[Organisation, ...]


def is_made_up(key: str) -> bool:
    """True when a provider's key is not an id of CQC's but one that a file of results made up."""
    return MADE_UP_KEY.fullmatch(key) is not None


def read_results(path: Path) -> ResultsFile:
    """Read a file of results. Raises CqcFileError, with a sentence that names the place, when it cannot be used."""
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise CqcFileError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    if len(content) > _MOST_BYTES:
        raise CqcFileError(f"{path.name} is larger than 5 MB, which no file of results is.")
    try:
        table = Table(tomllib.loads(content.decode("utf-8-sig")), path.name)
        as_at = _needed_day(table, "as_at")
        organisations = tuple(map(_organisation, table.tables("organisation")))
        table.finish()
        _check_keys(table, organisations)
    except UnicodeDecodeError:
        raise CqcFileError(f"{path.name} is not UTF-8 text.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CqcFileError(f"{path.name} is not a TOML file: {error}.") from None
    except FrameworkDefinitionError as error:
        raise CqcFileError(str(error)) from None
    return ResultsFile(path.name, sha256(content).hexdigest(), as_at, organisations)


def _organisation(table: Table) -> Organisation:
    key = _short(table, "key", _LONGEST_KEY)
    table.where = f"{table.where} ({key})"
    if not (is_made_up(key) or _CQC_KEY.fullmatch(key)):
        raise table.wrong(
            f'“key” is "{key}", which is neither an id of CQC\'s like 1-101639526 nor words in capitals joined by '
            "hyphens, like NHS-WEST-ESSEX"
        )
    key_from = table.text("key_from") if is_made_up(key) or table.has("key_from") else ""
    organisation = Organisation(
        key, key_from, _short(table, "name", 255), tuple(map(_result, table.tables("result")))
    )
    table.finish()
    return organisation


def _result(table: Table) -> Result:
    framework = _framework(table)
    code = _short(table, "element", 60)
    element = framework.element(code)
    if element is None:
        raise table.wrong(f'“element” is "{code}", which is not an element of {framework.code}')
    word, facts = _counted(table, element) if element.is_count else _rated(table, framework)
    if table.has("note"):
        facts["note"] = table.text("note")
    published_on = day_of(table, "published_on")
    _check_day(table, "published_on", published_on)
    result = Result(
        framework=framework.code,
        element=code,
        service_group=_short(table, "service_group", 120) if table.has("service_group") else OVERALL,
        period=_short(table, "period", 20) if table.has("period") else "",
        word=word,
        published_on=published_on,
        facts=facts,
        source=table.text("source"),
    )
    table.finish()
    return result


def _framework(table: Table) -> RatingFrameworkDefinition:
    code = _short(table, "framework", 30)
    framework = frameworks().get(code)
    if framework is None:
        raise table.wrong(f'“framework” is "{code}", and should be one of {", ".join(sorted(frameworks()))}')
    if framework.state is FrameworkState.DRAFT:
        raise table.wrong(f"{framework.name} is a draft, and nothing has been rated under it")
    return framework


def _rated(table: Table, framework: RatingFrameworkDefinition) -> tuple[str, dict[str, int | str]]:
    told = _short(table, "rating", 60)
    for word in framework.scale:
        if word.casefold() == told.casefold():
            return word, {}
    raise table.wrong(f'“rating” is "{told}", and should be one of {", ".join(framework.scale)}')


def _counted(table: Table, element: ElementDefinition) -> tuple[str, dict[str, int | str]]:
    of = table.whole("of", 1, _MOST_COUNTED)
    met = table.whole("met", 0, of)
    name = element.name.lower()
    facts: dict[str, int | str] = {f"{name} met": met, name: of}
    if table.has("areas"):
        facts["areas"] = table.whole("areas", 1, of)
    return f"{met} of {of} met", facts


def _check_keys(table: Table, organisations: tuple[Organisation, ...]) -> None:
    keys = [organisation.key for organisation in organisations]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice is not None:
        raise table.wrong(f'the organisation "{twice}" is there twice')
    for organisation in organisations:
        told: dict[tuple[str, ...], Result] = {}
        for result in organisation.results:
            if told.setdefault(result.key, result) != result:
                raise table.wrong(
                    f"{organisation.name} has two different results for {result.element} {result.period}".rstrip()
                )


def _needed_day(table: Table, name: str) -> date:
    value = day_of(table, name)
    if value is None:
        raise table.wrong(f"“{name}” is missing: it is the day the results were published or collected")
    _check_day(table, name, value)
    return value


def _check_day(table: Table, name: str, value: date | None) -> None:
    if value is not None and not _EARLIEST <= value <= today():
        raise table.wrong(f"“{name}” is {value.isoformat()}, which is before 2000 or in the future")


def _short(table: Table, name: str, longest: int) -> str:
    """Text on one line that fits its column."""
    value = table.text(name)
    if len(value) > longest or not value.isprintable():
        raise table.wrong(f"“{name}” should be one line of at most {longest} ordinary characters")
    return value
