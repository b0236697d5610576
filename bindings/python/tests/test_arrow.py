# SPDX-License-Identifier: Apache-2.0
"""Decisions over tables of pyarrow, pandas, polars and DuckDB, each row compared with the decision by itself."""
import datetime
import random
import subprocess
import sys
import textwrap
import threading
from decimal import Decimal

import polku
import pytest

from conftest import ROOT

pa = pytest.importorskip("pyarrow")

REGIONS = ["north", "south", "a region with a long name", None]
OUTPUTS = ("rate", "code", "from")


@pytest.fixture(scope="module")
def rates():
    return polku.Program.read(ROOT / "tests/capi/rates.dmn").decision("rates")


def drawn(rows, seed=20261123):
    """Rows for the inputs of rates.dmn, nulls among them."""
    chance = random.Random(seed)
    amounts = [None, Decimal("50.00"), Decimal("100.50"), Decimal("100.49"), Decimal("999.99"), Decimal("1000.00")]
    return [{"id": row,
             "amount": chance.choice([*amounts, Decimal(chance.randrange(-100, 300_000)).scaleb(-2)]),
             "region": chance.choice(REGIONS),
             "since": chance.choice([None, datetime.date(2019, 12, 31), datetime.date(2020, 1, 1),
                                     datetime.date(1899, 2, 28) + datetime.timedelta(chance.randrange(90_000))]),
             "new": chance.choice([None, False, True])} for row in range(rows)]


def one_by_one(decision, rows):
    """What the prepared decision says of each row, with numbers as the texts of a column without a scale."""
    made = []
    with decision.prepare() as ready:
        for row in rows:
            found = ready(*(row[name] for name in decision.inputs)) or dict.fromkeys(OUTPUTS)
            made.append({"id": row["id"], **found})
    return made


def arrow_table(rows):
    return pa.table({"id": pa.array([row["id"] for row in rows], pa.int32()),
                     "amount": pa.array([row["amount"] for row in rows], pa.decimal128(12, 2)),
                     "region": pa.array([row["region"] for row in rows]).dictionary_encode(),
                     "since": pa.array([row["since"] for row in rows], pa.date32()),
                     "new": pa.array([row["new"] for row in rows], pa.bool_())})


def plain(rows):
    """Rows with every number as Decimal and every missing value as None."""
    def value(name, of):
        if of is None or of != of:
            return None
        return Decimal(of) if name == "rate" else of
    return [{name: value(name, of) for name, of in row.items()} for row in rows]


ROWS = drawn(4000)


def test_pyarrow_tables_batches_and_readers(rates):
    table = arrow_table(ROWS)
    expected = one_by_one(rates, ROWS)
    whole = pa.table(rates.evaluate_table(table, keep=["id"]))
    assert whole.schema.names == ["id", *OUTPUTS, "error"]
    assert whole.column("error").null_count == len(ROWS)
    assert plain(whole.drop_columns("error").to_pylist()) == expected
    in_parts = rates.evaluate_table(pa.Table.from_batches(table.to_batches(max_chunksize=333)), keep=["id"])
    assert plain(pa.table(in_parts).drop_columns("error").to_pylist()) == expected
    one = table.slice(100, 50).combine_chunks().to_batches()[0]
    assert plain(pa.table(rates.evaluate_table(one, keep=["id"])).drop_columns("error").to_pylist()) == expected[100:150]
    reader = pa.RecordBatchReader.from_batches(table.schema, iter(table.to_batches(max_chunksize=1000)))
    answers = pa.RecordBatchReader.from_stream(rates.evaluate_table(reader, keep=["id"]))
    assert [batch.num_rows for batch in answers] == [1000] * 4


@pytest.mark.parametrize("form", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string()),
                                  pa.dictionary(pa.uint16(), pa.large_string())], ids=str)
def test_every_form_of_text(rates, form):
    table = arrow_table(ROWS).slice(7)
    at = table.schema.names.index("region")
    texts = table.column("region").cast(pa.string())
    wanted = texts.cast(form) if not pa.types.is_dictionary(form) else pa.chunked_array(
        [pa.DictionaryArray.from_arrays(part.dictionary_encode().indices.cast(form.index_type),
                                        part.dictionary_encode().dictionary.cast(form.value_type)) for part in texts.chunks])
    changed = table.set_column(at, "region", wanted)
    assert pa.table(rates.evaluate_table(changed)).to_pylist() == pa.table(rates.evaluate_table(table)).to_pylist()


@pytest.mark.parametrize("form", [pa.int8(), pa.uint8(), pa.int16(), pa.uint16(), pa.int32(), pa.uint32(), pa.int64(), pa.uint64(),
                                  pa.decimal32(5, 1), pa.decimal64(12, 2), pa.decimal128(30, 4)], ids=str)
def test_every_form_of_number(rates, form):
    numbers = [0, 50, 100, 101, None, 127]
    given = [None if each is None else Decimal(each) for each in numbers] if pa.types.is_decimal(form) else numbers
    table = pa.table({"amount": pa.array(given, form), "region": ["north"] * 6, "since": pa.nulls(6), "new": pa.nulls(6)})
    expected = [row["code"] for row in one_by_one(rates, [{"id": 0, "amount": each, "region": "north", "since": None,
                                                           "new": None} for each in numbers])]
    assert pa.table(rates.evaluate_table(table)).column("code").to_pylist() == expected


def test_pandas(rates):
    pandas = pytest.importorskip("pandas")
    table = arrow_table(ROWS)
    frame = table.to_pandas(types_mapper=pandas.ArrowDtype)
    answers = pandas.DataFrame.from_arrow(rates.evaluate_table(frame, keep=["id"], scales={"rate": 12}))
    assert isinstance(answers["code"].dtype, pandas.CategoricalDtype)
    found = answers.drop(columns="error").astype(object).to_dict("records")
    expected = one_by_one(rates, ROWS)
    exact = [row["rate"] is None or row["rate"] == row["rate"].quantize(Decimal(10) ** -12) for row in expected]
    assert all(exact)
    assert plain(found) == expected
    numbers = pandas.DataFrame({"amount": [50, 100], "region": ["north", None], "since": [None, None], "new": [True, False]})
    numbers["region"] = numbers["region"].astype("category")
    assert pa.table(rates.evaluate_table(numbers)).column("code").to_pylist() == ["made", None]


def test_polars(rates):
    polars = pytest.importorskip("polars")
    frame = polars.from_arrow(arrow_table(ROWS)).with_columns(polars.col("region").cast(polars.String))
    expected = one_by_one(rates, ROWS)
    answers = polars.DataFrame(rates.evaluate_table(frame, keep=["id"], scales=12))
    assert answers.schema["rate"] == polars.Decimal(38, 12)
    assert plain(answers.drop("error").to_dicts()) == expected
    by_category = frame.with_columns(polars.col("region").cast(polars.Categorical))
    assert plain(polars.DataFrame(rates.evaluate_table(by_category, keep=["id"])).drop("error").to_dicts()) == expected


def test_duckdb(rates):
    duckdb = pytest.importorskip("duckdb")
    expected = one_by_one(rates, ROWS)
    with duckdb.connect() as source, duckdb.connect() as reader:
        source.register("clients", arrow_table(ROWS))
        # A relation runs on its connection while the answers are read, which waits for itself on the same one.
        relation = source.sql("select id, amount, region::varchar as region, since, new from clients order by id")
        reader.register("answers", pa.table(rates.evaluate_table(relation, keep=["id"], scales=12)))
        found = reader.sql("select * exclude (error) from answers order by id")
        assert plain([dict(zip(found.columns, row)) for row in found.fetchall()]) == expected
        lazy = rates.evaluate_table(relation, keep=["id"])  # noqa: F841 (DuckDB finds it by its name)
        counted = reader.sql("select count(*) filter (code = 'N') from lazy").fetchall()
        assert counted == [(sum(row["code"] == "N" for row in expected),)]


def test_errors_of_rows(rates):
    table = arrow_table([{"id": 1, "amount": Decimal("100.50"), "region": "north", "since": None, "new": None}])
    told = pa.table(rates.evaluate_table(table, scales=2, error_column="fault")).to_pylist()
    assert told == [{"rate": None, "code": "N", "from": datetime.date(2026, 1, 1),
                     "fault": "output 'rate': 0.125 is not exact at scale 2, or has more than 38 digits there"}]
    told = pa.table(rates.evaluate_table(table, forms={"rate": "text", "from": "text"})).to_pylist()[0]
    assert (told["rate"], told["from"]) == ("0.125", "2026-01-01")
    ends = pa.table({"start": ["2026-11-30", "2026-11-31", None]})
    review = polku.Program.read(ROOT / "tests/capi/echo.dmn").decision("review day")
    told = pa.table(review.evaluate_table(ends)).to_pylist()
    assert [row["review day"] for row in told] == [datetime.date(2027, 2, 28), None, None]
    assert told[0]["error"] is None and "2026-11-31" in told[1]["error"]


def test_errors_of_columns(rates):
    table = arrow_table(ROWS[:5])
    with pytest.raises(polku.InvalidError, match="no column 'region'"):
        rates.evaluate_table(table.drop_columns("region"))
    with pytest.raises(polku.InvalidError, match="column 'amount' has binary floating point"):
        rates.evaluate_table(table.set_column(1, "amount", table.column("amount").cast(pa.float64())))
    with pytest.raises(polku.InvalidError, match="column 'since' has the format 'tsn:', which polku does not read"):
        rates.evaluate_table(table.set_column(3, "since", table.column("since").cast(pa.timestamp("ns"))))
    with pytest.raises(polku.InvalidError, match="no column 'ids' to keep"):
        rates.evaluate_table(table, keep=["ids"])
    with pytest.raises(polku.InvalidError, match="'error'"):
        rates.evaluate_table(table.append_column("error", table.column("id")), keep=["error"])
    with pytest.raises(polku.InvalidError, match="it must be one of number, text, boolean, date"):
        rates.evaluate_table(table, forms={"rate": "float"})
    with pytest.raises(polku.InvalidError, match="dict has neither"):
        rates.evaluate_table({"amount": [1]})
    with pytest.raises(polku.InvalidError, match="no input takes the column 'id'"):
        rates.evaluate_table(table, missing_unknown=True)
    few = pa.table(rates.evaluate_table(table.select(["id", "amount"]), keep=["id"], missing_unknown=True))
    assert few.num_rows == 5
    nested = pa.chunked_array([pa.array([1, 2])])
    with pytest.raises(polku.InvalidError, match="not a struct"):
        rates.evaluate_table(nested)
    floats = pa.table({"amount": [50.0, float("nan")], "region": ["north"] * 2, "since": pa.nulls(2), "new": pa.nulls(2)})
    told = pa.table(rates.evaluate_table(floats, allow_float=True)).to_pylist()
    assert told[0]["code"] == "made" and "NaN" in told[1]["error"]


def test_contexts_and_lists():
    same = polku.Program.read(ROOT / "tests/capi/echo.dmn").decision("same")
    nested = pa.table({"x": [{"name": "Ö", "tags": [1, None], "day": datetime.date(2026, 11, 24)}, None]})
    told = pa.table(same.evaluate_table(nested)).column("same").to_pylist()
    assert told == ['{"day":"2026-11-24","name":"Ö","tags":[1,null]}', None]


def test_a_table_is_read_again_and_closed(rates):
    answers = rates.evaluate_table(arrow_table(ROWS[:10]))
    assert pa.table(answers).equals(pa.table(answers))
    assert isinstance(answers, polku.Table) and isinstance(answers, polku.ArrowStream)
    assert isinstance(arrow_table(ROWS[:1]).to_batches()[0], polku.ArrowArray)
    reader = pa.RecordBatchReader.from_stream(answers)
    with answers:
        pass
    assert reader.read_all().num_rows == 10  # it was handed out before
    with pytest.raises(polku.MisuseError):
        pa.table(answers)


def test_progress_and_what_it_raises(rates):
    table = pa.Table.from_batches(arrow_table(ROWS).to_batches(max_chunksize=1000))
    seen = []
    pa.table(rates.evaluate_table(table, progress=seen.append))
    assert seen == [1000, 2000, 3000, 4000]

    def stop(rows):
        raise KeyError(rows)

    answers = rates.evaluate_table(table, progress=stop)
    with pytest.raises(OSError, match="the progress callable raised an error"):
        pa.table(answers)
    assert isinstance(answers.stopped_by, KeyError)


def test_now_and_limits_of_time():
    today = polku.Program.read(ROOT / "tests/capi/echo.dmn").decision("the day")
    table = pa.table({"anything": [1, 2]})
    told = pa.table(today.evaluate_table(table, now=datetime.date(2026, 11, 24)))
    assert told.column("the day").to_pylist() == [datetime.date(2026, 11, 24)] * 2


def test_other_threads_run_while_a_table_is_decided():
    work = polku.Program.read(ROOT / "tests/capi/echo.dmn").decision("long work")
    table = pa.table({"x": [100_000] * 4})
    begun = threading.Event()

    def decide():
        begun.set()
        pa.table(work.evaluate_table(table))

    thread = threading.Thread(target=decide)
    thread.start()
    begun.wait()
    turns = 0
    while thread.is_alive():
        turns += 1
        threading.Event().wait(0.001)
    assert turns > 3


def test_a_stream_larger_than_the_memory_it_takes():
    """40 batches of 100 000 rows, about 140 MB in and out, made as they are asked for: memory stays where it is."""
    program = textwrap.dedent(f"""
        import pathlib, polku, pyarrow as pa

        def resident():
            return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096

        rows = 100_000
        schema = pa.schema([("work ability", pa.int64()), ("months without work", pa.int64()), ("id", pa.int64())])
        def batches():
            for batch in range(40):
                base = pa.array(range(rows), pa.int64())
                yield pa.record_batch([pa.compute.bit_wise_and(base, 7), pa.compute.bit_wise_and(base, 31), base], schema=schema)
        decision = polku.Program.read(r"{ROOT / 'examples/support.dmn'}").decision("Support")
        answers = decision.evaluate_table(pa.RecordBatchReader.from_batches(schema, batches()), keep=["id"])
        sizes, seen = [], 0
        for batch in pa.RecordBatchReader.from_stream(answers):
            seen += batch.num_rows
            sizes.append(resident())
        print(seen, (max(sizes) - sizes[4]) >> 20)
    """)
    done = subprocess.run([sys.executable, "-c", "import pyarrow.compute\n" + program], capture_output=True, text=True, check=True)
    rows, grown = done.stdout.split()
    assert int(rows) == 4_000_000
    assert int(grown) < 48
