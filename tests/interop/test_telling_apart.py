"""Libraries that tell events apart: Dask, DeepDiff, Powertools' idempotency; and cloudpickle."""

import subprocess
import sys

import cloudpickle
import dask
import pytest
from aws_lambda_powertools.utilities.idempotency import (
    BasePersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from aws_lambda_powertools.utilities.idempotency.exceptions import (
    IdempotencyItemAlreadyExistsError,
    IdempotencyItemNotFoundError,
)
from aws_lambda_powertools.utilities.parser import parse
from dask.base import tokenize
from deepdiff import DeepDiff
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from tests.strategies import payloads
from tests.values import CALL, PACKAGE, SAMPLES, each_shape

WHOLE = {**SAMPLES["batch.failed"], "data": {"id": "batch_1", "deep": [1]}, "later": {"x": 1}}
OTHERS = [
    {**WHOLE, "later": {"x": 2}},
    {**WHOLE, "data": {"id": "batch_1", "deep": [2]}},
    {**WHOLE, "data": {"id": "batch_1"}},
    {**WHOLE, "type": "batch.expired"},
    {**WHOLE, "type": "new.type"},
]


@pytest.mark.parametrize("other", OTHERS)
def test_dask_tells_events_apart_by_all_of_their_fields(other):
    assert tokenize(owt.parse_event(WHOLE)) != tokenize(owt.parse_event(other))


@each_shape
@given(data=st.data())
def test_dask_has_one_token_for_equal_events(cls, data):
    payload = data.draw(payloads(cls))
    one, same = cls.from_dict(payload), cls.from_dict(dict(reversed(payload.items())))
    assert tokenize(one) == tokenize(same)
    assert tokenize(one) == tokenize(cls.model_construct(**{**one.model_dump(), **payload}))


def test_dask_calls_a_pure_function_for_each_event():
    function = dask.delayed(lambda event: event.model_extra, pure=True)
    events = [owt.parse_event(payload) for payload in (WHOLE, OTHERS[0], WHOLE)]
    assert dask.compute(*map(function, events), scheduler="sync") == (
        {"later": {"x": 1}},
        {"later": {"x": 2}},
        {"later": {"x": 1}},
    )


def test_deepdiff_names_the_fields_of_dicts_and_the_places_of_events():
    one, other = owt.parse_event(WHOLE), owt.parse_event(OTHERS[0])
    assert DeepDiff(one.to_dict(), other.to_dict()).affected_paths == ["root['later']['x']"]
    assert DeepDiff(one, other).affected_paths == ["root[5][1]['x']"]


class Store(BasePersistenceLayer):
    """Keeps the records of Powertools' idempotency in a dict."""

    def __init__(self):
        super().__init__()
        self.records = {}

    def _get_record(self, idempotency_key):
        if idempotency_key not in self.records:
            raise IdempotencyItemNotFoundError
        return self.records[idempotency_key]

    def _put_record(self, data_record):
        if data_record.idempotency_key in self.records:
            raise IdempotencyItemAlreadyExistsError
        self.records[data_record.idempotency_key] = data_record

    def _update_record(self, data_record):
        self.records[data_record.idempotency_key] = data_record

    def _delete_record(self, data_record):
        del self.records[data_record.idempotency_key]


@pytest.mark.filterwarnings("ignore:Couldn't determine the remaining time")
@pytest.mark.parametrize(("pass_on", "calls"), [(lambda e: e, 1), (owt.WebhookEvent.to_dict, 2)])
def test_powertools_takes_events_that_differ_in_unknown_fields_for_one(pass_on, calls):
    handled = []

    @idempotent_function(
        data_keyword_argument="event",
        persistence_store=Store(),
        config=IdempotencyConfig(use_local_cache=False),
    )
    def handle(event):
        handled.append(event)
        return "done"

    for payload in (WHOLE, OTHERS[0]):
        assert handle(event=pass_on(owt.parse_event(payload))) == "done"
    assert len(handled) == calls


@pytest.mark.parametrize(
    "model", [owt.BatchFailedWebhookEvent, owt.WebhookEvent, owt.AnyWebhookEvent]
)
def test_powertools_parses_whole_events(model):
    event = parse(event=WHOLE, model=model)
    assert type(event) is owt.BatchFailedWebhookEvent
    assert event.to_dict() == WHOLE


def test_cloudpickle_passes_events_and_functions_to_processes_that_have_the_package(tmp_path):
    path = tmp_path / "pickled"
    event = owt.parse_event({**CALL, "later": 1})
    path.write_bytes(cloudpickle.dumps((lambda: event, event)))
    code = f"import pickle\nf, event = pickle.load(open({str(path)!r}, 'rb'))\nprint(f() == event)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, check=True
    )
    assert done.stdout.split() == [b"True"]
    cloudpickle.register_pickle_by_value(owt)
    try:
        with pytest.raises((TypeError, AttributeError)):
            cloudpickle.dumps(event)
    finally:
        cloudpickle.unregister_pickle_by_value(owt)
