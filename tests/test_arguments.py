"""The keywords and names of Pydantic's methods that change nothing, or are refused."""

import re

import pytest

from openai_webhook_types import FineTuningJobFailedWebhookEvent as Failed
from openai_webhook_types import UnknownWebhookEvent, ValidationError
from tests.values import FAILED, PAYLOADS, each_type

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


def test_ensure_ascii_escapes_all_other_characters():
    event = Failed.from_dict({**FAILED, "new": "é😀\u2028"})
    text = event.model_dump_json(ensure_ascii=True)
    assert text.isascii()
    assert r'"new":"\u00e9\ud83d\ude00\u2028"' in text
    assert Failed.from_json(text).to_dict(exclude_unset=False) == event.model_dump()


def test_references_of_a_schema_follow_the_template():
    schema = Failed.model_json_schema(ref_template="#/components/schemas/{model}")
    assert schema["properties"]["data"] == {"$ref": "#/components/schemas/Data"}
    assert schema["$defs"] == Failed.model_json_schema()["$defs"]


class Thing:
    pass


def test_fallback_replaces_values_of_unknown_types():
    thing = Thing()
    event = UnknownWebhookEvent.from_dict(
        {"id": "e", "created_at": 1, "type": "t", "data": [thing, 1, {"a": thing}, {2}]}
    )
    for dump in (event.model_dump, lambda **options: event.model_dump(mode="json", **options)):
        found = dump(fallback=lambda value: {"was": type(value).__name__})
        assert found["data"][:3] == [{"was": "Thing"}, 1, {"a": {"was": "Thing"}}]
    assert event.model_dump(fallback=str)["data"][3] == {2}
    text = event.model_dump_json(fallback=lambda _: "thing", include={"data": {0}})
    assert text == '{"data":["thing"]}'
    with pytest.raises(ValueError, match="nested too deeply"):
        event.model_dump_json(fallback=lambda value: [value])


@each_type
def test_iteration_gives_names_and_values(cls):
    event = cls.from_dict({**PAYLOADS[cls], "new": [1]})
    assert dict(event) == {
        **{name: getattr(event, name) for name in cls.__dataclass_fields__},
        **event.model_extra,
    }
    assert [*dict(event)] == [*event.model_dump()]


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


@pytest.mark.parametrize("given", [{}, {"object": None, "new": None}, {"new": (b"x",)}])
@pytest.mark.parametrize(
    "options",
    [
        {},
        {"exclude_unset": True},
        {"exclude_defaults": True},
        {"exclude_none": True},
        {"include": {"id", "data"}},
        {"exclude": {"id"}},
    ],
)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_deprecated_dumps_take_the_options_of_their_successors(given, options):
    required = {name: value for name, value in FAILED.items() if name != "object"}
    event = Failed.from_dict({**required, **given})
    assert event.dict(**options) == event.model_dump(**options)
    assert event.json(**options) == event.model_dump_json(**options)


def test_construct_is_model_construct():
    assert Failed.construct({"object"}, id="e") == Failed.model_construct({"object"}, id="e")
    assert Failed.construct({"object"}, id="e").to_dict() == {"id": "e", "object": None}
