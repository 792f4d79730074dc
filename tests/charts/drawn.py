"""One chart of each kind, with invented figures, and an empty one."""

from __future__ import annotations

from datetime import date

from quality.charts.agreement import AgreementMatrix
from quality.charts.funnel import Funnel, FunnelPoint
from quality.charts.ladder import Ladder, LadderRow
from quality.charts.map import Map, Mark
from quality.charts.mix import Mix, MixRow
from quality.charts.survival import Curve, Steps
from quality.charts.told import Chart
from quality.charts.trend import Trend
from quality.charts.trend_parts import OutsidePoint, TrendPoint, TrendSeries
from quality.charts.waterfall import Part, Waterfall

SOURCE, AS_AT = "Invented", "As at 1 October 2026"
_LIMITS = tuple((float(n), 0.8 - 1 / n**0.5, min(0.8 + 1 / n**0.5, 1.0)) for n in (10, 40, 90, 160, 250))


def charts(name: str = "Northmere") -> list[Chart]:
    """One of each; `name` is what the own area is called."""
    return [
        Funnel(
            title=f"{name} and chance",
            source=SOURCE,
            as_at=AS_AT,
            reference=("England", 0.8),
            points=(FunnelPoint(name, 90, 63, is_own=True), FunnelPoint("Saltmarsh", 200, 178)),
            limits95=_LIMITS,
            limits998=_LIMITS,
        ),
        Ladder(
            title=f"{name} beside others",
            source=SOURCE,
            as_at=AS_AT,
            rows=(
                LadderRow("Saltmarsh", 178, 200, 0.84, 0.93),
                LadderRow(name, 63, 90, 0.6, 0.79, is_own=True),
            ),
            reference=("England", 0.8),
        ),
        Trend(
            title=f"{name} over time",
            source=SOURCE,
            as_at=AS_AT,
            series=(
                TrendSeries(
                    name,
                    True,
                    tuple(
                        TrendPoint(date(year, 3, 1), 0.6 + year % 7 / 50, 0.5, 0.8)
                        for year in range(2018, 2027)
                    ),
                ),
            ),
            breaks=((date(2023, 11, 21), "Another method."),),
            outside=(OutsidePoint("Elsewhere", date(2024, 3, 31), 0.75),),
        ),
        Waterfall(
            title=f"What changed in {name}",
            source=SOURCE,
            as_at=AS_AT,
            before=("1 October 2025", 0.7),
            after=("1 October 2026", 0.75),
            parts=(Part("Became good", 0.08, 7), Part("Ceased to be", -0.03, 3)),
        ),
        Mix(title=f"Ratings in {name}", source=SOURCE, as_at=AS_AT, rows=(MixRow(name, 3, 41, 12, 2, 5),)),
        Steps(
            title=f"Stays in {name}",
            source=SOURCE,
            as_at=AS_AT,
            curves=(Curve(name, 12, ((200, 0.75, 0.5, 0.9), (500, 0.4, 0.2, 0.6)), 500, 900),),
        ),
        AgreementMatrix(
            title=f"{name} beside CQC",
            source=SOURCE,
            as_at=AS_AT,
            rows_are="Our judgement",
            columns_are="CQC’s rating",
            rows=("Sound", "Weak"),
            columns=("Good", "Requires improvement"),
            counts=((11, 4), (3, 9)),
        ),
        Map(
            title=f"Services of {name}",
            source=SOURCE,
            as_at=AS_AT,
            marks=(Mark("Larkfield House", 1.1, 53.2, 2, 0.5), Mark("The Elms", 1.2, 53.3, 4, 4.0)),
            outline=(((1.0, 53.1), (1.3, 53.1), (1.2, 53.4)),),
            not_placed=3,
        ),
    ]


def empty_charts() -> list[Chart]:
    """One of each with nothing to show."""
    return [
        Funnel("Nothing yet", SOURCE, AS_AT, ("England", 0.8), ()),
        Ladder("Nothing yet", SOURCE, AS_AT, ()),
        Trend("Nothing yet", SOURCE, AS_AT, ()),
        Waterfall(
            title="Nothing yet",
            source=SOURCE,
            as_at=AS_AT,
            before=("Then", None),
            after=("Now", None),
            parts=(),
        ),
        Mix(title="Nothing yet", source=SOURCE, as_at=AS_AT, rows=()),
        Steps(title="Nothing yet", source=SOURCE, as_at=AS_AT, curves=()),
        AgreementMatrix(
            title="Nothing yet",
            source=SOURCE,
            as_at=AS_AT,
            rows_are="Ours",
            columns_are="CQC’s",
            rows=(),
            columns=(),
            counts=(),
        ),
        Map(title="Nothing yet", source=SOURCE, as_at=AS_AT, marks=()),
    ]
