"""The scoring rules of a framework as plain data, which is how they are written down and stored."""

from decimal import Decimal
from typing import Any

from quality.frameworks.tables import Table
from quality.frameworks.vocabulary import CQC_RATING_WORDS
from quality.scoring import (
    NOT_JUDGED,
    AnswerCap,
    AnswerValue,
    Band,
    Cap,
    LevelCap,
    Rules,
    RulesError,
    Scale,
    ScaleStep,
    Scope,
)

__all__ = ["rules_as_data", "rules_from_data"]

_PARTS = {"standards_at": Scope.STANDARD, "domains_at": Scope.DOMAIN}


def rules_as_data(rules: Rules) -> dict[str, Any]:
    """The rules as a dict of text, whole numbers and lists, from which `rules_from_data` makes them again."""
    return {
        "coverage_floor": _number(rules.coverage_floor),
        "answer": [
            {"value": step.value.value, "meaning": step.meaning}
            | ({} if step.points is None else {"points": step.points})
            for step in rules.scale.steps
        ],
        "band": [
            {
                "code": band.code,
                "words": band.words,
                "at_least": _number(band.at_least),
                "meaning": band.meaning,
            }
            for band in rules.bands
        ],
        "cap": [_cap_as_data(cap) for cap in rules.caps],
    }


def rules_from_data(table: Table) -> Rules:
    """The rules that a table holds. Raises FrameworkDefinitionError when they are not consistent."""
    try:
        rules = Rules(
            coverage_floor=table.percent("coverage_floor"),
            scale=Scale(tuple(_step(each) for each in table.tables("answer"))),
            bands=tuple(_band(each) for each in table.tables("band")),
            caps=tuple(_cap(each) for each in table.tables("cap")),
        )
    except RulesError as error:
        sentence = str(error).rstrip(".")
        raise table.wrong(sentence[:1].lower() + sentence[1:]) from error
    table.finish()
    return rules


def _step(table: Table) -> ScaleStep:
    step = ScaleStep(
        value=table.choice("value", AnswerValue),
        points=table.whole("points", 0, 100) if table.has("points") else None,
        meaning=table.text("meaning"),
    )
    table.finish()
    return step


def _band(table: Table) -> Band:
    band = Band(table.text("code"), table.text("words"), table.percent("at_least"), table.text("meaning"))
    for taken in (*CQC_RATING_WORDS, NOT_JUDGED):
        if band.words.casefold() == taken.casefold():
            raise table.wrong(f"the level “{band.words}” could be mistaken for something else")
    table.finish()
    return band


def _cap(table: Table) -> Cap:
    scopes, how_many = table.choices("scopes", Scope), table.whole("how_many", 1, 100)
    at_most = table.text("at_most")
    conditions = [name for name in ("critical_answer", *_PARTS) if table.has(name)]
    if len(conditions) != 1:
        raise table.wrong(f"a cap should have exactly one of critical_answer, {' and '.join(_PARTS)}")
    cap: Cap
    if conditions == ["critical_answer"]:
        cap = AnswerCap(scopes, table.choice("critical_answer", AnswerValue), how_many, at_most)
    else:
        cap = LevelCap(scopes, _PARTS[conditions[0]], table.text(conditions[0]), how_many, at_most)
    table.finish()
    return cap


def _cap_as_data(cap: Cap) -> dict[str, Any]:
    if isinstance(cap, AnswerCap):
        condition = {"critical_answer": cap.critical_answer.value}
    else:
        condition = {next(name for name, part in _PARTS.items() if part is cap.part): cap.level}
    return {
        "scopes": [scope.value for scope in cap.scopes],
        "how_many": cap.how_many,
        "at_most": cap.at_most,
    } | condition


def _number(value: Decimal) -> str:
    """The shortest way to write a number, so that 70 and 70.0 are stored, and hashed, as the same thing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
