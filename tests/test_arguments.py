"""Every public function, given any object for any argument: it returns, or says what is wrong."""

import dataclasses
import decimal
import inspect
import re
import warnings
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

import openai_webhook_types as owt
from openai_webhook_types import BatchFailedWebhookEvent, WebhookEvent, testing
from tests.strategies import json_values
from tests.values import CALL, FAILED, Level, Plain, Text, boom

SECRET = "whsec_YW55IHRleHQgd2lsbCBkbyBoZXJl"
PAYLOAD = testing.sample_payload("batch.failed")
EVENT = BatchFailedWebhookEvent.from_dict({**PAYLOAD, "later": [1, {"a": 2}]})
BODY, HEADERS = testing.signed_request(PAYLOAD, secret=SECRET)
DATA = owt.parse_event(CALL).data


class Hostile:
    """Raises whatever it is asked."""

    __index__ = __float__ = __iter__ = __len__ = __getitem__ = __eq__ = __str__ = __repr__ = boom
    __hash__ = None


# Values that some caller passes by mistake, of every kind.
ODD = [
    None, True, False, 0, 1, -1, 2**63, 10**400, 1.5, float("nan"), float("inf"), 5j,
    decimal.Decimal(1), "", "text", "\ud800", "batch.failed", "x" * 5000, Text("x"), b"", b"x",
    bytearray(b"x"), memoryview(b"x"), [], [None], [[]], ["x"], [("a", "b")], (), ("x",), {},
    {"a": 1}, {1: 2}, {"id": True}, MappingProxyType({}), set(), {"id"}, {1}, frozenset(),
    object(), object, ..., len, Level.ONE, Plain.TEXT, range(2), FAILED, EVENT, DATA,
    ValueError("x"), dataclasses,
]  # fmt: skip
odd_values = st.sampled_from(ODD) | json_values

# What Python says where an argument is used as something that it is not.
_RAW = re.compile(
    r"is not (a mapping|iterable|subscriptable|callable)|unhashable|has no attribute|has no len"
    r"|unsupported operand|argument of type|not supported between|object cannot be|doesn't apply"
    r"|descriptor|cannot unpack|not enough values|too many values|indices must be|positional"
)

CALLS = {
    owt.unwrap: {
        "payload": BODY, "headers": HEADERS, "secret": SECRET, "tolerance": 300, "strict": None
    },
    owt.verify_signature: {"payload": BODY, "headers": HEADERS, "secret": SECRET, "tolerance": 300},
    owt.sign: {"payload": BODY, "secret": SECRET, "webhook_id": "wh_1", "timestamp": 1},
    owt.event_class: {"event_type": "batch.failed"},
    owt.parse_event: {"body": PAYLOAD, "strict": None},
    testing.sample_payload: {"type": "batch.failed"},
    testing.signed_request: {
        "type_or_payload": "batch.failed", "secret": SECRET, "webhook_id": "wh_1", "timestamp": 1
    },
    WebhookEvent.from_dict: {"obj": PAYLOAD, "strict": None},
    BatchFailedWebhookEvent: PAYLOAD,
    BatchFailedWebhookEvent.from_dict: {"obj": PAYLOAD, "strict": None},
    BatchFailedWebhookEvent.from_json: {"data": BODY, "strict": None},
    BatchFailedWebhookEvent.parse_obj: {"obj": PAYLOAD},
    BatchFailedWebhookEvent.model_validate: {
        "obj": PAYLOAD, "strict": None, "extra": None, "from_attributes": None, "context": None,
        "by_alias": None, "by_name": None,
    },
    BatchFailedWebhookEvent.model_validate_json: {
        "json_data": BODY, "strict": None, "extra": None, "context": None, "by_alias": None,
        "by_name": None
    },
    BatchFailedWebhookEvent.model_construct: {"_fields_set": None, "data": None},
    BatchFailedWebhookEvent.model_json_schema: {
        "by_alias": None, "ref_template": "#/{model}", "schema_generator": None,
        "mode": "validation", "union_format": "any_of",
    },
    **{
        method: {name: p.default for name, p in inspect.signature(method).parameters.items()}
        for method in (EVENT.model_dump, EVENT.model_dump_json, EVENT.to_dict, EVENT.to_json,
                       EVENT.dict, EVENT.json)
    },
    EVENT.model_copy: {"update": None, "deep": False},
    EVENT.copy: {"update": None, "deep": False},
    DATA.sip_header: {"name": "From"},
}  # fmt: skip


# Arguments of which any method may be called: the others are options, which are true or not.
INPUTS = {
    "payload", "headers", "secret", "tolerance", "webhook_id", "timestamp", "event_type", "body",
    "type", "type_or_payload", "obj", "data", "json_data", "_fields_set", "name", "ref_template",
    "indent", "include", "exclude", "update",
}  # fmt: skip


def call(function, arguments):
    """Call a function; it may raise a TypeError or a ValueError, in words of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return function(**arguments)
        except (TypeError, ValueError) as error:
            assert not _RAW.search(str(error)), (error, arguments)
            assert SECRET[6:] not in str(error)
            return None


each_function = pytest.mark.parametrize("function", CALLS, ids=lambda f: f.__qualname__)


@each_function
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_arguments_of_the_examples_are_right(function):
    assert function(**CALLS[function]) is not None


@each_function
def test_any_value_of_any_argument(function):
    for name in CALLS[function]:
        for value in ODD:
            call(function, {**CALLS[function], name: value})


@each_function
def test_inputs_whose_methods_raise(function):
    for name in INPUTS & CALLS[function].keys():
        for value in (Hostile(), (boom() for _ in "x")):
            call(function, {**CALLS[function], name: value})


@each_function
@given(data=st.data())
def test_any_values_of_all_arguments(function, data):
    changed = data.draw(st.dictionaries(st.sampled_from([*CALLS[function]]), odd_values))
    call(function, {**CALLS[function], **changed})
