"""The fixed words of a framework: kinds of service, the crosswalk to CQC, and the four elements."""

from enum import StrEnum

__all__ = [
    "CQC_QUALITY_STATEMENTS",
    "CQC_RATING_WORDS",
    "Element",
    "FrameworkDefinitionError",
    "KeyQuestion",
    "ServiceType",
]


class FrameworkDefinitionError(ValueError):
    """A framework cannot be used as it is written. The message is one plain sentence: where, and why."""


class ServiceType(StrEnum):
    """The kinds of service a framework can speak to."""

    CARE_HOME_NURSING = "care_home_nursing"
    CARE_HOME = "care_home"
    HOMECARE = "homecare"
    SUPPORTED_LIVING = "supported_living"
    EXTRA_CARE = "extra_care"
    DAY_OPPORTUNITIES = "day_opportunities"

    @property
    def words(self) -> str:
        """The kind of service as people read it."""
        return _SERVICE_WORDS[self]


_SERVICE_WORDS = {
    ServiceType.CARE_HOME_NURSING: "Care home with nursing",
    ServiceType.CARE_HOME: "Care home without nursing",
    ServiceType.HOMECARE: "Homecare",
    ServiceType.SUPPORTED_LIVING: "Supported living",
    ServiceType.EXTRA_CARE: "Extra care",
    ServiceType.DAY_OPPORTUNITIES: "Day opportunities",
}


class Element(StrEnum):
    """What a question tells about how a service works, and so where improvement would begin."""

    LEADERSHIP = "leadership"
    SKILLS = "skills"
    CULTURE = "culture"
    INFRASTRUCTURE = "infrastructure"

    @property
    def words(self) -> str:
        """The element as people read it."""
        return self.value.capitalize()


class KeyQuestion(StrEnum):
    """CQC's five key questions, in the order CQC asks them."""

    SAFE = "safe"
    EFFECTIVE = "effective"
    CARING = "caring"
    RESPONSIVE = "responsive"
    WELL_LED = "well_led"

    @property
    def words(self) -> str:
        """The key question as CQC writes it."""
        return "Well-led" if self is KeyQuestion.WELL_LED else self.value.capitalize()


# The names of the 34 quality statements of CQC's single assessment framework, in use from November 2023.
# They are names to refer to, and all that is taken from it.
CQC_QUALITY_STATEMENTS: dict[KeyQuestion, tuple[str, ...]] = {
    KeyQuestion.SAFE: (
        "Learning culture",
        "Safe systems, pathways and transitions",
        "Safeguarding",
        "Involving people to manage risks",
        "Safe environments",
        "Safe and effective staffing",
        "Infection prevention and control",
        "Medicines optimisation",
    ),
    KeyQuestion.EFFECTIVE: (
        "Assessing needs",
        "Delivering evidence-based care and treatment",
        "How staff, teams and services work together",
        "Supporting people to live healthier lives",
        "Monitoring and improving outcomes",
        "Consent to care and treatment",
    ),
    KeyQuestion.CARING: (
        "Kindness, compassion and dignity",
        "Treating people as individuals",
        "Independence, choice and control",
        "Responding to people's immediate needs",
        "Workforce wellbeing and enablement",
    ),
    KeyQuestion.RESPONSIVE: (
        "Person-centred care",
        "Care provision, integration and continuity",
        "Providing information",
        "Listening to and involving people",
        "Equity in access",
        "Equity in experiences and outcomes",
        "Planning for the future",
    ),
    KeyQuestion.WELL_LED: (
        "Shared direction and culture",
        "Capable, compassionate and inclusive leaders",
        "Freedom to speak up",
        "Workforce equality, diversity and inclusion",
        "Governance, management and sustainability",
        "Partnerships and communities",
        "Learning, improvement and innovation",
        "Environmental sustainability - sustainable development",
    ),
}

# A council's judgement must never be mistaken for a rating, so a level may not borrow these words.
CQC_RATING_WORDS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
