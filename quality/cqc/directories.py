"""CQC's directory: 15 columns in the words of its website, with a preamble that says when it was produced."""

from quality.cqc.areas import authority, region
from quality.cqc.cells import Parse, identifier, phone, required_text, text_or_none
from quality.cqc.files import DIRECTORY
from quality.cqc.headings import Layout, Wanted
from quality.cqc.traits import in_the_registers_words, is_activity

SERVICE_TYPES, SPECIALISMS, CHECKED_ON = "Service types", "Specialisms/services", "Date of latest check"
DIRECTORY_FIELDS: dict[str, tuple[Wanted, Parse]] = {
    "name": (Wanted("Name"), required_text),
    "address_1": (Wanted("Address"), text_or_none),
    "postcode": (Wanted("Postcode"), text_or_none),
    "phone": (Wanted("Phone number"), phone),
    "website": (Wanted("Service's website (if available)"), text_or_none),
    "provider_name": (Wanted("Provider name"), required_text),
    "local_authority": (Wanted("Local authority"), authority),
    "region": (Wanted("Region"), region),
    "url": (Wanted("Location URL"), text_or_none),
    # From 2016 to 2020 CQC wrote this heading without its last bracket.
    "service_id": (
        Wanted(
            "CQC Location ID (for office use only)",
            ("CQC Location (for office use only", "CQC Location (for office use only)"),
        ),
        identifier,
    ),
    "provider_id": (Wanted("CQC Provider ID (for office use only)"), identifier),
}
LAYOUT = Layout(
    DIRECTORY,
    "CQC's directory",
    wanted=(
        *(wanted for wanted, _ in DIRECTORY_FIELDS.values()),
        Wanted(SERVICE_TYPES),
        Wanted(SPECIALISMS),
        Wanted(CHECKED_ON),
    ),
    known=("Also known as",),
)


def service_types(text: str) -> tuple[str, ...]:
    """The service types of a cell like `Nursing homes|Residential homes`, in the register's words."""
    return in_the_registers_words(_parts(text))


def activities(text: str) -> tuple[str, ...]:
    """The regulated activities among what the directory calls specialisms or services."""
    return in_the_registers_words(part for part in _parts(text) if is_activity(part))


def specialisms(text: str) -> tuple[str, ...]:
    """The others of them, in the words of the register's service user bands."""
    return in_the_registers_words(part for part in _parts(text) if not is_activity(part))


def _parts(text: str) -> list[str]:
    return [part for one in text.split("|") if (part := text_or_none(one)) is not None]
