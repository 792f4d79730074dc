"""Reading what CQC publishes: files in, plain rows out. Nothing here knows the database or the web."""

from quality.cqc.errors import CqcFileError
from quality.cqc.files import CqcFile
from quality.cqc.latest_ratings import RatingsFile
from quality.cqc.limits import DEFAULT_LIMITS, Limits
from quality.cqc.recognising import open_cqc_file
from quality.cqc.rows import PublishedRating, RatingRow, ServiceRow
from quality.cqc.services import ServicesFile
from quality.cqc.words import DOMAINS, RatingWord

__all__ = [
    "DEFAULT_LIMITS",
    "DOMAINS",
    "CqcFile",
    "CqcFileError",
    "Limits",
    "PublishedRating",
    "RatingRow",
    "RatingWord",
    "RatingsFile",
    "ServiceRow",
    "ServicesFile",
    "open_cqc_file",
]
