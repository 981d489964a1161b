"""Events of the SDK and ours with one history: each operation gives both the same contents."""

import json
import pickle

import pydantic
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, multiple, rule

import openai_webhook_types as owt
from tests.conformance.differential import SHARED_EVENTS, contents, exact, theirs_for
from tests.strategies import filters, json_values, mutated, payloads, unknown_names

FLAGS = st.fixed_dictionaries(
    {},
    optional={
        "mode": st.sampled_from(["python", "json"]),
        "exclude_unset": st.booleans(),
        "exclude_defaults": st.booleans(),
        "exclude_none": st.booleans(),
        "include": filters,
        "exclude": filters,
    },
)


def attempted(operation, *arguments):
    """Return what an operation returns, or the problems for which it raises an error."""
    try:
        return operation(*arguments)
    except (pydantic.ValidationError, owt.ValidationError) as error:
        problems = error.errors(include_url=False, include_input=False)
        return [(p["type"], p["loc"], p["type"] != "json_invalid" and p["msg"]) for p in problems]


def validated(cls, payload, as_json):
    if as_json:
        return cls.model_validate_json(json.dumps(payload))
    return cls.model_validate(payload)


def dumped(event, options):
    """Return a dump. Pydantic warns of values that were never validated."""
    return exact(event.model_dump(**{"exclude_unset": True, "warnings": False, **options}))


class Histories(RuleBasedStateMachine):
    """Pairs of events, one of the SDK's and one of ours."""

    pairs = Bundle("pairs")

    @initialize(target=pairs, data=st.data())
    def begin(self, data):
        return self.read(data, False)

    @rule(target=pairs, data=st.data(), as_json=st.booleans())
    def validate(self, data, as_json):
        return self.read(data, as_json)

    def read(self, data, as_json):
        ours = data.draw(st.sampled_from(SHARED_EVENTS))
        valid = payloads(ours)
        payload = data.draw(valid | valid | mutated(valid))
        return self.both((theirs_for(ours), ours), lambda cls: validated(cls, payload, as_json))

    def both(self, pair, operation):
        """Return what an operation makes of each of a pair, or nothing where both refuse it."""
        theirs, ours = [attempted(operation, one) for one in pair]
        assert contents(ours) == contents(theirs)
        if type(ours) is list:
            return multiple()
        assert dumped(ours, {}) == dumped(theirs, {})
        return theirs, ours

    @rule(target=pairs, pair=pairs, data=st.data(), deep=st.booleans())
    def copy(self, pair, data, deep):
        names = st.sampled_from(["id", "created_at", "object"]) | unknown_names
        values = st.dictionaries(names, st.text(max_size=3) | json_values, max_size=2)
        update = data.draw(st.none() | values)
        return self.both(pair, lambda one: one.model_copy(update=update, deep=deep))

    @rule(target=pairs, pair=pairs, data=st.data())
    def construct(self, pair, data):
        values = pair[1].to_dict()
        kept = data.draw(st.sets(st.sampled_from([*values]) if values else st.nothing()))
        values = {name: value for name, value in values.items() if name in kept}
        also = data.draw(st.none() | st.sets(st.sampled_from(["id", "object", "created_at"])))
        return self.both(pair, lambda one: type(one).model_construct(also, **values))

    @rule(target=pairs, pair=pairs)
    def pickle(self, pair):
        return self.both(pair, lambda one: pickle.loads(pickle.dumps(one)))

    @rule(target=pairs, pair=pairs, strict=st.none() | st.booleans())
    def validate_again(self, pair, strict):
        return self.both(
            pair, lambda one: type(one).model_validate(one.to_dict(warnings=False), strict=strict)
        )

    @rule(pair=pairs, options=FLAGS)
    def dump(self, pair, options):
        assert dumped(pair[1], options) == dumped(pair[0], options)

    @rule(pair=pairs, other=pairs)
    def compare(self, pair, other):
        theirs, ours = zip(pair, other)
        assert (ours[0] == ours[1]) == (theirs[0] == theirs[1])


TestHistories = Histories.TestCase
TestHistories.settings = settings(stateful_step_count=20)
