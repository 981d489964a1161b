"""Unions, collections and models of an application, around the SDK's types and around ours."""

import dataclasses
import json
import re
from functools import lru_cache
from typing import (
    Annotated,
    Any,
    Dict,
    Generic,
    Iterable,
    List,
    NamedTuple,
    Optional,
    Sequence,
    Tuple,
    TypeVar,
    Union,
)

import pydantic
import pytest
import typing_extensions
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BeforeValidator, Field, Tag, WrapValidator

import openai_webhook_types as owt
from tests.conformance.differential import (
    MODES,
    SHARED_EVENTS,
    contents,
    exact,
    or_error,
    theirs_for,
)
from tests.interop.plain_schema import plain
from tests.strategies import edge_values, mutated, payloads
from tests.values import ENDPOINTS, PAYLOADS, SAMPLES

K = TypeVar("K")


def model(kind, **config):
    config = pydantic.ConfigDict(**config)
    return pydantic.create_model("Model", __config__=config, field=(kind, ...))


def with_default(kind, **config):
    config = pydantic.ConfigDict(**config)
    return pydantic.create_model("Default", __config__=config, field=(Optional[kind], None))


def dataclass(kind):
    made = dataclasses.make_dataclass("Dataclass", [("field", kind)])
    made.__module__ = __name__
    return pydantic.dataclasses.dataclass(made)


class Box(pydantic.BaseModel, Generic[K]):
    field: K


def itself(value):
    return value


def in_list(value):
    return [value]


def twice(value):
    return [value, value]


def in_field(value):
    return {"field": value}


def in_json(value):
    return json.dumps(value, default=lambda instance: instance.to_dict())


# What an application puts a type in: what holds the value there, and the type of that. Most use
# only the first of two types.
CONTAINERS = {
    "itself": (itself, lambda one, _: one),
    "Optional": (itself, lambda one, _: Optional[one]),
    "List": (in_list, lambda one, _: List[one]),
    "Tuple": (twice, lambda one, two: Tuple[one, two]),
    "Tuple of any length": (twice, lambda one, _: Tuple[one, ...]),
    "Dict": (in_field, lambda one, _: Dict[str, one]),
    "Sequence": (in_list, lambda one, _: Sequence[one]),
    "Iterable": (in_list, lambda one, _: Iterable[one]),
    "NamedTuple": (in_list, lambda one, _: NamedTuple("Named", [("field", one)])),
    "TypedDict": (in_field, lambda one, _: typing_extensions.TypedDict("Typed", {"field": one})),
    "dataclass": (in_field, lambda one, _: dataclass(one)),
    "generic model": (in_field, lambda one, _: Box[one]),
    "RootModel": (itself, lambda one, _: pydantic.RootModel[one]),
    "model": (in_field, lambda one, _: model(one)),
    "model with a default": (in_field, lambda one, _: with_default(one)),
    **{
        f"model with {config}": (in_field, lambda one, _, config=config: model(one, **config))
        for config in (
            {"strict": True}, {"extra": "forbid"}, {"extra": "ignore"}, {"from_attributes": True},
            {"coerce_numbers_to_str": True}, {"str_strip_whitespace": True, "str_max_length": 3},
            {"revalidate_instances": "always"}, {"title": "Title"},
        )
    },
    "Field(strict=True)": (in_field, lambda one, _: model(Annotated[one, Field(strict=True)])),
    "Field(description=…)": (itself, lambda one, _: Annotated[one, Field(description="d")]),
    "Json": (in_json, lambda one, _: pydantic.Json[one]),
    "BeforeValidator": (itself, lambda one, _: Annotated[one, BeforeValidator(lambda v: v)]),
    "WrapValidator": (itself, lambda one, _: Annotated[one, WrapValidator(lambda v, h: h(v))]),
    "FailFast": (in_list, lambda one, _: Annotated[List[one], pydantic.FailFast()]),
    "union": (itself, lambda one, two: Union[one, two]),
    "union, turned": (itself, lambda one, two: Union[two, one]),
    "union, left to right": (
        itself, lambda one, two: Annotated[Union[one, two], Field(union_mode="left_to_right")]
    ),
    "union with dict": (itself, lambda one, two: Union[one, two, Dict[str, Any]]),
    "union with str": (itself, lambda one, _: Union[str, one]),
    "union of lists": (in_list, lambda one, two: Union[List[one], List[two]]),
    "union of models": (in_field, lambda one, two: Union[model(one), with_default(two)]),
    "union in a model": (in_field, lambda one, two: model(Union[two, one, None], strict=True)),
    "discriminator": (
        itself, lambda one, two: Annotated[Union[one, two], Field(discriminator="type")]
    ),
    "callable discriminator": (
        itself,
        lambda one, two: Annotated[
            Union[Annotated[one, Tag("one")], Annotated[two, Tag("two")]],
            pydantic.Discriminator(lambda _: "one"),
        ],
    ),
}  # fmt: skip

# The SDK's class and ours, of events, of what is in them, and of endpoints.
PAIRS = [
    *[(theirs_for(cls), cls) for cls in (*SHARED_EVENTS, *ENDPOINTS)],
    *[(theirs_for(cls).model_fields["data"].annotation, cls.Data) for cls in SHARED_EVENTS],
]


@lru_cache(maxsize=None)
def adapters(container, *pairs):
    """Return the adapters of a container with the SDK's classes and with ours."""
    return [pydantic.TypeAdapter(CONTAINERS[container][1](*kinds)) for kinds in zip(*pairs)]


def outcome(adapter, value, strict, as_json):
    """Return the classes, contents and dumps of what an adapter reads, or the problems."""
    read = adapter.validate_json if as_json else adapter.validate_python
    try:
        found = read(json.dumps(value) if as_json else value, strict=strict)
        if hasattr(found, "__next__"):
            return [contents(item) for item in found]
    except pydantic.ValidationError as error:
        problems = error.errors(include_url=False, include_input=False)
        return {"title": short(error.title), "problems": [[*p.values()] for p in problems]}
    return described(found), exact(adapter.dump_python(found)), or_error(adapter.dump_json, found)


def short(name):
    """Return a title without the names of the classes that ours are in."""
    return re.sub(r"\w+\.Data", "Data", name)


def described(value):
    """Return the class names and contents of a value, and of what holds it."""
    if isinstance(value, (list, tuple)):
        return [described(item) for item in value]
    if isinstance(value, dict):
        return {key: described(item) for key, item in value.items()}
    if type(value).__module__ in (__name__, "pydantic.root_model"):
        return short(type(value).__name__), described(vars(value))
    return contents(value)


each_container = pytest.mark.parametrize("container", CONTAINERS)


def are_alike(one, two):
    """Tell whether a payload of the second type is one of the first as well."""
    (_, ours), (theirs, _) = two, one
    payload = PAYLOADS.get(ours) or PAYLOADS[getattr(owt, ours.__qualname__.split(".")[0])]["data"]
    try:
        return bool(theirs.model_validate(payload))
    except pydantic.ValidationError:
        return False


ALIKE = [(one, two) for one in PAIRS for two in PAIRS if one != two and are_alike(one, two)]
EVENTS = PAIRS[: len(SHARED_EVENTS)]


@st.composite
def two_pairs(draw, container):
    """Return two pairs of classes that a container can choose between."""
    if container == "discriminator":
        return draw(st.permutations(EVENTS))[:2]
    return draw(st.permutations(draw(st.sampled_from(ALIKE))))


def loose(payload):
    """Return a payload that lax mode takes alone."""
    return {key: str(item) if type(item) is int else item for key, item in payload.items()}


@each_container
def test_a_container_takes_a_valid_event(container):
    pairs = [
        (theirs_for(cls), cls)
        for cls in (owt.BatchFailedWebhookEvent, owt.EvalRunFailedWebhookEvent)
    ]
    wrap, _ = CONTAINERS[container]
    value = wrap(SAMPLES["batch.failed"])
    if container == "Tuple":
        value[1] = SAMPLES["eval.run.failed"]
    for adapter in adapters(container, *pairs):
        assert "problems" not in outcome(adapter, value, None, False)


@each_container
@given(data=st.data())
def test_a_container_takes_the_same_payloads(container, data):
    pairs = data.draw(two_pairs(container))
    theirs, ours = adapters(container, *pairs)
    valid = st.one_of([payloads(ours) for _, ours in pairs])
    value = data.draw(valid | valid.map(loose) | mutated(valid) | edge_values)
    value = CONTAINERS[container][0](value)
    for strict, as_json in MODES:
        assert outcome(ours, value, strict, as_json) == outcome(theirs, value, strict, as_json)


@each_container
@given(data=st.data())
def test_a_container_takes_the_same_instances(container, data):
    pairs = data.draw(two_pairs(container))
    classes = data.draw(st.sampled_from(pairs))
    payload = data.draw(payloads(classes[1]))
    found = []
    for cls, adapter in zip(classes, adapters(container, *pairs)):
        instance = CONTAINERS[container][0](cls.model_validate(payload))
        found.append([outcome(adapter, instance, strict, False) for strict in (None, True)])
    assert found[0] == found[1]


@each_container
@given(data=st.data(), mode=st.sampled_from(["validation", "serialization"]))
def test_a_container_has_the_same_schema(container, data, mode):
    pairs = data.draw(two_pairs(container))
    schemas = [adapter.json_schema(mode=mode) for adapter in adapters(container, *pairs)]
    theirs, ours = [json.loads(short(json.dumps(schema))) for schema in schemas]
    assert plain(ours, ours.get("$defs")) == plain(theirs, theirs.get("$defs"))
