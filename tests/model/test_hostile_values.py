"""Values whose methods raise or lie: validation refuses them, or accepts them as Pydantic does."""

import collections.abc
import json
import pickle
import weakref
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import pytest

import openai_webhook_types as owt
from openai_webhook_types import (
    FineTuningJobFailedWebhookEvent,
    RealtimeCallIncomingWebhookEvent,
    ValidationError,
    WebhookEvent,
    parse_event,
)
from tests.values import FAILED, boom, error_of, without


class RaisingClass:
    __class__ = property(boom)


class ClaimsToBeDict:
    __class__ = dict


class ClaimsToBeStr:
    __class__ = str


class LyingBytes(bytes):
    def decode(self, *args):
        return 5


class RaisingStr(str):
    __slots__ = ()
    isascii = encode = __str__ = __len__ = boom


class RaisingInt(int):
    __int__ = __index__ = boom


class RaisingList(list):
    __iter__ = __len__ = __getitem__ = boom


class RaisingDict(dict):
    items = get = keys = __iter__ = __getitem__ = boom


class RaisingDecimal(Decimal):
    is_finite = adjusted = __int__ = boom


class RaisingEnum(Enum):
    VALUE = "x"

    @property
    def value(self):
        raise RuntimeError("boom")


class RaisingNumber:
    __float__ = __index__ = __iter__ = boom


class RaisingMapping(collections.abc.Mapping):
    __getitem__ = __iter__ = __len__ = boom


class Raising:
    __iter__ = __eq__ = __repr__ = __str__ = __getattr__ = boom
    __hash__ = None


class Endless:
    def __float__(self):
        return float(self)


class OddName(type):
    __name__ = property(boom)


class OddlyNamed(metaclass=OddName):
    pass


class RaisingKey:
    """Equal hashes make a dict compare it with the name of a field."""

    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return hash(self.name)

    __eq__ = boom


def dead_proxy():
    value = RaisingNumber()
    return weakref.proxy(value)


VALUES = {
    "dead proxy": dead_proxy,
    "raising class": RaisingClass,
    "claims to be dict": ClaimsToBeDict,
    "claims to be str": ClaimsToBeStr,
    "lying bytes": lambda: LyingBytes(b"x"),
    "raising str": lambda: RaisingStr("x"),
    "raising int": lambda: RaisingInt(5),
    "raising list": lambda: RaisingList([1]),
    "raising dict": lambda: RaisingDict(id="x"),
    "raising Decimal": lambda: RaisingDecimal(5),
    "raising Enum": lambda: RaisingEnum.VALUE,
    "raising number": RaisingNumber,
    "raising mapping": RaisingMapping,
    "raising everything": Raising,
    "endless": Endless,
    "oddly named": OddlyNamed,
    "exact fraction": lambda: Fraction(2**53 + 1),
    "half": lambda: Fraction(1, 2),
    "dict with a raising key": lambda: {RaisingKey("id"): 1, RaisingKey("type"): 2},
}  # fmt: skip


each_value = pytest.mark.parametrize("make", VALUES.values(), ids=VALUES)


FIELDS = ["id", "created_at", "data", "type", "object", "new"]


def outcome(read, *args, **options):
    """Return an event, or the types and paths of the errors, all of whose forms must work."""
    try:
        return read(*args, **options)
    except ValidationError as error:
        assert error.error_count() == len(error.errors()) > 0
        assert len(json.loads(error.json())) == len(json.loads(error.json(indent=2)))
        assert type(str(error)) is type(repr(error)) is str
        return [(problem["type"], problem["loc"]) for problem in error.errors()]


@each_value
@pytest.mark.parametrize("strict", [None, True])
@pytest.mark.parametrize("field", FIELDS)
def test_a_hostile_value_is_accepted_or_a_validation_error(field, strict, make):
    for read in (FineTuningJobFailedWebhookEvent.from_dict, parse_event):
        found = outcome(read, {**FAILED, field: make()}, strict=strict)
        if isinstance(found, list):
            assert {loc[0] for _, loc in found} <= {field}
        else:
            known = field != "type" or found.type == FAILED["type"]
            assert type(found) is (
                FineTuningJobFailedWebhookEvent if known else owt.UnknownWebhookEvent
            )
            assert [type(found.id), type(found.created_at)] == [str, int]


@each_value
def test_a_hostile_payload_is_a_validation_error(make):
    for read in (FineTuningJobFailedWebhookEvent.from_dict, parse_event):
        found = outcome(read, make())
        assert isinstance(found, list)


@each_value
def test_a_hostile_list_is_accepted_or_a_validation_error(make):
    payload = {
        **FAILED,
        "type": "realtime.call.incoming",
        "data": {"call_id": "c", "sip_headers": make(), "sip_media_security": make()},
    }
    found = outcome(RealtimeCallIncomingWebhookEvent.from_dict, payload)
    assert {loc[:2] for _, loc in found} <= {
        ("data", "sip_headers"),
        ("data", "sip_media_security"),
    }


@pytest.mark.parametrize(
    ("field", "value", "taken"),
    [
        ("id", "lying bytes", "x"),
        ("id", "raising str", "x"),
        ("created_at", "raising int", 5),
        ("created_at", "raising Decimal", 5),
        ("created_at", "exact fraction", 2**53 + 1),
    ],
)
def test_the_value_of_a_builtin_type_counts_whatever_its_methods_say(field, value, taken):
    event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, field: VALUES[value]()})
    assert getattr(event, field) == taken
    assert type(getattr(event, field)) is type(taken)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("id", "raising Enum", "string_type"),
        ("created_at", "raising Enum", "int_type"),
        ("created_at", "raising number", "int_type"),
        ("created_at", "endless", "int_type"),
        ("created_at", "half", "int_from_float"),
        ("data", "raising mapping", "mapping_type"),
        ("data", "raising dict", "mapping_type"),
        ("data", "raising class", "model_type"),
        ("object", "raising everything", "literal_error"),
    ],
)
def test_a_value_that_raises_has_the_error_of_its_field(field, value, problem):
    payload = {**FAILED, field: VALUES[value]()}
    assert outcome(FineTuningJobFailedWebhookEvent.from_dict, payload) == [(problem, (field,))]


def test_a_key_that_raises_when_compared_is_no_name():
    payload = {key: value for key, value in FAILED.items() if key != "id"}
    key = RaisingKey("id")
    problems = outcome(FineTuningJobFailedWebhookEvent.from_dict, {**payload, key: 1})
    assert problems == [("missing", ("id",)), ("invalid_key", (repr(key),))]


def test_a_str_subclass_is_a_name_although_another_key_raises():
    payload = {name: FAILED[name] for name in ("id", "created_at", "data")}
    payload[type("Name", (str,), {})("type")] = FAILED["type"]
    payload[RaisingKey("object")] = 1
    problems = outcome(FineTuningJobFailedWebhookEvent.from_dict, payload)
    assert [kind for kind, _ in problems] == ["invalid_key"]


class Unequal(str):
    """Text that equals only itself."""

    __slots__ = ()

    __hash__ = object.__hash__

    def __eq__(self, other):
        return self is other


def test_a_name_that_looks_like_a_declared_one_is_not_an_unknown_field():
    event = owt.parse_event({**FAILED, Unequal("id"): 5, Unequal("later"): 6})
    assert event.id == FAILED["id"]
    assert event.model_extra == {"later": 6}


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, MemoryError])
def test_what_is_no_fault_of_a_value_passes(error):
    def stop(*args):
        raise error

    stopping = {
        "id": type("S", (), {"__repr__": stop})(),
        "created_at": type("N", (), {"__float__": stop})(),
        "object": type("L", (), {"__hash__": stop})(),
        "data": type("G", (dict,), {"get": stop})(),
        "new": {},
    }
    for field in ("created_at", "object", "data"):
        with pytest.raises(error):
            FineTuningJobFailedWebhookEvent.from_dict({**FAILED, field: stopping[field]})
    with pytest.raises(error):
        FineTuningJobFailedWebhookEvent.from_dict(type("I", (dict,), {"items": stop})(FAILED))
    with pytest.raises(ValidationError) as caught:
        FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "id": stopping["id"]})
    for show in (str, repr, ValidationError.json):
        with pytest.raises(error):
            show(caught.value)
    for methods in ({"__iter__": stop}, {"__iter__": lambda self: self, "__next__": stop}):
        data = {"call_id": "c", "sip_headers": type("I", (), methods)()}
        with pytest.raises(error):
            RealtimeCallIncomingWebhookEvent.from_dict(
                {**FAILED, "type": "realtime.call.incoming", "data": data}
            )


def test_a_payload_that_another_thread_changes_is_read_as_it_was():
    class Changing:
        def __init__(self, payload):
            self.payload = payload

        def __float__(self):
            self.payload.clear()
            return 5.0

    payload = {**FAILED, "new": 1}
    payload["created_at"] = Changing(payload)
    event = FineTuningJobFailedWebhookEvent.from_dict(payload)
    assert (event.created_at, event.new, payload) == (5, 1, {})


@pytest.mark.parametrize(
    "event_type",
    [
        b"realtime.call.incoming",
        bytearray(b"realtime.call.incoming"),
        Enum("Plain", {"VALUE": "realtime.call.incoming"}).VALUE,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_known_type_in_another_form_is_refused_and_not_an_unknown_event(event_type):
    payload = {"id": "e", "created_at": 1, "type": event_type, "data": "garbage"}
    with pytest.raises(ValidationError) as caught:
        parse_event(payload)
    assert caught.value.title == "RealtimeCallIncomingWebhookEvent"
    assert [problem["type"] for problem in caught.value.errors()] == [
        "model_type",
        "literal_error",
    ]


@pytest.mark.parametrize("items", [{"id": "other", "later": 1}, {"later": 1}])
def test_a_mapping_gives_declared_fields_by_get_and_unknown_ones_by_items(items):
    class TwoFaced(dict):
        def get(self, key, default=None):
            return FAILED.get(key, default)

    event = parse_event(TwoFaced(items))
    assert type(event) is FineTuningJobFailedWebhookEvent
    assert event.to_dict() == {**FAILED, "later": 1}


def test_errors_pickle_although_their_values_raise():
    with pytest.raises(ValidationError) as caught:
        FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "id": RaisingEnum.VALUE})
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_type_that_has_no_hash_is_not_an_unknown_type():
    unhashable = type("Unhashable", (str,), {"__hash__": None})
    payload = {**FAILED, "type": unhashable(FAILED["type"])}
    error = error_of(WebhookEvent.from_dict, payload)
    assert error.title == "FineTuningJobFailedWebhookEvent"
    assert [problem["loc"] for problem in error.errors()] == [("type",)]
    # Where a `Literal` is open, it is a string like others.
    event = parse_event(payload)
    assert type(event) is FineTuningJobFailedWebhookEvent
    assert type(event.type) is str


def test_a_key_that_recurses_without_end_is_a_problem_of_its_own():
    class Key(str):
        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other):
            return self == other

    payload = {Key("id"): "x", **without(FAILED, "id")}
    assert FineTuningJobFailedWebhookEvent.from_dict(payload).id == "x"


@pytest.mark.parametrize(
    ("items", "said"),
    [
        (lambda: None, "TypeError: Odd.items() returned a non-iterable (type NoneType)"),
        (lambda: map(boom, "a"), "RuntimeError: boom"),
        (lambda: [["later", 1]], "Mapping items must be tuples of (key, value) pairs"),
        (lambda: [("later", 1, 2)], "Mapping items must be tuples of (key, value) pairs"),
    ],
)
def test_the_items_of_a_mapping_are_pairs_or_its_only_error(items, said):
    odd = type("Odd", (dict,), {"items": lambda _: items()})(id=5)
    error = error_of(FineTuningJobFailedWebhookEvent.from_dict, {**FAILED, "data": odd})
    (problem,) = error.errors()
    assert (problem["type"], problem["loc"]) == ("mapping_type", ("data",))
    assert problem["msg"] == f"Input should be a valid mapping, error: {said}"


def test_the_names_of_a_mapping_are_text():
    pairs = [("id", "other"), (Unequal("later"), 1), (5, 2)]
    odd = type("Odd", (dict,), {"items": lambda _: pairs})(id="x")
    (problem,) = error_of(FineTuningJobFailedWebhookEvent.Data.from_dict, odd).errors()
    assert (problem["type"], problem["loc"]) == ("invalid_key", (5,))
    del pairs[-1]
    assert FineTuningJobFailedWebhookEvent.Data.from_dict(odd).model_extra == {"later": 1}
    pairs.append(("\ud800", 1))
    (problem,) = error_of(FineTuningJobFailedWebhookEvent.Data.from_dict, odd).errors()
    assert (problem["type"], problem["loc"]) == ("string_unicode", ())
