"""Events in databases and in data frames: text is exact, columns of types are not."""

import io
import json
import re
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from pyarrow import parquet
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

import openai_webhook_types as owt
from tests.values import CASES, SAMPLES, run, without

README = Path(__file__).with_name("README.md").read_text(encoding="utf-8")

PAYLOADS = [{**payload, "later": [1, {"é": None}]} for _, payload in CASES]
EVENTS = [owt.parse_event(payload) for payload in PAYLOADS]
TEXTS = [event.to_json(indent=None) for event in EVENTS]

# Two events of which each has fields that the other lacks.
FAILED = {**SAMPLES["batch.failed"], "later": 1}
CALL = without(SAMPLES["realtime.call.incoming"], "object")


def documented_type():
    (block,) = re.findall(r"(?s)```python\n(.*?)```", README)
    names = {}
    exec(block, names)
    return names["Event"]


def test_sqlalchemy_stores_events_with_the_documented_type():
    class Base(DeclarativeBase):
        pass

    class Delivery(Base):
        __tablename__ = "deliveries"
        id: Mapped[int] = mapped_column(primary_key=True)
        event = mapped_column(documented_type())

    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([Delivery(event=event) for event in [*EVENTS, None]])
        session.commit()
        *stored, empty = session.scalars(select(Delivery).order_by(Delivery.id))
        assert [row.event for row in stored] == EVENTS
        assert [row.event.to_dict() for row in stored] == PAYLOADS
        assert empty.event is None
        of_type = select(Delivery).where(Delivery.event["type"].as_string() == "batch.failed")
        assert {row.event.type for row in session.scalars(of_type)} == {"batch.failed"}
        stored[0].event = stored[0].event.model_copy(update={"id": "evt_2"})
        session.commit()
        assert session.get(Delivery, 1).event.id == "evt_2"
    engine.dispose()


# In a process of its own, which configures Django.
DJANGO = f"""
import django
from django.conf import settings
database = {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
settings.configure(DATABASES={{"default": database}})
django.setup()
from django.db import connection, models
from openai_webhook_types import parse_event

class Delivery(models.Model):
    event = models.JSONField()
    class Meta:
        app_label = "app"

with connection.schema_editor() as editor:
    editor.create_model(Delivery)
event = parse_event({FAILED!r})
try:
    Delivery.objects.create(event=event)
except TypeError as error:
    print(error)
Delivery.objects.create(event=event.to_dict(mode="json"))
found = Delivery.objects.get(event__type="batch.failed", event__data__id=event.data.id)
print(parse_event(found.event) == event, parse_event(found.event).to_dict() == event.to_dict())
"""


def test_django_stores_the_payload_in_a_json_field():
    refusal, same = run(DJANGO, options=("-I",)).splitlines()
    assert refusal == "Object of type BatchFailedWebhookEvent is not JSON serializable"
    assert same == "True True"


def test_pandas_takes_payloads_and_makes_columns_of_the_names_and_values_of_events():
    frame = pd.json_normalize([event.to_dict() for event in EVENTS])
    assert [*frame["type"]] == [payload["type"] for payload in PAYLOADS]
    assert {"data.id", "data.sip_headers", "later"} <= {*frame.columns}
    mixed = pd.json_normalize([FAILED, CALL])
    assert [str(value) for value in mixed["later"]] == ["1.0", "nan"]
    # A sequence of pairs, as `dict(event)` takes them.
    pairs = pd.DataFrame([owt.parse_event(FAILED)])
    assert [*pairs.columns] == [*range(len(FAILED))]
    assert pairs[0][0] == ("id", FAILED["id"])


def through_polars(column):
    file = io.BytesIO()
    pl.DataFrame({"event": column}).write_parquet(file)
    file.seek(0)
    return pl.read_parquet(file)["event"].to_list()


def through_pyarrow(column):
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.table({"event": column}), sink)
    return parquet.read_table(sink.getvalue())["event"].to_pylist()


def through_duckdb(column):
    with duckdb.connect() as db:
        db.execute("CREATE TABLE deliveries (event JSON)")
        db.executemany("INSERT INTO deliveries VALUES (?)", [[text] for text in column])
        types = db.execute("SELECT event->>'$.type' FROM deliveries").fetchall()
        assert types == [(json.loads(text)["type"],) for text in column]
        return [text for (text,) in db.execute("SELECT event FROM deliveries").fetchall()]


@pytest.mark.parametrize("through", [through_polars, through_pyarrow, through_duckdb])
def test_a_column_of_text_is_exact(through):
    found = through(TEXTS)
    assert found == TEXTS
    assert [owt.parse_event(text).to_dict() for text in found] == PAYLOADS


def rows_of_polars(payloads):
    return pl.DataFrame(payloads).to_dicts()


def rows_of_pyarrow(payloads):
    return pa.Table.from_pylist(payloads).to_pylist()


def rows_of_duckdb(payloads):
    with duckdb.connect() as db:
        frame = db.from_arrow(pa.Table.from_pylist(payloads))
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]


@pytest.mark.parametrize("rows", [rows_of_polars, rows_of_pyarrow, rows_of_duckdb])
def test_typed_rows_have_nulls_for_absent_fields(rows):
    failed, call = rows([FAILED, CALL])
    assert failed["data"]["sip_headers"] is None
    assert call["object"] is None
    assert call["later"] is None
    assert owt.parse_event(call).model_extra == {"later": None}
    assert owt.parse_event(call).to_dict() != CALL


def test_pyarrow_leaves_out_what_the_first_row_lacks():
    assert "later" not in pa.Table.from_pylist([CALL, FAILED]).column_names


def test_polars_drops_unknown_fields_of_events():
    (row,) = pl.DataFrame([owt.parse_event(FAILED)]).to_dicts()
    assert row == SAMPLES["batch.failed"]
