"""Hypothesis strategies: payloads for every type, made from its annotations, and JSON text."""

import copy
import dataclasses
import json
import random
import typing
from functools import lru_cache

from hypothesis import strategies as st

# Names that a method, a declared field, a dunder or Python itself might lay claim to.
AWKWARD_NAMES = [
    "", "__class__", "__dict__", "_extra", "_read", "cls", "self", "from_dict", "to_dict",
    "model_fields_set", "model_extra", "new_field", "é", "\u2028", "a.b", "0",
]  # fmt: skip

texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
json_scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
json_values = st.recursive(
    json_scalars,
    lambda values: st.lists(values, max_size=4) | st.dictionaries(texts, values, max_size=4),
    max_leaves=12,
)
unknown_names = texts | st.sampled_from(AWKWARD_NAMES)


@lru_cache(maxsize=None)
def payloads(cls):
    """Return a strategy of the JSON objects that are valid for a class in strict mode."""
    hints = typing.get_type_hints(cls)
    required, optional = {}, {}
    for field in dataclasses.fields(cls):
        kind = required if field.default is dataclasses.MISSING else optional
        kind[field.name] = _values(hints[field.name])
    names = unknown_names.filter(lambda name: name not in hints)
    return st.builds(
        _shuffled,
        st.fixed_dictionaries(required, optional=optional),
        st.just({}) | st.dictionaries(names, json_values, min_size=1, max_size=3),
        st.integers(0, 2**16),
    )


def _shuffled(declared, unknown, seed):
    items = [*declared.items(), *unknown.items()]
    random.Random(seed).shuffle(items)
    return dict(items)


@st.composite
def newer_payloads(draw, cls):
    """Return payloads as of a later version of the API: the strings of a Literal may be new."""
    payload = copy.deepcopy(draw(payloads(cls)))
    _renew(draw, cls, payload, "type")
    return payload


def _renew(draw, cls, payload, kept=""):
    """Replace the strings of every Literal, but for the one by which the class is chosen."""
    for name, hint in typing.get_type_hints(cls).items():
        value = payload.get(name)
        for kind in typing.get_args(hint) or [hint]:
            if isinstance(value, str) and name != kept and hint is not str:
                payload[name] = draw(st.just(value) | texts)
            elif dataclasses.is_dataclass(kind):
                for inside in value if isinstance(value, list) else [value]:
                    if inside is not None:
                        _renew(draw, kind, inside)


# What `include` and `exclude` of `model_dump` may name in an event.
_filtered = st.sampled_from(
    ["id", "created_at", "data", "type", "object", "call_id", "sip_headers", "name", "__all__",
     "absent", "new_field", "0", -4, -1, 0, 1, 5]
)  # fmt: skip
_rules = st.sampled_from([True, ...]) | st.sets(_filtered, max_size=3)
filters = st.sets(_filtered, max_size=4) | st.dictionaries(
    _filtered,
    st.recursive(_rules, lambda rules: st.dictionaries(_filtered, rules, max_size=3), max_leaves=4),
    max_size=3,
)


@lru_cache(maxsize=None)
def _values(hint):
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return st.sampled_from(args)
    if origin is typing.Union:
        return st.one_of([_values(arg) for arg in args])
    if origin is tuple:
        return st.lists(_values(args[0]), max_size=3)
    if hint is typing.Any:
        return json_values
    if hint is type(None):
        return st.none()
    if dataclasses.is_dataclass(hint):
        return payloads(hint)
    known = {str: texts, int: st.integers(), bool: st.booleans()}
    if hint not in known:
        raise LookupError(f"add {hint} to _values in tests/strategies.py")
    return known[hint]


# Values at which a rule turns: what lax mode coerces or refuses, limits, look-alikes.
EDGE_VALUES = [
    None, True, False, 0, 1, -1, 2**63 - 1, 2**63, -(2**63), 2**70,
    0.0, -0.0, 1.0, 1.5, 1e16, 1e22, 1e30, 1e-5, 1.5e-7, 9.2e18, 9223372036854775807.0,
    -9223372036854775808.0, float("nan"), float("inf"), float("-inf"),
    "", " ", "5", " 7 ", "+3", "- 3", "1_000", "1__0", "_1", "1_", "+_1", "1.0", "1.", ".0",
    "-1.00", "1_0.0", "1.5", "1e3", "0x1", "00_1", "-0", "٣", "5\n", "\x0b5", "\x1f5", "5\x85",
    "\u00a05", "\ufeff5", "5\u200b", "5\x00", "nan", "inf", "true",
    "9" * 4300, "9" * 4301, "-" + "9" * 4300, "+" + "9" * 4301, "0" * 5000 + "1",
    "1_" * 3000 + "1", "x" * 5000, " " * 5000 + "1", "1." + "0" * 5000,
    "event", "rtp", "srtp", "sip", "webrtc", "function_call", "batch.completed", "\ud800",
    [], {}, [{}], [[]], [1], {"id": "x"}, {"id": 5}, {"name": "n", "value": "v"},
    [{"name": "n", "value": "v"}], [{"name": "n", "value": "v", "more": 1}, {"name": 1}],
    {"remote_url": "u"}, {"remote_url": None}, {"type": "function_call"}, {"type": "sip"},
]  # fmt: skip
edge_values = st.sampled_from(EDGE_VALUES).map(copy.deepcopy)


@st.composite
def mutated(draw, payloads):
    """Return payloads with some of their values, at any depth, replaced, removed or added."""
    payload = copy.deepcopy(draw(payloads))
    for _ in range(draw(st.integers(1, 3))):
        inside = draw(st.sampled_from(_containers(payload)))
        value = draw(edge_values | json_values)
        if isinstance(inside, list):
            inside.insert(draw(st.integers(0, len(inside))), value)
        elif not inside or draw(st.integers(0, 5)) == 0:
            inside[draw(unknown_names)] = value
        else:
            key = draw(st.sampled_from(list(inside)))
            if draw(st.integers(0, 3)) == 0:
                del inside[key]
            else:
                inside[key] = value
    return payload


def _containers(value):
    """Return a value's dicts and lists, itself among them; the unknown fields' as well."""
    children = value.values() if isinstance(value, dict) else value
    return [value] + [
        inner
        for child in children
        if isinstance(child, (dict, list))
        for inner in _containers(child)
    ]


# Pieces of JSON, or nearly: what text is made invalid with, or valid in another way.
_PIECES = [
    "\\", '"', ",", ":", "[", "]", "{", "}", "[]", '""', " ", "\n", "\t", "\f", "\u00a0", "\ufeff",
    "X", "0", "-", ".", "1e5", "E", "NaN", "-Infinity", "null", "tru", "\x00", "'", "//",
    "9" * 4301,
    "\\ud800", "\\uDC00", "\\ud83d\\ude00", "\\ude00\\ud83d", "\\\\ud800", "\\u0022", "\\x", "é",
]  # fmt: skip


@st.composite
def json_texts(draw):
    """Return JSON text, valid or nearly so, short or long, flat or deep."""
    text = json.dumps(draw(json_values), ensure_ascii=draw(st.booleans()), indent=draw(_INDENTS))
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.integers(0, len(text)))
        stop = start + draw(st.integers(0, 1))
        text = text[:start] + draw(st.sampled_from(_PIECES)) + text[stop:]
    depth = draw(st.sampled_from([0, 0, 1, 198, 199, 200, 201]))
    padding = " " * draw(st.sampled_from([0, 0, 400, 5000]))
    return "[" * depth + text + padding + "]" * depth


_INDENTS = st.none() | st.just(1)
