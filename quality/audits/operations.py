"""The only writers of audits: planning, moving along the lifecycle, recording visits. Each locks the audit first."""

from __future__ import annotations

from quality.audits.locking import check_version, lock_audit, lock_for_recording
from quality.audits.moving import lock_for_move, move
from quality.audits.planning import OpenAuditExists, change_plan, check_can_plan, plan_audit
from quality.audits.policies import took_part
from quality.audits.references import lock_counter, next_reference
from quality.audits.visiting import change_visit, record_visit, remove_visit

__all__ = [
    "OpenAuditExists",
    "change_plan",
    "change_visit",
    "check_can_plan",
    "check_version",
    "lock_audit",
    "lock_counter",
    "lock_for_move",
    "lock_for_recording",
    "move",
    "next_reference",
    "plan_audit",
    "record_visit",
    "remove_visit",
    "took_part",
]
