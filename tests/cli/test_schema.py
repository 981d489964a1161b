"""The verb `schema`."""

import json

from openai_webhook_types import BatchCompletedWebhookEvent
from openai_webhook_types.schema import events_json_schema


def test_schema_of_one_type_and_of_all(call):
    schema = BatchCompletedWebhookEvent.model_json_schema()
    assert call("schema", "batch.completed") == (0, json.dumps(schema, indent=2) + "\n", "")
    status, out, err = call("schema")
    assert (status, err) == (0, "")
    assert json.loads(out) == events_json_schema()
