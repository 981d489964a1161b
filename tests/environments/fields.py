"""Show that a Pydantic, of any version, takes the types as fields. Needs nothing else.

    python fields.py

Each type is compared with a model of this Pydantic that has the same fields, as the SDK's models
have them: alone and in unions, with payloads and with instances, valid and not. Pydantic 2 is
shown twice, as itself and as the `pydantic.v1` in it. Prints one line, `ok ...`, or fails.
"""

import dataclasses
import json
import sys
import typing
import warnings
from importlib import import_module
from typing import Any, Dict, List, Optional, Union

from smoke import ENDPOINT

import openai_webhook_types as owt
from openai_webhook_types.testing import sample_payload

__all__ = ["main"]

SECRETS = {"signing_secret": "whsec_c2VjcmV0", "signing_secret_hint": "whsec_...V0"}
EVENTS = {type(owt.parse_event(p)): p for p in map(sample_payload, owt.EVENT_TYPES)}
VALID = {
    **EVENTS,
    **{cls.Data: payload["data"] for cls, payload in EVENTS.items()},
    owt.WebhookEndpoint: ENDPOINT,
    owt.WebhookEndpointWithSecret: {**ENDPOINT, **SECRETS},
    owt.WebhookEndpointList: {"object": "list", "data": [ENDPOINT], "has_more": False},
}
BATCH, EVAL = owt.BatchFailedWebhookEvent, owt.EvalRunFailedWebhookEvent
UNIONS = [
    (owt.WebhookEndpoint, owt.WebhookEndpointWithSecret),
    (BATCH, BATCH.Data),
    (BATCH, EVAL),
    (owt.RealtimeCallIncomingWebhookEvent, owt.LiveCallIncomingWebhookEvent),
]
MORE = {"later": {"a": [1, None]}}
UNKNOWN = {"id": "evt_1", "created_at": 1, "type": "new.type", "data": {"a": [1]}, **MORE}


def check(found, expected, *about):
    """Fail unless two values are equal. An `assert` would be left out under `-O`."""
    if found != expected:
        raise AssertionError(f"{about}:\n{found!r}\nis not\n{expected!r}")


class Pydantic:
    """A Pydantic, of version 1 or 2, with the same methods."""

    def __init__(self, name):
        self.module = import_module(name)
        self.is_first = self.module.VERSION.startswith("1.")
        # Pydantic 2.0 refuses a class that has the method for schemas of the Pydantic 1 in it.
        self.refuses_schemas = self.is_first and import_module("pydantic").VERSION == "2.0"
        self.twins = {}

    def twin(self, kind):
        """Return a model like a type, or an annotation with models in the place of types."""
        if kind in self.twins:
            return self.twins[kind]
        if not dataclasses.is_dataclass(kind):
            members = tuple(map(self.twin, getattr(kind, "__args__", ())))
            origin = typing.get_origin(kind)
            kinds = {tuple: lambda: List[members[0]], Union: lambda: Union[members]}
            return kinds.get(origin, lambda: kind)()
        hints = typing.get_type_hints(kind)
        fields = {
            field.name: (self.twin(hints[field.name]), getattr(kind, field.name, ...))
            for field in dataclasses.fields(kind)
        }
        extra = {"extra": "allow"}
        config = type("Config", (), extra) if self.is_first else extra
        made = self.module.create_model(kind.__name__, __config__=config, **fields)
        self.twins[kind] = made
        return made

    def model(self, kind):
        return self.module.create_model("Model", field=(kind, ...))

    def said(self, model, value):
        """Return the class and the contents of what a field holds, or what is wrong with it."""
        try:
            found = model(field=value).field
        except self.module.ValidationError as error:
            if self.is_first:
                return {problem["loc"][:1] for problem in error.errors()}
            return [(p["type"], p["loc"], p["msg"], p.get("ctx")) for p in error.errors()]
        if self.is_first and isinstance(found, self.module.BaseModel):
            return type(found).__name__, found.dict(exclude_unset=True)
        return type(found).__name__, found.model_dump(exclude_unset=True)

    def check_type(self, cls):
        payload = VALID[cls]
        expected = cls.from_dict({**payload, **MORE})
        check(expected.to_dict(), {**payload, **MORE}, cls)
        before = dict(vars(cls))
        ours, theirs = self.model(cls), self.model(self.twin(cls))
        for one in (payload, {**payload, **MORE}, *self.invalid(payload)):
            check(self.said(ours, one), self.said(theirs, one), cls, one)
        found = ours(field={**payload, **MORE}).field
        check((found, found.to_dict(), vars(found)), (expected, expected.to_dict(), vars(expected)))
        check((repr(found), hash(found)), (repr(expected), hash(expected)))
        check(ours(field=expected).field is expected, True, cls)
        for kind, value in (
            (Optional[cls], expected),
            (List[cls], [expected, expected]),
            (Dict[str, cls], {"a": expected}),
        ):
            model = self.model(kind)
            raw = json.loads(json.dumps(value, default=lambda one: one.to_dict()))
            check(model(field=raw).field, value, kind)
            check(model(field=value).field, value, kind)
            check(self.dumped(model(field=raw)), value if self.is_first else raw, kind)
        changed = [name for name, value in vars(cls).items() if before.get(name) is not value]
        check(changed, [], cls)
        if not self.refuses_schemas:
            schema = ours.schema() if self.is_first else ours.model_json_schema()
            check(set(cls.__dataclass_fields__) <= set(self.properties(schema)), True, schema)

    def invalid(self, payload):
        """Return invalid payloads; Pydantic 1 takes some of them by rules of its own."""
        without = {**payload}
        del without[next(iter(payload))]
        few = [without, {}, None, 5, "text", [payload]]
        many = [{**payload, name: wrong} for name in payload for wrong in (None, 5, "x", [1], {})]
        return few if self.is_first else few + many

    def dumped(self, model):
        if self.is_first:
            return model.dict()["field"]
        return model.model_dump(exclude_unset=True)["field"]

    def properties(self, schema):
        (field,) = schema["properties"].values()
        reference = field.get("$ref") or field.get("allOf", [{}])[0].get("$ref")
        if reference:
            field = schema["$defs"][reference.rpartition("/")[2]]
        return field["properties"]

    def check_union(self, one, two):
        for kinds in ((one, two), (two, one)):
            ours = self.model(Union[kinds])
            theirs = self.model(Union[tuple(map(self.twin, kinds))])
            for payload in (VALID[one], VALID[two], {**VALID[two], **MORE}):
                check(self.said(ours, payload), self.said(theirs, payload), kinds, payload)

    def check_any_event(self, kind):
        model = self.model(kind)
        for payload in (UNKNOWN, *EVENTS.values()):
            event = owt.parse_event({**payload, **MORE})
            check(model(field={**payload, **MORE}).field, event, kind)
            check(model(field=event).field is event, True, kind)
        for wrong in ({**UNKNOWN, "type": "batch.failed"}, {**EVENTS[BATCH], "id": 5}, {}, 5):
            try:
                found = model(field=wrong)
            except self.module.ValidationError as error:
                problem = error.errors()[0]
                check(problem["loc"][0], "field", kind, wrong)
                check("evt_1" in str(problem.get("ctx")), False, problem)
            else:
                raise AssertionError(f"{kind} took {wrong}: {found}")

    def check_errors(self):
        """An invalid event is Pydantic's own error: at the field, with the path inside."""
        try:
            self.model(BATCH)(field={**EVENTS[BATCH], "data": {}})
        except self.module.ValidationError as error:
            (problem,) = error.errors()
            where = ("field",) if self.is_first else ("field", "data", "id")
            check(problem["loc"], where)
            check("data.id" in str(error) and "Field required" in str(error), True, str(error))
            check(problem.get("ctx"), None)

    def check_json(self):
        """The JSON of a model has the event whole: with Pydantic 1, by the setting below."""
        payload = {**EVENTS[BATCH], **MORE}
        if self.is_first:
            encoders = {owt.WebhookEvent: lambda event: event.to_dict(mode="json")}
            config = type("Config", (), {"json_encoders": encoders})
            model = self.module.create_model("Model", field=(BATCH, ...), __config__=config)
            text = model(field=payload).json()
        else:
            text = self.model(BATCH)(field=payload).model_dump_json(exclude_unset=True)
        check(json.loads(text), {"field": payload})

    def check(self):
        for cls in VALID:
            self.check_type(cls)
        for pair in UNIONS:
            self.check_union(*pair)
        any_of_known = Union[owt.UnwrapWebhookEvent, owt.UnknownWebhookEvent]
        any_event = owt.WebhookEvent
        for kind in (any_event, owt.AnyWebhookEvent, any_of_known, Optional[any_event]):
            self.check_any_event(kind)
        check(self.said(self.model(Any), owt.parse_event(UNKNOWN))[0], "UnknownWebhookEvent")
        self.check_errors()
        self.check_json()


def main():
    names = ["pydantic"]
    version = import_module("pydantic").VERSION
    if not version.startswith("1."):
        names.append("pydantic.v1")
    for name in names:
        Pydantic(name).check()
    print("ok Python {}.{}".format(*sys.version_info), *names, version)


if __name__ == "__main__":
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        main()
