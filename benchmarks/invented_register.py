"""What the invented register says: as many services, providers and ratings as CQC's, told by number, month and seed.

Every fact follows from the number of a service and how often it changed, so that any part of any month can be made
without the rest. From one month to the next, of a thousand services two are new, two are gone and six have changed
facts; of a hundred, one is rated again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from benchmarks.invented_kinds import KINDS, RESIDENTIAL
from quality.cqc import DOMAINS
from tests.builders.cqc_files import Cell
from tests.builders.register_headings import HEADINGS_REGISTER_2026

SERVICES = 57_000
RATING_ROWS = 324_000
PROVIDERS = 20_000
AUTHORITIES = 150
FIRST_MONTH = date(2026, 9, 1)
_REGIONS = (
    "London",
    "South East",
    "North West",
    "East of England",
    "West Midlands",
    "South West",
    "Yorkshire and The Humber",
    "East Midlands",
    "North East",
)
_RATINGS = (*("Good",) * 15, "Outstanding", *("Requires improvement",) * 3, "Inadequate")
_NAMES = ("Orchard", "Larkfield", "Brook End", "Millrace", "Saltby", "Thornhill", "Fernside", "Quayside")
_STREETS = ("Orchard Lane", "Mill Road", "Station Approach", "Church Walk", "The Green")
_ACTIVITY, _TYPE, _BAND = "Regulated activity - ", "Service type - ", "Service user band - "
_BANDS = tuple(heading.removeprefix(_BAND) for heading in HEADINGS_REGISTER_2026 if heading.startswith(_BAND))


@dataclass(frozen=True)
class Month:
    """One month's editions: the first is number 0."""

    number: int = 0
    services: int = SERVICES
    rating_rows: int = RATING_ROWS
    seed: int = 0

    @property
    def as_at(self) -> date:
        """The day the files speak of."""
        years, month = divmod(FIRST_MONTH.month - 1 + self.number, 12)
        return date(FIRST_MONTH.year + years, month + 1, 1)

    def all_services(self) -> range:
        """The numbers of the services that are registered: each month the oldest are gone and as many are new."""
        moved = self.number * (self.services // 500)
        return range(moved, moved + self.services)

    def register(self) -> Iterator[list[Cell]]:
        """The rows of the register, below its headings."""
        for number in self.all_services():
            facts = self.service(number)
            yield [facts.get(heading, "") for heading in HEADINGS_REGISTER_2026]

    def dual_registrations(self) -> Iterator[list[Cell]]:
        """The rows of the register's last sheet, below its headings: second registrations and the first of each."""
        for number in self.all_services():
            if _is_second(number):
                yield [_id(number), self._name(number), _id(number - 1)]

    def ratings(self) -> Iterator[dict[str, Cell]]:
        """The rows of Latest ratings, by heading."""
        left = self.rating_rows
        for number in self.all_services():
            kind = KINDS[number % len(KINDS)]
            if not kind.rated:
                continue
            facts = self._rated_service(number)
            for group in ("Overall", *kind.groups):
                for domain in DOMAINS:
                    yield {**facts, **self._rating(number, group, domain)}
                    left -= 1
                    if not left:
                        return

    def service(self, number: int) -> dict[str, Cell]:
        """What the register says of one service, by heading."""
        kind, by_chance = KINDS[number % len(KINDS)], crc32(b"%d:%d" % (self.seed, number))
        changed = self._times(number, 167, "facts")
        traits = [f"{_ACTIVITY}{one}" for one in kind.activities] + [f"{_TYPE}{one}" for one in kind.types]
        traits += [
            f"{_BAND}{_BANDS[(by_chance % 7 + one) % len(_BANDS)]}" for one in range(1 + by_chance % 3)
        ]
        second = _is_second(number)
        return {
            **self._place(number),
            **_provider(number),
            **dict.fromkeys(traits, "Y"),
            "Location HSCA start date": date(2010, 10, 1) + timedelta(days=by_chance % 5_500),
            "Dormant (Y/N)": "Y" if by_chance % 60 == 0 else "N",
            "Care home?": "Y" if kind.care_home else "N",
            "Location Telephone Number": f"01632{(number * 7 + changed) % 1_000_000:06}",
            "Registered manager": f"Example, Person {(number * 3 + changed) % 40_000}",
            "Location Web Address": f"www.invented-{number}.example" if by_chance % 2 else "",
            "Care homes beds": 5 + (by_chance + changed) % 90 if kind.care_home else "",
            "Location Type/Sector": kind.sector,
            "Location Inspection Directorate": kind.directorate,
            "Location Primary Inspection Category": kind.category,
            **(self._overall(number) if kind.rated else {}),
            "Location Dual Registered": "Dual Registration" if second or _is_second(number + 1) else "",
            "Primary ID (Dual registration locations)": _id(number - 1) if second else "",
        }

    def _times(self, number: int, one_in: int, what: str) -> int:
        """How many of the months so far brought a change of this kind, which comes to one service in so many."""
        return sum(
            crc32(f"{self.seed}:{what}:{number}:{month}".encode()) % one_in == 0
            for month in range(1, self.number + 1)
        )

    def _name(self, number: int) -> str:
        kind = "Lodge" if self._times(number, 167, "facts") % 2 else "House"
        return f"{_NAMES[number % len(_NAMES)]} {kind} {number}"

    def _place(self, number: int) -> dict[str, Cell]:
        authority = number * 31 % AUTHORITIES
        region = _REGIONS[authority % len(_REGIONS)]
        by_chance = crc32(b"place %d" % number)
        return {
            "Location ID": _id(number),
            "Location Name": self._name(number),
            "Location ODS Code": f"VZ{number:05}" if by_chance % 4 else "",
            "Location Region": region,
            "Location NHS Region": region,
            "Location Local Authority": f"Invented {authority}",
            "Location ONSPD CCG Code": f"E38{authority:06}",
            "Location ONSPD CCG": f"NHS Invented {authority} CCG",
            "Location Street Address": f"{number % 200 + 1} {_STREETS[number % len(_STREETS)]}",
            "Location Address Line 2": f"Invented Parish {authority}" if by_chance % 2 else "",
            "Location City": f"Northmere {authority}",
            "Location County": f"Invented County {authority % 40}" if by_chance % 3 else "",
            "Location Postal Code": _postcode(authority, number),
            "Location PAF ID": float(number) if by_chance % 3 == 0 else "",
            "Location UPRN ID": float(100_000_000 + number),
            "Location Latitude": round(50.5 + by_chance % 40_000 / 10_000 + 0.000_001 * (number % 97), 6),
            "Location Longitude": round(-3.9 + by_chance // 7 % 50_000 / 10_000, 6),
            "Location Parliamentary Constituency": f"Northmere {authority} and Saltby",
        }

    def _rated_service(self, number: int) -> dict[str, Cell]:
        kind, register = KINDS[number % len(KINDS)], self._place(number)
        provider = _provider(number)
        return {
            **register,
            "Location Post Code": register["Location Postal Code"],
            "Care Home?": "Y" if kind.care_home else "N",
            "Location Type": kind.sector,
            "Location Primary Inspection Category": kind.category,
            "Report Type": "Location",
            "Inherited Rating (Y/N)": "Y" if number % 20 == 3 else "N",
            "URL": f"http://www.cqc.org.uk/location/{_id(number)}",
            **{name: provider[name] for name in ("Provider ID", "Provider Name", "Brand ID", "Brand Name")},
        }

    def _overall(self, number: int) -> dict[str, Cell]:
        rating = self._rating(number, "Overall", "Overall")
        return {
            "Location Latest Overall Rating": rating["Latest Rating"],
            "Publication Date": rating["Publication Date"],
            "Inherited Rating (Y/N)": "Y" if number % 20 == 3 else "N",
        }

    def _rating(self, number: int, group: str, domain: str) -> dict[str, Cell]:
        """The rating, and its date as text, as Latest ratings has it."""
        again = [
            month
            for month in range(1, self.number + 1)
            if crc32(f"{self.seed}:rated:{number}:{month}".encode()) % 100 == 0
        ]
        by_chance = crc32(f"{number}:{group}:{len(again)}".encode())
        if again:
            published = Month(again[-1]).as_at - timedelta(days=1 + by_chance % 25)
        else:
            published = date(2018, 1, 2) + timedelta(days=by_chance % 3_100)
        word = _RATINGS[crc32(f"{by_chance}:{domain}".encode()) % len(_RATINGS)]
        return {
            "Service / Population Group": group,
            "Domain": domain,
            "Latest Rating": word,
            "Publication Date": f"{published:%d/%m/%Y}",
        }


_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def _id(number: int) -> str:
    return f"1-{900_000_000 + number}"


def _postcode(district: int, number: int) -> str:
    return f"ZZ{district % 99 + 1} {number % 10}{_LETTERS[number % 20]}{_LETTERS[number // 20 % 20]}"


def _is_second(number: int) -> bool:
    """True for the second registration of a place: one service in 67, of the one before it."""
    return number % 67 == 66


def _provider(number: int) -> dict[str, Cell]:
    provider = number % PROVIDERS
    authority = provider * 31 % AUTHORITIES
    region = _REGIONS[authority % len(_REGIONS)]
    has_brand = provider % 7 == 0
    return {
        "Brand ID": f"BD{provider % 300:03}" if has_brand else "-",
        "Brand Name": f"BRAND Invented {provider % 300}" if has_brand else "-",
        "Provider Companies House Number": "" if provider % 12 == 0 else f"{provider + 1_000_000:08}",
        "Provider ID": f"1-{800_000_000 + provider}",
        "Provider Name": f"Invented Care {provider} Limited",
        "Provider HSCA start date": date(2010, 10, 1) + timedelta(days=provider % 5_000),
        "Provider Type/Sector": "Social Care Org",
        "Provider Inspection Directorate": "Adult social care",
        "Provider Primary Inspection Category": RESIDENTIAL,
        "Provider Ownership Type": "Individual" if provider % 12 == 0 else "Organisation",
        "Provider Telephone Number": f"01632{provider:06}",
        "Provider Web Address": f"www.invented-care-{provider}.example" if provider % 3 == 0 else "",
        "Provider Street Address": f"{provider % 200 + 1} {_STREETS[provider % len(_STREETS)]}",
        "Provider City": f"Northmere {authority}",
        "Provider County": f"Invented County {authority % 40}",
        "Provider Postal Code": f"ZZ{authority % 99 + 1} {provider % 10}AA",
        "Provider PAF ID": float(provider) if provider % 3 == 0 else "",
        "Provider UPRN ID": float(200_000_000 + provider) if provider % 3 else "",
        "Provider Local Authority": f"Invented {authority}",
        "Provider Region": region,
        "Provider NHS Region": region,
        "Provider Latitude": round(50.5 + provider * 2 / 10_000, 6),
        "Provider Longitude": round(-3.9 + provider * 2 / 10_000, 6),
        "Provider Parliamentary Constituency": f"Northmere {authority} and Saltby",
        "Provider Nominated Individual Name": f"Example, Person {provider}",
    }
