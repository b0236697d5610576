# SPDX-License-Identifier: Apache-2.0
"""Decisions inside DuckDB, Spark, polars and pandas: what they give is what one process gives, to the byte."""
import os
import pathlib
import pickle
import sys

import duckdb
import pandas
import polars
import polku
import pyarrow as pa
import pyarrow.csv
import pytest
from test_arrow import ROWS, arrow_table, one_by_one

ROOT = pathlib.Path(__file__).resolve().parents[3]
RATES = ROOT / "tests" / "capi" / "rates.dmn"


def bytes_of(table):
    """The table as bytes of IPC, made of its values alone: what lies under a null, or past the end, is no value."""
    whole = pa.table([pa.array(column.to_pylist(), column.type) for column in table.columns], schema=table.schema)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, whole.schema) as out:
        out.write_table(whole)
    return sink.getvalue().to_pybytes()


def ordered(table, *keys):
    return pa.table([column.combine_chunks() for column in table.sort_by([(key, "ascending") for key in keys]).columns],
                    names=table.schema.names)


@pytest.fixture(scope="module")
def rates():
    return polku.TableFunction.read(RATES, "rates", keep=["id"], scales={"rate": 12})


@pytest.fixture(scope="module")
def clients():
    table = arrow_table(ROWS)
    return table.set_column(table.schema.names.index("region"), "region", table.column("region").cast(pa.string()))


@pytest.fixture(scope="module")
def alone(rates, clients):
    """One process, one pass."""
    return pa.Table.from_batches(rates(clients.to_batches()))


@pytest.fixture(scope="module")
def people():
    return pyarrow.csv.read_csv(ROOT / "examples" / "supplement_people.csv", convert_options=pyarrow.csv.ConvertOptions(
        column_types={"municipality": pa.string()}, strings_can_be_null=True))


def supplement(**more):
    return polku.TableFunction.of_pack("paikallislisa", "Supplement", decided="2026-11-01", keep=["municipality"], scales=2,
                                       reasons=True, against={"figures": {"raised amount": 500}}, **more)


def test_answers_are_those_of_the_prepared_decision(clients, alone):
    with polku.Program.read(RATES) as program:
        wanted = one_by_one(program.decision("rates"), ROWS)
    assert [row["code"] for row in alone.to_pylist()] == [row["code"] for row in wanted]
    assert [row["rate"] for row in alone.to_pylist()] == [row["rate"] for row in wanted]
    assert not any(pa.types.is_dictionary(field.type) for field in alone.schema)


def test_it_can_be_pickled_and_parts_make_the_whole(rates, clients, alone):
    copy = pickle.loads(pickle.dumps(rates))
    parts = [pa.Table.from_batches(copy(clients.slice(first, 700).to_batches())) for first in range(0, clients.num_rows, 700)]
    assert bytes_of(pa.concat_tables(parts)) == bytes_of(alone)
    assert copy.schema(clients.schema) == alone.schema
    assert list(copy(iter(()))) == []


def test_duckdb(rates, clients, alone):
    with duckdb.connect() as connection:
        polku.TableFunction.read(RATES, "rates", scales={"rate": 12}).register(connection, "rates", numbers="DECIMAL(12, 2)")
        connection.register("clients", clients)
        found = connection.sql("""select id, unnest(answer) from (select id, rates(amount, region, since, "new") as answer from clients)
                                  order by id""").to_arrow_table()
    assert found.schema.names == alone.schema.names
    assert bytes_of(found.cast(alone.schema)) == bytes_of(ordered(alone, "id"))


def test_duckdb_takes_a_decision_of_one_value_and_no_rows():
    function = polku.TableFunction([("one.dmn", ONE)], "Adult")
    with duckdb.connect() as connection:
        function.register(connection, "adult", numbers={"age": "INTEGER"})
        found = connection.sql("select adult(a).\"Adult\" as is_adult from (values (17), (18), (null)) t(a)").fetchall()
        assert found == [(False,), (True,), (None,)]
        assert connection.sql("select adult(a) from (values (17)) t(a) where a > 90").fetchall() == []


def test_what_is_wrong_is_named(rates, clients, people):
    with pytest.raises(polku.InvalidError, match="input 'amount' is number: say its SQL type"):
        polku.TableFunction.read(RATES, "rates").register(duckdb.connect(), "rates")
    with pytest.raises(polku.InvalidError, match="decision of DMN files"):
        supplement().register(duckdb.connect(), "supplement")
    with pytest.raises(polku.NotFoundError):
        polku.TableFunction.read(RATES, "ratess")
    with pytest.raises(polku.PolkuError):
        polku.TableFunction.of_pack("paikallislisa", "Suplement", decided="2026-11-01")
    with pytest.raises(polku.InvalidError, match="no column 'region'"):
        list(rates(clients.drop_columns("region").to_batches()))


def test_polars_and_pandas(rates, clients, alone):
    def decide(frame):
        return polars.DataFrame(pa.Table.from_batches(rates(frame.to_arrow(compat_level=polars.CompatLevel.oldest()).to_batches())))

    lazy = polars.from_arrow(clients).lazy().map_batches(decide, schema=polars.DataFrame(alone.schema.empty_table()).schema)
    assert bytes_of(lazy.collect().to_arrow(compat_level=polars.CompatLevel.oldest()).cast(alone.schema)) == bytes_of(alone)
    frame = clients.to_pandas(types_mapper=pandas.ArrowDtype)
    parts = [frame.iloc[first:first + 900] for first in range(0, len(frame), 900)]
    made = pandas.concat([pa.Table.from_batches(rates(pa.Table.from_pandas(part, preserve_index=False).to_batches()))
                          .to_pandas(types_mapper=pandas.ArrowDtype) for part in parts], ignore_index=True)
    assert bytes_of(pa.Table.from_pandas(made, schema=alone.schema, preserve_index=False).replace_schema_metadata()) == bytes_of(alone)


def test_a_pack_in_parts(people):
    function = pickle.loads(pickle.dumps(supplement()))
    alone = pa.Table.from_batches(function(people.to_batches()))
    parts = [pa.Table.from_batches(function(people.slice(first, 13).to_batches())) for first in range(0, people.num_rows, 13)]
    assert bytes_of(pa.concat_tables(parts)) == bytes_of(alone)
    assert "row" not in alone.schema.names and "rules matched" in alone.schema.names
    folder = polku.TableFunction.of_pack(ROOT / "src/packs/paikallislisa", "Supplement", decided="2026-11-01", keep=["municipality"],
                                         scales=2, reasons=True, against={"figures": {"raised amount": 500}})
    assert bytes_of(pa.Table.from_batches(folder(people.to_batches()))) == bytes_of(alone)


@pytest.fixture(scope="module")
def spark():
    """A cluster of two workers, each a process of its own."""
    pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: .ci/long engines runs these")
    from pyspark.sql import SparkSession

    path = os.pathsep.join([str(pathlib.Path(pyspark.__file__).parents[1]), str(pathlib.Path(polku.__file__).parents[1]),
                            str(pathlib.Path(pa.__file__).parents[1])])
    os.environ.update(PYSPARK_PYTHON=sys.executable, PYSPARK_DRIVER_PYTHON=sys.executable,
                      SPARK_HOME=str(pathlib.Path(pyspark.__file__).parent), SPARK_LOCAL_IP="127.0.0.1")
    session = (SparkSession.builder.master("local-cluster[2,1,1024]").appName("polku")
               .config("spark.executorEnv.PYTHONPATH", path).config("spark.ui.enabled", "false")
               .config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
               .config("spark.sql.execution.arrow.pyspark.enabled", "true").config("spark.sql.shuffle.partitions", "4")
               .getOrCreate())
    yield session
    session.stop()


def spark_frame(spark, table):
    from pyspark.sql.pandas.types import from_arrow_schema

    rows = [tuple(row.values()) for row in table.to_pylist()]
    return spark.createDataFrame(rows, from_arrow_schema(table.schema)).repartition(6)


def test_spark(spark, rates, clients, alone):
    frame = spark_frame(spark, clients)
    found = frame.mapInArrow(rates, rates.spark_schema(frame)).toArrow()
    assert bytes_of(ordered(found.cast(alone.schema), "id")) == bytes_of(ordered(alone, "id"))


def test_spark_with_a_pack(spark, people):
    function = supplement()
    keys = pa.table({"municipality": [f"{name}-{place}" for place, name in enumerate(people.column("municipality").to_pylist())]})
    named = people.set_column(people.column_names.index("municipality"), "municipality", keys.column("municipality"))
    alone = pa.Table.from_batches(function(named.to_batches()))
    frame = spark_frame(spark, named)
    found = frame.mapInArrow(function, function.spark_schema(frame)).toArrow()
    assert bytes_of(ordered(found.cast(alone.schema), "municipality")) == bytes_of(ordered(alone, "municipality"))


def test_a_worker_that_is_lost_ends_the_job_or_changes_nothing(spark, rates, clients, alone, tmp_path):
    """The first worker to come to it kills itself; its rows are decided again by another."""
    mark = tmp_path / "was here"
    frame = spark_frame(spark, clients)

    def dies_once(batches):
        try:
            mark.open("x").close()
        except FileExistsError:
            yield from rates(batches)
            return
        os._exit(1)

    found = frame.mapInArrow(dies_once, rates.spark_schema(frame)).toArrow()
    assert mark.exists()
    assert bytes_of(ordered(found.cast(alone.schema), "id")) == bytes_of(ordered(alone, "id"))


def test_an_error_in_a_worker_is_the_job_s(spark, clients):
    function = polku.TableFunction.read(RATES, "rates", keep=["id"])
    frame = spark_frame(spark, clients)
    with pytest.raises(Exception, match="no column 'region'"):
        frame.drop("region").mapInArrow(function, function.spark_schema(frame)).toArrow()


ONE = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="one" name="one" namespace="urn:test:one">
  <inputData id="i" name="age"><variable id="v" name="age" typeRef="number"/></inputData>
  <decision id="d" name="Adult"><variable id="dv" name="Adult" typeRef="boolean"/>
    <informationRequirement id="r"><requiredInput href="#i"/></informationRequirement>
    <literalExpression id="l"><text>age &gt;= 18</text></literalExpression>
  </decision>
</definitions>"""
