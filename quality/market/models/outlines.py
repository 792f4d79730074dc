"""The outlines of areas, for maps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from quality.core.database import Base


class AreaOutline(Base):
    """The outline of one area, by its ONS code or, where ONS does not list it, its name.

    `polygons` are rings of [longitude, latitude] in degrees; holes are left out, since a map shows only where an area
    ends. `source` says whose outline it is, under which licence.
    """

    __tablename__ = "area_outline"

    id: Mapped[int] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(String(120), unique=True)
    polygons: Mapped[list[list[list[float]]]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(Text)
    file_name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    loaded_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("length(trim(source)) > 0", name="source_given"),)

    @property
    def rings(self) -> list[list[tuple[float, float]]]:
        """The polygons as points."""
        return [[(point[0], point[1]) for point in ring] for ring in self.polygons]

    def as_details(self) -> dict[str, Any]:
        """What the history says of it."""
        return {"name": self.area, "file_name": self.file_name, "stored": sum(map(len, self.polygons))}
