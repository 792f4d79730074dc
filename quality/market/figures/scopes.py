"""Which services a figure is about: all adult social care, or one kind of it; the contracted; a specialism."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from quality.core.errors import Invalid
from quality.services.criteria import ServiceKind

__all__ = ["COMMUNITY", "RESIDENTIAL", "Kind", "Scope", "find_kind"]

# The numbers of CQC's two primary categories of adult social care.
RESIDENTIAL, COMMUNITY = 1, 2


class Kind(StrEnum):
    """A kind of service: its word in an address and at the command line, and what it is called.

    All, residential and community are CQC's primary categories; care home is CQC's own mark, which a few services of
    other categories have too. The others are service types, which only a register tells: without one, a service may or
    may not be of the type.
    """

    words: str
    types: tuple[str, ...]

    def __new__(cls, value: str, words: str = "", types: tuple[str, ...] = ()) -> Kind:
        """Keep what it is called, and CQC's service types that mean it, beside the word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.words, member.types = words, types
        return member

    ALL = "all", "All adult social care"
    RESIDENTIAL = "residential", "Residential social care"
    COMMUNITY = "community", "Community based adult social care"
    CARE_HOME = "care-home", "Care homes"
    NURSING = "nursing", "Care homes with nursing", ServiceKind.NURSING.names
    NO_NURSING = "no-nursing", "Care homes without nursing", ServiceKind.NO_NURSING.names
    HOMECARE = "homecare", "Homecare", ServiceKind.HOMECARE.names
    SUPPORTED_LIVING = "supported-living", "Supported living", ServiceKind.SUPPORTED_LIVING.names
    EXTRA_CARE = "extra-care", "Extra care housing", ServiceKind.EXTRA_CARE.names
    SHARED_LIVES = "shared-lives", "Shared Lives", ServiceKind.SHARED_LIVES.names

    @property
    def category(self) -> int:
        """The number of the primary category that all services of this kind have; 0 where either may."""
        if self in (Kind.ALL,):
            return 0
        homes = (Kind.RESIDENTIAL, Kind.CARE_HOME, Kind.NURSING, Kind.NO_NURSING)
        return RESIDENTIAL if self in homes else COMMUNITY


@dataclass(frozen=True)
class Scope:
    """A kind of service, perhaps only those a council contracts (by its number), perhaps of one specialism."""

    kind: Kind = Kind.ALL
    contracted_by: int | None = None
    specialism: str = ""

    @property
    def words(self) -> str:
        """What the figure is about, as people read it."""
        more = [
            *(["contracted by the council"] if self.contracted_by is not None else []),
            *([f"for {self.specialism}"] if self.specialism else []),
        ]
        return ", ".join([self.kind.words, *more])


def find_kind(text: str) -> Kind:
    """The kind of this word. Invalid, with the words there are, for another."""
    try:
        return Kind(text.strip().lower())
    except ValueError:
        words = ", ".join(kind.value for kind in Kind)
        raise Invalid("scope", f'"{text}" is no scope. There are: {words}.') from None
