"""Events as bodies and responses of FastAPI routes, and in the OpenAPI document."""

from typing import Annotated

import openai.types.webhooks
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openapi_spec_validator import validate
from pydantic import Field, create_model

import openai_webhook_types as owt
from tests.interop.plain_schema import plain
from tests.values import CASES, CLASSES, SAMPLES, UNKNOWN, without


@pytest.fixture(scope="module")
def client():
    app = FastAPI()

    @app.post("/webhooks")
    def receive(
        event: Annotated[owt.UnwrapWebhookEvent, Field(discriminator="type")],
    ) -> owt.UnwrapWebhookEvent:
        assert isinstance(event, owt.WebhookEvent)
        return event

    @app.post("/any", response_model_exclude_unset=True)
    def receive_any(event: owt.AnyWebhookEvent) -> owt.AnyWebhookEvent:
        assert isinstance(event, owt.WebhookEvent)
        return event

    @app.post("/part", response_model_exclude={"data"}, response_model_exclude_none=True)
    def part(event: owt.AnyWebhookEvent) -> owt.AnyWebhookEvent:
        return event

    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("route", ["/webhooks", "/any"])
def test_a_new_value_of_a_literal_is_refused(client, route):
    payload = {**SAMPLES["batch.failed"], "object": "newer"}
    response = client.post(route, json=payload)
    assert response.status_code == 422
    assert "literal_error" in response.text


@pytest.mark.parametrize(("cls", "payload"), CASES)
def test_a_route_takes_and_returns_events_whole(client, cls, payload):
    more = {**payload, "data": {**payload["data"], "deep": [1]}, "later": {"a": None}}
    response = client.post("/webhooks", json=more)
    assert response.status_code == 200
    assert response.json() == cls.from_dict(more).to_dict(exclude_unset=False)
    response = client.post("/any", json=more)
    assert response.status_code == 200
    assert response.json() == more


def test_a_route_takes_and_returns_events_of_unknown_types(client):
    payload = {**UNKNOWN, "data": {"a": [1]}, "later": 2}
    assert client.post("/any", json=payload).json() == payload
    assert client.post("/webhooks", json=payload).status_code == 422


def test_a_response_leaves_out_what_the_route_excludes(client):
    payload = {**SAMPLES["batch.failed"], "later": None}
    assert client.post("/part", json=payload).json() == without(payload, "data", "later")


def test_a_wrong_body_is_refused_with_the_place_that_is_wrong(client):
    for path, place in (("/webhooks", ["body", "batch.failed"]), ("/any", ["body"])):
        response = client.post(path, json={**SAMPLES["batch.failed"], "data": {}})
        assert response.status_code == 422
        assert [(error["type"], error["loc"]) for error in response.json()["detail"]] == [
            ("missing", [*place, "data", "id"])
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
    response = client.get("/openapi.json")
    assert response.status_code == 200
    document = response.json()
    validate(document)
    body = document["paths"]["/webhooks"]["post"]["requestBody"]["content"]["application/json"]
    discriminator = body["schema"]["discriminator"]
    assert discriminator["propertyName"] == "type"
    assert list(discriminator["mapping"]) == sorted(owt.EVENT_TYPES)
    for event_type, reference in discriminator["mapping"].items():
        schema = document["components"]["schemas"][reference.rpartition("/")[2]]
        assert schema["title"] == CLASSES[event_type].__name__
        assert schema["properties"]["type"]["const"] == event_type
