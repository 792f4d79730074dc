"""The only way a document can reach anything: two folders of our own, by name, and its own pictures, by SHA-256."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from quality.printing.fonts import FONT_FOLDER, ROOT

ASSET_FOLDERS = {"fonts": FONT_FOLDER, "images": ROOT / "static" / "print-assets"}
"""What `asset:fonts/...` and `asset:images/...` stand for."""

_ASSET = re.compile(
    r"asset:(?P<folder>[a-z]+)/(?P<name>[A-Za-z0-9][A-Za-z0-9_-]*\.(?P<kind>woff2|svg|png|jpg))"
)
_EVIDENCE = re.compile(r"evidence:(?P<sha256>[0-9a-f]{64})")
_BEGINNINGS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_MEDIA_TYPES = {"woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


class AssetFetcher(URLFetcher):
    """Reads `asset:` and `evidence:` addresses, and refuses every other scheme, path and redirect.

    It remembers what it refused: WeasyPrint stops on a refusal nearly everywhere (`fail_on_errors`), but draws on
    without the picture when the address stands inside an SVG. So whoever renders looks at `refused` afterwards.
    """

    def __init__(
        self, folders: Mapping[str, Path] | None = None, pictures: Mapping[str, bytes] | None = None
    ) -> None:
        super().__init__(allowed_protocols={"asset", "evidence"}, allow_redirects=False, fail_on_errors=True)
        self.folders = ASSET_FOLDERS if folders is None else folders
        self.pictures = pictures or {}
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The bytes of one of our own files, or of this document's pictures. Raises ValueError for anything else."""
        found = self._asset(url) or self._evidence(url)
        if found is None:
            self.refused.append(url)
            raise ValueError(f"{url!r} is not one of our own files")
        content, media_type = found
        return URLFetcherResponse(url, content, {"Content-Type": media_type})

    def _asset(self, url: str) -> tuple[bytes, str] | None:
        match = _ASSET.fullmatch(url)
        path = self._file(match["folder"], match["name"]) if match else None
        return (path.read_bytes(), _MEDIA_TYPES[match["kind"]]) if match and path else None

    def _evidence(self, url: str) -> tuple[bytes, str] | None:
        match = _EVIDENCE.fullmatch(url)
        content = self.pictures.get(match["sha256"], b"") if match else b""
        kinds = [kind for beginning, kind in _BEGINNINGS.items() if content.startswith(beginning)]
        return (content, kinds[0]) if kinds else None

    def _file(self, folder: str, name: str) -> Path | None:
        """The file, if it truly lies in the folder: a symbolic link that leads out of it does not."""
        if folder not in self.folders:
            return None
        path = (self.folders[folder] / name).resolve()
        inside = path.parent == self.folders[folder].resolve()
        return path if inside and path.is_file() else None
