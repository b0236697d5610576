// SPDX-License-Identifier: Apache-2.0
// The situation picture from what cases count by day, against the picture from the cases themselves.
#include "property_count.hpp"

#include <polku/path/case_on.hpp>
#include <polku/path/random_walk.hpp>
#include <polku/report/case_counts.hpp>
#include <polku/report/situation_output.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

/// What a store does: adds up by label, value and day.
struct kept_counts {
    std::map<std::string, std::map<std::int64_t, std::map<time::date, std::int64_t>>> kept;

    void add(const std::vector<report::counted_change>& changes) {
        for (const report::counted_change& each : changes) {
            CHECK(each.count != 0);
            kept[each.label][each.value][each.day] += each.count;
        }
    }
    std::string picture(const path::service_path& path, time::date on) const {
        report::situation_builder made(on);
        for (const auto& [label, values] : kept) {
            std::vector<std::pair<std::int64_t, std::int64_t>> sums;
            for (const auto& [value, days] : values) {
                std::int64_t sum = 0;
                for (const auto& [from, count] : days) sum += from <= on ? count : 0;
                if (sum != 0) sums.emplace_back(value, sum);
            }
            made.add_counted(label, sums).value();
            if (report::counted_path_version(label) && !sums.empty()) made.add_path(path);
        }
        return situation_json(made.finish({1, {}}), report::picture_part::all);
    }
};

std::string picture_of_cases(const path::service_path& path, const std::vector<path::case_state>& cases,
                             time::date on) {
    report::situation_builder made(on);
    for (const path::case_state& each : cases)
        if (const auto record = report::try_record(path, each, on)) made.add(path, *record);
    return situation_json(made.finish({1, {}}), report::picture_part::all);
}

/// The events of a walk, with what nobody plans among them: orders of non-disclosure that come and go, corrections of
/// days, events entered in error, events that are recorded late.
class unruly_walk {
public:
    unruly_walk(const path::service_path& path, std::uint64_t seed) : chance_(path, {.seed = seed}) {
        path::walk_options options;
        options.seed = seed;
        options.client = std::string(32, 'a');
        const time::date first = *day("2025-01-01").plus_days(below(200));
        walked_ = path::walk(path, options, first, day("2026-06-30"), 20, {first, "worker", "test", 0});
    }

    template <class Visit>
    path::case_state each_command(Visit visit) {
        path::case_state state;
        for (const std::vector<path::event>& events : walked_.commands) {
            path::case_state after = path::evolve(state, events);
            visit(state, after);
            state = std::move(after);
            if (below(6) != 0) continue;
            after = path::evolve(state, surprise(state));
            visit(state, after);
            state = std::move(after);
        }
        return state;
    }

private:
    std::int64_t below(std::uint64_t bound) { return static_cast<std::int64_t>(chance_.below(bound)); }

    path::event surprise(const path::case_state& of) {
        const path::event& about = *of.history[chance_.below(of.history.size())];
        const bool is_client = about.stream == path::stream_kind::client;
        const path::event_name name{is_client ? "client" : "case", static_cast<std::int64_t>(about.version)};
        path::event made = about;
        made.version = 0;
        made.effective_date = *of.history.back()->effective_date.plus_days(below(40) - 20);
        switch (chance_.below(5)) {
            case 0: made.what = path::entered_in_error{name, "test"}; break;
            case 1:
                made.what = path::corrected{name, {}, *about.effective_date.plus_days(below(60) - 30), "test"};
                break;
            case 2:
                made.stream = path::stream_kind::client;
                made.what = path::non_disclosure_set{made.effective_date.plus_days(below(100) - 5)};
                break;
            case 3:
                made.stream = path::stream_kind::client;
                made.what = path::non_disclosure_set{};
                break;
            default:
                made.stream = path::stream_kind::client;
                made.what = path::non_disclosure_lifted{"test"};
                break;
        }
        return made;
    }

    path::random_walk chance_;
    path::walked_case walked_;
};

}  // namespace

TEST_CASE("report/case_counts: on every day, the sums of what commands change are the picture of the cases") {
    const std::uint64_t walks = property_count(4);
    for (const std::string& id : shipped_path_ids()) {
        CAPTURE(id);
        const path::service_path path = try_shipped_path(id)->path;
        CHECK_FALSE(report::not_countable(path));
        kept_counts by_command;
        kept_counts at_once;
        std::vector<path::case_state> cases;
        for (std::uint64_t seed = 1; seed <= walks; ++seed) {
            unruly_walk walk(path, seed * 77);
            cases.push_back(walk.each_command([&](const path::case_state& before, const path::case_state& after) {
                by_command.add(report::counted_changes(path, before, after));
            }));
            at_once.add(report::counted_changes(path, {}, cases.back()));
        }
        for (time::date on = day("2024-12-01"); on < day("2029-01-01"); on = *on.plus_days(127)) {
            CAPTURE(time::to_string(on));
            const std::string expected = picture_of_cases(path, cases, on);
            CHECK(by_command.picture(path, on) == expected);
            CHECK(at_once.picture(path, on) == expected);
        }
        // Many of the days on which something turns, each with its eve.
        std::size_t number = 0;
        for (const auto& label : at_once.kept)
            for (const auto& value : label.second)
                for (const auto& change : value.second) {
                    if (++number % 397 != 0) continue;
                    CAPTURE(time::to_string(change.first));
                    CHECK(by_command.picture(path, change.first) == picture_of_cases(path, cases, change.first));
                    const time::date eve = *change.first.plus_days(-1);
                    CHECK(by_command.picture(path, eve) == picture_of_cases(path, cases, eve));
                }
    }
}

TEST_CASE("report/case_counts: a label that is no figure's is refused") {
    report::situation_builder made(day("2026-01-01"));
    for (const std::string label :
         {"", "count", "count\n\n\n\n\n\n", "other\np\nl\ns\ni\nt\nm\n", "value\np\nl\ns\ni\nt\nm\nx\n"}) {
        CAPTURE(label);
        const auto added = made.add_counted(label, {{0, 1}});
        REQUIRE_FALSE(added.has_value());
        CHECK(added.error().code() == error_code::invalid_argument);
    }
    CHECK(made.add_counted("count\np\n261\nstage\na \\\\ b\\nc\n\nclients\n", {{0, 1}}).has_value());
}
