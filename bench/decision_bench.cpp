// SPDX-License-Identifier: Apache-2.0
// Decisions over the workloads of bench/workloads, beside hand-written code for the same models. One turn is a pass
// over all rows; the counter `row` is the time of one row. Before a measurement its answers are compared with the
// others'.
#include "capi_rows.hpp"
#include "graph_floor.hpp"
#include "json_floor.hpp"
#include "table_floors.hpp"
#include "workload_files.hpp"

#include <benchmark/benchmark.h>
#include <expat.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace polku;
using namespace polku_bench;

/// Runs `of_row` over all rows in each turn; its sum must be what the expected answers sum to.
template <class OfRow>
void measure(benchmark::State& state, std::size_t rows, std::int64_t wanted, OfRow of_row) {
    const auto pass = [&] {
        std::int64_t sum = 0;
        for (std::size_t row = 0; row < rows; ++row) sum += of_row(row);
        return sum;
    };
    if (const std::int64_t found = pass(); found != wanted)
        return state.SkipWithError(
            ("wrong answers: sum " + std::to_string(found) + ", expected " + std::to_string(wanted)).c_str());
    for (auto _ : state) benchmark::DoNotOptimize(pass());
    using benchmark::Counter;
    state.counters["row"] = Counter(static_cast<double>(rows), Counter::kIsIterationInvariantRate | Counter::kInvert);
}

std::int64_t number_in(const feel::value& answer, std::string_view name) {
    const feel::value* entry = answer.is(feel::kind::context) ? answer.as_context().find(name) : nullptr;
    return entry != nullptr ? entry->as_number().to_int64().value_or(0) : 0;
}

/// Length of the canonical text: what JSON out must come to.
std::int64_t text_lengths(const std::vector<feel::value>& answers) {
    std::int64_t sum = 0;
    for (const feel::value& each : answers) sum += static_cast<std::int64_t>(json::write(each).size());
    return sum;
}

// ------------------------------------------------------------------------------------------------------------ w1

struct small_work {
    workload base = read_workload("w1", "eligibility");
    std::vector<small_enum_row> by_enums;
    std::vector<small_text_row> by_texts;
    std::int64_t wanted = 0;
    std::int64_t wanted_text = text_lengths(base.expected);

    small_work() {
        for (const feel::value& row : base.parsed) {
            const small_text_row texts{whole(row, "age"),
                                       whole(row, "unemployed_months"),
                                       row.as_context().find("reduced_ability")->is_true(),
                                       text(row, "employer"),
                                       text(row, "municipality"),
                                       whole(row, "weekly_hours")};
            by_texts.push_back(texts);
            by_enums.push_back({texts.age, texts.unemployed_months, texts.reduced_ability, code_of(texts.employer),
                                code_of(texts.municipality), texts.weekly_hours});
        }
        for (const feel::value& each : base.expected)
            wanted += number_in(each, "percentage") + number_in(each, "most_months");
    }
};

small_work& small() {
    static small_work made;
    return made;
}

void w1_floor_enums(benchmark::State& state) {
    measure(state, small().by_enums.size(), small().wanted, [&rows = small().by_enums](std::size_t row) {
        const small_answer made = small_by_enums(rows[row]);
        return std::int64_t{made.percentage} + made.most_months;
    });
}

void w1_floor_texts(benchmark::State& state) {
    measure(state, small().by_texts.size(), small().wanted, [&rows = small().by_texts](std::size_t row) {
        const small_answer made = small_by_texts(rows[row]);
        return std::int64_t{made.percentage} + made.most_months;
    });
}

void w1_cpp(benchmark::State& state) {
    feel::evaluation_context with;
    const workload& base = small().base;
    measure(state, base.slots.size(), small().wanted, [&](std::size_t row) {
        const auto made = dmn::try_evaluate_slots(base.program, base.decision, base.slots[row], with);
        return number_in(*made, "percentage") + number_in(*made, "most_months");
    });
}

void w1_capi(benchmark::State& state, bool symbols) {
    capi_rows rows(small().base, "eligibility");
    rows.prepare(small().base);
    const auto& inputs = symbols ? rows.symbols : rows.texts;
    measure(state, small().base.rows.size(), small().wanted, [&](std::size_t row) {
        const auto& entries = rows.run_entries(inputs, row);
        return static_cast<std::int64_t>(entries[0].as.number.lo + entries[1].as.number.lo);
    });
}

/// The same by a run and a look-up of each output by name.
void w1_capi_by_name(benchmark::State& state) {
    capi_rows rows(small().base, "eligibility");
    rows.prepare(small().base);
    measure(state, small().base.rows.size(), small().wanted, [&](std::size_t row) {
        rows.run(rows.symbols, row);
        return rows.entry("percentage", 10) + rows.entry("most_months", 11);
    });
}

void w1_capi_run_only(benchmark::State& state) {
    capi_rows rows(small().base, "eligibility");
    rows.prepare(small().base);
    measure(state, small().base.rows.size(), static_cast<std::int64_t>(small().base.rows.size()) * POLKU_KIND_CONTEXT,
            [&](std::size_t row) { return std::int64_t{rows.run(rows.symbols, row).kind}; });
}

void w1_json_floor(benchmark::State& state) {
    json_floor floor;
    measure(state, small().base.rows.size(), small().wanted_text,
            [&](std::size_t row) { return static_cast<std::int64_t>(floor.small(small().base.rows[row]).size()); });
}

void json_through_capi(benchmark::State& state, const workload& base, const std::string& decision,
                       std::int64_t wanted) {
    capi_rows rows(base, decision);
    measure(state, base.rows.size(), wanted, [&](std::size_t row) {
        polku_string* out = rows.run_json(base.rows[row]);
        const auto size = static_cast<std::int64_t>(polku_string_size(out));
        polku_string_destroy(out);
        return size;
    });
}

void w1_json(benchmark::State& state) { json_through_capi(state, small().base, "eligibility", small().wanted_text); }

// ------------------------------------------------------------------------------------------------------------ w2

struct large_work {
    workload base = read_workload("w2", "rates");
    std::vector<large_row> rows;
    large_index index;
    std::int64_t wanted = 0;  // of rates in 1/10 000

    large_work() {
        const auto code = [](std::string_view text) {
            return static_cast<std::uint32_t>((text[1] - '0') * 10 + text[2] - '0');
        };
        for (const feel::value& row : base.parsed)
            rows.push_back({code(text(row, "region")), code(text(row, "category")),
                            static_cast<std::int32_t>(hundredths(row.as_context().find("amount")->as_number())),
                            whole(row, "score"), whole(row, "term")});
        for (const feel::value& each : base.expected) wanted += rate_in(each);
    }
    static std::int64_t rate_in(const feel::value& answer) {
        if (answer.is_null()) return 0;
        const feel::number rate = answer.as_context().find("rate")->as_number();
        std::int64_t scaled = rate.small_coefficient();
        for (std::int32_t digits = rate.scale(); digits < 4; ++digits) scaled *= 10;
        return scaled;
    }
};

large_work& large() {
    static large_work made;
    return made;
}

void w2_floor_bitmaps(benchmark::State& state) {
    measure(state, large().rows.size(), large().wanted, [](std::size_t row) {
        const large_rule* hit = large().index.find(large().rows[row]);
        return hit != nullptr ? std::int64_t{hit->rate} : 0;
    });
}

void w2_floor_scan(benchmark::State& state) {
    measure(state, large().rows.size(), large().wanted, [](std::size_t row) {
        const large_rule* hit = large_by_scan(large().rows[row]);
        return hit != nullptr ? std::int64_t{hit->rate} : 0;
    });
}

void w2_cpp(benchmark::State& state) {
    feel::evaluation_context with;
    const workload& base = large().base;
    measure(state, base.slots.size(), large().wanted, [&](std::size_t row) {
        return large_work::rate_in(*dmn::try_evaluate_slots(base.program, base.decision, base.slots[row], with));
    });
}

void w2_capi(benchmark::State& state, bool symbols) {
    capi_rows rows(large().base, "rates");
    rows.prepare(large().base);
    measure(state, large().rows.size(), large().wanted, [&](std::size_t row) {
        const polku_input& rate = rows.run_entries(symbols ? rows.symbols : rows.texts, row).front();
        auto scaled = static_cast<std::int64_t>(rate.as.number.lo);
        for (std::int32_t digits = rate.as.number.scale; digits < 4; ++digits) scaled *= 10;
        return scaled;
    });
}

/// From the model's text to the first answer.
void w2_load(benchmark::State& state) {
    const workload& base = large().base;
    for (auto _ : state) {
        const auto program = dmn::try_compile({dmn::try_read_model(base.xml, "w2.dmn").value()}).value();
        feel::evaluation_context with;
        if (!dmn::try_evaluate_slots(program, *program.find("rates"), base.slots[0], with))
            return state.SkipWithError("no answer");
    }
}

/// The floor of loading: Expat over the same text, with nothing done.
void w2_load_floor(benchmark::State& state) {
    const std::string& xml = large().base.xml;
    for (auto _ : state) {
        XML_Parser parser = XML_ParserCreate(nullptr);
        if (XML_Parse(parser, xml.data(), static_cast<int>(xml.size()), 1) != XML_STATUS_OK)
            state.SkipWithError("bad XML");
        XML_ParserFree(parser);
    }
}

// ------------------------------------------------------------------------------------------------------------ w3

struct graph_work {
    workload base = read_workload("w3", "answer");
    std::vector<graph_row> rows;
    std::int64_t wanted = 0;  // of totals in cents
    std::int64_t wanted_text = text_lengths(base.expected);

    graph_work() {
        for (std::size_t row = 0; row < base.parsed.size(); ++row) rows.push_back(typed(base.parsed[row]));
        for (const feel::value& each : base.expected)
            wanted += hundredths(each.as_context().find("total")->as_number());
    }
    static std::chrono::year_month_day day(const feel::value& row, std::string_view name) {
        const time::date told = *time::parse_date(text(row, name));
        return std::chrono::year(static_cast<int>(told.year())) / std::chrono::month(told.month()) /
               std::chrono::day(told.day());
    }
    static graph_row typed(const feel::value& row) {
        graph_row made{day(row, "birth_date"),
                       day(row, "unemployed_since"),
                       day(row, "hired_on"),
                       whole(row, "work_ability"),
                       static_cast<employer_kind>(code_of(text(row, "employer"))),
                       whole(row, "wanted_months"),
                       {}};
        for (const feel::value& each : row.as_context().find("payments")->as_list())
            made.payments.push_back(
                {json_floor::kind_of(text(each, "kind")), hundredths(each.as_context().find("amount")->as_number())});
        return made;
    }
};

graph_work& graph() {
    static graph_work made;
    return made;
}

void w3_floor(benchmark::State& state) {
    measure(state, graph().rows.size(), graph().wanted,
            [](std::size_t row) { return graph_by_hand(graph().rows[row]).total; });
}

void w3_cpp(benchmark::State& state) {
    feel::evaluation_context with;
    const workload& base = graph().base;
    measure(state, base.slots.size(), graph().wanted, [&](std::size_t row) {
        const auto made = dmn::try_evaluate_slots(base.program, base.decision, base.slots[row], with);
        return hundredths(made->as_context().find("total")->as_number());
    });
}

void w3_json_floor(benchmark::State& state) {
    json_floor floor;
    measure(state, graph().rows.size(), graph().wanted_text,
            [&](std::size_t row) { return static_cast<std::int64_t>(floor.graph(graph().base.rows[row]).size()); });
}

void w3_json(benchmark::State& state) { json_through_capi(state, graph().base, "answer", graph().wanted_text); }

BENCHMARK(w1_floor_enums)->Unit(benchmark::kMillisecond);
BENCHMARK(w1_floor_texts)->Unit(benchmark::kMillisecond);
BENCHMARK(w1_cpp)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(w1_capi, symbols, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(w1_capi, texts, false)->Unit(benchmark::kMillisecond);
BENCHMARK(w1_capi_by_name)->Unit(benchmark::kMillisecond);
BENCHMARK(w1_capi_run_only)->Unit(benchmark::kMillisecond);
BENCHMARK(w1_json_floor)->Unit(benchmark::kMillisecond);
BENCHMARK(w1_json)->Unit(benchmark::kMillisecond);
BENCHMARK(w2_floor_bitmaps)->Unit(benchmark::kMillisecond);
BENCHMARK(w2_floor_scan)->Unit(benchmark::kMillisecond);
BENCHMARK(w2_cpp)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(w2_capi, symbols, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(w2_capi, texts, false)->Unit(benchmark::kMillisecond);
BENCHMARK(w2_load_floor)->Unit(benchmark::kMillisecond);
BENCHMARK(w2_load)->Unit(benchmark::kMillisecond);
BENCHMARK(w3_floor)->Unit(benchmark::kMillisecond);
BENCHMARK(w3_cpp)->Unit(benchmark::kMillisecond);
BENCHMARK(w3_json_floor)->Unit(benchmark::kMillisecond);
BENCHMARK(w3_json)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
