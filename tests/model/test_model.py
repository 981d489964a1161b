"""The methods of every type, by the names of Pydantic and of the SDK."""

import copy
import dataclasses
import inspect
import json
import re
import sys
from functools import partial
from types import SimpleNamespace

import pytest

from openai_webhook_types import (
    AgentSessionCreatedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
    ValidationError,
    parse_event,
)
from openai_webhook_types import FineTuningJobFailedWebhookEvent as Failed
from tests.values import (
    CASES,
    FAILED,
    SESSION,
    boom,
)


def test_pydantic_s_names_are_the_same_methods():
    event = FineTuningJobFailedWebhookEvent.model_validate(FAILED)
    assert event == FineTuningJobFailedWebhookEvent.from_dict(FAILED)
    text = json.dumps(FAILED)
    assert event == FineTuningJobFailedWebhookEvent.model_validate_json(text)
    assert event == FineTuningJobFailedWebhookEvent.from_json(text)
    assert event.data.id == "ftjob-1"
    assert isinstance(event.data, FineTuningJobFailedWebhookEvent.Data)


EVENT = Failed.from_dict({**FAILED, "new": "é"})


READING = {"context": {}, "by_alias": True, "by_name": True, "extra": "allow"}


WRITING = {
    "context": {},
    "by_alias": True,
    "exclude_computed_fields": True,
    "round_trip": True,
    "warnings": False,
    "serialize_as_any": True,
    "polymorphic_serialization": True,
}


def test_keywords_that_change_nothing_are_accepted():
    text = EVENT.to_json()
    assert Failed.model_validate(EVENT.to_dict(), **READING, from_attributes=False) == EVENT
    assert Failed.model_validate_json(text, **READING) == EVENT
    assert EVENT.model_dump(**WRITING) == EVENT.model_dump()
    assert EVENT.model_dump(mode="json", **WRITING) == EVENT.model_dump(mode="json")
    assert EVENT.model_dump_json(**WRITING) == EVENT.model_dump_json()
    assert EVENT.to_dict(warnings=False) == EVENT.to_dict()
    assert EVENT.to_json(warnings=False) == text
    assert Failed.model_json_schema(True, mode="serialization") == Failed.model_json_schema()


def test_strict_is_passed_on():
    lax = {**FAILED, "created_at": "1"}
    assert Failed.model_validate(lax).created_at == 1
    for read in (Failed.model_validate, Failed.model_validate_json):
        with pytest.raises(ValidationError):
            read(lax if read == Failed.model_validate else "[]", strict=True)


KEPT = "unknown fields are always kept"


NAMES = "set by_name=True; the fields have no aliases"


FLAGS = [
    (getattr(EVENT, method), name)
    for method in ("model_dump", "model_dump_json", "to_dict", "to_json", "dict", "json")
    for name, parameter in inspect.signature(getattr(EVENT, method)).parameters.items()
    if isinstance(parameter.default, bool) or name == "by_alias"
]
FLAGS += [(partial(Failed.model_validate, FAILED), name) for name in ("strict", "from_attributes")]
FLAGS += [(partial(parse_event, FAILED), "strict")]


class NumpyBool:
    """Stands for `numpy.bool_`, which is no bool."""

    def __eq__(self, other):
        return True is other

    __hash__ = True.__hash__


@pytest.mark.parametrize(("method", "name"), FLAGS)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_flag_is_true_or_false(method, name, monkeypatch):
    for wrong in (0, 1, "false", "", b"x", [], Failed):
        with pytest.raises(TypeError, match=f"^{name} must be True or False, not "):
            method(**{name: wrong})
    monkeypatch.setitem(sys.modules, "numpy", SimpleNamespace(bool_=NumpyBool))
    if name != "from_attributes":
        assert method(**{name: NumpyBool()}) == method(**{name: True})


def test_flags_that_are_bools_are_not_looked_at_one_by_one(monkeypatch):
    monkeypatch.setattr("openai_webhook_types._model.model._check_flags", boom)
    for value in (True, False):
        assert Failed.from_dict(FAILED, strict=value) == Failed.from_dict(FAILED)
        for method in (EVENT.model_dump, EVENT.model_dump_json):
            method(exclude_unset=value, exclude_defaults=value, exclude_none=value)
        for method in (EVENT.to_dict, EVENT.to_json):
            method(exclude_unset=value)


def test_some_flags_may_be_none():
    assert EVENT.model_dump(polymorphic_serialization=None, round_trip=True) == EVENT.model_dump()
    assert EVENT.model_dump_json(ensure_ascii=None) == EVENT.model_dump_json()
    assert EVENT.to_json(use_api_names=None) == EVENT.to_json()


@pytest.mark.parametrize("method", [EVENT.model_dump, EVENT.to_dict])
def test_a_mode_is_text(method):
    for wrong in (0, 1, b"json", True, []):
        with pytest.raises(TypeError, match=r"^mode must be 'python' or 'json', not "):
            method(mode=wrong)
    assert method(mode="anything") == method(mode=None) == method()


def test_a_schema_is_of_one_of_two_modes():
    for wrong in ("json", 0, [], None):
        with pytest.raises(TypeError, match=r"^mode must be 'validation' or 'serialization', not "):
            Failed.model_json_schema(mode=wrong)


VALIDATE, VALIDATE_JSON = Failed.model_validate, Failed.model_validate_json


REFUSED = [
    (lambda: VALIDATE({}, extra="forbid"), "model_validate", f"extra='forbid': {KEPT}"),
    (lambda: VALIDATE_JSON("{}", extra="ignore"), "model_validate_json", f"extra='ignore': {KEPT}"),
    (
        lambda: VALIDATE({}, from_attributes=True),
        "model_validate",
        "from_attributes=True: pass a dict, such as what the object's to_dict() returns",
    ),
    (lambda: VALIDATE({}, by_alias=False), "model_validate", f"by_alias=False: {NAMES}"),
    (lambda: VALIDATE_JSON("", by_alias=False), "model_validate_json", f"by_alias=False: {NAMES}"),
    (
        lambda: EVENT.model_dump(warnings="error"),
        "model_dump",
        "warnings='error': no value causes a warning",
    ),
    (
        lambda: EVENT.model_dump_json(warnings="error"),
        "model_dump_json",
        "warnings='error': no value causes a warning",
    ),
    (
        lambda: Failed.model_json_schema(schema_generator=object),
        "model_json_schema",
        "a schema_generator: pydantic.TypeAdapter(cls).json_schema(schema_generator=...) does",
    ),
    (
        lambda: Failed.model_json_schema(union_format="x"),
        "model_json_schema",
        "union_format='x': pydantic.TypeAdapter(cls).json_schema(union_format=...) does",
    ),
]


@pytest.mark.parametrize(("call", "method", "message"), REFUSED)
def test_keywords_that_would_change_something_are_refused(call, method, message):
    with pytest.raises(TypeError) as caught:
        call()
    assert str(caught.value) == f"{method}() does not support {message}"


def test_by_name_makes_up_for_by_alias():
    assert Failed.model_validate(FAILED, by_alias=False, by_name=True) == Failed.from_dict(FAILED)


@pytest.mark.parametrize(
    ("old", "new", "call"),
    [
        ("parse_obj", "model_validate", lambda: Failed.parse_obj(EVENT.to_dict())),
        ("copy", "model_copy", lambda: EVENT.copy(update={"id": EVENT.id}, deep=True)),
        ("dict", "model_dump", lambda: Failed.from_dict(EVENT.dict(exclude_unset=True))),
        ("json", "model_dump_json", lambda: Failed.from_json(EVENT.json(exclude_unset=True))),
    ],
)
def test_deprecated_names_call_their_successors(old, new, call):
    message = re.escape(f"{old}() is deprecated: call {new}()")
    with pytest.warns(DeprecationWarning, match=message) as seen:
        assert call() == EVENT
    assert seen[0].filename == __file__


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_deprecated_names_show_no_more_than_an_override_of_their_successor():
    class Discreet(Failed):
        def model_dump(self, **options):
            return {**super().model_dump(**options), "id": "hidden"}

        def model_dump_json(self, **options):
            return json.dumps(self.model_dump(**options))

    event = Discreet.from_dict(FAILED)
    assert event.dict(exclude={"data"}, include={"id", "data"}) == {"id": "hidden"}
    assert event.to_dict() == FAILED  # the table of differences says so
    assert json.loads(event.json(include={"id", "type"})) == {
        "id": "hidden",
        "type": FAILED["type"],
    }


class TestCopies:
    def test_model_copy_updates_fields(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": 1})
        changed = event.model_copy(update={"id": "other", "new": 2, "more": 3})
        assert changed.to_dict() == {**FAILED, "id": "other", "new": 2, "more": 3}
        assert event.to_dict() == {**FAILED, "new": 1}
        assert event.model_copy(update={}) == event
        assert type(changed) is type(event)

    def test_model_copy_keeps_the_order_of_fields(self):
        data = AgentSessionCreatedWebhookEvent.Data.from_dict(
            {**SESSION["data"], "environment_id": "e"}
        )
        assert list(data.model_copy(update={"connect": None}).to_dict()) == [
            "id", "environment_type", "connect", "environment_id",
        ]  # fmt: skip

    def test_deep_copies_share_no_containers(self):
        event = FineTuningJobFailedWebhookEvent.from_dict({**FAILED, "new": [1]})
        for shallow in (copy.copy(event), event.model_copy()):
            assert shallow is not event
            assert shallow.new is event.new
            assert shallow.data is event.data
        for deep in (copy.deepcopy(event), event.model_copy(deep=True)):
            assert deep.new is not event.new
            assert deep == event
        updated = event.model_copy(update={"id": "x"}, deep=True)
        assert updated.new is not event.new


class TestReplace:
    """`__replace__`, which `copy.replace` calls from Python 3.13 on."""

    @pytest.mark.parametrize(("cls", "payload"), CASES)
    def test_it_is_a_copy_with_an_update(self, cls, payload):
        event = cls.from_dict({**payload, "later": 1})
        replaced = event.__replace__(id="evt_2")
        assert type(replaced) is cls
        assert replaced.to_dict() == {**payload, "id": "evt_2", "later": 1}
        assert event.data.__replace__() == event.data
        if sys.version_info >= (3, 13):
            assert copy.replace(event, id="evt_2") == replaced

    def test_a_subclass_may_have_its_own(self):
        class Mine(FineTuningJobFailedWebhookEvent):
            def __replace__(self, /, **changes):
                return self.model_copy(update={**changes, "replaced": True})

        @dataclasses.dataclass(frozen=True, eq=False, repr=False)
        class Decorated(Mine):
            pass

        for cls in (Mine, Decorated):
            assert cls.from_dict(FAILED).__replace__().to_dict() == {**FAILED, "replaced": True}

    @pytest.mark.parametrize("decorate", [lambda cls: cls, dataclasses.dataclass(frozen=True)])
    def test_a_subclass_inherits_it_however_it_is_declared(self, decorate):
        @decorate
        class Mine(FineTuningJobFailedWebhookEvent):
            pass

        event = Mine.from_dict({**FAILED, "later": 1})
        assert event.__replace__(id="x").to_dict() == {**FAILED, "id": "x", "later": 1}
