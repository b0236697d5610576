// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_DMN_RANDOM_CELLS_HPP
#define POLKU_TESTS_DMN_RANDOM_CELLS_HPP

#include <polku/feel/expression.hpp>
#include <polku/feel/value.hpp>

#include "property_count.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

namespace polku::tests {

/// Draws cells and inputs from a small world, so that boundaries meet often.
class random_cells {
public:
    explicit random_cells(std::uint64_t seed) : random_(seed) {}
    static std::uint64_t seed_of_run() {
        const char* given = std::getenv("POLKU_SEED");
        return given ? std::strtoull(given, nullptr, 10) : 20260131;
    }
    /// How often to try: `usual`, or the thousandth part of the count of cases where that is more.
    static std::size_t tries(std::size_t usual) { return std::max(usual, property_count(0) / 1000); }

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }
    std::string number() {
        const std::string whole = std::to_string(static_cast<int>(below(9)) - 4);
        return below(3) == 0 ? whole + ".5" : whole;
    }
    std::string text() { return std::string("\"") + "abc"[below(3)] + (below(2) == 0 ? "" : "b") + "\""; }
    std::string date() {
        return "date(\"2024-0" + std::to_string(1 + below(2)) + "-0" + std::to_string(1 + below(4)) + "\")";
    }
    std::string time() { return "time(\"1" + std::to_string(below(4)) + ":00:00" + zone() + "\")"; }
    std::string zone() { return below(2) == 0 ? "" : below(2) == 0 ? "Z" : "+02:00"; }
    std::string date_time() {
        return "date and time(\"2024-01-0" + std::to_string(1 + below(3)) + "T1" + std::to_string(below(3)) + ":00:00" +
               zone() + "\")";
    }
    std::string duration() {
        return below(2) == 0 ? "duration(\"P" + std::to_string(below(4)) + "M\")"
                             : "duration(\"P" + std::to_string(below(4)) + "DT1H\")";
    }
    std::string constant() {
        switch (below(9)) {
            case 0:
            case 1:
            case 2: return number();
            case 3: return text();
            case 4: return below(2) == 0 ? "true" : "false";
            case 5: return date();
            case 6: return time();
            case 7: return date_time();
            default: return duration();
        }
    }
    std::string one_test(const std::string& a, const std::string& b) {
        switch (below(8)) {
            case 0: return a;
            case 1: return "< " + a;
            case 2: return "<= " + a;
            case 3: return "> " + a;
            case 4: return ">= " + a;
            case 5: return std::string(below(2) == 0 ? "[" : "(") + a + ".." + b + (below(2) == 0 ? "]" : ")");
            case 6: return below(2) == 0 ? "null" : a;
            default: return "= " + a;
        }
    }
    std::string cell() {
        if (below(5) == 0) return "-";
        const std::size_t kind = below(5);
        const auto draw = [&] { return kind < 3 ? number() : kind == 3 ? text() : constant(); };
        std::string tests = one_test(draw(), draw());
        if (below(3) == 0) tests += ", " + one_test(draw(), draw());
        if (below(6) == 0) return "not(" + tests + ")";
        if (below(12) == 0) return "? = in1";
        if (below(12) == 0) return "[" + number() + ", " + text() + "]";
        return tests;
    }
    feel::value input() {
        switch (below(16)) {
            case 0: return below(2) == 0 ? feel::value() : feel::value(feel::null_reason::unknown_input);
            case 1: return container();
            case 2: return feel::value(odd_number());
            case 3: return feel::value("a text that no cell names " + std::to_string(below(3)));
            default: return evaluated(constant());
        }
    }
    /// Numbers at other scales, near boundaries, past 64 bits, and very small ones.
    feel::number odd_number() {
        switch (below(6)) {
            case 0: return feel::number::from_scaled((static_cast<std::int64_t>(below(9)) - 4) * 1000, 3);
            case 1: return feel::number::from_scaled(static_cast<std::int64_t>(below(9)) * 1000 - 4001, 3);
            case 2: return *feel::number::parse(below(2) == 0 ? "1e30" : "-12345678901234567890123456789012.5");
            case 3: return *feel::number::parse(below(2) == 0 ? "1e-30" : "-0.0000000000000000000000000000000001");
            case 4: return feel::number::from_scaled(below(2) == 0 ? INT64_MAX : INT64_MIN, below(2) == 0 ? 0 : 18);
            default: return feel::number::from_scaled(static_cast<std::int64_t>(below(5)), -20);
        }
    }
    feel::value container() {
        switch (below(4)) {
            case 0: return feel::value(std::vector<feel::value>{feel::value(1), feel::value("a")});
            case 1: return feel::value(std::vector<feel::value>{evaluated(constant())});
            case 2: return feel::value(feel::context{{"a", feel::value(1)}});
            default: return evaluated("[1.." + std::to_string(1 + below(3)) + "]");
        }
    }

private:
    static feel::value evaluated(const std::string& text) {
        feel::evaluation_context with;
        return feel::try_compile(text, feel::scope()).value().evaluate(with, {});
    }

    std::mt19937_64 random_;
};

}  // namespace polku::tests

#endif
