"""taskiq hands a task the declared fields of an event as a dict, or a payload whole."""

import asyncio

from taskiq import InMemoryBroker

import openai_webhook_types as owt
from tests.values import SAMPLES

PAYLOAD = {**SAMPLES["batch.failed"], "later": 1}


def handed_over(argument):
    """Return what a task gets for an argument."""
    broker = InMemoryBroker()

    @broker.task
    async def handle(value):
        return value

    async def main():
        task = await handle.kiq(argument)
        return (await task.wait_result(timeout=60)).return_value

    return asyncio.run(main())


def test_an_event_loses_its_unknown_fields():
    assert handed_over(owt.parse_event(PAYLOAD)) == SAMPLES["batch.failed"]


def test_the_payload_arrives_whole():
    event = owt.parse_event(PAYLOAD)
    found = owt.parse_event(handed_over(event.to_dict(mode="json")))
    assert found == event
    assert found.to_dict() == PAYLOAD
