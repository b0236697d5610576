// SPDX-License-Identifier: Apache-2.0
// Loading of decision tables by size: from the model's text to the first answer, beside Expat over the same text with
// nothing done. One turn is one load; the counter `cell` is the time of one cell, which stays the same when loading
// takes time by the number of cells, and `heap_per_byte` is what the compiled program holds for each byte of its XML.
#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>

#include <benchmark/benchmark.h>
#include <expat.h>
#include <malloc.h>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace polku;

constexpr std::size_t columns = 6;  // five inputs and an output

/// What the cells of a table name: few boundaries over and over, or each rule its own.
enum class shape : std::uint8_t { repeated, distinct };

void add_cell(std::string& out, const char* element, std::size_t rule, std::size_t column, const std::string& text) {
    out += std::string("    <") + element + " id=\"cell_" + std::to_string(rule) + "_" + std::to_string(column) +
           "\"><text>" + text + "</text></" + element + ">\n";
}

std::string table_model(std::size_t rules, shape of) {
    std::mt19937_64 engine(rules);
    std::string out =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" name=\"m\" namespace=\"urn:m\">\n";
    for (const char* name : {"a", "b", "c", "d", "e"})
        out += std::string("<inputData id=\"i_") + name + "\" name=\"" + name + "\"/>\n";
    out += "<decision id=\"d\" name=\"rate\">\n";
    for (const char* name : {"a", "b", "c", "d", "e"})
        out +=
            std::string("<informationRequirement><requiredInput href=\"#i_") + name + "\"/></informationRequirement>\n";
    out += "<decisionTable id=\"t\" hitPolicy=\"FIRST\">\n";
    for (const char* name : {"a", "b", "c", "d", "e"})
        out += std::string("<input><inputExpression><text>") + name + "</text></inputExpression></input>\n";
    out += "<output name=\"rate\"/>\n";
    for (std::size_t rule = 0; rule < rules; ++rule) {
        const std::size_t own = of == shape::distinct ? rule : engine() % 40;
        const auto low = std::to_string(10 * own);
        const auto high = std::to_string(10 * own + 10 + engine() % 5);
        out += "  <rule id=\"rule_" + std::to_string(rule) + "\">\n";
        add_cell(out, "inputEntry", rule, 1, "[" + low + ".." + high + ")");
        add_cell(out, "inputEntry", rule, 2,
                 "\"R" + std::to_string(own) + "\",\"S" + std::to_string(engine() % 40) + "\"");
        add_cell(out, "inputEntry", rule, 3, "&gt;= " + std::to_string(engine() % 100));
        add_cell(out, "inputEntry", rule, 4, engine() % 3 == 0 ? "-" : "&lt; " + std::to_string(engine() % 100));
        add_cell(out, "inputEntry", rule, 5, "\"C" + std::to_string(engine() % 20) + "\"");
        add_cell(out, "outputEntry", rule, 6, "0." + std::to_string(1000 + engine() % 1000));
        out += "  </rule>\n";
    }
    return out + "</decisionTable>\n</decision>\n</definitions>\n";
}

std::size_t heap_in_use() {
    const struct mallinfo2 now = mallinfo2();
    return now.uordblks + now.hblkhd;
}

void load_floor(benchmark::State& state, shape of) {
    const std::string xml = table_model(static_cast<std::size_t>(state.range(0)), of);
    for (auto _ : state) {
        XML_Parser parser = XML_ParserCreate(nullptr);
        if (XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1) != XML_STATUS_OK)
            state.SkipWithError("bad XML");
        XML_ParserFree(parser);
    }
}

void load(benchmark::State& state, shape of) {
    const auto rules = static_cast<std::size_t>(state.range(0));
    const std::string xml = table_model(rules, of);
    const auto compiled = [&xml] { return dmn::try_compile({dmn::try_read_model(xml, "m.dmn").value()}).value(); };
    const std::size_t before = heap_in_use();
    const dmn::program held = compiled();
    state.counters["heap_per_byte"] = static_cast<double>(heap_in_use() - before) / static_cast<double>(xml.size());
    const std::vector<feel::value> inputs(held.inputs(*held.find("rate")).size(), feel::value(1));
    for (auto _ : state) {
        const dmn::program program = compiled();
        feel::evaluation_context with;
        if (!dmn::try_evaluate_slots(program, *program.find("rate"), inputs, with))
            return state.SkipWithError("no answer");
    }
    using benchmark::Counter;
    state.counters["cell"] =
        Counter(static_cast<double>(rules * columns), Counter::kIsIterationInvariantRate | Counter::kInvert);
}

BENCHMARK_CAPTURE(load_floor, repeated, shape::repeated)
    ->Arg(1000)
    ->Arg(4000)
    ->Arg(16000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load, repeated, shape::repeated)->Arg(1000)->Arg(4000)->Arg(16000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load_floor, distinct, shape::distinct)
    ->Arg(1000)
    ->Arg(4000)
    ->Arg(16000)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(load, distinct, shape::distinct)->Arg(1000)->Arg(4000)->Arg(16000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
