"""Events as bodies and responses of FastAPI routes, and in the OpenAPI document."""

from typing import Annotated

import openai.types.webhooks
import pytest
from fastapi import FastAPI, Response
from fastapi.testclient import TestClient
from openapi_spec_validator import validate
from pydantic import Field, create_model

import openai_webhook_types as owt
from tests.interop.plain_schema import plain
from tests.values import CASES, CLASSES, SAMPLES


@pytest.fixture(scope="module")
def client():
    app = FastAPI()

    @app.post("/webhooks")
    def receive(
        event: Annotated[owt.UnwrapWebhookEvent, Field(discriminator="type")],
    ) -> owt.UnwrapWebhookEvent:
        assert isinstance(event, owt.WebhookEvent)
        return event

    @app.get("/known/{event_type}")
    def known(event_type: str) -> owt.UnwrapWebhookEvent:
        return owt.parse_event({**SAMPLES[event_type], "later": 1})

    @app.get("/whole/{event_type}", response_model=owt.UnwrapWebhookEvent)
    def whole(event_type: str):
        event = owt.parse_event({**SAMPLES[event_type], "later": 1})
        return Response(event.to_json(), media_type="application/json")

    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_a_route_takes_and_returns_events(client, cls, payload):
    response = client.post("/webhooks", json=payload)
    assert response.status_code == 200
    assert response.json() == cls.from_dict(payload).to_dict(exclude_unset=False)


@pytest.mark.parametrize("event_type", owt.EVENT_TYPES)
def test_a_response_has_the_declared_fields_unless_to_json_writes_it(client, event_type):
    assert client.get(f"/known/{event_type}").json() == SAMPLES[event_type]
    assert client.get(f"/whole/{event_type}").json() == {**SAMPLES[event_type], "later": 1}


def test_a_wrong_body_is_refused_with_the_place_that_is_wrong(client):
    response = client.post("/webhooks", json={**SAMPLES["batch.failed"], "data": {}})
    assert response.status_code == 422
    assert [(error["type"], error["loc"]) for error in response.json()["detail"]] == [
        ("missing", ["body", "batch.failed", "data", "id"])
    ]


def _document(module):
    """Return the OpenAPI document of an application that uses each class of a module."""
    app = FastAPI()
    for cls in CLASSES.values():
        kind = getattr(module, cls.__name__)

        def route(event):
            return event

        route.__annotations__ = {"event": kind, "return": create_model("Page", events=list[kind])}
        app.post(f"/{cls.__name__}")(route)
    return app.openapi()


# Of the SDK's models, which FastAPI asks for their schema before they have one.
@pytest.mark.filterwarnings("ignore:The 'alias' attribute with value 'event'")
def test_the_openapi_document_is_that_of_the_sdks_models():
    ours, theirs = _document(owt), _document(openai.types.webhooks)
    validate(ours)
    assert len(ours["paths"]) == len(CLASSES)
    for path, operations in ours["paths"].items():
        assert plain(operations, ours["components"]["schemas"]) == plain(
            theirs["paths"][path], theirs["components"]["schemas"]
        )


def test_the_openapi_document_tells_the_events_apart_by_type(client):
    document = client.get("/openapi.json").json()
    validate(document)
    body = document["paths"]["/webhooks"]["post"]["requestBody"]["content"]["application/json"]
    discriminator = body["schema"]["discriminator"]
    assert discriminator["propertyName"] == "type"
    assert list(discriminator["mapping"]) == sorted(owt.EVENT_TYPES)
    for event_type, reference in discriminator["mapping"].items():
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
        assert schema["title"] == CLASSES[event_type].__name__
        assert schema["properties"]["type"]["const"] == event_type
