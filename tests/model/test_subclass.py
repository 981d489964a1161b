"""Subclasses of events that are made outside the package."""

import abc
import dataclasses
import functools
import sys
import types
import typing

import pytest

import openai_webhook_types as owt
from openai_webhook_types import (
    BatchCompletedWebhookEvent,
    FineTuningJobFailedWebhookEvent,
)
from tests import values
from tests.values import problems, without

FAILED = without(values.FAILED, "object")  # so that one field is unset


@pytest.mark.parametrize("decorate", [lambda cls: cls, dataclasses.dataclass(frozen=True)])
def test_a_field_of_its_own_is_refused_when_the_class_is_made(decorate):
    with pytest.raises(TypeError, match=r"Mine declares the field 'received_at'.*an object of yo"):

        @decorate
        class Mine(FineTuningJobFailedWebhookEvent):
            received_at: typing.Optional[float] = None

    with pytest.raises(TypeError, match="MyData declares the field 'note'"):

        @decorate
        class MyData(FineTuningJobFailedWebhookEvent.Data):
            note: str = ""


def test_a_field_beside_another_base_is_refused():
    class Mixin:
        pass

    class Fine(Mixin, FineTuningJobFailedWebhookEvent):
        pass

    assert Fine.from_dict(FAILED).data.id == "ftjob-1"
    with pytest.raises(TypeError, match="'note'"):

        class Mine(Mixin, FineTuningJobFailedWebhookEvent):
            note: str = ""


# Options of @dataclass that Python 3.8 and 3.9 do not have.
NEWER_OPTIONS = [{"kw_only": True}, {"match_args": False}] if sys.version_info >= (3, 10) else []


@pytest.mark.parametrize(
    "body",
    [
        {"__slots__": ("id",)},
        {"__slots__": "created_at"},
        {"id": property(lambda self: self.data.id)},
        {"object": "event"},
        {"type": "batch.new", "__annotations__": {"type": typing.Literal["batch.new"]}},
    ],
    ids=["slots", "one slot", "property", "attribute", "default"],
)
def test_an_attribute_that_would_hide_a_field_is_refused(body):
    with pytest.raises(TypeError, match=r"^Mine has a slot, .* rename the attribute$"):
        type("Mine", (FineTuningJobFailedWebhookEvent,), {"__module__": __name__, **body})


@pytest.mark.parametrize("options", [{}, {"eq": False, "repr": False}])
def test_a_dataclass_with_slots_is_refused(options):
    class Mine(FineTuningJobFailedWebhookEvent):
        pass

    message = r"^Mine has a slot, .*: leave out slots=True, "
    with pytest.raises(TypeError, match=message if NEWER_OPTIONS else "slots"):
        dataclasses.dataclass(frozen=True, slots=True, **options)(Mine)


@pytest.mark.parametrize("slots", [(), ("seen",)])
def test_slots_for_other_attributes_work(slots):
    cls = type("Mine", (FineTuningJobFailedWebhookEvent,), {"__slots__": slots})
    event = cls.from_dict({**FAILED, "later": 1})
    for name in slots:
        object.__setattr__(event, name, 1)
        assert getattr(event, name) == 1
    assert event.to_dict() == {**FAILED, "later": 1}
    assert cls(**FAILED) == cls.from_dict(FAILED)


@pytest.mark.parametrize("options", [{}, {"order": True}, {"init": False}, *NEWER_OPTIONS])
def test_a_dataclass_compares_and_is_shown_with_unknown_fields(options):
    @dataclasses.dataclass(frozen=True, **options)
    class Mine(FineTuningJobFailedWebhookEvent):
        type: typing.Literal["fine_tuning.job.failed"]

    one, other = (Mine.from_dict({**FAILED, "later": later}) for later in ([1], [2]))
    assert one != other
    assert one == Mine.from_dict(one.to_dict())
    assert hash(one) == hash(other)
    assert repr(one).startswith("Mine(id='evt_1', ")
    assert repr(one).endswith(", later=[1])")
    assert Mine(**FAILED).to_dict() == FAILED


def test_a_dataclass_with_a_hash_of_its_own_is_refused():
    class Mine(FineTuningJobFailedWebhookEvent):
        pass

    with pytest.raises(TypeError, match="Cannot overwrite attribute __hash__ in class Mine"):
        dataclasses.dataclass(frozen=True, unsafe_hash=True)(Mine)


def test_methods_of_its_own_are_kept():
    class Mine(FineTuningJobFailedWebhookEvent):
        def __eq__(self, other):
            return self.id == other.id

        __hash__ = None

        def __repr__(self):
            return "Mine!"

    for cls in (Mine, dataclasses.dataclass(frozen=True)(Mine)):
        assert cls.from_dict(FAILED) == cls.from_dict({**FAILED, "created_at": 1})
        assert repr(cls.from_dict(FAILED)) == "Mine!"


class Named(typing.Protocol):
    id: str
    label: str

    def job(self):
        """Do something."""


class Abstract(abc.ABC):
    @abc.abstractmethod
    def job(self):
        """Do something."""


T = typing.TypeVar("T")


class Typed(typing.Generic[T]):
    pass


@pytest.mark.parametrize("is_first", [False, True])
@pytest.mark.parametrize("mixin", [Named, Abstract])
def test_protocols_and_abstract_bases_work(mixin, is_first):
    bases = (FineTuningJobFailedWebhookEvent, mixin)
    namespace = {"__module__": __name__, "job": lambda self: self.data.id}
    cls = types.new_class(
        "Mine", bases[:: -1 if is_first else 1], {}, lambda n: n.update(namespace)
    )
    event = cls.from_dict({**FAILED, "later": 1})
    assert event.job() == "ftjob-1"
    assert event.to_dict() == {**FAILED, "later": 1}
    # On Python 3.8, the constructor of a protocol that comes first takes no arguments.
    if not (mixin is Named and is_first and sys.version_info < (3, 10)):
        assert cls(**FAILED) == cls.from_dict(FAILED)


def test_a_generic_base_works():
    class Mine(FineTuningJobFailedWebhookEvent, Typed[T]):
        pass

    assert Mine[int].from_dict(FAILED) == Mine[int](**FAILED) == Mine.from_dict(FAILED)


def test_an_abstract_class_cannot_be_read():
    class Mine(FineTuningJobFailedWebhookEvent, Abstract):
        pass

    for read, payload in ((Mine.from_dict, FAILED), (Mine.from_json, "{}")):
        with pytest.raises(TypeError, match="instantiate abstract class Mine"):
            read(payload)


@dataclasses.dataclass(frozen=True)
class Noted:
    note: str = ""


@dataclasses.dataclass(frozen=True)
class Decorated(owt.WebhookEvent):
    pass


@pytest.mark.parametrize(
    "bases",
    [
        (FineTuningJobFailedWebhookEvent, Noted),
        (Noted, FineTuningJobFailedWebhookEvent),
        (Decorated, FineTuningJobFailedWebhookEvent),
        (FineTuningJobFailedWebhookEvent, owt.DataConnect),
    ],
)
def test_a_base_with_other_fields_is_refused(bases):
    first, second = (base.__name__ for base in bases)
    with pytest.raises(TypeError, match=f"^Mine inherits from {first} and {second}, and only"):
        type("Mine", bases, {"__module__": __name__})


class Pair(typing.NamedTuple):
    left: int
    right: int


@pytest.mark.parametrize("base", [dict, str, Exception, Pair])
def test_a_built_in_base_is_refused(base):
    with pytest.raises(TypeError, match="Mine inherits from a built-in type"):
        type("Mine", (FineTuningJobFailedWebhookEvent, base), {"__module__": __name__})


class Described(owt.WebhookEvent):
    """A base for events, with a method."""

    def describe(self):
        return f"{self.type}: {self.id}"


class DescribedFailure(Described, FineTuningJobFailedWebhookEvent):
    pass


def test_a_base_of_several_events_may_have_methods():
    event = DescribedFailure.from_dict(FAILED)
    assert event.describe() == "fine_tuning.job.failed: evt_1"
    assert event.to_dict() == FAILED
    for read, payload in ((Described.from_dict, FAILED), (Described.from_json, "{}")):
        with pytest.raises(TypeError, match=r"^Described stands for several types: read events"):
            read(payload)


def made(type_annotation, **names):
    """Return the namespace of a module with a subclass, all of whose annotations are text."""
    namespace = {"__name__": __name__, "typing": typing, **names}
    code = f"""
from __future__ import annotations
from openai_webhook_types import FineTuningJobFailedWebhookEvent

class Mine(FineTuningJobFailedWebhookEvent):
    count: typing.ClassVar[int] = 0
    data: FineTuningJobFailedWebhookEvent.Data
    type: {type_annotation}
"""
    exec(code, namespace)
    return namespace["Mine"]


def test_a_type_in_a_string_annotation_is_resolved():
    cls = made('typing.Literal["fine_tuning.job.paused"]')
    event = cls.from_dict({**FAILED, "type": "fine_tuning.job.paused"})
    assert event.type == "fine_tuning.job.paused"
    with pytest.raises(owt.ValidationError, match=r"'fine_tuning\.job\.paused'"):
        cls.from_dict(FAILED)


@pytest.mark.parametrize("annotation", ["Literall['x']", "str", "typing.Literal[5]", "'"])
def test_a_type_that_is_no_literal_is_refused(annotation):
    with pytest.raises((TypeError, SyntaxError), match=r"Mine|literal"):
        made(annotation)


def test_a_type_of_another_subclass_is_resolved():
    class Mine(FineTuningJobFailedWebhookEvent):
        type: typing.Literal["a", "b"]

    assert Mine.from_dict({**FAILED, "type": "b"}).type == "b"
    assert Mine.from_dict({**FAILED, "type": "b"}) != Mine.from_dict({**FAILED, "type": "a"})


def test_a_subclass_may_have_data_of_its_own():
    class Mine(FineTuningJobFailedWebhookEvent):
        class Data(FineTuningJobFailedWebhookEvent.Data):
            @property
            def number(self):
                return int(self.id.rpartition("-")[2])

        data: Data

    assert Mine.from_dict(FAILED).data.number == 1
    assert type(Mine.model_validate({**FAILED, "created_at": "5"}).data) is Mine.Data


class WithMethods(FineTuningJobFailedWebhookEvent):
    def job(self):
        return self.data.id

    @functools.lru_cache(maxsize=None)  # noqa: B019
    def cached(self):
        return [self.id]


def test_a_subclass_validates_as_its_base_does():
    event = WithMethods.from_dict(FAILED)
    assert type(event) is WithMethods
    assert event.job() == "ftjob-1"
    assert event.cached() is event.cached()
    assert WithMethods.from_json(event.to_json()) == event
    assert problems(WithMethods, {**FAILED, "type": "other"}) == [("literal_error", ("type",))]
    assert repr(event).startswith("WithMethods(id='evt_1'")


def test_a_subclass_has_the_fields_of_its_base():
    assert "__dataclass_fields__" in vars(WithMethods)
    assert dataclasses.fields(WithMethods) == dataclasses.fields(FineTuningJobFailedWebhookEvent)


def test_a_subclass_may_be_a_dataclass_of_another_type():
    @dataclasses.dataclass(frozen=True, eq=False, repr=False)
    class Renamed(BatchCompletedWebhookEvent):
        type: typing.Literal["batch.renamed"]

    payload = {**FAILED, "type": "batch.renamed", "new": 1}
    event = Renamed.from_dict(payload)
    assert event.to_dict() == payload
    assert event.__replace__(id="x").to_dict() == {**payload, "id": "x"}
    assert problems(Renamed, FAILED) == [("literal_error", ("type",))]


def test_annotations_that_do_not_resolve_need_not():
    """A type checker may know names that do not exist when the program runs."""

    class Mine(FineTuningJobFailedWebhookEvent):
        helper: "typing.ClassVar[Helper]"  # noqa: F821

    payload = {**FAILED, "type": "fine_tuning.job.failed"}
    assert Mine.model_construct(**payload) == Mine.from_dict(payload)
    assert Mine.model_json_schema()["properties"].keys() == {*payload, "object"}
