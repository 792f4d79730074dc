"""The names of regions and local authorities: CQC spells them in three ways, and here they have one.

The one is that of *Latest ratings* and of the register, which are the names the Office for National Statistics uses.
The directory, the API and CQC's website have their own, and an export for directors of adult social care a third.
"""

import re

from quality.cqc.cells import text_or_none

_REGIONS = {
    "east": "East of England",
    "yorkshire and humberside": "Yorkshire and The Humber",
    "yorkshire and humber": "Yorkshire and The Humber",
    "yorkshire and the humber": "Yorkshire and The Humber",
    "greater london": "London",
}
_ADASS = " (adass region)"

# How Latest ratings spell what others spell with another mark, another joining word, or the same words in full.
_SPELLINGS = (
    "Barking and Dagenham",
    "Bath and North East Somerset",
    "Blackburn with Darwen",
    "Bournemouth, Christchurch and Poole",
    "Brighton and Hove",
    "Cheshire West and Chester",
    "City of London",
    "County Durham",
    "Hammersmith and Fulham",
    "Isles of Scilly",
    "Kensington and Chelsea",
    "Kingston upon Thames",
    "Newcastle upon Tyne",
    "Redcar and Cleveland",
    "Richmond upon Thames",
    "Southend-on-Sea",
    "St. Helens",
    "Stockton-on-Tees",
    "Stoke-on-Trent",
    "Telford and Wrekin",
    "Westmorland and Furness",
    "Windsor and Maidenhead",
)
_OTHER_NAMES = {
    "Bath and N E Somerset": "Bath and North East Somerset",
    # Two councils until April 2019, one of three parts since: services of theirs lie in the new council's area.
    "Bournemouth": "Bournemouth, Christchurch and Poole",
    "Poole": "Bournemouth, Christchurch and Poole",
    "Bristol": "Bristol, City of",
    "Corporation of London": "City of London",
    "Dorset County": "Dorset",
    "Durham": "County Durham",
    "Herefordshire": "Herefordshire, County of",
    "Kingston upon Hull": "Kingston upon Hull, City of",
    "Medway Towns": "Medway",
    "Telford and the Wrekin": "Telford and Wrekin",
}


def _plain(text: str) -> str:
    joined = text.replace("&", " and ").replace("-", " ")
    return " ".join(re.sub(r"[.,']", " ", joined).split()).casefold()


_AUTHORITIES = {_plain(name): name for name in _SPELLINGS} | {
    _plain(other): name for other, name in _OTHER_NAMES.items()
}


def region(text: str) -> str | None:
    """The region as *Latest ratings* spell it; None where CQC says that it is not known."""
    stripped = _known(text)
    if stripped is None:
        return None
    named = _plain(stripped.casefold().removesuffix(_ADASS))
    if named in _REGIONS:
        return _REGIONS[named]
    return stripped[: -len(_ADASS)] if stripped.casefold().endswith(_ADASS) else stripped


def authority(text: str) -> str | None:
    """The local authority as *Latest ratings* spell it; None where CQC says that it is not known."""
    stripped = _known(text)
    return None if stripped is None else _AUTHORITIES.get(_plain(stripped), stripped)


def _known(text: str) -> str | None:
    stripped = text_or_none(text)
    return None if stripped is None or stripped.casefold() == "unspecified" else stripped
