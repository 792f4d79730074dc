"""A search in words."""

from __future__ import annotations

from quality.core.clock import today
from quality.core.csv_files import file_name
from quality.core.pages import short_day
from quality.services.criteria import BY_SERVICE, CHOICES, ENGLAND, NOT_RATED, ServiceSearch

# What widens a list or orders it; the rest narrows it.
_WIDENS = {"all_sectors", "closed", "second", "sort"}


def chosen_words(search: ServiceSearch) -> dict[str, str]:
    """What differs from the usual, in words, by the field that says so; the order is no part of it."""
    chosen = search.in_address()
    return {name: _words(name, word, search) for name, word in chosen.items() if name != "sort"}


def narrows(name: str) -> bool:
    """True for a field that leaves services out."""
    return name not in _WIDENS


def file_name_of(search: ServiceSearch, council: str) -> str:
    """What a file of the services found is called: what narrows them, and the day."""
    words = {name: word for name, word in chosen_words(search).items() if name not in {"area", "as_at"}}
    place = {"": council, ENGLAND: "England"}.get(search.area, search.area)
    return file_name("services", place, *words.values(), "as at", (search.as_at or today()).isoformat())


def _words(name: str, word: str, search: ServiceSearch) -> str:
    if name == "as_at":
        return f"As at {short_day(search.as_at)}"
    said = dict(CHOICES.get(name, ())).get(word, word)
    return {
        "q": f"“{word}”",
        "area": "All England" if word == ENGLAND else word,
        "district": f"Postcode district {word}",
        "rating": said if word in {BY_SERVICE, NOT_RATED} else f"Rating: {said}",
        "age": f"Rating {said[0].lower()}{said[1:]} old",
        "specialism": f"Specialism: {word}",
    }.get(name, said)
