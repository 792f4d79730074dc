"""The form of a draft."""

from __future__ import annotations

from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from quality.core.forms import DateField, LineField, LongTextField, OnceForm
from quality.market.figures.comparators import SIZE
from quality.market.figures.rules import DEFAULT, RULES
from quality.market.figures.scopes import Kind
from quality.market.models.publications import Publication
from quality.market.publications.operations import Draft

__all__ = ["DraftForm"]

_SHOWN, _SUPPRESSED = "shown", "suppressed"


class DraftForm(OnceForm):
    """What a publication is to say. `version` is the draft's the page was made from."""

    title = LineField("Title", required="Enter a title, like Market quality in Northmere")
    as_at = DateField("As at", required="Enter a day, like 31 3 2026")
    scopes = SelectMultipleField(
        "Kinds of services",
        choices=[],
        default=[Kind.ALL.value],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    rule = SelectField(
        "Counted by", choices=[SelectChoice(one.key, one.title) for one in RULES], default=DEFAULT.key
    )
    compare = SelectField("Compared with", default=SIZE)
    small = RadioField(
        "Figures of 0 to 5 services",
        choices=[SelectChoice(_SUPPRESSED, "Suppress them"), SelectChoice(_SHOWN, "Show them")],
        default=_SUPPRESSED,
    )
    introduction = LongTextField("Introduction")
    notes = LongTextField("Notes")
    corrects = IntegerField(validators=[Optional()])
    correction = LongTextField("What this puts right")
    version = HiddenField()

    def offer(self, lists: list[tuple[str, str]], scopes: list[tuple[str, str]]) -> None:
        """The lists that can be compared with, and what can be counted."""
        self.compare.choices = [SelectChoice(*one) for one in lists]
        self.scopes.choices = [SelectChoice(*one) for one in scopes]

    def fill(self, one: Publication) -> None:
        """Show a draft as it is."""
        self.title.data, self.as_at.data, self.scopes.data = one.title, one.as_at, list(one.scopes)
        self.rule.data, self.compare.data = one.rule, one.compare
        self.small.data = _SHOWN if one.show_small else _SUPPRESSED
        self.introduction.data, self.notes.data = one.introduction, one.notes
        self.correction.data, self.version.data = one.correction, str(one.version)
        self.corrects.data = one.corrects.number if one.corrects else None

    def said(self) -> Draft:
        """What was typed and chosen."""
        if self.as_at.data is None:
            raise ValueError("A form that was not validated says nothing.")
        return Draft(
            title=self.title.data or "",
            as_at=self.as_at.data,
            scopes=tuple(self.scopes.data or ()),
            rule=self.rule.data or "",
            compare=self.compare.data or "",
            introduction=self.introduction.data or "",
            notes=self.notes.data or "",
            show_small=self.small.data == _SHOWN,
            corrects=self.corrects.data,
            correction=self.correction.data or "",
        )
