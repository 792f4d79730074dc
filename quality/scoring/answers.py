"""What an officer can answer to a question of a framework."""

from enum import StrEnum

__all__ = ["AnswerValue"]


class AnswerValue(StrEnum):
    """One answer. What it is worth is not said here: points belong to the rules of a framework version."""

    MET = "met"
    MOSTLY = "mostly"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_SEEN = "not_seen"
    NOT_APPLICABLE = "not_applicable"

    @property
    def words(self) -> str:
        """The answer as people read it, e.g. "Mostly met"."""
        return _WORDS[self]

    @property
    def is_scored(self) -> bool:
        """Whether the answer earns points, from met down to not met."""
        return self in _STEPS

    @property
    def is_low(self) -> bool:
        """Whether the answer speaks against the provider, so that its evidence must carry weight."""
        return self in (AnswerValue.PARTLY, AnswerValue.NOT_MET)

    @property
    def one_step_up(self) -> "AnswerValue | None":
        """The next better answer, or None where there is none."""
        return self._stepped(-1)

    @property
    def one_step_down(self) -> "AnswerValue | None":
        """The next worse answer, or None where there is none."""
        return self._stepped(+1)

    def is_at_or_below(self, other: "AnswerValue") -> bool:
        """Whether this scored answer is as bad as the other scored one, or worse."""
        return self.is_scored and _STEPS.index(self) >= _STEPS.index(other)

    def _stepped(self, by: int) -> "AnswerValue | None":
        if not self.is_scored:
            return None
        position = _STEPS.index(self) + by
        return _STEPS[position] if 0 <= position < len(_STEPS) else None


_STEPS = (AnswerValue.MET, AnswerValue.MOSTLY, AnswerValue.PARTLY, AnswerValue.NOT_MET)

_WORDS = {
    AnswerValue.MET: "Met",
    AnswerValue.MOSTLY: "Mostly met",
    AnswerValue.PARTLY: "Partly met",
    AnswerValue.NOT_MET: "Not met",
    AnswerValue.NOT_SEEN: "Not seen today",
    AnswerValue.NOT_APPLICABLE: "Does not apply",
}
