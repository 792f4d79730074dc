"""The client of CQC's API against a server on this machine that answers well, badly or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from quality.cqc.api.client import Answer, ApiError, Client, Manners
from tests.servers.cqc_api import (
    CUT,
    HANG,
    KEY,
    NOT_ALLOWED,
    OUT_OF_ORDER,
    OUTAGE,
    RATE_LIMIT,
    CqcApi,
    Trouble,
    serving,
)

PATH = "/locations/1-900000001"
PLACE = {"locationId": "1-900000001", "name": "Larch House"}


@pytest.fixture
def api() -> Iterator[CqcApi]:
    with serving(CqcApi(locations={"1-900000001": PLACE, "RX999": {"locationId": "RX999"}})) as running:
        yield running


@pytest.fixture
def pauses() -> list[float]:
    return []


@pytest.fixture
def client(api: CqcApi, pauses: list[float]) -> Client:
    manners = Manners(requests_per_second=1000, tries=3, request_timeout=0.5)
    return Client(key=KEY, url=api.url, manners=manners, sleep=pauses.append)


def long_pauses(pauses: list[float]) -> list[float]:
    """The pauses that are more than the client's ordinary distance between two requests."""
    return [pause for pause in pauses if pause > 0.1]


def test_a_location_is_fetched_with_the_key(client: Client) -> None:
    assert client.get(PATH) == Answer(200, PLACE)


def test_a_missing_record_is_an_answer_and_is_not_tried_again(client: Client, api: CqcApi) -> None:
    assert client.get("/locations/1-900000404") == Answer(404, {})
    assert api.count("/locations/1-900000404") == 1


@pytest.mark.parametrize("trouble", [OUT_OF_ORDER, CUT, HANG, Trouble(502), Trouble(503), Trouble(504)])
def test_a_passing_trouble_is_got_over(
    client: Client, api: CqcApi, pauses: list[float], trouble: Trouble
) -> None:
    api.go_wrong(PATH, trouble)
    assert client.get(PATH).body == PLACE
    assert api.count(PATH) == 2
    assert len(long_pauses(pauses)) == 1


def test_each_pause_is_longer_than_the_one_before(client: Client, api: CqcApi, pauses: list[float]) -> None:
    api.go_wrong(PATH, OUT_OF_ORDER, OUT_OF_ORDER)
    client.get(PATH)
    first, second = long_pauses(pauses)
    assert 0.5 <= first <= 1.0 <= second <= 2.0


def test_retry_after_in_seconds_is_kept_to(client: Client, api: CqcApi, pauses: list[float]) -> None:
    api.go_wrong(PATH, Trouble(429, {"Retry-After": "7"}))
    client.get(PATH)
    assert long_pauses(pauses) == [7.0]


def test_retry_after_as_a_date_is_kept_to(client: Client, api: CqcApi, pauses: list[float]) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=100)
    api.go_wrong(PATH, Trouble(503, {"Retry-After": format_datetime(moment, usegmt=True)}))
    client.get(PATH)
    assert 50 < long_pauses(pauses)[0] <= 100


def test_a_wait_too_long_is_left_to_the_person(client: Client, api: CqcApi) -> None:
    api.go_wrong(PATH, Trouble(429, {"Retry-After": "3600"}))
    with pytest.raises(ApiError, match="asks us to wait 60 minutes"):
        client.get(PATH)


def test_a_trouble_that_stays_is_told_with_its_reason(client: Client, api: CqcApi) -> None:
    api.go_wrong(PATH, RATE_LIMIT, RATE_LIMIT, RATE_LIMIT)
    with pytest.raises(ApiError, match="no usable answer in 3 tries: it answered with the status 429"):
        client.get(PATH)
    assert api.count(PATH) == 3


def test_a_wrong_key_is_told_at_once(api: CqcApi) -> None:
    with pytest.raises(ApiError, match=r"does not accept the key.*CQC_API_KEY"):
        Client(key="another", url=api.url).get(PATH)
    assert api.count(PATH) == 1


@pytest.mark.parametrize(
    ("trouble", "sentence"), [(OUTAGE, "CQC's gateway turns every"), (NOT_ALLOWED, "this key may not read")]
)
def test_a_403_is_told_at_once(client: Client, api: CqcApi, trouble: Trouble, sentence: str) -> None:
    api.go_wrong(PATH, trouble)
    with pytest.raises(ApiError, match=sentence):
        client.get(PATH)
    assert api.count(PATH) == 1


def test_the_key_is_in_no_message(api: CqcApi) -> None:
    api.go_wrong(PATH, Trouble(418))
    with pytest.raises(ApiError) as refused:
        Client(key=KEY, url=api.url).get(PATH)
    assert KEY not in refused.value.sentence


def test_an_id_in_small_letters_is_asked_for_in_capitals(client: Client) -> None:
    assert client.get_record("location", "rx999").body == {"locationId": "RX999"}


def test_an_answer_without_end_is_cut_short(api: CqcApi) -> None:
    api.locations["1-900000001"] = {"name": "x" * 1_000_000}
    with pytest.raises(ApiError, match="more than 0 MB"):
        Client(key=KEY, url=api.url, manners=Manners(most_bytes=100_000)).get(PATH)


def test_a_list_instead_of_an_object_is_refused(client: Client, api: CqcApi) -> None:
    api.go_wrong(PATH, Trouble(200, body=b"[]"))
    with pytest.raises(ApiError, match="something else than an object"):
        client.get(PATH)


def test_a_redirection_is_not_followed_with_the_key(client: Client, api: CqcApi) -> None:
    api.go_wrong(PATH, Trouble(302, {"Location": f"{api.url}/locations/RX999"}))
    with pytest.raises(ApiError, match="status 302"):
        client.get(PATH)
    assert api.count("/locations/RX999") == 0


def test_requests_keep_their_distance(api: CqcApi, pauses: list[float]) -> None:
    client = Client(key=KEY, url=api.url, manners=Manners(requests_per_second=0.5), sleep=pauses.append)
    client.get(PATH)
    client.get(PATH)
    assert len(pauses) == 1
    assert 1.0 < pauses[0] <= 2.0


def test_a_machine_that_is_not_there_is_told(pauses: list[float]) -> None:
    nobody = Client(
        key=KEY, url="http://127.0.0.1:9/public/v1", manners=Manners(tries=2), sleep=pauses.append
    )
    with pytest.raises(ApiError, match="could not be reached from this machine"):
        nobody.get(PATH)
