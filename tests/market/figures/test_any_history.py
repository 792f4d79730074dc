"""Whatever was loaded, in whatever order: the market's figures are those of a plain count of one service at a time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from quality.core.errors import Invalid
from quality.market.areas.finding import find_area
from quality.market.areas.kinds import NoSuchArea
from quality.market.figures.basis import Basis
from quality.market.figures.counting import Fate
from quality.market.figures.gathering import market
from quality.market.figures.rules import RULES
from quality.market.figures.scopes import Kind, Scope
from quality.services.models import Provider, Service
from tests.builders.people import a_council
from tests.builders.register import contracted
from tests.databases import Database
from tests.market.figures.histories import DAYS, HISTORIES, load
from tests.market.figures.naive import Count, count

KINDS = (Kind.ALL, Kind.RESIDENTIAL, Kind.COMMUNITY, Kind.CARE_HOME, Kind.NURSING, Kind.HOMECARE)
ASKED = st.tuples(
    st.sampled_from([*DAYS, date(2026, 3, 2), date(2026, 2, 28), date(2026, 9, 9)]),
    st.sampled_from(KINDS),
    st.sampled_from(["", "", "Dementia"]),
    st.booleans(),
)

PERIODS = st.sampled_from(
    [(None, None), (None, DAYS[1]), (DAYS[1], None), (DAYS[0], DAYS[1]), (DAYS[-1], date(2026, 9, 9))]
)


@settings(
    deadline=None,
    max_examples=12,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_every_share_is_what_a_plain_count_finds(session: Database, data: st.DataObject) -> None:
    council = a_council(session)
    savepoint = session.begin_nested()
    try:
        load(data.draw(HISTORIES))
        held = session.scalars(select(Service).order_by(Service.id)).all()
        for service in held[::2]:
            first, last = data.draw(PERIODS)
            contracted(session, service, council.id, starts_on=first, ends_on=last)
        for day, kind, specialism, is_contracted in data.draw(st.lists(ASKED, min_size=3, max_size=3)):
            scope = Scope(kind, council.id if is_contracted else None, specialism)
            for rule in RULES:
                _agree(session, Basis(day, scope, rule))
    finally:
        savepoint.rollback()
        session.expire_all()


def _agree(session: Database, basis: Basis) -> None:
    whole = Count()
    for name in ("Northmere", "Southmere"):
        counted = count(session, basis, authority=name)
        whole.k, whole.n, whole.fates = (
            whole.k + counted.k,
            whole.n + counted.n,
            whole.fates + counted.fates,
        )
        _check(name, basis, counted)
    _check("England", basis, whole)
    for provider in session.scalars(select(Provider.cqc_id)).all():
        _check(provider, basis, count(session, basis, provider=provider))


def _check(name: str, basis: Basis, counted: Count) -> None:
    held = market()
    if held.held.first_day is None or basis.day < held.held.first_day:
        with pytest.raises(Invalid) as refused:
            held.share(find_area("England", basis.day), basis)
        assert refused.value.field == "as_at"
        return
    try:
        area = find_area(name, basis.day)
    except NoSuchArea:
        assert not counted.fates, "Only what nothing was told of is no area."
        return
    share = held.share(area, basis)
    left_out = {fate: number for fate, number in counted.fates.items() if fate is not Fate.COUNTED}
    assert (share.k, share.n, share.left_out) == (counted.k, counted.n, left_out)
    assert share.services == counted.fates[Fate.COUNTED]
    assert share.registered == share.services + sum(share.left_out.values())
    assert sum(share.among.mix.values()) == share.services
    assert (share.interval is None) == (share.n == 0)
