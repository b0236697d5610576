// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/workspace/path_backtest.hpp>
#include <polku/workspace/situation.hpp>

#include <doctest/doctest.h>

#include "files.hpp"
#include "made_up_store.hpp"
#include "workspace/path_history.hpp"

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

backtest_options up_to(std::string_view until) {
    backtest_options made;
    made.path = "toimi";
    made.until = day(until);
    made.last = day("2027-04-30");
    made.repeats = 10;
    made.otherwise = population::try_read_path_assumptions(
                         test_files::text_of(std::string(POLKU_SOURCE_DIR) + "/examples/path_assumptions.json"))
                         .value();
    return made;
}

detail::seen_stay stay(const char* stage, const char* from, const char* until, const char* to, bool to_exit) {
    detail::seen_stay made;
    made.municipality = "167";
    made.stage = stage;
    made.from = day(from);
    if (until != nullptr) made.until = day(until);
    made.to = to;
    made.is_arrival = made.stage == "referral";
    made.to_exit = to_exit;
    return made;
}

}  // namespace

TEST_CASE("workspace/backtest: what came to pass is what the situation picture counts") {
    const storage_test::temporary_folder folder;
    const auto in = polku_tests::made_up_store(folder, 120);
    const auto made = try_backtest(*in, up_to("2026-12-31"));
    REQUIRE_MESSAGE(made, (made ? "" : made.error().to_string()));
    CHECK(made->months == std::vector<std::string>{"2027-01", "2027-02", "2027-03", "2027-04"});
    CHECK(made->cases == 120);
    picture_options shown;
    shown.shown.threshold = 1;
    shown.path = "toimi";
    shown.source = picture_source::cases;
    const auto picture = try_situation(*in, day("2027-02-28"), shown).value().picture;
    std::int64_t compared = 0;
    for (const report::count_row& row : picture.paths.front().counts) {
        if (row.key.section != "stage" || row.key.measure != "clients" || !row.key.to.empty()) continue;
        for (const backtest_figure& each : made->figures) {
            if (each.month != "2027-02" || each.measure != "inside" || each.of != row.key.item) continue;
            const std::string layer = each.municipality.empty() ? "total" : each.municipality;
            for (std::size_t at = 0; at < picture.layers.size(); ++at) {
                if (picture.layers[at] != layer) continue;
                ++compared;
                CHECK(each.real == row.layers[at].value);
            }
        }
    }
    CHECK(compared > 20);
    for (const backtest_measure& each : made->measures)
        if (!each.by_municipality) CHECK(each.figures <= 4);
}

TEST_CASE("workspace/backtest: the assumptions of a store are ones that a file may hold") {
    const storage_test::temporary_folder folder;
    const auto in = polku_tests::made_up_store(folder, 120);
    const auto made = try_backtest(*in, up_to("2026-12-31")).value();
    const std::string text = json::write(json::to_value(made.assumptions));
    const auto read = population::try_read_path_assumptions(text);
    REQUIRE_MESSAGE(read, (read ? "" : read.error().to_string()));
    population::path_simulation_options what;
    what.is = {*read, {try_shipped_path("toimi").value().path}, {}};
    what.repeats = 10;
    const auto again = population::try_simulate_path(what);
    REQUIRE_MESSAGE(again, (again ? "" : again.error().to_string()));
    CHECK(again->months == made.months);
}

TEST_CASE("workspace/backtest: stays that go on are not taken for short ones") {
    detail::path_history seen;
    seen.path = try_shipped_path("toimi").value().path;
    seen.first = day("2026-01-01");
    for (const path::stage_definition& each : seen.path.says().stages)
        if (each.id != "referral")
            seen.stays.push_back(stay(each.id.c_str(), "2026-01-01", "2026-01-05", "other_service", true));
    seen.entries.emplace_back("school", day("2026-01-01"));
    // Of four, one ends after 10 days and one goes on after 15; of the two that are left one ends after 20.
    seen.stays.push_back(stay("referral", "2026-01-01", "2026-01-11", "assessment", false));
    seen.stays.push_back(stay("referral", "2026-01-01", "2026-01-21", "withdrawn", true));
    seen.stays.push_back(stay("referral", "2026-01-17", nullptr, "", false));
    seen.stays.push_back(stay("referral", "2026-01-02", nullptr, "", false));
    backtest_options options = up_to("2026-01-31");
    const auto made = detail::try_assume(seen, options, day("2026-02-01"), day("2026-03-01")).value();
    CHECK(json::write(made.stages.at("referral").days) == R"({"10":250,"20":375,"30":375})");
    CHECK(json::write(made.stages.at("referral").leaves.at("withdrawn")) == "0.5");
    CHECK(json::write(made.municipalities.at("167").arrivals) == "4");
    CHECK(json::write(made.municipalities.at("167").stock.at("referral")) == "[15,30]");
    CHECK(json::write(made.municipalities.at("276").arrivals) == "0");
    CHECK(made.stages.at("coaching").leaves.at("other_service") == feel::value(1));
    const std::string left_out = seen.stays.front().stage;
    seen.stays.erase(seen.stays.begin());
    const auto filled = detail::try_assume(seen, options, day("2026-02-01"), day("2026-03-01")).value();
    CHECK(filled.stages.at(left_out).days == options.otherwise->stages.at(left_out).days);
    options.otherwise.reset();
    CHECK(detail::try_assume(seen, options, day("2026-02-01"), day("2026-03-01")).error().code() ==
          error_code::simulation_shape);
}

TEST_CASE("workspace/backtest: days and paths that cannot be asked about") {
    const storage_test::temporary_folder folder;
    const auto in = polku_tests::made_up_store(folder, 120);
    CHECK(try_backtest(*in, up_to("2026-12-30")).error().code() == error_code::invalid_argument);
    CHECK(try_backtest(*in, up_to("2027-04-30")).error().code() == error_code::invalid_argument);
    backtest_options other = up_to("2026-12-31");
    other.path = "top";
    CHECK(try_backtest(*in, other).error().code() == error_code::not_found);
}
