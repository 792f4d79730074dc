"""What each column of a publication's files means."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COLUMNS", "LEFT_OUT_COLUMNS", "Column"]

_CQC, _ONS, _COUNCIL, _COUNTED = (
    "Care Quality Commission",
    "Office for National Statistics",
    "The council",
    "Counted from CQC’s data by the rule",
)


@dataclass(frozen=True)
class Column:
    """A column: its name, its meaning, its unit (empty for words), and whose it is."""

    name: str
    meaning: str
    unit: str
    source: str


COLUMNS = (
    Column("council_code", "The short code of the council that published this", "", _COUNCIL),
    Column("publication", "The number of the publication, counted for each council", "number", _COUNCIL),
    Column("as_at", "The day that the figure tells of, year first", "date", _COUNCIL),
    Column(
        "scope",
        "What services are counted, as a word that does not change: a kind, perhaps .contracted or .for- a specialism",
        "",
        _COUNCIL,
    ),
    Column("scope_label", "The same as people read it", "", _COUNCIL),
    Column("rule", "The rule of counting, by name and version", "", _COUNCIL),
    Column("rule_label", "The same as people read it", "", _COUNCIL),
    Column("comparators", "How those it is compared with were chosen, as a word", "", _COUNCIL),
    Column("comparators_label", "The same as people read it", "", _COUNCIL),
    Column("role", "own: the council; region; england; comparator: one it is compared with", "", _COUNCIL),
    Column("area_code", "The ONS code of the area; empty where ONS lists none", "", _ONS),
    Column("area_label", "The name of the area", "", _ONS),
    Column(
        "k",
        "Those counted that are rated Good or Outstanding",
        "services, or beds by the rule beds",
        _COUNTED,
    ),
    Column("n", "All that count by the rule", "services, or beds by the rule beds", _COUNTED),
    Column("share", "k divided by n, from 0 to 1, to six places; empty where n is 0", "share", _COUNTED),
    Column("low95", "The lower end of the 95 % Wilson interval of the share", "share", _COUNTED),
    Column("high95", "The upper end of the same interval", "share", _COUNTED),
    Column(
        "against_england",
        "higher, similar or lower: whether England’s share lies below, in or above the interval",
        "",
        _COUNTED,
    ),
    Column(
        "suppressed",
        "yes where the publication does not show figures of 0 to 5 services and this is one, or would tell one",
        "",
        _COUNCIL,
    ),
    Column(
        "registered",
        "Services registered in the scope, counted or not; for own, region and england",
        "services",
        _CQC,
    ),
)
LEFT_OUT_COLUMNS = (
    Column("scope", "The kind of services, as above", "", _COUNCIL),
    Column("role", "As above", "", _COUNCIL),
    Column("area_code", "As above", "", _ONS),
    Column("area_label", "As above", "", _ONS),
    Column("reason", "Why they do not count, as a word that does not change", "", _COUNTED),
    Column("reason_label", "The same as people read it", "", _COUNTED),
    Column(
        "services",
        "How many registered services do not count for this reason, each only once",
        "services",
        _COUNTED,
    ),
)
