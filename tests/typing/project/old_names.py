"""Names that Pydantic deprecates, each of which pyright must strike out, and nothing else."""

from typing import assert_type

from openai_webhook_types import BatchFailedWebhookEvent, DataSipHeader


def called(event: BatchFailedWebhookEvent, header: DataSipHeader) -> None:
    copied = event.copy(update={"id": "evt_2"})  # model_copy
    made = BatchFailedWebhookEvent.construct(id="evt_2")  # model_construct
    print(event.dict(exclude_unset=True))  # model_dump
    print(header.json())  # model_dump_json
    read = DataSipHeader.parse_obj({})  # model_validate
    assert_type(copied, BatchFailedWebhookEvent)
    assert_type(made, BatchFailedWebhookEvent)
    assert_type(read, DataSipHeader)
    print(event.model_copy().model_dump(), header.to_json())
