"""The routes: webhooks in, events out."""

from typing import Annotated, Dict, List

from fastapi import FastAPI, HTTPException, Request
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse
from openai.types.webhooks import BatchCompletedWebhookEvent, UnwrapWebhookEvent
from pydantic import BaseModel, Field

from .receiver import receive
from .store import Store

__all__ = ["make_app"]

AnyEvent = Annotated[UnwrapWebhookEvent, Field(discriminator="type")]


class Page(BaseModel):
    """Some events, and how many there are."""

    events: List[AnyEvent]
    count: int


def make_app(store: Store) -> FastAPI:
    """Return the application over a store."""
    app = FastAPI()

    @app.post("/webhooks")
    async def webhook(request: Request) -> Dict[str, str]:
        status, done = receive(await request.body(), request.headers, store)
        if status != 200:
            raise HTTPException(status, done)
        return {"done": done}

    @app.post("/replay")
    def replay(event: AnyEvent) -> Dict[str, object]:
        return {"new": store.add(event), "event": event.to_dict(mode="json")}

    @app.post("/batches")
    def batch(event: BatchCompletedWebhookEvent) -> BatchCompletedWebhookEvent:
        return event.model_copy(update={"id": f"{event.id}-copy"})

    @app.get("/events", response_model_exclude_unset=True)
    def events() -> Page:
        found = store.all()
        return Page(events=found, count=len(found))

    @app.get("/events/{event_id}")
    def one(event_id: str) -> JSONResponse:
        for event in store.all():
            if event.id == event_id:
                return JSONResponse(jsonable_encoder(event, exclude_unset=True))
        raise HTTPException(404)

    return app
