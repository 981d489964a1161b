"""The works that are measured in this process."""

import json
from functools import partial
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Tuple, Union

from openai_webhook_types import EVENT_TYPES, event_class
from openai_webhook_types.testing import sample_payload

from . import payloads, peers
from .timing import OURS, Effort, Result, Work, interleaved

_THIN = "ResponseCompletedWebhookEvent"
_CALL = "RealtimeCallIncomingWebhookEvent"

VALID = {
    "thin event": (_THIN, payloads.thin()),
    "call, 10 SIP headers": (_CALL, payloads.call(10)),
    "call, 1,000 SIP headers": (_CALL, payloads.call(1_000)),
    "20 unknown fields": (_THIN, payloads.with_unknown_fields(20)),
}
INVALID = {
    "1 error": (_THIN, {**payloads.thin(), "created_at": "soon"}),
    "50 errors": (_CALL, payloads.call_with_errors(50)),
}


def _shapes() -> Dict[str, Tuple[str, Dict[str, Any]]]:
    """Return the class and a payload of the first event type of every shape of payload."""
    shapes: Dict[Any, Tuple[str, Dict[str, Any]]] = {}
    for event_type in EVENT_TYPES:
        payload = sample_payload(event_type)
        shape = (tuple(payload), tuple(payload["data"]))
        shapes.setdefault(shape, (event_class(event_type).__name__, payload))
    return {payload["type"]: (cls, payload) for cls, payload in shapes.values()}


SHAPES = _shapes()


class _Task(NamedTuple):
    """The input of a work, and the result that is expected."""

    given: Dict[str, Any]
    """The values of names in its expression."""
    event_id: Optional[str] = None
    """The ID of the event that it must return, if it returns one."""
    refused: bool = False
    """Whether it must raise instead."""


def reading(effort: Effort, name: str) -> List[Result]:
    """Measure `from_dict` and `from_json` on one payload."""
    cls, payload = {**VALID, **INVALID}[name]
    given = {"payload": payload, "body": json.dumps(payload).encode()}
    task = _Task(given, payload["id"], name in INVALID)
    return [
        _compared(
            group, name, {peer: partial(way, cls) for peer, way in ways.items()}, task, effort
        )
        for group, ways in (("from_dict", peers.FROM_DICT), ("from_json", peers.FROM_JSON))
    ]


def reporting(effort: Effort, name: str) -> List[Result]:
    """Measure `json` of the error of one invalid payload."""
    ways = {peer: partial(way, *INVALID[name]) for peer, way in peers.ERROR_JSON.items()}
    return [_compared("error.json", name, ways, _Task({}), effort)]


def reading_shapes(effort: Effort) -> List[Result]:
    """Measure `from_dict` on every shape of payload, beside Pydantic alone."""
    return [
        _compared(
            "from_dict, each shape",
            event_type,
            {peer: partial(peers.FROM_DICT[peer], cls) for peer in (OURS, "Pydantic")},
            _Task({"payload": payload}, payload["id"]),
            effort,
        )
        for event_type, (cls, payload) in SHAPES.items()
    ]


def writing(effort: Effort, name: str) -> List[Result]:
    """Measure `to_dict`, `to_json` and `model_dump_json` on the event of one payload."""
    cls, payload = VALID[name]
    task = _Task({}, payload["id"])
    return [
        _compared(
            group,
            name,
            {peer: partial(way, cls, payload) for peer, way in ways.items()},
            task,
            effort,
        )
        for group, ways in (
            ("to_dict", peers.TO_DICT),
            ("to_json", peers.TO_JSON),
            ("model_dump_json", peers.MODEL_DUMP_JSON),
        )
    ]


def verifying(effort: Effort) -> List[Result]:
    """Measure `unwrap` and `verify_signature` on a request signed just now."""
    payload = payloads.thin()
    body = json.dumps(payload).encode()
    given = {"body": body, "headers": payloads.signed(body), "secret": payloads.SECRET}
    return [
        _compared("unwrap", "thin event", peers.UNWRAP, _Task(given, payload["id"]), effort),
        _compared("verify_signature", "thin event", peers.VERIFY_SIGNATURE, _Task(given), effort),
    ]


def _compared(
    group: str, name: str, ways: Dict[str, Callable[[], Work]], task: _Task, effort: Effort
) -> Result:
    result = Result(group, name, "s")
    works = _able(ways, task, result.missing)
    result.samples = interleaved(works, effort, refused=task.refused)
    return result


def _able(
    ways: Dict[str, Callable[[], Work]], task: _Task, missing: Dict[str, str]
) -> Dict[str, Work]:
    """Return the works of the contenders that do the task, and note why others do not."""
    works = {}
    for peer, way in ways.items():
        found = _work(way, task)
        if isinstance(found, Work):
            works[peer] = found
        elif peer == OURS:
            raise RuntimeError(found)
        else:
            missing[peer] = found
    return works


def _work(way: Callable[[], Work], task: _Task) -> Union[Work, str]:
    """Do the work once; return it if the result is right, or else the reason."""
    try:
        work = way().on(**task.given)
    except ImportError:
        return "not installed"
    except AttributeError:  # an event that the SDK does not have yet
        return "has no such type"
    try:
        found = work.result()
    except Exception as error:
        return work if task.refused else f"fails: {type(error).__name__}"
    if task.refused:
        return "accepts it"
    if task.event_id is None or _id(found) == task.event_id:
        return work
    return "returns something else"


def _id(found: Any) -> Union[str, None]:
    """Return the ID of an event in any form: an object, a dict, or JSON text."""
    if isinstance(found, (str, bytes)):
        found = json.loads(found)
    return found["id"] if isinstance(found, dict) else getattr(found, "id", None)
