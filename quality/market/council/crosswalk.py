"""What the frameworks behind some audits ask, with each question's standard and its place in the crosswalk."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select

from quality.core.database import db
from quality.frameworks.definition import ServiceType
from quality.frameworks.models import FrameworkVersion, Question, Standard

__all__ = ["Asked", "Crosswalk", "crosswalk_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one framework version. Two of different versions are the same when `same` is."""

    id: int
    code: str
    text: str
    critical: bool
    key_question: str
    element: str
    standard_id: int
    standard_code: str
    standard: str
    framework_code: str
    place: tuple[int, int]
    service_types: tuple[str, ...]

    @property
    def same(self) -> tuple[str, str, str]:
        """What makes two questions one: a question that was reworded is another."""
        return self.framework_code, self.code, self.text


@dataclass(frozen=True)
class Crosswalk:
    """The questions of some framework versions, by their number, and by version."""

    questions: dict[int, Asked]
    versions: dict[int, tuple[Asked, ...]]
    _put: dict[tuple[int, ServiceType], tuple[Asked, ...]] = field(default_factory=dict, repr=False)

    def put_to(self, version_id: int, service_type: ServiceType) -> tuple[Asked, ...]:
        """The questions a version puts to a kind of service, in its order."""
        key = version_id, service_type
        if key not in self._put:
            asked = self.versions.get(version_id, ())
            self._put[key] = tuple(one for one in asked if service_type.value in one.service_types)
        return self._put[key]

    def of_standard(self, standard_id: int) -> tuple[Asked, ...]:
        """The questions of one standard."""
        return tuple(one for one in self.questions.values() if one.standard_id == standard_id)


def crosswalk_of(version_ids: Iterable[int]) -> Crosswalk:
    """The questions of these versions. One statement."""
    wanted = (
        select(Question, Standard, FrameworkVersion.code)
        .join(Standard, Standard.id == Question.standard_id)
        .join(FrameworkVersion, FrameworkVersion.id == Standard.framework_version_id)
        .where(Standard.framework_version_id.in_(sorted(set(version_ids))))
        .order_by(Standard.framework_version_id, Standard.position, Question.position)
    )
    versions: dict[int, list[Asked]] = {}
    for question, standard, code in db.session.execute(wanted):
        versions.setdefault(standard.framework_version_id, []).append(_asked(question, standard, code))
    questions = {one.id: one for some in versions.values() for one in some}
    return Crosswalk(questions, {number: tuple(some) for number, some in versions.items()})


def _asked(question: Question, standard: Standard, framework_code: str) -> Asked:
    return Asked(
        id=question.id,
        code=question.code,
        text=question.text,
        critical=question.critical,
        key_question=question.key_question,
        element=question.element,
        standard_id=standard.id,
        standard_code=standard.code,
        standard=standard.title,
        framework_code=framework_code,
        place=(standard.position, question.position),
        service_types=tuple(question.service_types),
    )
