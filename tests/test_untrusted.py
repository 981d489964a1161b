"""How the text of an error shows an input: by its ends, asking for no more of it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from openai_webhook_types import FineTuningJobFailedWebhookEvent, ValidationError

PAYLOAD = {"created_at": 1, "data": {"id": "j"}, "type": "fine_tuning.job.failed"}


def error_for(payload):
    with pytest.raises(ValidationError) as caught:
        FineTuningJobFailedWebhookEvent.from_dict(payload)
    return caught.value


inputs = st.recursive(
    st.none()
    | st.integers()
    | st.text(max_size=300)
    | st.binary(max_size=300)
    | st.sampled_from([": ", "'" * 200, '"' * 200, "'\"" * 100, "\u00e9" * 300, "\ud800" * 200]),
    lambda inner: (
        st.lists(inner)
        | st.tuples(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=120) | st.integers(), inner)
    ),
    max_leaves=30,
)


@given(inputs)
@example("a" * 100 + "'" + "b" * 100)
@example("a" * 100 + "'\"" + "b" * 100)
@example(b"a" * 100 + b"'" + b"b" * 100)
@example(b"a" * 100 + b"'\"" + b"b" * 100)
def test_an_input_is_shown_by_the_ends_of_its_repr(value):
    text = repr(value).encode("utf-8", "backslashreplace")
    if len(text) > 50:
        head, tail = text[:25].decode("utf-8", "ignore"), text[-24:].decode("utf-8", "ignore")
        shown = f"{head}...{tail}"
    else:
        shown = text.decode()
    if value is None:
        return  # which is a valid `object`
    problem = str(error_for({**PAYLOAD, "id": "e", "object": value}))
    assert f"input_value={shown}, input_type={type(value).__name__}]" in problem


class Counted:
    def __init__(self):
        self.shown = 0

    def __repr__(self):
        self.shown += 1
        return "Counted()"


def test_text_asks_only_for_what_it_shows():
    item = Counted()
    for value in ([item] * 5_000, dict.fromkeys(range(5_000), item), (item,) * 5_000):
        item.shown = 0
        assert "Counted(), " in str(error_for({**PAYLOAD, "id": "e", "data": value}))
        assert item.shown < 20


def test_text_of_an_input_that_changes_is_still_text():
    class Changing:
        def __repr__(self):
            payload[len(payload)] = 1
            return "Changing()"

    payload = {0: Changing(), 1: 1}
    assert "input_value=<unprintable list object>" in str(
        error_for({**PAYLOAD, "id": "e", "data": [payload]})
    )


def test_text_of_an_input_within_itself():
    cyclic = {"a": []}
    cyclic["a"].append(cyclic)
    assert "input_value={'a': [{...}]}, " in str(error_for({**PAYLOAD, "id": cyclic}))
    assert "input_value=('a',), " in str(error_for({**PAYLOAD, "id": ("a",)}))


def test_json_asks_for_a_repr_once_or_if_another_input_cannot_be_written_three_times():
    item = Counted()
    for beside, most in (("", 1), ("\ud800", 3)):
        error = error_for({**PAYLOAD, "id": item, "data": [beside]})
        item.shown = 0
        assert '"Counted()"' in error.json()
        assert item.shown <= most
