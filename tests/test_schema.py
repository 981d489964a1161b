"""JSON Schema of all events."""

import json

import openai_webhook_types as owt
from openai_webhook_types.schema import events_json_schema
from tests.model.test_json_schema import definitions, references
from tests.values import KNOWN_EVENTS, each_known_event


class TestAllEvents:
    schema = events_json_schema()

    def test_draft(self):
        assert self.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert json.loads(json.dumps(self.schema)) == self.schema

    def test_every_event_is_an_alternative(self):
        assert self.schema["oneOf"] == [{"$ref": f"#/$defs/{cls.__name__}"} for cls in KNOWN_EVENTS]

    def test_the_type_tells_the_alternatives_apart(self):
        events = [self.schema["$defs"][one["$ref"].split("/")[-1]] for one in self.schema["oneOf"]]
        types = [event["properties"]["type"]["const"] for event in events]
        assert types == list(owt.EVENT_TYPES)

    def test_every_keyword_is_of_json_schema(self):
        assert self.schema.keys() == {"$schema", "oneOf", "$defs"}

    def test_references(self):
        assert references(self.schema) == definitions(self.schema)
        for cls in KNOWN_EVENTS:
            event = self.schema["$defs"][cls.__name__]
            assert event["properties"]["data"] == {"$ref": f"#/$defs/{cls.__name__}Data"}

    @each_known_event
    def test_each_event_has_the_schema_of_its_class(self, cls):
        alone = cls.model_json_schema()
        assert_same_but_for_names(self.schema["$defs"][cls.__name__], self.schema, alone, alone)


def assert_same_but_for_names(found, root, expected, expected_root):
    """Assert that two schemas are equal, whatever their definitions are called."""
    if isinstance(expected, list):
        for pair in zip(found, expected):
            assert_same_but_for_names(pair[0], root, pair[1], expected_root)
        assert len(found) == len(expected)
    elif not isinstance(expected, dict):
        assert found == expected
    elif "$ref" in expected:
        inner, expected_inner = (
            document["$defs"][schema["$ref"].split("/")[-1]]
            for document, schema in ((root, found), (expected_root, expected))
        )
        assert_same_but_for_names(inner, root, expected_inner, expected_root)
    else:
        assert found.keys() == expected.keys() - {"$defs"}
        for key in found:
            assert_same_but_for_names(found[key], root, expected[key], expected_root)
