"""Requests to the application, and its answers."""

import json
from typing import Any, Dict, Iterator, Mapping

import pytest
from fastapi.testclient import TestClient

from ..store import Store
from ..web import make_app
from .values import CALL, FAILED, PAYLOADS, body_of, signed

MISSING_HEADER = 400


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(make_app(Store())) as client:
        yield client


def post(client: TestClient, payload: Mapping[str, object], **headers: str) -> Any:
    body = body_of(payload)
    return client.post("/webhooks", content=body, headers={**signed(body), **headers})


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_webhook_is_handled_once(client: TestClient, name: str) -> None:
    first, second = post(client, PAYLOADS[name]), post(client, PAYLOADS[name])
    assert first.status_code == second.status_code == 200
    assert first.json()["done"].split()[0] in {"retry", "accept", "download"}
    assert second.json() == {"done": "seen before"}


def test_an_event_of_a_new_type_is_ignored(client: TestClient) -> None:
    answer = post(client, {**FAILED, "type": "new.type"})
    assert answer.json() == {"done": "ignored"}


def test_another_signature_is_refused(client: TestClient) -> None:
    answer = post(client, FAILED, **{"webhook-signature": "v1,AAAA"})
    assert answer.status_code == 401
    assert client.get("/events").json() == {"events": [], "count": 0}


def test_another_body_is_refused(client: TestClient) -> None:
    answer = client.post("/webhooks", content=body_of(CALL), headers=signed(body_of(FAILED)))
    assert answer.status_code == 401


def test_a_missing_header_is_refused(client: TestClient) -> None:
    body = body_of(FAILED)
    headers = {key: value for key, value in signed(body).items() if key != "webhook-id"}
    assert client.post("/webhooks", content=body, headers=headers).status_code == MISSING_HEADER


def test_a_body_that_is_not_json_is_refused(client: TestClient) -> None:
    answer = client.post("/webhooks", content=b"{", headers=signed(b"{"))
    assert answer.status_code == 400


@pytest.mark.parametrize("name", PAYLOADS)
def test_events_come_out_as_they_came_in(client: TestClient, name: str) -> None:
    post(client, PAYLOADS[name])
    assert client.get("/events").json() == {"events": [PAYLOADS[name]], "count": 1}
    assert client.get(f"/events/{PAYLOADS[name]['id']}").json() == PAYLOADS[name]


def test_no_such_event(client: TestClient) -> None:
    assert client.get("/events/evt_9").status_code == 404


@pytest.mark.parametrize("name", PAYLOADS)
def test_an_event_is_a_body(client: TestClient, name: str) -> None:
    answer = client.post("/replay", json=PAYLOADS[name])
    assert answer.json() == {"new": True, "event": PAYLOADS[name]}


def test_a_wrong_body_is_refused_with_its_place(client: TestClient) -> None:
    answer = client.post("/replay", json={**FAILED, "data": {}})
    assert answer.status_code == 422
    assert [(error["type"], error["loc"]) for error in answer.json()["detail"]] == [
        ("missing", ["body", "fine_tuning.job.failed", "data", "id"])
    ]


def test_a_body_of_no_known_type_is_refused(client: TestClient) -> None:
    answer = client.post("/replay", json={**FAILED, "type": "new.type"})
    assert answer.json()["detail"][0]["type"] == "union_tag_invalid"


def test_an_event_is_an_answer(client: TestClient) -> None:
    answer = client.post("/batches", json={**PAYLOADS["batch"], "later": {"a": [1]}})
    assert answer.json() == {
        **PAYLOADS["batch"],
        "id": "evt_3-copy",
        "object": None,
        "later": {"a": [1]},
    }


def test_the_openapi_document(client: TestClient) -> None:
    document: Dict[str, Any] = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    assert schemas["BatchCompletedWebhookEvent"]["required"] == ["id", "created_at", "data", "type"]
    assert "batch.completed" in json.dumps(schemas["Page"])
