// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/json/text.hpp>
#include <polku/path/case_on.hpp>
#include <polku/report/case_record.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/store_people.hpp>

#include <doctest/doctest.h>

#include "made_up_store.hpp"
#include "played_story.hpp"

#include <algorithm>
#include <sstream>

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

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
    const auto streams = in.store().try_find_streams(query).value();
    for (const storage::stream_row& row : streams) {
        const loaded_case loaded = in.try_load(storage::to_hex(row.stream.bytes)).value();
        const path::case_state then = path::case_on(loaded.state, as_of);
        if (!then.is_opened() || (then.is_closed() && !ended)) continue;
        const std::string shown = report::try_record(loaded.path, loaded.state, as_of)->municipality;
        made.push_back({shown.empty() ? "not_shown" : shown, loaded.path.says().id,
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
    const auto in = polku_tests::made_up_store(folder, 150);
    const std::vector<std::string> facts = {"age", "no such fact", "reason for referral"};
    for (const char* const on : {"2025-12-31", "2026-06-30", "2027-06-30"})
        for (const bool ended : {false, true}) {
            CAPTURE(on);
            const rows expected = told_by_cases(*in, facts, day(on), ended);
            for (const std::size_t most : {std::size_t{1}, std::size_t{7}, std::size_t{8192}}) {
                const auto people = read_store_people(*in, facts, {day(on), ended, {}});
                CHECK(people->columns() == std::vector<std::string>{"municipality", "path", "stage", "age",
                                                                    "no such fact", "reason for referral"});
                CHECK(read_all(*people, most) == expected);
            }
            CHECK(expected.empty() == (std::string(on) == "2025-12-31"));
        }
    const rows all = told_by_cases(*in, facts, day("2027-06-30"), true);
    CHECK(all.size() > told_by_cases(*in, facts, day("2027-06-30"), false).size());
    CHECK(std::any_of(all.begin(), all.end(), [](const auto& row) { return !row[5].empty(); }));
}

TEST_CASE("workspace/store_people: a municipality that an order hides is not shown, and no fact") {
    const polku_tests::played_story story("tyokyky-kayttoon");
    std::size_t hidden = 0;
    for (int month = 0; month < 24; ++month) {
        const time::date on = story.examples.as_of.plus_months(-month).value();
        const rows all = read_all(*read_store_people(*story.store, {"age"}, {on, true, {}}), 3);
        CHECK(all == told_by_cases(*story.store, {"age"}, on, true));
        const auto people = read_store_people(*story.store, {"municipality"}, {on, true, {}});
        CHECK(people->columns().size() == 3);
        const rows as_fact = read_all(*people, 100);
        REQUIRE(as_fact.size() == all.size());
        for (std::size_t row = 0; row < all.size(); ++row) {
            CHECK(as_fact[row][0] == (all[row][0] == "not_shown" ? "" : all[row][0]));
            hidden += all[row][0] == "not_shown" ? 1 : 0;
        }
    }
    CHECK(hidden > 0);
}

TEST_CASE("workspace/store_people: a store is simulated as its table is") {
    const polku_tests::played_story story("tyokyky-kayttoon");
    const population::simulation_options what = activation();
    std::uint64_t told = 0;
    store_people_options with{story.examples.as_of, true, [&](std::uint64_t cases) { told = cases; }};
    const population::simulation_report made = try_simulate_store(*story.store, what, with).value();
    std::string table = "municipality,age\n";
    for (const auto& row : told_by_cases(*story.store, {"age"}, with.as_of, true))
        table += row[0] + "," + row[3] + "\n";
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
    const auto in = polku_tests::made_up_store(folder, 150);
    population::simulation_options what = activation();
    what.each_row = [](const population::simulated_row&) -> result<void> { return {}; };
    CHECK(try_simulate_store(*in, what, {day("2027-03-31"), false, {}}).error().code() == error_code::invalid_argument);
    what = activation();
    what.municipality = "municipality";
    CHECK(try_simulate_store(*in, what, {day("2027-03-31"), false, {}}).error().code() == error_code::invalid_argument);
    what = activation();
    what.by = {"municipalty"};
    const auto misspelt = try_simulate_store(*in, what, {day("2027-03-31"), false, {}});
    CHECK(misspelt.error().to_string().find("did you mean 'municipality'?") != std::string::npos);
}
