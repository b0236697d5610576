// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/path/case_on.hpp>
#include <polku/report/case_record.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/store_people.hpp>
#include <polku/workspace/synthetic.hpp>

#include <doctest/doctest.h>

#include "unit/storage/temporary_folder.hpp"

#include <algorithm>
#include <sstream>

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

/// A store of made-up cases on a path.
std::unique_ptr<workspace> made_up(const storage_test::temporary_folder& folder) {
    auto in = workspace::try_open(folder.file("made-up.db")).value();
    synthetic_options options;
    options.cases = 150;
    options.first = day("2026-01-01");
    options.last = day("2027-06-30");
    options.recorded_at_ms = 1'800'000'000'000;
    try_generate(in->store(), {try_shipped_path("toimi").value()}, options).value();
    return in;
}

using rows = std::vector<std::vector<std::string>>;

rows read_all(population::people_reader& from, std::size_t most) {
    rows made;
    population::people_block block;
    while (from.try_next(block, most).value()) {
        CHECK(block.first_row == made.size() + 1);
        CHECK(block.rows <= most);
        for (std::size_t row = 0; row < block.rows; ++row) {
            made.emplace_back();
            for (const population::text_column& each : block.columns) made.back().emplace_back(each.at(row));
        }
    }
    return made;
}

/// The rows as the cases themselves tell them, one by one.
rows told_by_cases(workspace& in, const std::vector<std::string>& facts, time::date as_of, bool ended) {
    rows made;
    storage::stream_query query;
    query.kind = path::stream_kind::case_;
    query.limit = 1000;
    for (const storage::stream_row& row : in.store().try_find_streams(query).value()) {
        const loaded_case loaded = in.try_load(storage::to_hex(row.stream.bytes)).value();
        const path::case_state then = path::case_on(loaded.state, as_of);
        if (!then.is_opened() || (then.is_closed() && !ended)) continue;
        made.push_back({loaded.state.non_disclosures.empty() ? then.municipality : "not_shown", "toimi",
                        then.is_closed() ? then.ending->exit : then.stage->stage});
        for (const std::string& each : facts) {
            const auto found = then.facts.find(each);
            const bool is_known = found != then.facts.end() && found->second.state == path::fact_state::known &&
                                  (!found->second.valid_until || as_of <= *found->second.valid_until);
            made.back().push_back(is_known ? population::cell_text(found->second.value) : std::string());
        }
    }
    return made;
}

population::simulation_options activation() {
    population::simulation_options made;
    made.is.pack = json::try_shipped_pack("kuntouttava").value();
    made.decision = "Activation condition";
    made.days = {day("2026-11-01")};
    made.by = {"municipality"};
    return made;
}

}  // namespace

TEST_CASE("workspace/store_people: each case is a row with its facts of the day, whatever the blocks") {
    const storage_test::temporary_folder folder;
    const auto in = made_up(folder);
    const std::vector<std::string> facts = {"age", "no such fact", "reason for referral"};
    for (const char* const on : {"2025-12-31", "2026-06-30", "2027-06-30"})
        for (const bool ended : {false, true}) {
            CAPTURE(on);
            const rows expected = told_by_cases(*in, facts, day(on), ended);
            for (const std::size_t most : {std::size_t{1}, std::size_t{7}, std::size_t{8192}}) {
                const auto people = read_store_people(*in, facts, {day(on), ended, {}});
                CHECK(people->columns() ==
                      std::vector<std::string>{"municipality", "path", "stage", "age", "no such fact",
                                               "reason for referral"});
                CHECK(read_all(*people, most) == expected);
            }
            CHECK(expected.empty() == (std::string(on) == "2025-12-31"));
        }
    const rows all = told_by_cases(*in, facts, day("2027-06-30"), true);
    CHECK(all.size() > told_by_cases(*in, facts, day("2027-06-30"), false).size());
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& row) { return row[0] == "not_shown"; }));
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& row) { return !row[5].empty(); }));
}

TEST_CASE("workspace/store_people: a hidden municipality is no fact") {
    const storage_test::temporary_folder folder;
    const auto in = made_up(folder);
    const auto people = read_store_people(*in, {"municipality"}, {day("2027-06-30"), true, {}});
    CHECK(people->columns().size() == 3);
    const rows all = read_all(*people, 100);
    CHECK(std::none_of(all.begin(), all.end(), [](const auto& row) { return row[0] == "not_shown"; }));
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& row) { return row[0].empty(); }));
}

TEST_CASE("workspace/store_people: a store is simulated as its table is") {
    const storage_test::temporary_folder folder;
    const auto in = made_up(folder);
    const population::simulation_options what = activation();
    std::uint64_t told = 0;
    store_people_options with{day("2027-03-31"), false, [&](std::uint64_t cases) { told = cases; }};
    const population::simulation_report made = try_simulate_store(*in, what, with).value();
    std::string table = "municipality,age\n";
    for (const auto& row : told_by_cases(*in, {"age"}, with.as_of, false)) table += row[0] + "," + row[3] + "\n";
    std::istringstream from(table);
    const auto reader = population::try_read_csv(from).value();
    const population::simulation_report expected = population::try_simulate(what, *reader).value();
    CHECK(json::write(json::to_value(made)) == json::write(json::to_value(expected)));
    CHECK(std::find(made.unknown.begin(), made.unknown.end(), "age") == made.unknown.end());
    CHECK_FALSE(made.unknown.empty());
    CHECK(told == 0);  // fewer cases than it tells after
}

TEST_CASE("workspace/store_people: rows of single clients and checked columns are refused") {
    const storage_test::temporary_folder folder;
    const auto in = made_up(folder);
    population::simulation_options what = activation();
    what.each_row = [](const population::simulated_row&) -> result<void> { return {}; };
    CHECK(try_simulate_store(*in, what, {day("2027-03-31"), false, {}}).error().code() ==
          error_code::invalid_argument);
    what = activation();
    what.municipality = "municipality";
    CHECK(try_simulate_store(*in, what, {day("2027-03-31"), false, {}}).error().code() ==
          error_code::invalid_argument);
    what = activation();
    what.by = {"municipalty"};
    const auto misspelt = try_simulate_store(*in, what, {day("2027-03-31"), false, {}});
    CHECK(misspelt.error().to_string().find("did you mean 'municipality'?") != std::string::npos);
}
