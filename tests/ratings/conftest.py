"""What the tests of ratings share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders.results import Write, a_result


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of one invented organisation's results."""

    def written(
        *results: str,
        name: str = "results.toml",
        as_at: str = "2009-10-15",
        key: str = "NHS-NORTHMERE",
        called: str = "NHS Northmere",
        more: str = "",
    ) -> Path:
        head = [f"as_at = {as_at}", "[[organisation]]", f'key = "{key}"', 'key_from = "invented"']
        path = tmp_path / name
        path.write_text("\n".join([*head, f'name = "{called}"', *(results or [a_result()]), more]), "utf-8")
        return path

    return written
