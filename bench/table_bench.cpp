// SPDX-License-Identifier: Apache-2.0
// Very large decision tables: one decision, compiling, and the memory that a compiled program holds. Before a
// measurement some of the answers are compared with those of the rule-by-rule evaluator. The argument is the number of
// rules; `row` is the time of one decision, `rule` that of one rule when compiling, `held` and `of_xml` are bytes held
// and their ratio to the model's text.
#include "large_tables.hpp"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <new>
#include <string>
#include <utility>
#include <vector>

namespace {

std::atomic<std::int64_t> held{0};

void* counted(std::size_t size) {
    void* made = std::malloc(size == 0 ? 1 : size);
    if (made == nullptr) std::abort();
    held += static_cast<std::int64_t>(malloc_usable_size(made));
    return made;
}

void uncounted(void* dead) noexcept {
    if (dead == nullptr) return;
    held -= static_cast<std::int64_t>(malloc_usable_size(dead));
    std::free(dead);
}

}  // namespace

// Every byte of the heap that C++ asks for is counted as the allocator rounds it.
void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* dead) noexcept { uncounted(dead); }
void operator delete[](void* dead) noexcept { uncounted(dead); }
void operator delete(void* dead, std::size_t) noexcept { uncounted(dead); }
void operator delete[](void* dead, std::size_t) noexcept { uncounted(dead); }

namespace {

using namespace polku;
using namespace polku_bench;

struct large_work {
    std::string xml;
    dmn::program program;
    dmn::decision_ref decision;
    std::vector<std::vector<feel::value>> rows;
    std::int64_t bytes = 0;
    bool agrees = true;

    large_work(large_shape shape, std::size_t rules) {
        large_table table(shape, rules);
        xml = table.xml();
        const std::int64_t before = held;
        program = compiled({});
        bytes = held - before;
        decision = program.find("answer").value();
        rows = table.inputs(2000);
        compare();
    }
    dmn::program compiled(const dmn::compile_options& options) const {
        return dmn::try_compile({dmn::try_read_model(xml, "large.dmn").value()}, options).value();
    }
    void compare() {
        dmn::compile_options options;
        options.reference_tables = true;
        const dmn::program slow = compiled(options);
        feel::evaluation_context with;
        for (std::size_t row = 0; row < 40; ++row)
            agrees = agrees && dmn::try_evaluate_slots(program, decision, rows[row], with).value() ==
                                   dmn::try_evaluate_slots(slow, decision, rows[row], with).value();
    }
};

large_work& work(large_shape shape, std::int64_t rules) {
    static std::map<std::pair<large_shape, std::int64_t>, large_work> made;
    return made.try_emplace({shape, rules}, shape, static_cast<std::size_t>(rules)).first->second;
}

void decide(benchmark::State& state, large_shape shape) {
    const large_work& on = work(shape, state.range(0));
    if (!on.agrees) return state.SkipWithError("the index and the rule-by-rule evaluator disagree");
    feel::evaluation_context with;
    std::size_t row = 0;
    std::size_t hits = 0;
    for (auto _ : state) {
        const auto made = dmn::try_evaluate_slots(on.program, on.decision, on.rows[row], with);
        hits += made.value().is_null() ? 0U : 1U;
        row = row + 1 == on.rows.size() ? 0 : row + 1;
    }
    state.counters["hit"] = static_cast<double>(hits) / static_cast<double>(state.iterations());
    state.counters["held"] = static_cast<double>(on.bytes);
    state.counters["of_xml"] = static_cast<double>(on.bytes) / static_cast<double>(on.xml.size());
}

void compile(benchmark::State& state, large_shape shape) {
    const large_work& on = work(shape, state.range(0));
    const dmn::model model = dmn::try_read_model(on.xml, "large.dmn").value();
    for (auto _ : state) {
        state.PauseTiming();
        std::vector<dmn::model> models{model};
        state.ResumeTiming();
        auto made = dmn::try_compile(std::move(models));
        benchmark::DoNotOptimize(made);
    }
    using benchmark::Counter;
    state.counters["rule"] =
        Counter(static_cast<double>(state.range(0)), Counter::kIsIterationInvariantRate | Counter::kInvert);
}

void sizes(benchmark::internal::Benchmark* of) { of->Arg(1000)->Arg(4000)->Arg(16000); }

BENCHMARK_CAPTURE(decide, repeated, large_shape::repeated)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide, distinct, large_shape::distinct)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(decide, keys, large_shape::keys)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(compile, repeated, large_shape::repeated)->Apply(sizes)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(compile, distinct, large_shape::distinct)->Apply(sizes)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(compile, keys, large_shape::keys)->Apply(sizes)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
