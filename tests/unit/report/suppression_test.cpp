// SPDX-License-Identifier: Apache-2.0
#include <polku/report/suppression.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

using namespace polku;
using report::count_graph;
using report::disclosure;

namespace {

constexpr std::int64_t threshold = 3;

/// Three kinds of count and their total, in two municipalities and both together.
count_graph table(std::mt19937& by_chance) {
    count_graph made;
    made.nodes = 2;
    made.arcs = {{0, 1, false, {}}, {0, 1, false, {}}, {0, 1, false, {}}, {1, 0, false, {}}};
    for (count_graph::arc& each : made.arcs) each.layers.resize(3);
    for (std::size_t arc = 0; arc < 3; ++arc)
        for (std::size_t layer = 0; layer < 2; ++layer) {
            const auto count = static_cast<std::int64_t>(by_chance() % 7);
            made.arcs[arc].layers[layer].value = count;
            made.arcs[3].layers[layer].value += count;
            made.arcs[arc].layers[2].value += count;
            made.arcs[3].layers[2].value += count;
        }
    return made;
}

bool could_be(const report::protected_count& of, std::int64_t value) {
    switch (of.shown) {
        case disclosure::exact: return value == of.value;
        case disclosure::small: return 1 <= value && value < threshold;
        case disclosure::hidden: return threshold <= value;
        case disclosure::withheld: return 0 <= value;
    }
    return false;
}

/// True when every number of the table could be what is shown of it.
bool fits(const count_graph& shown, const std::vector<std::int64_t>& six) {
    const auto of = [&](std::size_t arc, std::size_t layer) { return shown.arcs[arc].layers[layer]; };
    for (std::size_t arc = 0; arc < 3; ++arc)
        if (!could_be(of(arc, 2), six[arc] + six[3 + arc])) return false;
    const std::int64_t first = six[0] + six[1] + six[2];
    const std::int64_t second = six[3] + six[4] + six[5];
    return could_be(of(3, 0), first) && could_be(of(3, 1), second) && could_be(of(3, 2), first + second);
}

/// What a patient reader can find out: every set of six counts up to `most` that fits what is shown.
void each_reading(const count_graph& shown, std::int64_t most, std::vector<std::int64_t>& six,
                  const std::function<void(const std::vector<std::int64_t>&)>& visit) {
    if (six.size() == 6) {
        if (fits(shown, six)) visit(six);
        return;
    }
    const report::protected_count& next = shown.arcs[six.size() % 3].layers[six.size() / 3];
    for (std::int64_t value = 0; value <= most; ++value) {
        if (!could_be(next, value)) continue;
        six.push_back(value);
        each_reading(shown, most, six, visit);
        six.pop_back();
    }
}

}  // namespace

TEST_CASE("report/suppression: no small count can be computed from what is shown") {
    std::mt19937 by_chance(5);
    int hidden = 0;
    int totals_shown = 0;
    for (int round = 0; round < 60; ++round) {
        count_graph counts = table(by_chance);
        report::protect(counts, threshold);
        std::vector<bool> varies(6, false);
        std::vector<std::int64_t> six;
        std::size_t readings = 0;
        each_reading(counts, 8, six, [&](const std::vector<std::int64_t>& one) {
            ++readings;
            for (std::size_t at = 0; at < 6; ++at)
                varies[at] = varies[at] || one[at] != counts.arcs[at % 3].layers[at / 3].value;
        });
        CHECK(readings > 0);
        for (std::size_t at = 0; at < 6; ++at) {
            const report::protected_count& one = counts.arcs[at % 3].layers[at / 3];
            if (one.value < 1 || threshold <= one.value) continue;
            ++hidden;
            CHECK(one.shown != disclosure::exact);
            CHECK(varies[at]);
        }
        totals_shown += counts.arcs[3].layers[2].shown == disclosure::exact ? 1 : 0;
    }
    CHECK(hidden > 60);
    CHECK(totals_shown > 20);
}

TEST_CASE("report/suppression: the smallest further count is hidden, and no more than is needed") {
    count_graph counts;
    counts.nodes = 2;
    // Two municipalities with 2, 8 and 20 of three kinds, and 9, 7 and 30.
    counts.arcs = {{0, 1, false, {{2, {}}, {9, {}}, {11, {}}}},
                   {0, 1, false, {{8, {}}, {7, {}}, {15, {}}}},
                   {0, 1, false, {{20, {}}, {30, {}}, {50, {}}}},
                   {1, 0, false, {{30, {}}, {46, {}}, {76, {}}}}};
    report::protect(counts, 5);
    std::string shown;
    for (const auto& arc : counts.arcs)
        for (const auto& one : arc.layers)
            shown += one.shown == disclosure::exact ? 'x' : one.shown == disclosure::small ? 's' : 'h';
    CHECK(shown == "shxhhxxxxxxx");
}

TEST_CASE("report/suppression: a threshold of one hides nothing; a fixed total is left as it is") {
    count_graph counts;
    counts.nodes = 2;
    counts.arcs = {
        {0, 1, false, {{1, {}}, {1, {}}}}, {0, 1, false, {{9, {}}, {9, {}}}}, {1, 0, true, {{10, {}}, {10, {}}}}};
    report::protect(counts, 1);
    for (const auto& arc : counts.arcs)
        for (const auto& one : arc.layers) CHECK(one.shown == disclosure::exact);
    report::protect(counts, 5);
    CHECK(counts.arcs[0].layers[0].shown == disclosure::small);
    CHECK(counts.arcs[1].layers[0].shown == disclosure::hidden);
    CHECK(counts.arcs[2].layers[0].shown == disclosure::exact);
}
