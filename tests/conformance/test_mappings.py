"""Payloads in the mappings of other libraries, and in mappings whose methods do anything."""

import collections

import bson
import bson.raw_bson
import dotmap
import multidict
import pydantic
import pytest
from boltons.dictutils import OrderedMultiDict
from box import Box
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given, reject
from hypothesis import strategies as st
from ruamel.yaml.comments import CommentedMap
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict, MultiDict

import openai_webhook_types as owt
from tests.conformance.differential import SHARED_EVENTS, Mapped, contents, theirs_for
from tests.conformance.servers import django_settings
from tests.strategies import mutated, payloads
from tests.values import ENDPOINTS, PAYLOADS, SAMPLES, boom


def query_dict(payload):
    with django_settings():
        made = QueryDict(mutable=True)
    made.update(payload)
    return made


TYPES = [*SHARED_EVENTS, *ENDPOINTS]
each_type = pytest.mark.parametrize("ours", TYPES, ids=lambda cls: cls.__name__)

LIBRARIES = {
    "werkzeug": MultiDict,
    "werkzeug, immutable": ImmutableMultiDict,
    "werkzeug, combined": lambda payload: CombinedMultiDict([MultiDict(payload)]),
    "multidict": multidict.MultiDict,
    "multidict, regardless of case": multidict.CIMultiDict,
    "Django": query_dict,
    "Django, of lists": lambda payload: MultiValueDict({k: [0, v] for k, v in payload.items()}),
    "boltons": OrderedMultiDict,
    "DotMap": dotmap.DotMap,
    "Box": Box,
    "Box, with a default": lambda payload: Box(payload, default_box=True),
    "ruamel.yaml": CommentedMap,
    "bson": bson.SON,
    "bson, raw": lambda payload: bson.raw_bson.RawBSONDocument(bson.encode(payload)),
    "defaultdict": lambda payload: collections.defaultdict(dict, payload),
    "OrderedDict": collections.OrderedDict,
    "Counter": collections.Counter,
    "ChainMap": lambda payload: collections.ChainMap({}, payload),
    "UserDict": collections.UserDict,
}


class Pair(tuple):
    __slots__ = ()


def then_raises(pairs):
    yield from pairs
    raise RuntimeError("boom")


# What the methods of a mapping return, of the values in it and of others.
GETS = {
    "of others": lambda _, others: lambda self, key, default=None: others.get(key, default),
    "not the default": lambda values, _: lambda self, key, default=None: values.get(key),
    "nothing": lambda *_: lambda self, key, default=None: default,
    "a copy": lambda values, _: lambda self, key, default=None: values.get(key, default),
}
ITEMS = {
    "of others": lambda _, others: others.items(),
    "those twice": lambda values, others: [*others.items(), *values.items()],
    "iterator": lambda values, _: iter(values.items()),
    "none": lambda *_: (),
    "lists": lambda values, _: [[name, value] for name, value in values.items()],
    "triples": lambda values, _: [(name, value, 1) for name, value in values.items()],
    "kinds of tuples": lambda values, _: map(Pair, values.items()),
    "text": lambda *_: ["ab"],
    "of a dict": lambda *_: {("more", 2): 0},
    "other names": lambda *_: [(1, 2), (b"b", 3), (None, 4), ("later", 5)],
    "a name that is no Unicode": lambda *_: [("\ud800", 1)],
    "None": lambda *_: None,
    "a number": lambda *_: 5,
    "raising": lambda values, _: then_raises(values.items()),
}


def mapping(base, values, others, get, items):
    """Return a mapping of values with methods of its own."""
    methods = {}
    if get:
        methods["get"] = GETS[get](values, others)
    if items:
        methods["items"] = lambda _: ITEMS[items](values, others)
    return type("Own", (base,), methods)(values)


def replaced(value, path, make):
    """Return a payload in which what is at a path is made into something else."""
    if not path:
        return make(value)
    changed = value.copy()
    changed[path[0]] = replaced(value[path[0]], path[1:], make)
    return changed


def paths_of_objects(value, path=()):
    """Return the paths of the objects in a payload, its own among them."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    inside = [(key, item) for key, item in items if isinstance(item, (dict, list))]
    found = [deeper for key, item in inside for deeper in paths_of_objects(item, (*path, key))]
    return [path, *found] if isinstance(value, dict) else found


def outcome(cls, value, strict):
    """Return the contents of what a class reads, or its problems."""
    try:
        return contents(cls.model_validate(value, strict=strict))
    except (pydantic.ValidationError, owt.ValidationError) as error:
        problems = error.errors(include_url=False, include_input=False)
        return [(p["type"], p["loc"], p["msg"], p.get("ctx")) for p in problems]


def assert_same(ours, payload, path, make):
    value = replaced(payload, path, make)
    for strict in (None, True):
        assert outcome(ours, value, strict) == outcome(theirs_for(ours), value, strict)


@each_type
@given(data=st.data())
def test_mappings_with_methods_of_their_own(ours, data):
    valid = payloads(ours)
    payload = data.draw(valid | mutated(valid))
    path = data.draw(st.sampled_from(paths_of_objects(payload)))
    base = data.draw(st.sampled_from([dict, Mapped]))
    others = data.draw(valid)
    get = data.draw(st.none() | st.sampled_from([*GETS]))
    items = data.draw(st.none() | st.sampled_from([*ITEMS]))
    assert_same(ours, payload, path, lambda value: mapping(base, value, others, get, items))


@pytest.mark.parametrize("library", LIBRARIES)
@given(data=st.data())
def test_mappings_of_libraries(library, data):
    ours = data.draw(st.sampled_from(TYPES))
    valid = payloads(ours)
    payload = data.draw(valid | mutated(valid))
    path = data.draw(st.sampled_from(paths_of_objects(payload)))

    def make(value):
        try:
            return LIBRARIES[library](value)
        except Exception:
            return reject()

    assert_same(ours, payload, path, make)


@pytest.mark.parametrize("make", LIBRARIES.values(), ids=LIBRARIES)
def test_an_event_in_a_mapping_is_an_event(make):
    event = owt.parse_event(make(SAMPLES["batch.failed"]))
    assert event.to_dict() == SAMPLES["batch.failed"]


@pytest.mark.parametrize("ours", SHARED_EVENTS, ids=lambda cls: cls.__name__)
@pytest.mark.parametrize("base", [dict, Mapped])
def test_a_get_that_raises_is_a_validation_error(ours, base):
    """The SDK raises what `get` raises: see the table of differences."""
    raising = type("Raising", (base,), {"get": boom})(PAYLOADS[ours])
    for where, loc in ((raising, ()), ({**PAYLOADS[ours], "data": raising}, ("data",))):
        with pytest.raises(RuntimeError, match="boom"):
            theirs_for(ours).model_validate(where)
        with pytest.raises(owt.ValidationError) as caught:
            ours.model_validate(where)
        (problem,) = caught.value.errors()
        assert (problem["type"], problem["loc"]) == ("mapping_type", loc)
        assert problem["ctx"] == {"error": "RuntimeError: boom"}
