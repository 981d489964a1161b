"""Python values as JSON text, as Pydantic writes it."""

import json

import pytest

from openai_webhook_types import DataConnect
from openai_webhook_types._json_text import dumps


class TestWriting:
    """Values are written as Pydantic writes them."""

    @pytest.mark.parametrize(
        ("value", "text"),
        [
            (float("nan"), "null"), (float("inf"), "null"), (float("-inf"), "null"),
            (0.1, "0.1"), (-0.0, "-0.0"), (1.0, "1.0"), (123456789.125, "123456789.125"),
            (1e16, "1e+16"), (1e22, "1e+22"), (-1.5e300, "-1.5e+300"),
            (1e-4, "0.0001"), (1e-5, "0.00001"), (-1.5e-5, "-0.000015"), (1.25e-5, "0.0000125"),
            (1e-6, "1e-6"), (1.5e-7, "1.5e-7"), (-1.5e-9, "-1.5e-9"), (1e-10, "1e-10"),
            (5e-324, "5e-324"), (10**30, str(10**30)), (-1, "-1"), (True, "true"), (None, "null"),
        ],
    )  # fmt: skip
    def test_numbers_and_constants(self, value, text):
        event = DataConnect.from_dict({"remote_url": "u", "x": value, "y": [value]})
        assert event.model_dump_json() == f'{{"remote_url":"u","x":{text},"y":[{text}]}}'
        assert event.to_json(indent=None) == event.model_dump_json()
        assert json.loads(event.to_json())["x"] == json.loads(text)

    def test_strings(self):
        event = DataConnect('é\u2028\x7f\x00\n"\\/\U0001f600')
        assert event.to_json(indent=None) == (
            '{"remote_url":"é\u2028\x7f\\u0000\\n\\"\\\\/\U0001f600"}'
        )

    def test_indented_text_is_laid_out_as_by_the_standard_library(self):
        value = [{}, [], {"a": [1, {"b": {}}], "c": None}]
        event = DataConnect.from_dict({"remote_url": "u", "x": value})
        assert event.to_json() == json.dumps(event.to_dict(), indent=2)
        for indent in (0, 1, 4):
            assert event.to_json(indent=indent) == json.dumps(event.to_dict(), indent=indent)
            assert event.model_dump_json(indent=indent) == event.to_json(indent=indent)


def test_a_type_that_json_does_not_have_is_refused():
    for indent in (None, 2):
        with pytest.raises(TypeError, match=r"not a type that JSON has: .*complex"):
            dumps({"a": [5j]}, indent)
