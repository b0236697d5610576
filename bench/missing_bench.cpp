// SPDX-License-Identifier: Apache-2.0
// What is missing for a decision of the pay-subsidy pack: 1 000 random sets of known facts, each with the inputs that
// can still change the outcome and the next question. The counters tell the 50th and 99th percentile of one answer's
// processor time.
#include <polku/json/rule_pack.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/missing.hpp>
#include <polku/rules/pack_definition.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <random>
#include <string>
#include <vector>

namespace {

using namespace polku;

const rules::pack& pay_subsidy() {
    static const rules::pack pack = json::try_shipped_pack("palkkatuki").value();
    return pack;
}

/// An application on which all is known.
feel::context all_facts() {
    return json::try_parse(R"({"subsidy ground":"skills","employer kind":"other employer","economic activity":true,
        "business activity":true,"competitive market":true,"birth date":"1999-05-04","grant day":"2026-03-02",
        "unemployed jobseeker":true,"apprenticeship employer change":false,"no qualification":true,
        "integration plan":false,"months without work":4,"skills deficit":true,"work improves skills":true,
        "continuous unemployment":3,"unemployment would last":true,"reduced chances":false,
        "short window unemployment":4,"long window unemployment":10,"weekly hours":37,"field weekly maximum":40,
        "application day":"2026-02-20","dismissals":true,"latest dismissal":"2025-11-03","headcount at dismissal":12,
        "headcount now":12,"distorts competition":false,"payment neglect":"minor","special reasons":false,
        "state aid act bar":false,"earlier subsidy":true,"earlier subsidy end":"2024-01-31",
        "minor amount left":false,"other wage aid":false,"employment start":"2026-03-09","business transfer":false,
        "transfer day":"2025-06-01","pay level met":true,"pay solely by results":false,
        "alternation substitute":false,"undertaking in difficulty":false,"recovery order":false})")
        .value()
        .as_context();
}

std::vector<feel::context> partial_facts(std::size_t count) {
    std::mt19937 random(1);
    std::vector<feel::context> made;
    const feel::context all = all_facts();
    for (std::size_t each = 0; each < count; ++each) {
        const auto known = random() % 101;
        feel::context some;
        for (const auto& fact : all)
            if (random() % 100 < known) some.set(fact.name, fact.value);
        made.push_back(std::move(some));
    }
    return made;
}

void ask(benchmark::State& state, const char* decision) {
    const rules::question_guide guide(pay_subsidy());
    const std::vector<feel::context> facts = partial_facts(1000);
    std::vector<double> milliseconds;
    std::size_t complete = 0;
    for (auto _ : state) {
        static_cast<void>(_);
        milliseconds.clear();
        complete = 0;
        for (const feel::context& each : facts) {
            const rules::pack_question asked{decision, *time::parse_date("2026-03-02"), {}, {}, each, {}};
            const std::clock_t begin = std::clock();
            const auto answer = guide.try_missing(asked);
            const double took = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
            if (!answer) return state.SkipWithError(answer.error().to_string().c_str());
            milliseconds.push_back(took);
            complete += answer->complete ? 1 : 0;
        }
    }
    std::sort(milliseconds.begin(), milliseconds.end());
    state.counters["p50_ms"] = milliseconds[milliseconds.size() / 2];
    state.counters["p99_ms"] = milliseconds[milliseconds.size() * 99 / 100];
    state.counters["complete"] = static_cast<double>(complete);
}

BENCHMARK_CAPTURE(ask, grant, "Grant")->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ask, pay_subsidy, "Pay subsidy")->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
