// SPDX-License-Identifier: Apache-2.0
// Many clients to places at once: 5 000 clients, 500 places of coaching environments, every pair possible.
#include <polku/population/assignment.hpp>

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>

namespace {

using polku::population::assignment_problem;

constexpr std::uint32_t clients = 5000;
constexpr std::uint32_t places = 500;

assignment_problem people(std::int64_t capacity) {
    assignment_problem made;
    std::mt19937 random(1);
    for (std::uint32_t i = 0; i < clients; ++i)
        made.clients.push_back({"c" + std::to_string(10000 + i), static_cast<std::int64_t>(random() % 3)});
    for (std::uint32_t j = 0; j < places; ++j) made.places.push_back({"p" + std::to_string(1000 + j), capacity});
    return made;
}

/// Every penalty by chance: no two clients alike.
assignment_problem unlike(std::int64_t capacity) {
    assignment_problem made = people(capacity);
    std::mt19937 random(2);
    for (std::uint32_t i = 0; i < clients; ++i)
        for (std::uint32_t j = 0; j < places; ++j)
            made.options.push_back(
                {i, j, static_cast<std::uint32_t>(random() % 1000), static_cast<std::uint32_t>(random() % 1000)});
    return made;
}

/// Penalties as levels of six abilities and the distance between thirteen municipalities make them: many ties.
assignment_problem alike(std::int64_t capacity) {
    assignment_problem made = people(capacity);
    std::mt19937 random(3);
    constexpr std::size_t abilities = 6;
    const auto levels = [&] {
        std::vector<int> each(abilities);
        for (int& level : each) level = static_cast<int>(random() % 4);
        return each;
    };
    std::vector<std::vector<int>> has(clients);
    std::vector<std::vector<int>> needs(places);
    std::vector<int> home(clients);
    std::vector<int> where(places);
    for (std::uint32_t i = 0; i < clients; ++i) has[i] = levels(), home[i] = static_cast<int>(random() % 13);
    for (std::uint32_t j = 0; j < places; ++j) needs[j] = levels(), where[j] = static_cast<int>(random() % 13);
    for (std::uint32_t i = 0; i < clients; ++i)
        for (std::uint32_t j = 0; j < places; ++j) {
            int misfit = 0;
            for (std::size_t a = 0; a < abilities; ++a) misfit += std::max(0, needs[j][a] - has[i][a]);
            made.options.push_back({i, j, static_cast<std::uint32_t>(misfit),
                                    static_cast<std::uint32_t>(10 * std::abs(home[i] - where[j]))});
        }
    return made;
}

void assign(benchmark::State& state, assignment_problem (*make)(std::int64_t)) {
    const assignment_problem of = make(state.range(0));
    polku::population::assignment found;
    for (auto each : state) {
        found = polku::population::try_assign(of).value();
        benchmark::DoNotOptimize(found);
    }
    std::int64_t placed = 0;
    for (const auto& each : found.classes) placed += each.placed;
    state.counters["placed"] = static_cast<double>(placed);
    state.counters["proved"] = polku::population::try_verify_assignment(of, found) ? 1 : 0;
}

}  // namespace

BENCHMARK_CAPTURE(assign, unlike, unlike)->Arg(1)->Arg(9)->Arg(12)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(assign, alike, alike)->Arg(1)->Arg(9)->Arg(12)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
