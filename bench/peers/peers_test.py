#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The comparison with other engines, as far as it needs no network: answers, translations, protocol, report."""
import contextlib
import importlib.machinery
import importlib.util
import io
import json
import pathlib
import re
import sys
import tempfile
import unittest
from decimal import Decimal

sys.dont_write_bytecode = True
import answers  # noqa: E402
import engines  # noqa: E402
import install  # noqa: E402
import make_workloads  # noqa: E402
import more_workloads  # noqa: E402
import population  # noqa: E402
import report  # noqa: E402
import session  # noqa: E402
import translate  # noqa: E402
import compare  # noqa: E402
from compare import Run  # noqa: E402

ECHO = """
import json, sys
print("a library says hello")
print(json.dumps({"load": 0.5}), flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "rows": print(json.dumps({"rows": 3}), flush=True)
    elif words[0] == "answers":
        open(words[2], "w").write("1\\nnull\\n"); print(json.dumps({"rows": 2}), flush=True)
    elif words[0] == "pass": print(json.dumps({"seconds": 0.001 * int(words[1]), "hits": 1, "own": 0.5}), flush=True)
    elif words[0] == "quit": break
    else: sys.exit("Error: no such command")
"""


class Answers(unittest.TestCase):
    def test_numbers_are_equal_by_value_and_only_then(self):
        self.assertTrue(answers.compare(['{"a":1.50,"b":"x"}'], ['{"b":"x","a":1.5}']).equal)
        made = answers.compare(['{"a":1.5000000000000001}'], ['{"a":1.5}'])
        self.assertEqual(made.differing, [0])
        self.assertIn("row 1", made.example)

    def test_a_number_is_neither_its_text_nor_a_boolean(self):
        self.assertEqual(answers.compare(['"1"', "true", "null"], ["1", "1", "0"]).differing, [0, 1, 2])

    def test_names_and_lengths_count(self):
        self.assertEqual(answers.compare(['{"a":1}', "[1]"], ['{"a":1,"b":null}', "[1,1]"]).differing, [0, 1])

    def test_rows_that_were_not_come_to_are_not_compared(self):
        made = answers.compare(["1"], ["1", "2"])
        self.assertEqual((made.compared, made.equal), (1, True))

    def test_no_answer_at_all_is_no_agreement(self):
        self.assertFalse(answers.compare([], ["1"]).equal)

    def test_a_line_that_is_no_json_differs(self):
        self.assertEqual(answers.compare(["Infinity-", ""], ["1", "2"]).differing, [0, 1])

    def test_more_answers_than_rows_are_a_fault(self):
        with self.assertRaises(ValueError):
            answers.compare(["1", "2"], ["1"])


class Translations(unittest.TestCase):
    def test_cells_of_each_kind(self):
        cases = {
            "-": ("", [], [], "", ""),
            "true": ("true", [{"===": [{"var": "x"}, True]}], ["x == true"], " (x TRUE)", "? == True"),
            '"a","b"': ('"a", "b"', [{"in": [{"var": "x"}, ["a", "b"]]}], ['x in ["a", "b"]'], ' (x "a"|"b")', '? in ("a", "b",)'),
            'not("a")': ('not($ in ["a"])', [{"!": [{"in": [{"var": "x"}, ["a"]]}]}], ['!(x in ["a"])'], ' (x ~"a")', '? not in ("a",)'),
            "[1..2.5)": ("[1..2.5)", [{">=": [{"var": "x"}, 1]}, {"<": [{"var": "x"}, 2.5]}], ["x >= 1.0", "x < 2.5"],
                         " (x ?x&:(>= ?x 1)&:(< ?x 2.5))", "? >= 1 and ? < 2.5"),
        }
        for cell, wanted in cases.items():
            with self.subTest(cell):
                self.assertEqual((translate.zen_cell(cell), translate.logic_condition(cell, "x"), translate.cel_condition(cell, "x"),
                                  translate.clips_pattern(cell, "x"), translate.python_cell(cell)), wanted)

    def test_tables_are_read_from_the_model(self):
        found = translate.tables(more_workloads.six().model)
        table = found["discount"]
        self.assertEqual((table.policy, table.inputs, table.outputs, len(table.rules)), ("FIRST", ["amount", "member"], ["discount"], 6))
        self.assertEqual(translate.answers_of(table), ["20", "15", "12", "10", "5", "0"])

    def test_a_condition_for_each_rule_means_what_the_rows_expect(self):
        """The translated logic, run by a tiny reading of it here, gives the answers of the generator."""
        work = more_workloads.six()
        made = json.loads(translate.json_logic(translate.tables(work.model)["discount"]))
        for _ in range(500):
            row = work.make_row()
            self.assertEqual(Decimal(made["answers"][hit(made["logic"]["if"], row)]), work.answer(row))

    def test_zen_graphs_are_chains_from_input_to_output(self):
        graph = json.loads(translate.zen("chain", translate.tables(more_workloads.chain().model)))
        self.assertEqual([node["type"] for node in graph["nodes"]],
                         ["inputNode", "decisionTableNode", "decisionTableNode", "outputNode"])
        self.assertEqual(len(graph["edges"]), 3)
        self.assertTrue(graph["nodes"][1]["content"]["passThrough"])
        self.assertNotIn("passThrough", graph["nodes"][2]["content"])


def hit(chain: list, row: dict) -> int:
    def holds(test) -> bool:
        if test is True:
            return True
        (sign, parts), = test.items()
        if sign == "and":
            return all(map(holds, parts))
        left, right = row[parts[0]["var"]], parts[1]
        return left >= right if sign == ">=" else left is right
    return next(rule for test, rule in zip(chain[::2], chain[1::2]) if holds(test))


class Workloads(unittest.TestCase):
    def test_the_published_checksum(self):
        work = more_workloads.six()
        self.assertEqual(sum(work.answer(work.make_row()) for _ in range(more_workloads.SIX_ROWS)), more_workloads.SIX_CHECKSUM)

    def test_the_chain_has_its_rules_and_all_rows_hit(self):
        work = more_workloads.chain()
        found = translate.tables(work.model)
        self.assertEqual([len(table.rules) for table in found.values()], [3_700, 3_700])
        for _ in range(50):
            self.assertIn("rate", work.answer(work.make_row()))

    def test_all_forms_are_written(self):
        with tempfile.TemporaryDirectory() as folder:
            where = pathlib.Path(folder)
            index = make_workloads.make(where, 20)
            self.assertEqual(set(index), set(engines.DMN))
            for name in engines.TABLES:
                for ending in ("zen.json", "logic.json", "cel.json", "rules.json", "clp", "answers.json"):
                    self.assertTrue((where / f"{name}.{ending}").stat().st_size, f"{name}.{ending}")
            for name, work in index.items():
                rows = (where / work["rows"]).read_text(encoding="utf-8").splitlines()
                expected = (where / work["expected"]).read_text(encoding="utf-8").splitlines()
                self.assertEqual(len(rows), len(expected), name)


class Protocol(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.log = pathlib.Path(self.folder.name) / "log"

    def tearDown(self):
        self.folder.cleanup()

    def test_an_engine_answers(self):
        made = session.Session([sys.executable, "-c", ECHO], self.log)
        self.assertEqual((made.start.load, made.read_rows()), (0.5, 3))
        self.assertGreater(made.start.cold, 0)
        found = pathlib.Path(self.folder.name) / "answers"
        self.assertEqual(made.answers(1.0, found), 2)
        self.assertEqual(found.read_text(encoding="utf-8"), "1\nnull\n")
        passed = made.run(4)
        self.assertEqual((passed.rows, passed.seconds, passed.own), (4, 0.004, 0.5))
        self.assertAlmostEqual(passed.each, 0.001)
        made.close()
        self.assertEqual(made.process.returncode, 0)

    def test_an_engine_that_fails_says_why(self):
        with self.assertRaisesRegex(session.EngineFault, "ValueError: no model"):
            session.Session([sys.executable, "-c", "raise ValueError('no model')"], self.log)

    def test_a_program_that_is_not_there_is_a_fault(self):
        with self.assertRaisesRegex(session.EngineFault, "no_such_engine: No such file"):
            session.Session(["/nowhere/no_such_engine"], self.log)

    def test_a_command_is_measured_as_a_whole_process(self):
        rows = pathlib.Path(self.folder.name) / "rows"
        rows.write_text("1\n2\n", encoding="utf-8")
        copy = [sys.executable, "-c", "import sys; print(open(sys.argv[2]).read(), end='')"]
        made = session.CommandSession(copy, rows, rows)
        found = pathlib.Path(self.folder.name) / "answers"
        self.assertEqual((made.read_rows(), made.answers(1.0, found), made.run(99).rows), (2, 2, 2))
        self.assertEqual(found.read_text(encoding="utf-8"), "1\n2\n")
        self.assertGreater(made.peak(), 10**6)
        with self.assertRaisesRegex(session.EngineFault, "out of order"):
            session.CommandSession([sys.executable, "-c", "import sys; sys.exit('out of order')"], rows, rows)

    def test_an_engine_that_is_silent_is_ended(self):
        with self.assertRaisesRegex(session.EngineFault, "no answer in"):
            session.Session([sys.executable, "-c", "import time; time.sleep(60)"], self.log, patience=0.3)

    def test_an_engine_that_ends_while_asked_is_a_fault(self):
        made = session.Session([sys.executable, "-c", ECHO], self.log)
        with self.assertRaisesRegex(session.EngineFault, "no such command"):
            made.ask("dance")


class Rounds(unittest.TestCase):
    """A contest between programs that echo, from installation to the page."""

    def test_engines_alternate_and_a_broken_one_is_told_of(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "logs").mkdir()
            (folder / "workloads").mkdir()
            (folder / "workloads" / "expected").write_text("1\nnull\n3\n", encoding="utf-8")
            options = compare.Options(folder, folder, warm=0.002, compare=0.1, length=0.01)
            contest = compare.Contest(options, {kit: install.Place(folder) for kit in ("build", "clips")}, "w1",
                                      {"expected": "expected", "rows": "rows", "decision": "d"})
            contest.kits["node"] = install.Place(folder, "there is no npm here")
            programs = {"by-hand": ECHO, "polku-c-symbols": ECHO, "clips": "raise SystemExit('Error: no rules')", "feelin": ECHO}
            contest.session_of = lambda engine: session.Session([sys.executable, "-c", programs[engine.key]], folder / "logs" / engine.key)
            for engine in engines.ENGINES:
                if engine.key in programs:
                    contest.begin(engine)
            for number in range(3):
                contest.round(number)
            runs = {each.engine: each for each in contest.end()}
        self.assertEqual([(run.compared, run.differing, len(run.times)) for run in (runs["by-hand"], runs["polku-c-symbols"])],
                         [(2, 0, 3), (2, 0, 3)])
        self.assertEqual((runs["clips"].fault, runs["feelin"].fault), ("Error: no rules", "there is no npm here"))
        self.assertEqual(runs["clips"].times + runs["feelin"].times, [])

    def test_the_published_harness_is_a_pass_over_its_rows(self):
        options = compare.Options(pathlib.Path(), pathlib.Path())
        six, other = (compare.Contest(options, {}, work, {}) for work in ("six", "w1"))
        self.assertEqual((six.pass_rows(1e-6), six.pass_rows(1e-4), other.pass_rows(1e-6), other.pass_rows(9.0)),
                         (200_000, 2_500, 250_000, 1))


def run(engine: str, times: list[float], work: str = "w1", **more) -> Run:
    return Run(engine, work, compared=10, cold=0.1, load=0.01, first_memory=10**7, most_memory=2 * 10**7, times=times, **more)


class Report(unittest.TestCase):
    def test_figures_have_three_digits_and_a_unit(self):
        self.assertEqual([report.time_text(each) for each in (1.5e-8, 2.345e-6, 0.0123, 2.0)], ["15 ns", "2.35 µs", "12.3 ms", "2 s"])
        self.assertEqual([report.figure(each) for each in (0.5, 12.345, 1234.5)], ["0.5", "12.3", "1 234"])

    def test_a_ratio_is_the_median_of_the_rounds_ratios(self):
        self.assertEqual(report.ratio([2.0, 40.0, 6.0], [1.0, 10.0, 2.0]), 3.0)

    def test_engines_stand_fastest_first_and_a_differing_one_has_no_ratio(self):
        runs = [run("polku-c-symbols", [2e-6, 2e-6]), run("clips", [8e-6, 8e-6]), run("dsntk", [1e-6, 1e-6], differing=3)]
        lines = report.work_table(runs, engines.ENGINES, engines.REFERENCE).splitlines()[2:]
        self.assertEqual([line.split("|")[1].strip() for line in lines], ["dsntk", "polku, C ABI, interned texts", "CLIPS"])
        self.assertIn("**3 of 10 differ**", lines[0])
        self.assertEqual([line.split("|")[3].strip() for line in lines], ["", "1", "4"])

    def test_the_fastest_peer_must_be_a_peer_and_agree(self):
        runs = [run("polku-c-symbols", [2e-6]), run("by-hand", [1e-8]), run("dsntk", [1e-6], differing=1), run("clips", [8e-6])]
        (line,) = report.fastest_peers(runs, engines.ENGINES, engines.REFERENCE)[2:]
        self.assertIn("CLIPS", line)
        self.assertTrue(line.endswith("| 4 |"))

    def test_goals_use_the_clock_that_they_name(self):
        runs = [run("polku-c-symbols", [1e-6]), run("polku-python", [5e-6]), run("zen-python", [1e-4], own=[2e-5])]
        lines = report.goals(runs)[2:]
        self.assertEqual([line.split("|")[4].strip() for line in lines], ["20", "20"])

    def test_what_was_not_measured_is_said_and_has_no_row(self):
        runs = [run("polku-c-symbols", [1e-6]), Run("drools", "w1", fault="there is no mvn here")]
        text = report.page(runs, engines, {"Java": "17"}, "a machine", 1)
        self.assertIn("Drools (KIE DMN) was not measured on w1: there is no mvn here.", text)
        self.assertNotIn("| Drools", text)

    def test_a_page_without_any_engine_has_no_tables(self):
        text = report.page([], engines, {}, "a machine", 1)
        self.assertNotIn("|---", text)


BATCH = """
import json, sys
print(json.dumps({"load": 0.5}), flush=True)
for line in sys.stdin:
    words = line.split()
    if words[0] == "rows": print(json.dumps({"rows": int(words[1])}), flush=True)
    elif words[0] == "answers":
        open(words[2], "w").write("EXPECTED"); print(json.dumps({"rows": 2}), flush=True)
    elif words[0] == "pass": print(json.dumps({"seconds": EACH * int(words[1]), "hits": 1, "processor": 2 * EACH * int(words[1])}), flush=True)
    else: break
"""


def vector_column(conditions: str, row: dict) -> int:
    """The first condition of a translated `select` that holds of one row, read by Python itself."""
    class Enum:
        def __getattr__(self, name: str) -> str:
            return name
    given = {name: f"v_{value}" if isinstance(value, str) else value for name, value in row.items()}
    names = {"not_": lambda of: not of, **{name.title(): Enum() for name in row}, **given}
    found = [bool(eval(each.strip(), names)) for each in conditions.split(",\n") if each.strip()]
    return found.index(True) if True in found else len(found)


class Population(unittest.TestCase):
    """The comparison over whole populations, without any engine."""

    def test_the_formula_over_vectors_means_what_the_rows_expect(self):
        work = population.table_workloads.small_table()
        texts = {"employer": population.table_workloads.EMPLOYERS, "municipality": population.table_workloads.MUNICIPALITIES}
        table = translate.tables(work.model)["eligibility"]
        made = translate.openfisca(table, dict(population.table_workloads.SMALL_INPUTS), texts)
        compile(made, "w1.openfisca.py", "exec")
        conditions = made[made.index("select([") + len("select(["):made.index("], list(range(")]
        for _ in range(500):
            row = work.make_row()
            answers_of_rule = table.rules[vector_column(conditions, row)][1]
            self.assertEqual({name: Decimal(cell) for name, cell in zip(table.outputs, answers_of_rule)}, work.answer(row))

    def test_a_table_that_may_have_no_hit_is_not_translated(self):
        table = translate.Table("t", "FIRST", ["x"], ["y"], [(["< 1"], ["1"])])
        with self.assertRaisesRegex(ValueError, "'t' has no rule that holds for every row"):
            translate.openfisca(table, {"x": "number"}, {})

    def contest(self, folder: pathlib.Path, programs: dict[str, str], **more) -> dict[str, population.Run]:
        for name in ("logs", "population"):
            (folder / name).mkdir()
        (folder / "population" / "w1.expected.jsonl").write_text("1\n2\n", encoding="utf-8")
        options = population.Options(folder, folder, sizes=(10, 100), rows=2, warm=0.0, **more)
        kits = {kit: install.Place(folder) for kit in ("build", "binding", "python")}
        kits["openfisca"] = install.Place(folder, "there is no python3 here")
        contest = population.Contest(options, kits, "d")
        contest.session_of = lambda engine: session.Session([sys.executable, "-c", programs[engine.key]], folder / "logs" / engine.key)
        with contextlib.redirect_stderr(io.StringIO()):
            for engine in engines.POPULATION:
                contest.begin(engine)
            for size in options.sizes:
                for number in range(3):
                    contest.round(number, size)
            self.text = population.written(options, contest.end(), "a machine")
        return contest.runs

    def test_engines_alternate_by_size_and_one_that_cannot_be_is_said(self):
        with tempfile.TemporaryDirectory() as name:
            good = BATCH.replace("EXPECTED", "1\\n2\\n").replace("EACH", "0.001")
            bad = BATCH.replace("EXPECTED", "1\\n3\\n").replace("EACH", "0.002")
            runs = self.contest(pathlib.Path(name), {"polku-columns": good, "polku-arrow": good, "zen-batch": bad})
        self.assertEqual({key: (run.compared, run.differing, [len(each) for each in run.times.values()]) for key, run in runs.items()},
                         {"polku-columns": (2, 0, [3, 3]), "polku-arrow": (2, 0, [3, 3]), "zen-batch": (2, 1, [3, 3]), "openfisca": (0, 0, [])})
        self.assertIn("OpenFisca, vectors was not measured: there is no python3 here.", self.text)
        self.assertIn("**1 of 2 differ**", self.text)
        self.assertIn("| polku, C++ columns | 2 equal | 1 ms (1 ms to 1 ms); 1 times |", self.text)
        self.assertIn("| 1 000 | 2 ms | 500 |", self.text)

    def test_a_pass_that_would_take_too_long_is_not_made(self):
        with tempfile.TemporaryDirectory() as name:
            good = BATCH.replace("EXPECTED", "1\\n2\\n").replace("EACH", "0.01")
            slow = BATCH.replace("EXPECTED", "1\\n2\\n").replace("EACH", "0.1")
            runs = self.contest(pathlib.Path(name), {"polku-columns": good, "polku-arrow": good, "zen-batch": slow}, longest=0.5, too_long=5.0)
        self.assertEqual([len(each) for each in runs["polku-arrow"].times.values()], [3, 1])
        self.assertEqual(list(runs["zen-batch"].times), [10])
        self.assertIn("not run", self.text)


class Page(unittest.TestCase):
    """Sections of docs/benchmarks.md, as bench/run writes them."""

    def setUp(self):
        loader = importlib.machinery.SourceFileLoader("bench_run", str(install.HERE.parent / "run"))
        spec = importlib.util.spec_from_loader("bench_run", loader)
        assert spec is not None
        self.bench = importlib.util.module_from_spec(spec)
        loader.exec_module(self.bench)

    def test_a_section_is_replaced_and_the_others_stay(self):
        page = "# T\n\n## A\n\nx\n\n## Results\n\nold\n\n### Part\n\nold\n\n## Other engines\n\npeers\n"
        self.assertEqual(self.bench.with_section(page, "Results", "new\n"),
                         "# T\n\n## A\n\nx\n\n## Results\n\nnew\n\n## Other engines\n\npeers\n")

    def test_a_section_that_is_not_there_comes_last(self):
        self.assertEqual(self.bench.with_section("# T\n\n## Results\n\nold\n", "Other engines", "peers"),
                         "# T\n\n## Results\n\nold\n\n## Other engines\n\npeers\n")

    def test_all_sections_are_written_each_in_its_turn(self):
        with tempfile.TemporaryDirectory() as folder:
            self.bench.PAGE = pathlib.Path(folder) / "page.md"
            self.bench.PAGE.write_text("# T\n\n## Results\n\nold\n", encoding="utf-8")
            self.bench.own_results = lambda asked: "own\n"
            self.bench.peer_results = lambda asked: f"{asked.rounds} rounds\n"
            self.bench.population_results = lambda asked: f"{asked.rounds} of all\n"
            arguments = sys.argv
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    sys.argv = ["run", "--no-build", "--write", "--peers", "--rounds", "2"]
                    self.assertEqual(self.bench.main(), 0)
                    sys.argv = ["run", "--no-build", "--write", "--no-peers"]
                    self.assertEqual(self.bench.main(), 0)
                    sys.argv = ["run", "--no-build", "--write", "--population-only", "--rounds", "3"]
                    self.assertEqual(self.bench.main(), 0)
            finally:
                sys.argv = arguments
            self.assertEqual(self.bench.PAGE.read_text(encoding="utf-8"),
                             "# T\n\n## Results\n\nown\n\n## Other engines\n\n2 rounds\n\n## Whole populations\n\n3 of all\n")

    def test_the_same_text_again_changes_nothing(self):
        once = self.bench.with_section("# T\n", "Results", "text")
        self.assertEqual(self.bench.with_section(once, "Results", "text"), once)


class Manifests(unittest.TestCase):
    def test_every_peer_has_a_pinned_version(self):
        versions = install.pinned()
        for engine in [*engines.ENGINES, *engines.POPULATION]:
            if engine.is_peer:
                self.assertRegex(versions.get(engine.package, ""), r"^(\d|none)", engine.key)

    def test_versions_are_exact(self):
        node = json.loads((install.HERE / "node/package.json").read_text(encoding="utf-8"))
        for name, version in node["dependencies"].items():
            self.assertRegex(version, r"^\d+\.\d+\.\d+$", name)
        for listed in sorted((install.HERE / "python").glob("*.txt")):
            for line in listed.read_text(encoding="utf-8").splitlines():
                self.assertTrue(line.startswith("#") or re.fullmatch(r"[\w-]+==\S+", line), line)

    def test_engines_have_one_name_each(self):
        keys = [engine.key for engine in [*engines.ENGINES, *engines.POPULATION]]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertIn(engines.REFERENCE, keys)


if __name__ == "__main__":
    unittest.main()
