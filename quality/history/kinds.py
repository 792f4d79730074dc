"""Every kind of event with the sentence that tells it. A detail in braces comes from the event's details.

One table, so that no event can be recorded that the timeline cannot say.
"""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What can happen. The value is stored; `sentence` is what a timeline shows."""

    sentence: str

    def __new__(cls, value: str, sentence: str = "") -> Kind:
        """Keep the sentence beside the stored word."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.sentence = sentence
        return member

    COUNCIL_ADDED = "council_added", "{by} set up {name}."
    FRAMEWORK_PUBLISHED = "framework_published", "{by} published the framework {title}, version {version}."
    RESULTS_LOADED = (
        "results_loaded",
        "{by} loaded results of organisations from {file_name}: {stored} rows stored.",
    )
    RATING_FRAMEWORKS_SEEDED = "rating_frameworks_seeded", "{by} stored the rating frameworks {names}."
    NAMES_KEPT = "names_kept", "{by} decided that names of managers are kept: “{reason}”"
    NAMES_FORGOTTEN = "names_forgotten", "{by} decided that no names of managers are kept: “{reason}”"
    SYNC_BEGUN = "sync_begun", "{by} began a sync with CQC's API: {what}."
    SYNC_GIVEN_UP = "sync_given_up", "{by} gave up a sync with CQC's API: {what}."
    EDITION_LOADED = "edition_loaded", "{by} loaded CQC's file {file_name}: {stored} rows stored."
    OUTSIDE_FIGURES_LOADED = (
        "outside_figures_loaded",
        "{by} loaded what others published, {title}, from {file_name}: {stored} figures and claims stored.",
    )

    AREA_SET_ADDED = "area_set_added", "{by} named the areas “{name}”: {takes_in}."
    AREA_SET_CHANGED = "area_set_changed", "{by} changed the areas “{name}”, which take in {takes_in} now."
    AREA_SET_REMOVED = "area_set_removed", "{by} removed the areas “{name}”."
    AREA_SET_RESTORED = "area_set_restored", "{by} put the areas “{name}” back: {takes_in}."
    OUTLINE_LOADED = "outline_loaded", "{by} loaded the outline of {name} from {file_name}: {stored} points."
    LOOKUP_LOADED = "lookup_loaded", "{by} loaded {name} from {file_name}: {stored} rows stored."

    MARKET_DRAFTED = "market_drafted", "{by} drafted “{title}”, as at {as_at}."
    MARKET_DRAFT_CHANGED = "market_draft_changed", "{by} changed the draft of “{title}”, as at {as_at}."
    MARKET_DRAFT_DELETED = "market_draft_deleted", "{by} deleted the draft of “{title}”, as at {as_at}."
    MARKET_PUBLISHED = (
        "market_published",
        "{by} published “{title}”, number {number}, as at {as_at} (SHA-256 {sha256}).",
    )
    MARKET_PRINTED = "market_printed", "The PDF of “{title}”, number {number}, was stored (SHA-256 {sha256})."

    CONTRACT_NOTED = "contract_noted", "{by} noted that the council contracts {name}."
    CONTRACT_DATED = "contract_dated", "{by} noted that the council contracts {name} {days}."
    CONTRACT_REMOVED = "contract_removed", "{by} took back the note that the council contracts {name}."
    CONTRACT_ENDED = "contract_ended", "{by} noted that the council no longer contracts {name}."

    PERSON_INVITED = "person_invited", "{by} invited {name}."
    PERSON_JOINED = "person_joined", "{name} chose a password and joined."
    PERSON_DISABLED = "person_disabled", "{by} disabled {name} and ended their sign-ins."
    PERSON_ENABLED = "person_enabled", "{by} enabled {name} again."
    PERSON_CHANGED = "person_changed", "{by} changed the roles of {name}."
    INVITE_RENEWED = "invite_renewed", "{by} made a new invitation code for {name}."
    PASSWORD_CHANGED = "password_changed", "{name} chose a new password."
    PASSWORD_REFUSED = "password_refused", "A change of the password of {name} was refused."
    SIGNED_IN = "signed_in", "{name} signed in."
    SIGNED_OUT = "signed_out", "{name} signed out."
    SIGN_IN_REFUSED = "sign_in_refused", "A sign-in as {name} was refused."

    AUDIT_PLANNED = "audit_planned", "{by} planned this audit."
    AUDIT_CHOSEN = "audit_chosen", "{by} recorded why this service was chosen: {reason}."
    AUDIT_JOINED = "audit_joined", "{by} began to take part in the audit."
    AUDIT_PLAN_CHANGED = "audit_plan_changed", "{by} changed the plan."
    VISIT_STARTED = "visit_started", "{by} began the visit."
    VISIT_RECORDED = "visit_recorded", "{by} recorded the visit of {visited_on}."
    VISIT_CHANGED = "visit_changed", "{by} changed the record of the visit of {visited_on}."
    VISIT_REMOVED = "visit_removed", "{by} removed the record of the visit of {visited_on}."
    RATINGS_PINNED = (
        "ratings_pinned",
        "{count} CQC ratings were pinned to this audit as they stood on {as_at}.",
    )
    CQC_RATED_AGAIN = "cqc_rated_again", "CQC published a new rating: {words}."
    WRITE_UP_STARTED = "write_up_started", "{by} finished the visit and began to write up."
    ANSWERS_SAVED = "answers_saved", "{by} saved answers to standard {standard}."
    TEXTS_HELD = (
        "texts_held",
        "What {by} wrote to standard {standard} met another person's change and is kept until somebody decides.",
    )
    TEXTS_SETTLED = "texts_settled", "{by} decided between two texts for question {question}."
    FINDING_ADDED = "finding_added", "{by} added the finding “{title}”."
    FINDING_CHANGED = "finding_changed", "{by} changed the finding “{title}”."
    FINDING_REMOVED = "finding_removed", "{by} removed the finding “{title}”."
    PHOTOGRAPH_ADDED = "photograph_added", "{by} added {photograph}."
    PHOTOGRAPH_DESCRIBED = "photograph_described", "{by} described {photograph}."
    PHOTOGRAPH_REMOVED = "photograph_removed", "{by} removed {photograph}."
    PHOTOGRAPH_RESTORED = "photograph_restored", "{by} put {photograph} back."
    PHOTOGRAPH_ERASED = "photograph_erased", "{by} erased {photograph} for good."
    SENT_FOR_REVIEW = "sent_for_review", "{by} sent the audit for review."
    AUDIT_RETURNED = "audit_returned", "{by} returned the audit: “{reason}”"
    AUDIT_APPROVED = "audit_approved", "{by} approved the audit."
    CORRECTION_BEGUN = "correction_begun", "{by} began to correct the issued report: “{reason}”"
    AUDIT_ABANDONED = "audit_abandoned", "{by} abandoned the audit: “{reason}”"
    AUDIT_REOPENED = "audit_reopened", "{by} took the audit back from review."

    REPORT_NUMBERED = "report_numbered", "Report {number} was drawn up from the approved audit."
    REPORT_ISSUED = "report_issued", "Report {number} was issued (SHA-256 {sha256})."
    REPORT_VARIANT_STORED = (
        "report_variant_stored",
        "Report {number} was stored {form}, too (SHA-256 {sha256}).",
    )
    NOTICE_READ = "notice_read", "{by} read the notice “{subject}”."
    DETAILS_ERASED = "details_erased", "{by} erased the details of event {number}."
