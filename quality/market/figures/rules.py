"""The rules by which services are counted. A rule is never changed: another way of counting is another version."""

from __future__ import annotations

from dataclasses import dataclass

from quality.core.errors import Invalid

__all__ = ["DEFAULT", "RULES", "Rule", "find_rule"]


@dataclass(frozen=True)
class Rule:
    """One way to count, by name and version.

    Whatever the rule: a service counts when it is registered on the day, is not dormant, and is not the second
    registration of a place that is counted already. It counts as good when CQC's rating is Good or Outstanding.

    `unrated`: services without one of the four ratings count, as not good. `worst`: a service that CQC rates service by
    service counts by the worst of these. `years`: only ratings published in as many years before the day. `inherited`:
    ratings given under an earlier registration count. `beds`: a service counts as often as it has beds.
    """

    name: str
    version: int
    title: str
    words: str
    unrated: bool = False
    worst: bool = False
    years: int | None = None
    inherited: bool = True
    beds: bool = False

    @property
    def key(self) -> str:
        """Name and version, like rated/1, as figures that were published name it."""
        return f"{self.name}/{self.version}"


RULES = (
    Rule(
        "rated",
        1,
        "Services with a published overall rating",
        "Of the services that CQC rates as a whole, those rated Good or Outstanding: the way CQC itself counts.",
    ),
    Rule(
        "unrated-counted",
        1,
        "All registered services, rated or not",
        "Of all registered services, those rated Good or Outstanding: a service without a rating counts as not good.",
        unrated=True,
    ),
    Rule(
        "worst-service",
        1,
        "By the worst current rating of each place",
        "Where CQC rates the services of a place one by one instead of the whole, the worst of them counts.",
        worst=True,
    ),
    Rule(
        "fresh",
        1,
        "Ratings of the last three years only",
        "As the first rule, leaving out ratings published more than three years before the day.",
        years=3,
    ),
    Rule(
        "not-inherited",
        1,
        "Without inherited ratings",
        "As the first rule, leaving out ratings that were given under an earlier registration.",
        inherited=False,
    ),
    Rule(
        "beds",
        1,
        "Weighted by beds",
        "Of the beds in services that CQC rates as a whole, those in services rated Good or Outstanding.",
        beds=True,
    ),
)
DEFAULT = RULES[0]


def find_rule(text: str) -> Rule:
    """The rule of this name, in its newest version unless one is given, like rated/1. Invalid for another."""
    name = text.strip().lower()
    for rule in reversed(RULES):
        if name in (rule.name, rule.key):
            return rule
    words = ", ".join(rule.name for rule in RULES)
    raise Invalid("rule", f'"{text}" is no rule. There are: {words}.')
