"""The kinds of service in the invented register, and how many there are of each."""

from __future__ import annotations

from dataclasses import dataclass

_PERSONAL = ("Personal care",)
_RESIDENTIAL = ("Accommodation for persons who require nursing or personal care",)
_TREATMENT = ("Diagnostic and screening procedures", "Treatment of disease, disorder or injury")
_GP = (*_TREATMENT, "Family planning", "Maternity and midwifery services", "Surgical procedures")
_GP_GROUPS = (
    "Older people",
    "Families, children and young people",
    "People with long term conditions",
    "Working age people (including those recently retired and students)",
    "People experiencing poor mental health (including people with dementia)",
    "People whose circumstances may make them vulnerable",
)
_HOSPITAL_GROUPS = ("Surgery", "Critical care", "Diagnostic imaging", "Outpatients")


@dataclass(frozen=True)
class Kind:
    """A kind of service: what is the same for all of its kind."""

    sector: str
    directorate: str
    category: str
    types: tuple[str, ...]
    activities: tuple[str, ...]
    groups: tuple[str, ...] = ()  # Beside `Overall`.
    care_home: bool = False
    rated: bool = True


_ASC = ("Social Care Org", "Adult social care")
RESIDENTIAL = "Residential social care"
_COM = "Community based adult social care services"
_NURSING = Kind(
    *_ASC, RESIDENTIAL, ("Care home service with nursing",), (*_RESIDENTIAL, *_TREATMENT), (), True
)
_HOME = Kind(*_ASC, RESIDENTIAL, ("Care home service without nursing",), _RESIDENTIAL, (), True)
_HOME_IN_GROUP = Kind(*_ASC, RESIDENTIAL, _HOME.types, _RESIDENTIAL, ("Care Homes",), True)
_HOMECARE = Kind(*_ASC, _COM, ("Domiciliary care service",), _PERSONAL)
_MIXED = Kind(*_ASC, _COM, (*_HOMECARE.types, "Supported living service"), _PERSONAL, ("Homecare",))
_PRIMARY = "Primary medical services"
_DENTIST = Kind(
    "Primary Dental Care",
    _PRIMARY,
    "Dentists",
    ("Dental service",),
    (*_TREATMENT, "Surgical procedures"),
    rated=False,
)
_SURGERY = Kind(
    "Primary Medical Services", _PRIMARY, "GP Practices", ("Doctors treatment service",), _GP, _GP_GROUPS
)
_HOSPITAL = Kind(
    "Independent Healthcare Org",
    "Hospitals",
    "Acute hospital - Independent non-specialist",
    ("Acute services with overnight beds", "Diagnostic and/or screening service"),
    (*_TREATMENT, "Surgical procedures"),
    _HOSPITAL_GROUPS,
)
# Of twenty services in a row, as many of each kind as the register has in about twenty.
KINDS = (
    *(_NURSING,) * 2,
    *(_HOME,) * 3,
    *(_HOMECARE,) * 4,
    _MIXED,
    _HOME_IN_GROUP,
    *(_DENTIST,) * 6,
    *(_SURGERY, _HOSPITAL, _HOMECARE),
)
