# SPDX-License-Identifier: Apache-2.0
"""What rules decide of a population, through tables of several libraries, beside the command's answers."""
import csv
import json
import os
import pathlib
import subprocess
from decimal import Decimal

import duckdb
import pandas
import polars
import polku
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PEOPLE = ROOT / "examples" / "supplement_people.csv"
FIGURES = {"raised amount": 350, "raised below age": 0}
AGAINST = {"figures": {"raised amount": 500, "raised below age": 0, "supplement cap": 3000}}


@pytest.fixture(scope="module")
def people():
    """The example's table with the types that a database would have."""
    return pyarrow.csv.read_csv(PEOPLE, convert_options=pyarrow.csv.ConvertOptions(
        column_types={"municipality": pa.string()}, strings_can_be_null=True))


@pytest.fixture
def study():
    with polku.Pack.shipped("paikallislisa") as pack, pack.simulation(
            "Supplement", decided="2026-11-01", by=["municipality"], municipality="municipality", figures=FIGURES,
            against=AGAINST) as made:
        yield made


def plain(report):
    return json.loads(json.dumps(report, default=lambda number: int(number) if number == int(number) else str(number)))


def command(tmp_path, *more):
    """The command's totals and rows of the same study."""
    polku_command = pathlib.Path(os.environ.get("POLKU_BUILD_DIR", "")) / "bin" / "polku"
    if not polku_command.is_file():
        pytest.skip("POLKU_BUILD_DIR does not hold the command")
    rows = tmp_path / "rows.csv"
    done = subprocess.run(
        [polku_command, "simulate", "paikallislisa", "Supplement", "--people", PEOPLE, "--decided", "2026-11-01", "--by", "municipality",
         "--municipality", "municipality", "--figures", json.dumps(FIGURES), "--figures-against", json.dumps(AGAINST["figures"]),
         "--rows", rows, "--format", "json", *more], capture_output=True, check=False, text=True)
    with rows.open(encoding="utf-8", newline="") as lines:
        return json.loads(done.stdout), list(csv.DictReader(lines))


def test_totals_are_those_of_the_command(study, people, tmp_path):
    report, _ = command(tmp_path)
    assert plain(study.run(people)) == report
    assert len(report["totals"]) == 13


def test_rows_are_those_of_the_command(study, people, tmp_path):
    _, rows = command(tmp_path)
    found = pa.table(study.rows(people))
    assert found.num_rows == len(rows) == people.num_rows

    def text(value):
        if value is None:
            return ""
        return {True: "true", False: "false"}.get(value) if isinstance(value, bool) else str(value)

    for ours, theirs in zip(found.to_pylist(), rows):
        theirs["error"] = theirs.pop("fault")
        assert {name: text(value) for name, value in ours.items()} == theirs
    assert study.report() == study.run(people)


def test_each_library_gives_the_same(study, people, tmp_path):
    wanted = study.run(people)
    frame = pandas.DataFrame({name: column.to_pylist() for name, column in zip(people.column_names, people.columns)}).convert_dtypes()
    assert study.run(frame) == wanted
    assert study.run(polars.from_arrow(people)) == wanted
    assert study.run(duckdb.from_arrow(people)) == wanted
    pyarrow.parquet.write_table(people, tmp_path / "people.parquet", row_group_size=7)
    file = pyarrow.parquet.ParquetFile(tmp_path / "people.parquet")
    batches = pa.RecordBatchReader.from_batches(people.schema, file.iter_batches(batch_size=5))
    assert study.run(batches) == wanted
    assert study.run(people.to_batches()[0]) == wanted


def test_rows_go_to_each_library(study, people):
    found = pa.table(study.rows(people))
    assert isinstance(study, polku.Simulation) and isinstance(study.rows(people), polku.SimulatedRows)
    assert polars.DataFrame(study.rows(people)).height == found.num_rows
    assert len(pandas.DataFrame.from_arrow(study.rows(people))) == found.num_rows
    assert duckdb.from_arrow(pa.RecordBatchReader.from_stream(study.rows(people))).aggregate("count(*)").fetchall() == [(found.num_rows,)]


def test_small_blocks_change_nothing(people):
    with polku.Pack.shipped("paikallislisa") as pack:
        made = [pack.simulation("Supplement", decided="2026-11-01", until="2027-02-01", by=["municipality"], keep=["employer sort"],
                                block=block, reasons=True) for block in (1, 7, 8192)]
    tables = [pa.table(each.rows(people)) for each in made]
    assert tables[0].num_rows == 4 * people.num_rows
    assert tables[0].to_pylist() == tables[1].to_pylist() == tables[2].to_pylist()
    assert made[0].report() == made[1].report() == made[2].report()
    assert any(row["rules matched"] for row in tables[0].to_pylist())


def test_one_by_one_is_the_same(people):
    with polku.Pack.shipped("paikallislisa") as pack:
        study = pack.simulation("Supplement", decided="2026-11-01", keep=["municipality"], scales={"a month": 2})
        rows = pa.table(study.rows(people)).to_pylist()
        facts = [name for name in people.column_names if name != "municipality"]
        decided = 0
        for row, person in zip(rows, people.to_pylist()):
            asked = {name: person[name] for name in facts if person[name] is not None}
            answer = pack.decide("Supplement", asked, decided="2026-11-01")["value"]
            if row["error"] is not None:
                assert answer is None or answer["granted"] is None
                continue
            decided += 1
            assert row["a month"] == answer["a month"]
            assert row["granted"] == answer["granted"]
        assert decided > 50


def test_money_has_the_scale_that_is_asked_for(people):
    with polku.Pack.shipped("paikallislisa") as pack:
        rows = pa.table(pack.simulation("Supplement", decided="2026-11-01", scales=2, keep=["municipality"]).rows(people))
    assert rows.schema.field("a month").type == pa.decimal128(38, 2)
    assert Decimal("300.00") in rows.column("a month").to_pylist()


def test_two_packs(people):
    with polku.Pack.shipped("paikallislisa") as pack, polku.Pack.read(ROOT / "src/packs/paikallislisa") as same:
        study = pack.simulation("Supplement", decided="2026-11-01", against_pack=same, keep=["municipality"])
        assert all(total["changed"] == 0 for total in study.run(people)["totals"])


def test_what_is_wrong_is_named(study, people):
    with pytest.raises(polku.InvalidError, match="did you mean 'age'"):
        study.run(people.rename_columns([name if name != "age" else "agee" for name in people.column_names]))
    floats = people.set_column(people.column_names.index("age"), "age", people.column("age").cast(pa.float64()))
    with pytest.raises(polku.InvalidError, match="'age' is binary floating point"):
        study.run(floats)
    with pytest.raises(polku.InvalidError, match="'age' has the format"):
        study.rows(people.set_column(people.column_names.index("age"), "age", pa.array([0] * people.num_rows, pa.timestamp("s"))))
    with pytest.raises(polku.InvalidError, match="neither __arrow_c_stream__"):
        study.run([1, 2])
    with polku.Pack.shipped("paikallislisa") as pack:
        with pytest.raises(polku.InvalidError, match="/figures|figure"):
            pack.simulation("Supplement", decided="2026-11-01", figures={"raised amont": 1})
        with pytest.raises(polku.InvalidError, match="Supplement"):
            pack.simulation("Suplement", decided="2026-11-01")
        allowed = pack.simulation("Supplement", decided="2026-11-01", keep=["municipality"], allow_float=True)
        assert allowed.run(floats)["totals"] == pack.simulation("Supplement", decided="2026-11-01", keep=["municipality"]).run(people)["totals"]


def test_faults_of_rows_are_a_column(study, people):
    at = people.column_names.index("municipality")
    wrong = people.set_column(at, "municipality", pa.array(["999"] + people.column("municipality").to_pylist()[1:]))
    rows = pa.table(study.rows(wrong)).to_pylist()
    assert "999" in rows[0]["error"] and rows[0]["a month"] is None
    assert sum(total["faults"] for total in study.report()["totals"]) == 1


def test_a_report_needs_all_rows(study, people):
    with pytest.raises(polku.MisuseError):
        study.report()
    reader = pa.RecordBatchReader.from_stream(study.rows(people))
    reader.read_next_batch()
    with pytest.raises(polku.MisuseError):
        study.report()
    assert reader.read_all().num_rows == 0
    assert study.report()["rows"] == people.num_rows


def test_progress_is_told_and_stops(study, people):
    told = []
    study.run(people, progress=told.append)
    assert told[-1] == people.num_rows

    def stop(rows):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study.run(people, progress=stop)


def test_memory_does_not_grow_with_rows(study, people):
    """Fifty times as many rows as they come; what is held is a block."""
    schema = people.schema

    def batches():
        for _ in range(50):
            yield from people.to_batches()

    report = study.run(pa.RecordBatchReader.from_batches(schema, batches()))
    assert report["rows"] == 50 * people.num_rows


def test_months_along_a_path_are_those_of_the_command():
    name = ROOT / "examples" / "path_assumptions.json"
    assumptions = json.loads(name.read_text(encoding="utf-8"), parse_float=Decimal)
    made = polku.simulate_path(assumptions, repeats=5, seed=7)
    polku_command = pathlib.Path(os.environ.get("POLKU_BUILD_DIR", "")) / "bin" / "polku"
    if not polku_command.is_file():
        pytest.skip("POLKU_BUILD_DIR does not hold the command")
    done = subprocess.run([polku_command, "--json", "simulate-path", name, "--repeats", "5", "--seed", "7"], capture_output=True,
                          check=True, text=True)
    assert made == json.loads(done.stdout, parse_float=Decimal)


def test_months_of_another_side_and_of_given_versions():
    assumptions = json.loads((ROOT / "examples" / "path_assumptions.json").read_text(encoding="utf-8"), parse_float=Decimal)
    with polku.Path.shipped("toimi") as path, polku.Pack.shipped("kuntarahoitus") as ladder:
        made = polku.simulate_path(assumptions, paths=[path], against={**assumptions, "stages": {
            **assumptions["stages"], "coaching": {**assumptions["stages"]["coaching"], "places": 1000}}}, ladder=ladder,
            repeats=3, threads=2)
        same = polku.simulate_path(assumptions, paths_against=[path], repeats=3)
    last = [each for each in made["figures"] if each["month"] == "2026-12" and each["municipality"] == ""
            and each["of"] == "coaching" and each["measure"] == "waiting"]
    assert last[0]["is"]["median"] > 0 and last[0]["against"]["median"] == 0
    assert all(each["difference"]["low"] == each["difference"]["high"] == 0 for each in same["figures"])


def test_months_say_what_is_wrong():
    assumptions = json.loads((ROOT / "examples" / "path_assumptions.json").read_text(encoding="utf-8"), parse_float=Decimal)
    with pytest.raises(polku.InvalidError, match="/stages"):
        polku.simulate_path({**assumptions, "stages": {}})
    with pytest.raises(polku.InvalidError, match="/repeats"):
        polku.simulate_path(assumptions, repeats=0)
    with pytest.raises(polku.NotFoundError, match="no-such-path"):
        polku.simulate_path({**assumptions, "path": "no-such-path"})
