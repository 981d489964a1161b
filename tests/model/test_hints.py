"""The types of fields do not depend on how annotations are written."""

import sys
import typing

import pytest

import openai_webhook_types as owt
from openai_webhook_types._model.hints import field_hints, members
from tests.values import each_type


@each_type
def test_every_field_has_its_type_in_order(cls):
    assert [*field_hints(cls)] == [*cls.__dataclass_fields__]
    assert field_hints(cls).items() <= typing.get_type_hints(cls).items()


def test_the_members_of_a_union():
    assert members(typing.Union[int, str, None]) == (int, str, type(None))
    assert members(typing.Optional[int]) == (int, type(None))
    for other in (int, typing.Tuple[int, ...], typing.Literal["a"]):
        assert members(other) == (other,)


if sys.version_info >= (3, 10):

    def test_the_members_of_a_union_in_the_newer_spelling():
        assert members(int | None) == (int, type(None))


def test_a_class_for_several_types_has_none():
    for ask in (
        owt.WebhookEvent.model_construct,
        owt.WebhookEvent.model_json_schema,
        lambda: field_hints(owt.WebhookEvent),
    ):
        with pytest.raises(TypeError, match=r"^WebhookEvent stands for several types: call the"):
            ask()
