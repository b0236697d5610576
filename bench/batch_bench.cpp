// SPDX-License-Identifier: Apache-2.0
// Decisions over columns of a million rows, one core: the rows of W1 and W2 drawn over and over. Before a measurement
// every row's answer is compared with the one-by-one answer.
#include "workload_files.hpp"

#include <polku/dmn/batch.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace polku;
using namespace polku_bench;

constexpr std::size_t rows = 1'000'000;

/// Columns with the storage behind them: numbers as 64-bit integers at scale 2 or 0, texts by dictionary, truths by
/// bit.
class columns {
public:
    explicit columns(const workload& from) : width_(from.slots.front().size()) {
        std::mt19937_64 random(20261121);
        for (std::size_t row = 0; row < rows; ++row)
            drawn_.push_back(std::uniform_int_distribution<std::size_t>(0, from.slots.size() - 1)(random));
        storage_.resize(width_);
        for (std::size_t column = 0; column < width_; ++column) fill(from, column);
    }

    std::vector<dmn::batch_column> view() const {
        std::vector<dmn::batch_column> made(width_);
        for (std::size_t column = 0; column < width_; ++column) {
            const store& each = storage_[column];
            if (!each.numbers.empty())
                made[column].data = dmn::batch_column::integers{each.numbers, each.scale};
            else if (!each.codes.empty())
                made[column].data = dmn::batch_column::codes{each.codes, each.dictionary};
            else
                made[column].data = dmn::batch_column::booleans{each.bits};
        }
        return made;
    }
    std::size_t drawn(std::size_t row) const { return drawn_[row]; }

private:
    struct store {
        std::int32_t scale = 0;
        std::vector<std::int64_t> numbers;
        std::vector<std::int32_t> codes;
        std::vector<std::string_view> dictionary;
        std::vector<std::uint8_t> bits;
    };

    void fill(const workload& from, std::size_t column) {
        store& into = storage_[column];
        for (const auto& slots : from.slots)
            if (slots[column].is(feel::kind::number))
                into.scale = std::max(into.scale, slots[column].as_number().scale());
        std::map<std::string_view, std::int32_t> known;
        for (std::size_t row = 0; row < rows; ++row) {
            const feel::value& value = from.slots[drawn_[row]][column];
            if (value.is(feel::kind::number)) {
                std::int64_t coefficient = value.as_number().small_coefficient();
                for (std::int32_t digits = value.as_number().scale(); digits < into.scale; ++digits) coefficient *= 10;
                into.numbers.push_back(coefficient);
            } else if (value.is(feel::kind::string)) {
                const auto [at, fresh] = known.emplace(value.as_string(), static_cast<std::int32_t>(known.size()));
                if (fresh) into.dictionary.push_back(value.as_string());
                into.codes.push_back(at->second);
            } else {
                if (row % 8 == 0) into.bits.push_back(0);
                if (value.is_true()) into.bits.back() |= static_cast<std::uint8_t>(1U << (row % 8));
            }
        }
    }

    std::size_t width_;
    std::vector<std::size_t> drawn_;
    std::vector<store> storage_;
};

void batch(benchmark::State& state, const std::string& name, const std::string& decision) {
    const workload base = read_workload(name, decision);
    const columns input(base);
    const auto view = input.view();
    auto evaluator = dmn::batch_evaluator::try_create(base.program, base.decision).value();
    feel::evaluation_context with;
    dmn::batch_result found;
    if (!evaluator.is_columnar()) return state.SkipWithError("the table is not decided by columns");
    if (!evaluator.try_evaluate(view, rows, with, found)) return state.SkipWithError("no answers");
    std::vector<feel::value> wanted;
    for (const auto& slots : base.slots)
        wanted.push_back(dmn::try_evaluate_slots(base.program, base.decision, slots, with).value());
    for (std::size_t row = 0; row < rows; ++row)
        if (!(found[row] == wanted[input.drawn(row)])) return state.SkipWithError("an answer differs");
    for (auto _ : state) {
        if (!evaluator.try_evaluate(view, rows, with, found)) state.SkipWithError("no answers");
        benchmark::DoNotOptimize(found.codes.data());
    }
    using benchmark::Counter;
    state.counters["row"] = Counter(static_cast<double>(rows), Counter::kIsIterationInvariantRate | Counter::kInvert);
    state.counters["rows_per_second"] = Counter(static_cast<double>(rows), Counter::kIsIterationInvariantRate);
}

/// What reading the columns once and writing a code for each row costs: the floor that memory sets.
void w1_floor_memory(benchmark::State& state) {
    const workload base = read_workload("w1", "eligibility");
    const columns input(base);
    const auto view = input.view();
    std::vector<std::uint32_t> codes(rows);
    for (auto _ : state) {
        std::fill(codes.begin(), codes.end(), 0);
        for (const dmn::batch_column& each : view) {
            if (const auto* numbers = std::get_if<dmn::batch_column::integers>(&each.data))
                for (std::size_t row = 0; row < rows; ++row)
                    codes[row] += static_cast<std::uint32_t>(numbers->coefficients[row]);
            if (const auto* texts = std::get_if<dmn::batch_column::codes>(&each.data))
                for (std::size_t row = 0; row < rows; ++row)
                    codes[row] += static_cast<std::uint32_t>(texts->indexes[row]);
        }
        benchmark::DoNotOptimize(codes.data());
    }
    using benchmark::Counter;
    state.counters["row"] = Counter(static_cast<double>(rows), Counter::kIsIterationInvariantRate | Counter::kInvert);
}

BENCHMARK(w1_floor_memory)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(batch, w1, "w1", "eligibility")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(batch, w2, "w2", "rates")->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
