"""How audits came to be chosen, in words."""

from __future__ import annotations

from datetime import date

import pytest

from quality.audits.models import ChosenBecause
from quality.market.council.selection import selection_of
from tests.market.council.builders import a_plain_audit

DAY = date(2026, 3, 2)


def test_nothing_is_said_of_no_audit() -> None:
    assert selection_of(()).words == "No audit is counted here."
    assert selection_of(()).counts == "none"


def test_what_most_were_chosen_for_is_said_first_and_nothing_that_none_was() -> None:
    reasons = [ChosenBecause.PROGRAMME, *[ChosenBecause.CONCERN] * 9, *[ChosenBecause.CQC] * 2]
    found = selection_of([a_plain_audit(DAY, "Sound", chosen_because=reason) for reason in reasons])
    assert found.words.startswith(
        "Of 12 audits, 9 were chosen because of a concern or safeguarding, 2 because of a CQC rating or notice and 1 "
        "by the routine programme; 0 were announced. This is not a sample of the market"
    )
    assert (
        found.counts == "9 concern or safeguarding, 2 CQC rating or notice, 1 routine programme; 0 announced"
    )


def test_audits_of_before_say_that_no_reason_was_recorded() -> None:
    audit = a_plain_audit(DAY, "Sound", chosen_because=ChosenBecause.NOT_RECORDED)
    assert selection_of([audit]).words.startswith(
        "Of 1 audit, 1 was chosen for a reason that was not recorded; 0 were announced. This is not a sample"
    )


def test_only_audits_that_were_all_drawn_at_random_are_called_so() -> None:
    drawn = a_plain_audit(DAY, "Sound", chosen_because=ChosenBecause.SAMPLE)
    assert "All were drawn at random" in selection_of([drawn, drawn]).words
    assert "not a sample of the market" in selection_of([drawn, a_plain_audit(DAY, "Sound")]).words


@pytest.mark.parametrize("reason", ChosenBecause)
def test_every_reason_can_be_said(reason: ChosenBecause) -> None:
    found = selection_of([a_plain_audit(DAY, "Sound", chosen_because=reason)])
    assert "1 was chosen " in found.words
    assert found.counts.startswith("1 ")
