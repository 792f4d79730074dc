"""The invented findings of the invented report."""

from __future__ import annotations

from datetime import date

from quality.reports.snapshot import Evidence, Finding, FindingKind


def findings() -> tuple[Finding, ...]:
    """Six findings of all three kinds, the least important first, so that ordering shows."""
    return (
        Finding(
            kind=FindingKind.GOOD_PRACTICE,
            title="A good day for me",
            standard_code="1.1",
            standard_title="Knowing the person",
            question_code="1.1.2",
            question="Does the care plan say what a good day looks like, in the person's own words?",
            found="Every plan we read opened with a page called 'A good day for me', written with the "
            "person. Staff on both "
            "floors could tell us what was on it without looking. One man had breakfast at eleven "
            "because he had worked "
            "nights for thirty years, and everyone knew.",
            evidence=(),
            required=None,
            by_when=None,
        ),
        Finding(
            kind=FindingKind.IMPROVEMENT_NEEDED,
            title="Help with meals comes late",
            standard_code="1.2",
            standard_title="Food, drink and mealtimes",
            question_code="1.2.3",
            question="Do people who need help to eat and drink get it when they need it?",
            found="At lunch on 12 May two people waited more than twenty minutes for help, and their "
            "meals were cold. Staff "
            "apologised and warmed the meals. The manager had no plan for the days when two staff are away.",
            evidence=(),
            required="Decide how many staff are needed at mealtimes, and show us the rota for four weeks.",
            by_when=date(2026, 7, 31),
        ),
        Finding(
            kind=FindingKind.MUST_IMPROVE,
            title="Medicines are not always written down",
            standard_code="2.2",
            standard_title="Medicines",
            question_code="2.2.1",
            question="Does every person get the right medicine, at the right time, and is it written down?",
            found="Of the 12 medicine records we read, five had gaps without a reason. For one person a "
            "blood-thinning "
            "medicine was not signed for on three days in April; the count of tablets suggests that two "
            "doses were missed.\n\n"
            "The monthly check by the deputy manager had not been done since January. Nobody had told "
            "the family or the GP. "
            "We told the registered manager on the day, and she telephoned the GP before we left.",
            evidence=(
                Evidence(
                    methods=("Records and processes", "What staff told us"),
                    noted="Five of 12 medicine records had gaps; the nurse in charge knew of two of them.",
                    question_code="2.2.1",
                ),
            ),
            required="Check the medicines of every person living at Larkfield House against their "
            "records.\n\n"
            "Tell the families and GPs concerned what happened, in writing, and send us copies.\n\n"
            "Restart the monthly check, by somebody who does not give out medicines.",
            by_when=date(2026, 6, 26),
        ),
        Finding(
            kind=FindingKind.MUST_IMPROVE,
            title="Agency staff did not know how to report a concern",
            standard_code="2.1",
            standard_title="Keeping people safe from abuse",
            question_code=None,
            question=None,
            found="Two agency nurses did not know how to report a concern outside the home.",
            evidence=(),
            required="Every person on shift, agency staff included, must be told on arrival how to "
            "report a concern.",
            by_when=date(2026, 6, 19),
        ),
        Finding(
            kind=FindingKind.IMPROVEMENT_NEEDED,
            title="Incident forms do not say what changed",
            standard_code="3.2",
            standard_title="Learning when things go wrong",
            question_code="3.2.2",
            question="Can the manager show what changed after an incident?",
            found="Incident forms were filled in well, but 7 of 19 did not say what was done "
            "differently afterwards.",
            evidence=(),
            required="Add what changed to each open incident form, and review them together every month.",
            by_when=None,
        ),
        Finding(
            kind=FindingKind.GOOD_PRACTICE,
            title="A manager people know",
            standard_code="3.1",
            standard_title="Leadership people can see",
            question_code="3.1.1",
            question="Do people and staff know the manager, and does the manager know them?",
            found="The manager works one early shift a week on the floor. Relatives told us: 'You never "
            "have to ask twice.'",
            evidence=(),
            required=None,
            by_when=None,
        ),
    )
