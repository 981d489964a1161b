"""What `drift` finds in an SDK that has more than this package, or has it otherwise."""

import importlib
import re
import textwrap
import types
import typing
from typing import Annotated, List, Literal, Optional, Union

import openai.types.webhooks as installed
import pytest
from openai._models import BaseModel
from pydantic import Field
from typing_extensions import Required, TypedDict

import openai_webhook_types as owt
from openai_webhook_types.events import _registry
from tests.conformance.contracts import contract, union_members
from tests.conformance.differential import assert_same
from tests.conformance.drift import compare, main
from tests.values import FAILED


class EvalRunImaginedWebhookEvent(BaseModel):
    class Data(BaseModel):
        id: str

    id: str
    created_at: int
    data: Data
    type: Literal["eval.run.imagined"]
    object: Optional[Literal["event"]] = None


class DataSource(BaseModel):
    url: str


class DataSip(BaseModel):
    __qualname__ = "DataSipHeader"
    name: str
    value: str


DataSip.__name__ = "DataSipHeader"


class VideoCompletedWebhookEvent(BaseModel):
    class Data(BaseModel):
        id: str
        seconds: int
        tags: List[str]
        watermark: bool
        done: Literal[True]
        kind: Literal["film", "clip"]
        source: DataSource
        sources: List[DataSource]
        sip_headers: List[DataSip]
        note: Optional[str] = None
        size: Optional[int] = None
        origin: Optional[DataSource] = None
        quality: Union[Literal["low", "high"], str, None] = None
        role: Optional[Literal["main"]] = None

    id: str
    created_at: int
    data: Data
    object: Literal["event"]
    type: Literal["video.completed"]


NEW_EVENTS = [EvalRunImaginedWebhookEvent, VideoCompletedWebhookEvent]


class WebhookEndpointUsage(BaseModel):
    id: str
    object: Literal["webhook_endpoint.usage"]
    note: Optional[str] = None
    deliveries: int


class WebhookPauseParams(TypedDict, total=False):
    until: Required[int]
    reason: str


def doctored(**names):
    """Return a copy of the SDK's module with some names more, or others."""
    module = types.ModuleType("doctored")
    vars(module).update(vars(installed), **names)
    return module


def model(name, /, **fields):
    """Return a model of the SDK's under a name of its own, with the fields that are given."""
    annotations = {key: kind for key, (kind, *_) in fields.items()}
    defaults = {key: default for key, (_, *rest) in fields.items() for default in rest}
    return type(name, (BaseModel,), {"__annotations__": annotations, "__module__": __name__,
                                     **defaults})  # fmt: skip


def fields_of(cls, **changes):
    """Return the fields of a model for `model`, with some more, others, or none (None) left."""
    fields = {
        name: (field.annotation,) if field.is_required() else (field.annotation, field.default)
        for name, field in cls.model_fields.items()
    }
    fields.update(changes)
    return {name: field for name, field in fields.items() if field is not None}


def to_do(**names):
    """Return what is to be done for a doctored module, but for what the installed one needs."""
    return [found.text for found in compare(doctored(**names)) if not found.beyond]


def test_the_installed_sdk_has_no_more(capsys):
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert printed.count("\n") == 1
    assert "all here" in printed
    assert main(["--beyond"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "  here alone: UnwrapWebhookEvent: SafetyIdentifierBlockedWebhookEvent"
    ]


def test_everything_at_once_is_printed(capsys):
    data = model("Data", id=(str,), attempts=(Optional[int], None))
    failed = model(
        "BatchFailedWebhookEvent", **fields_of(installed.BatchFailedWebhookEvent, data=(data,))
    )
    result = model(
        "WebhookEndpointTestResult",
        **fields_of(installed.WebhookEndpointTestResult,
                    object=(Literal["webhook_endpoint.test", "webhook_endpoint.trial"],)),
    )  # fmt: skip
    sdk = doctored(
        EvalRunImaginedWebhookEvent=EvalRunImaginedWebhookEvent,
        BatchFailedWebhookEvent=failed,
        WebhookEndpointTestResult=result,
        WebhookEndpointUsage=WebhookEndpointUsage,
    )
    assert main([], sdk) == 1
    printed = capsys.readouterr().out
    assert ": here, 4 of its declarations are missing or differ." in printed
    for text in (
        "EvalRunImaginedWebhookEvent: a new event",
        "BatchFailedWebhookEvent.data (events/batch.py) lacks `attempts`",
        'add "webhook_endpoint.trial" to its Literal',
        "WebhookEndpointUsage: a new type of the endpoints",
    ):
        assert text in printed


# New types: the printed source is what the SDK has.


def source_of(text):
    """Return the first block of source in a text."""
    lines = text.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("    "))
    block = []
    for line in lines[start:]:
        if line and not line.startswith("    "):
            break
        block.append(line)
    return textwrap.dedent("\n".join(block))


def declared(text, module):
    """Return what the printed source declares, in a module of the package, with its imports."""
    package = f"{owt.__name__}.{module}".rpartition(".")[0]
    names = {"__name__": f"{owt.__name__}.{module}", "__package__": package}
    try:
        names = {**vars(importlib.import_module(names["__name__"]))}
    except ModuleNotFoundError:
        assert "a new module:" in text
    imports = re.findall("(?m)^at its top:  (.*)$", text)
    source = "\n".join([*imports, source_of(text)])
    exec(compile(source, "printed", "exec", dont_inherit=True), names)
    return names


@pytest.mark.parametrize("theirs", NEW_EVENTS)
def test_a_new_event_is_printed_as_a_class_that_is_the_same(theirs, monkeypatch):
    (text,) = to_do(**{theirs.__name__: theirs})
    (event_type,) = typing.get_args(theirs.model_fields["type"].annotation)
    monkeypatch.setitem(_registry._TYPES, theirs.__name__, event_type)
    family = _registry.module_of(event_type)[1:]
    ours = declared(text, f"events.{family}")[theirs.__name__]
    assert contract(ours) == contract(theirs)
    assert f'in EVENT_CLASSES of events/_registry.py:  "{event_type}": "{theirs.__name__}",' in text
    assert f"in UnwrapWebhookEvent of events/_union.py:  {family}.{theirs.__name__}," in text
    is_new = family == "video"
    exported = f'in __all__ there:  "{theirs.__name__}",'
    assert (exported in text) is not is_new
    assert (f"modules of events/_union.py:  {family}," in text) is is_new
    assert (f"from .events.{family} import *" in text) is is_new
    payload = {"id": "evt_1", "created_at": 5, "object": "event", "type": event_type}
    data = {"id": "x", "seconds": 5, "tags": ["a"], "watermark": True, "done": True, "kind": "film",
            "source": {"url": "u"}, "sources": [{"url": "u"}],
            "sip_headers": [{"name": "n", "value": "v"}]}  # fmt: skip
    assert_same(theirs, ours, {**payload, "data": data})
    for name in data:
        assert_same(theirs, ours, {**payload, "data": {**data, name: None}})
    optional = {"note": "n", "size": 5, "origin": {"url": 5}, "quality": "?", "role": "main"}
    for name, value in optional.items():
        assert_same(theirs, ours, {**payload, "data": {**data, name: value}})
        assert_same(theirs, ours, {**payload, "data": {**data, name: []}})


def test_a_new_event_with_a_new_nested_class_names_what_else_to_write():
    (text,) = to_do(VideoCompletedWebhookEvent=VideoCompletedWebhookEvent)
    assert "In events/video.py, a new module:" in text
    assert 'in _MODULES of __init__.py:  "DataSource": ".events.video",' in text
    assert "and in `_examples` of testing.py: a value for seconds, tags, watermark" in text
    assert "class DataSipHeader" not in text


def test_an_event_with_an_envelope_of_its_own_says_so():
    fields = fields_of(EvalRunImaginedWebhookEvent, attempt=(int,))
    (text,) = to_do(EvalRunImaginedWebhookEvent=model("EvalRunImaginedWebhookEvent", **fields))
    assert "# Neither Event nor NewerEvent" in text
    assert "        attempt: int" in text


@pytest.mark.parametrize(
    "theirs",
    [
        WebhookEndpointUsage,
        model("WebhookEndpointUsage", id=(str,), deliveries=(int,), note=(Optional[str], None)),
    ],
    ids=["required after optional", "in any order"],
)
def test_a_new_endpoint_type_can_be_pasted(theirs):
    (text,) = to_do(WebhookEndpointUsage=theirs)
    assert 'in _MODULES of __init__.py:  "WebhookEndpointUsage": ".endpoints",' in text
    ours = declared(text, "endpoints")["WebhookEndpointUsage"]
    assert contract(ours) == contract(theirs)
    kind = {"object": "webhook_endpoint.usage"}
    for payload in ({}, {"id": "x", "deliveries": 5, **kind}, {"id": "x", "note": "n", **kind}):
        assert_same(theirs, ours, payload)


def test_new_request_parameters_are_printed_as_a_class_that_is_the_same():
    (text,) = to_do(WebhookPauseParams=WebhookPauseParams)
    ours = declared(text, "params")["WebhookPauseParams"]
    assert contract(ours) == contract(WebhookPauseParams)
    assert ours.__required_keys__ == {"until"}


def test_parameters_with_one_kind_of_keys_are_one_class():
    (text,) = to_do(WebhookPauseParams=TypedDict("WebhookPauseParams", {"until": List[int]}))
    assert "class WebhookPauseParams(TypedDict):\n" in text
    assert "until: List[int]\n" in text
    (text,) = to_do(WebhookPauseParams=installed.WebhookListParams)
    assert "class WebhookListParams(TypedDict, total=False):\n" in text


def test_any_other_name_is_named():
    assert to_do(WebhookOrder=Literal["asc"]) == [
        "WebhookOrder: add it; it is typing.Literal['asc'] in the SDK"
    ]


def test_a_member_of_the_union_alone_is_named():
    members = (*union_members(installed.UnwrapWebhookEvent), EvalRunImaginedWebhookEvent)
    wider = Annotated[Union[members], "discriminator"]
    assert "UnwrapWebhookEvent: add EvalRunImaginedWebhookEvent to it (events/_union.py)" in to_do(
        UnwrapWebhookEvent=wider
    )


# Fields and keys of types that both have


def changed(theirs, **changes):
    """Return what is to be done where a model of the SDK's has other fields."""
    return to_do(**{theirs.__name__: model(theirs.__name__, **fields_of(theirs, **changes))})


def test_a_field_more_is_printed_as_its_line_and_its_place():
    (text,) = changed(installed.WebhookEventTypeList, next=(Optional[str], None))
    assert "WebhookEventTypeList (endpoints.py) lacks `next`. Add, after `object`:" in text
    assert "    next: Optional[str] = None\n" in text
    assert '    reader.optional_string("next")' in text
    assert "_read_exactly" not in text


def test_a_field_more_in_a_shared_shape_says_that_it_is_shared():
    data = model("Data", id=(str,), attempts=(int,))
    (text,) = changed(installed.BatchFailedWebhookEvent, data=(data,))
    assert "BatchFailedWebhookEvent.data (events/batch.py) lacks `attempts`" in text
    assert "in a `_read` of its own: now it has that of IdData" in text
    assert "`_read_exactly`" not in text  # a class with its own `_read` has no unrolled one
    assert "a value for attempts" in text


def test_a_type_that_nothing_reads_yet_is_said():
    (text,) = changed(installed.WebhookEventTypeList, weights=(List[float],))
    assert "weights: Tuple[float, ...]" in text
    assert "a new kind of field: Reader in _model/reader.py needs a method for it, _RULES" in text


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ((Optional[str], None), "now `id: str`, becomes\n    id: Optional[str] = None"),
        ((str, "x"), "now `id: str`, becomes\n    id: str = 'x'"),
        ((str, Field(repr=False)), "now `id: str`, becomes\n    id: str = field(repr=False)"),
        ((str, Field(alias="ID")), "id: str  # 'ID' in payloads: no field has another name"),
        ((int,), "its type is now `str`, becomes `int`"),
    ],
)
def test_a_field_that_is_declared_otherwise_is_printed(field, expected):
    texts = changed(installed.DeletedWebhookEndpoint, id=field)
    assert any(text.startswith("DeletedWebhookEndpoint.id (endpoints.py)") for text in texts)
    assert any(expected in text for text in texts)


def test_a_value_more_or_another_order_of_a_literal_is_printed():
    headers = installed.RealtimeCallIncomingWebhookEvent.model_fields["data"].annotation
    media = (Union[Literal["rtp", "srtp", "dtls"], str, None], None)
    data = model("Data", **fields_of(headers, sip_media_security=media))
    (text,) = changed(installed.RealtimeCallIncomingWebhookEvent, data=(data,))
    place, _, what = text.partition(": ")
    assert place.startswith("RealtimeCallIncomingWebhookEvent.data.sip_media_security (events/")
    assert what == 'add "dtls" to its Literal'
    waiting = installed.AgentSessionActionRequiredWebhookEvent
    action = waiting.model_fields["data"].annotation.model_fields["required_action"].annotation
    values = typing.get_args(action.model_fields["type"].annotation)
    reverse = model("DataRequiredAction", type=(Literal[values[::-1]],))
    (text,) = changed(waiting, data=(model("Data", id=(str,), required_action=(reverse,)),))
    assert text.endswith(
        'the order of the Literal _Action is "environment_connection", "function_call",'
        ' "mcp_approval_request", "computer_use_approval_request"'
    )


def test_a_literal_with_a_name_is_named():
    event_types = typing.get_type_hints(owt.WebhookTestParams)["event_type"]
    wider = Literal[(*typing.get_args(event_types), "eval.run.imagined")]

    class WebhookTestParams(TypedDict):
        event_type: wider

    (text,) = to_do(WebhookTestParams=WebhookTestParams)
    where, what = "WebhookTestParams.event_type (params.py)", "eval.run.imagined"
    assert text == f'{where}: add "{what}" to the Literal _EventType'


def test_a_key_more_or_one_that_becomes_required_is_printed():
    class WebhookListParams(TypedDict, total=False):
        after: Optional[str]
        limit: Required[int]
        order: List[str]

    limit, order = to_do(WebhookListParams=WebhookListParams)
    assert limit == "WebhookListParams.limit (params.py): the key is now optional, becomes required"
    assert "lacks `order`. Add, after `limit`:\n    order: List[str]\n" in order
    assert order.endswith("as a key that is optional")


def test_another_order_and_another_class_name_are_printed():
    fields = fields_of(installed.DeletedWebhookEndpoint)
    theirs = model("DeletedWebhookEndpoint", **dict(reversed(fields.items())))
    assert to_do(DeletedWebhookEndpoint=theirs) == [
        "DeletedWebhookEndpoint: the order of its fields (endpoints.py) is object, deleted, id"
    ]
    (text,) = to_do(DeletedWebhookEndpoint=model("Deleted", **fields))
    assert "is named DeletedWebhookEndpoint, and Deleted in the SDK" in text


def test_what_an_older_sdk_lacks_is_listed_and_is_no_difference(capsys):
    headers = installed.RealtimeCallIncomingWebhookEvent.model_fields["data"].annotation
    data = model("Data", **fields_of(headers, sip_media_security=None))
    fields = fields_of(installed.RealtimeCallIncomingWebhookEvent, data=(data,))
    older = doctored(
        RealtimeCallIncomingWebhookEvent=model("RealtimeCallIncomingWebhookEvent", **fields)
    )
    del older.WebhookEndpoint
    assert main(["--beyond"], older, "3.0.0") == 0
    printed = capsys.readouterr().out.splitlines()
    assert "; declared here alone: 3 (see --beyond)." in printed[0]
    assert "  here alone: RealtimeCallIncomingWebhookEvent.data.sip_media_security" in printed
    assert "  here alone: WebhookEndpoint" in printed


def test_a_field_or_a_value_that_is_removed_is_something_to_do(capsys):
    results = fields_of(installed.WebhookEndpointTestResult, status_code=None)
    types = typing.get_args(typing.get_type_hints(owt.WebhookTestParams)["event_type"])

    class WebhookTestParams(TypedDict):
        event_type: Literal[types[1:]]

    newer = doctored(
        WebhookEndpointTestResult=model("WebhookEndpointTestResult", **results),
        WebhookTestParams=WebhookTestParams,
    )
    assert main([], newer) == 1
    printed = capsys.readouterr().out
    gone = "the SDK has it no longer; remove it"
    assert f"WebhookEndpointTestResult.status_code: {gone} (endpoints.py)\n" in printed
    assert (
        f'WebhookTestParams.event_type: "{types[0]}": {gone} (the Literal _EventType in' in printed
    )


def test_the_doctored_classes_are_those_of_the_sdk_otherwise():
    assert to_do() == []
    theirs = model("FineTuningJobFailedWebhookEvent",
                   **fields_of(installed.FineTuningJobFailedWebhookEvent))  # fmt: skip
    assert to_do(FineTuningJobFailedWebhookEvent=theirs) == []
    assert_same(theirs, owt.FineTuningJobFailedWebhookEvent, FAILED)
