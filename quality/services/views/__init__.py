"""Pages of the register: find a service, read what CQC says of it, and see which files were loaded."""

from quality.services.views import contracts, editions, provider, searching, showing
from quality.services.views.common import blueprint

__all__ = ["blueprint", "contracts", "editions", "provider", "searching", "showing"]
