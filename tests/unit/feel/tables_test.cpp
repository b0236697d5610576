// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/expression.hpp>
#include <polku/feel/operations.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

// Runs tests/tables/feel/*.csv: `expression;context;expected;note`, quotes doubled inside quoted cells. The context is
// a FEEL context literal whose entries are in scope, and `expected` a FEEL expression in the same scope. An expression
// that does not compile counts as null.

TEST_SUITE_BEGIN("feel/tables");

namespace {

using namespace polku;

/// The cells of one line; a quoted cell may hold semicolons.
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (quoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"') {
            cells.back() += line[i++];
        } else if (line[i] == '"' && (quoted || cells.back().empty())) {
            quoted = !quoted;
        } else if (line[i] == ';' && !quoted) {
            cells.emplace_back();
        } else {
            cells.back() += line[i];
        }
    }
    return cells;
}

struct inputs {
    feel::scope names;
    std::vector<feel::value> values;
};

feel::evaluation_context make_context() {
    time::date_time now;
    now.date = *time::date::from_parts(2026, 3, 1);
    now.clock.nanoseconds = 12LL * 3'600'000'000'000;
    now.clock.zone = time::zone::utc();
    return feel::evaluation_context(now);
}

feel::value evaluated(const std::string& text, const inputs& given) {
    const auto compiled = feel::try_compile(text, given.names);
    if (!compiled) {
        INFO("does not compile: " << compiled.error().to_string());
        return feel::value(feel::null_reason::invalid_argument);
    }
    auto with = make_context();
    return compiled->evaluate(with, given.values);
}

inputs inputs_of(const std::string& text) {
    inputs made;
    if (text.empty()) return made;
    const feel::value entries = evaluated(text, {});
    REQUIRE_MESSAGE(entries.is(feel::kind::context), "the context of a table line is no context: " << text);
    for (const auto& each : entries.as_context()) {
        made.names.add(each.name);
        made.values.push_back(each.value);
    }
    return made;
}

void check_line(const std::string& file, std::size_t number, const std::string& line) {
    const std::vector<std::string> cells = cells_of(line);
    CAPTURE(file);
    CAPTURE(number);
    REQUIRE_MESSAGE(cells.size() >= 3, "a table line has expression;context;expected;note: " << line);
    CAPTURE(cells[0]);
    const inputs given = inputs_of(cells[1]);
    const feel::value found = evaluated(cells[0], given);
    const feel::value expected = evaluated(cells[2], given);
    if (expected.is_null()) REQUIRE_MESSAGE(cells[2] == "null", "write null for a null, not " << cells[2]);
    CHECK_MESSAGE(found == expected, "expected " << feel::to_string(expected) << ", found " << feel::to_string(found));
}

}  // namespace

TEST_CASE("feel/tables: every line of the tables evaluates as expected") {
    const std::filesystem::path folder = std::filesystem::path(POLKU_SOURCE_DIR) / "tests/tables/feel";
    std::vector<std::filesystem::path> files;
    for (const auto& each : std::filesystem::recursive_directory_iterator(folder))
        if (each.path().extension() == ".csv") files.push_back(each.path());
    std::sort(files.begin(), files.end());
    std::size_t tables = 0;
    for (const auto& each : files) {
        std::ifstream in(each);
        std::string line;
        std::getline(in, line);
        if (line != "expression;context;expected;note") continue;  // a table of another shape, read by its own test
        ++tables;
        for (std::size_t number = 2; std::getline(in, line); ++number)
            if (!line.empty()) check_line(each.filename().string(), number, line);
    }
    CHECK(tables > 0);
}

TEST_SUITE_END();
