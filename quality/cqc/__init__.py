"""Reading what CQC publishes: files in, plain rows out. Nothing here knows the database or the web."""

from quality.cqc.errors import CqcFileError
from quality.cqc.latest_ratings import RatingsFile, open_latest_ratings
from quality.cqc.limits import DEFAULT_LIMITS, Limits
from quality.cqc.rows import RatingRow
from quality.cqc.words import DOMAINS, RatingWord

__all__ = [
    "DEFAULT_LIMITS",
    "DOMAINS",
    "CqcFileError",
    "Limits",
    "RatingRow",
    "RatingWord",
    "RatingsFile",
    "open_latest_ratings",
]
