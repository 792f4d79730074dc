"""The only way a document can reach a file: two folders of our own, by name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

from quality.printing.fonts import FONT_FOLDER, ROOT

ASSET_FOLDERS = {"fonts": FONT_FOLDER, "images": ROOT / "static" / "print-assets"}
"""What `asset:fonts/...` and `asset:images/...` stand for."""

_ASSET = re.compile(
    r"asset:(?P<folder>[a-z]+)/(?P<name>[A-Za-z0-9][A-Za-z0-9_-]*\.(?P<kind>woff2|svg|png|jpg))"
)
_MEDIA_TYPES = {"woff2": "font/woff2", "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg"}


class AssetFetcher(URLFetcher):
    """Reads `asset:` addresses; refuses every other scheme, path and redirect, and remembers what it refused.

    WeasyPrint stops on a refusal nearly everywhere (`fail_on_errors`), but draws on without the picture when the
    address stands inside an SVG. So whoever renders looks at `refused` afterwards.
    """

    def __init__(self, folders: dict[str, Path] | None = None) -> None:
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False, fail_on_errors=True)
        self.folders = ASSET_FOLDERS if folders is None else folders
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The bytes of one of our own files. Raises ValueError for any other address."""
        match = _ASSET.fullmatch(url)
        path = self._file(match["folder"], match["name"]) if match else None
        if match is None or path is None:
            self.refused.append(url)
            raise ValueError(f"{url!r} is not one of our own files")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": _MEDIA_TYPES[match["kind"]]})

    def _file(self, folder: str, name: str) -> Path | None:
        """The file, if it truly lies in the folder: a symbolic link that leads out of it does not."""
        if folder not in self.folders:
            return None
        path = (self.folders[folder] / name).resolve()
        inside = path.parent == self.folders[folder].resolve()
        return path if inside and path.is_file() else None
