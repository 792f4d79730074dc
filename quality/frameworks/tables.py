"""Taking values out of plain data, with a sentence for whoever wrote them when one is wrong."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from quality.frameworks.vocabulary import FrameworkDefinitionError

__all__ = ["Table"]

E = TypeVar("E", bound=StrEnum)


class Table:
    """A table of a TOML file, or an object of stored JSON. It remembers what was read, so nothing is ignored.

    Every method raises FrameworkDefinitionError, naming where the table stands, when the value is not fit.
    """

    def __init__(self, data: object, where: str) -> None:
        self.where = where
        if not isinstance(data, Mapping):
            raise FrameworkDefinitionError(f"{where} should be a table of names and values.")
        self._data: Mapping[object, object] = data
        self._read: set[object] = set()

    def wrong(self, sentence: str) -> FrameworkDefinitionError:
        """An error about this table: the sentence begins in lower case and ends without a full stop."""
        return FrameworkDefinitionError(f"{self.where}: {sentence}.")

    def has(self, name: str) -> bool:
        """Whether the table has this value."""
        return name in self._data

    def take(self, name: str) -> object:
        """The value as it is."""
        if name not in self._data:
            raise self.wrong(f"“{name}” is missing")
        self._read.add(name)
        return self._data[name]

    def text(self, name: str) -> str:
        """Text in paragraphs: a line break inside a paragraph means nothing, an empty line begins another."""
        value = self.take(name)
        if not isinstance(value, str):
            raise self.wrong(f"“{name}” should be text")
        paragraphs = [" ".join(part.split()) for part in value.replace("\r\n", "\n").split("\n\n")]
        text = "\n\n".join(part for part in paragraphs if part)
        if not text:
            raise self.wrong(f"“{name}” is empty")
        return text

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number between two bounds, which are allowed themselves."""
        value = self.take(name)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(f"“{name}” should be a whole number from {least} to {most}, and is {value!r}")
        return value

    def percent(self, name: str) -> Decimal:
        """A number from 0 to 100, exactly as written."""
        value = self.take(name)
        try:
            if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
                raise InvalidOperation
            number = Decimal(value)
            if not 0 <= number <= 100:
                raise InvalidOperation
        except InvalidOperation:
            raise self.wrong(f"“{name}” should be a number from 0 to 100, and is {value!r}") from None
        return number

    def flag(self, name: str) -> bool:
        """True or false, and false when nothing is said."""
        value = self.take(name) if self.has(name) else False
        if not isinstance(value, bool):
            raise self.wrong(f"“{name}” should be true or false, and is {value!r}")
        return value

    def choice(self, name: str, kind: type[E]) -> E:
        """One of a fixed set of words."""
        return self._chosen(name, self.take(name), kind)

    def choices(self, name: str, kind: type[E]) -> tuple[E, ...]:
        """One or more of a fixed set of words, none of them twice."""
        values = self.take(name)
        if not isinstance(values, list) or not values:
            raise self.wrong(f"“{name}” should be a list of one or more of: {', '.join(kind)}")
        chosen = tuple(self._chosen(name, value, kind) for value in values)
        if len(set(chosen)) < len(chosen):
            raise self.wrong(f"“{name}” names the same thing twice")
        return chosen

    def table(self, name: str) -> "Table":
        """A table inside this one."""
        return Table(self.take(name), f"{self.where}, {name}")

    def tables(self, name: str) -> tuple["Table", ...]:
        """One or more tables inside this one, counted from 1 until they are known by a better name."""
        values = self.take(name)
        if not isinstance(values, list) or not values:
            raise self.wrong(f"there should be one or more “{name}” tables")
        return tuple(Table(value, f"{self.where}, {name} {count}") for count, value in enumerate(values, 1))

    def finish(self) -> None:
        """Refuse values that nothing has read: a misspelt name must not pass unseen."""
        unread = [str(name) for name in self._data if name not in self._read]
        if unread:
            raise self.wrong(f"“{unread[0]}” is not a name that is known here")

    def _chosen(self, name: str, value: object, kind: type[E]) -> E:
        for each in kind:
            if value == each.value:
                return each
        raise self.wrong(f"“{name}” should be one of {', '.join(kind)}, and is {value!r}")
