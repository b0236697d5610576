// SPDX-License-Identifier: Apache-2.0
#include <polku/report/situation_output.hpp>

#include "played_story.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace polku;
using polku_tests::played;

namespace {

report::situation picture_of(const std::string& id, report::situation_options with) {
    const auto& story = played(id);
    report::situation_builder made(story.examples.as_of);
    for (const path::case_state& each : story.all())
        if (const auto record = report::try_record(story.bundle.path, each, story.examples.as_of))
            made.add(story.bundle.path, *record);
    return made.finish(with);
}

/// The clients of a path many times over, in three municipalities, one of them small.
report::situation many(const std::string& id, report::situation_options with) {
    const auto& story = played(id);
    report::situation_builder made(story.examples.as_of);
    std::size_t number = 0;
    for (const path::case_state& each : story.all()) {
        auto record = report::try_record(story.bundle.path, each, story.examples.as_of);
        if (!record) continue;
        for (std::size_t copy = 0; copy < 9; ++copy) {
            if (!record->municipality.empty()) record->municipality = copy == 8 ? "261" : copy % 2 == 0 ? "698" : "320";
            if (copy < 2 + number % 8) made.add(story.bundle.path, *record);
        }
        ++number;
    }
    return made.finish(with);
}

/// Counts by layer and `section item to`, of what is not zero.
using counted = std::map<std::string, std::map<std::string, std::int64_t>>;

void add(counted& into, const std::string& layer, const std::string& what) {
    ++into[what][layer];
    ++into[what]["total"];
}

counted figures(const report::situation& of, std::string_view section, std::string_view measure = "clients") {
    counted made;
    for (const report::count_row& row : of.paths.front().counts) {
        if (row.key.section != section || row.key.measure != measure) continue;
        for (std::size_t at = 0; at < of.layers.size(); ++at)
            if (row.layers[at].value != 0)
                made[row.key.item + (row.key.to.empty() ? "" : " " + row.key.to)][of.layers[at]] = row.layers[at].value;
    }
    return made;
}

std::string layer_of(const path::case_state& of) { return of.non_disclosures.empty() ? of.municipality : "not_shown"; }

/// Every move of a client as the history tells it, `from to`, with the days before it.
std::vector<std::pair<std::string, std::int64_t>> moves_of(const path::case_state& of) {
    std::vector<std::pair<std::string, std::int64_t>> made;
    std::string at = of.entry;
    time::date since = *of.opened;
    for (const auto& each : of.history) {
        std::string next;
        if (const auto* entered = std::get_if<path::stage_entered>(&each->what)) next = entered->stage;
        if (const auto* closed = std::get_if<path::case_closed>(&each->what)) next = closed->exit;
        if (next.empty()) continue;
        made.emplace_back(at + " " + next, each->effective_date.to_days() - since.to_days());
        at = next;
        since = each->effective_date;
    }
    return made;
}

const std::vector<std::string> paths = {"tyokyky-kayttoon", "toimi", "toimio", "top", "typ", "vaasa-tyokyky"};

}  // namespace

TEST_CASE("report/situation: counts of the played clients are those that counting by hand gives") {
    for (const std::string& id : paths) {
        CAPTURE(id);
        const auto& story = played(id);
        counted all, stage, exit, outcome, moves, placement, environment, group, overdue;
        for (const path::case_state& each : story.all()) {
            const std::string layer = layer_of(each);
            add(all, layer, "all");
            add(all, layer, each.ending ? "ended" : "open");
            if (!each.ending) add(stage, layer, each.stage->stage);
            if (each.ending) add(outcome, layer, boost::describe::enum_to_string(each.ending->outcome, ""));
            for (const auto& move : moves_of(each)) add(moves, layer, move.first);
            std::set<std::string> kinds;
            for (const path::placement& one : each.placements) kinds.insert(one.kind);
            for (const std::string& kind : kinds) add(placement, layer, kind);
            for (const path::coaching& one : each.coachings)
                if (one.environment && one.is_open() && !each.ending) add(environment, layer, *one.environment);
            const auto due = path::due(story.bundle.path, each, std::nullopt, story.examples.as_of);
            if (std::any_of(due.begin(), due.end(), [](const auto& item) { return item.late; }))
                add(overdue, layer, "any");
        }
        const report::situation found = picture_of(id, {1, {}});
        CHECK(figures(found, "clients") == all);
        CHECK(figures(found, "stage") == stage);
        CHECK(figures(found, "outcome") == outcome);
        CHECK(figures(found, "placement") == placement);
        CHECK(figures(found, "environment_now") == environment);
        CHECK(figures(found, "overdue")["any"] == overdue["any"]);
        counted seen;
        for (const std::string_view section : {"start", "transition", "ending", "reopening"})
            seen.merge(figures(found, section, "moves"));
        CHECK(seen == moves);
    }
}

TEST_CASE("report/situation: quartiles of days are those of the sorted days") {
    for (const std::string& id : paths) {
        CAPTURE(id);
        std::map<std::string, std::vector<std::int64_t>> days;
        for (const path::case_state& each : played(id).all())
            for (const auto& move : moves_of(each)) days[move.first].push_back(move.second);
        const report::situation found = picture_of(id, {1, {}});
        int compared = 0;
        for (const report::spread_row& row : found.paths.front().spreads) {
            if (row.key.section != "transition" && row.key.section != "ending") continue;
            std::vector<std::int64_t> sorted = days[row.key.item + " " + row.key.to];
            std::sort(sorted.begin(), sorted.end());
            REQUIRE(row.layers.back().has_value());
            const std::size_t half = sorted.size() / 2;
            const std::int64_t twice = sorted.size() % 2 == 1 ? 2 * sorted[half] : sorted[half - 1] + sorted[half];
            CHECK(feel::multiply(row.layers.back()->median, 2) == feel::number(twice));
            CHECK(row.layers.back()->lower <= row.layers.back()->median);
            CHECK(row.layers.back()->median <= row.layers.back()->upper);
            if (sorted.size() == 4)
                CHECK(feel::multiply(row.layers.back()->lower, 2) == feel::number(sorted[0] + sorted[1]));
            ++compared;
        }
        CHECK(compared > 2);
    }
}

TEST_CASE("report/record: a day sees what had happened by its end") {
    const auto& story = played("tyokyky-kayttoon");
    for (const path::case_state& each : story.all()) {
        CHECK_FALSE(report::try_record(story.bundle.path, each, *each.opened->plus_days(-1)).has_value());
        for (const auto& event : each.history) {
            const auto* entered = std::get_if<path::stage_entered>(&event->what);
            if (entered == nullptr) continue;
            const auto on = report::try_record(story.bundle.path, each, event->effective_date);
            REQUIRE(on.has_value());
            const auto is_it = [&](const report::walk_step& step) {
                return step.to == entered->stage && step.on == event->effective_date;
            };
            CHECK(std::any_of(on->walk.begin(), on->walk.end(), is_it));
            const auto before = report::try_record(story.bundle.path, each, *event->effective_date.plus_days(-1));
            CHECK((!before || std::none_of(before->walk.begin(), before->walk.end(), is_it)));
            const auto after = report::try_record(story.bundle.path, each, *event->effective_date.plus_days(1));
            CHECK(after->walk.size() >= on->walk.size());
        }
        if (!each.ending) continue;
        const auto last_day = report::try_record(story.bundle.path, each, *each.ending->ended.plus_days(-1));
        CHECK((!last_day || !last_day->ending || last_day->ending->ended < each.ending->ended));
    }
}

TEST_CASE("report/record: a non-disclosure order hides the municipality, also on days before it") {
    int hidden = 0;
    for (const std::string id : {"tyokyky-kayttoon", "top"}) {
        const auto& story = played(id);
        for (const path::case_state& each : story.all()) {
            const auto opened = report::try_record(story.bundle.path, each, *each.opened);
            REQUIRE(opened.has_value());
            CHECK(opened->municipality == (each.non_disclosures.empty() ? each.municipality : ""));
            hidden += each.non_disclosures.empty() ? 0 : 1;
        }
        CHECK(report::situation_text(picture_of(id, {1, {}}), report::picture_part::all, "en").find("not shown") !=
              std::string::npos);
    }
    CHECK(hidden == 2);
}

TEST_CASE("report/situation: no small count is shown, nor can it be had from a sum") {
    int small = 0;
    for (const std::string& id : paths) {
        CAPTURE(id);
        const report::situation found = many(id, {5, {}});
        std::map<std::string, std::map<std::size_t, int>> hidden;  // by section and layer
        for (const report::count_row& row : found.paths.front().counts) {
            std::size_t in_row = 0;
            for (std::size_t at = 0; at < row.layers.size(); ++at) {
                const report::protected_count& one = row.layers[at];
                const bool is_small = 0 < one.value && one.value < 5;
                small += is_small ? 1 : 0;
                CHECK((!is_small || one.shown != report::disclosure::exact));
                CHECK((is_small || one.shown != report::disclosure::small));
                in_row += one.shown != report::disclosure::exact ? 1 : 0;
                if (one.shown != report::disclosure::exact) ++hidden[row.key.section][at];
            }
            CHECK(in_row != 1);
        }
        // Of the parts of a total that is shown, never one alone is hidden.
        const auto total = [&](std::string_view item, std::size_t at) {
            for (const report::count_row& row : found.paths.front().counts)
                if (row.key.section == "clients" && row.key.item == item) return row.layers[at].shown;
            return report::disclosure::exact;
        };
        for (std::size_t at = 0; at < found.layers.size(); ++at) {
            if (total("all", at) == report::disclosure::exact) CHECK(hidden["entry"][at] != 1);
            if (total("open", at) == report::disclosure::exact) CHECK(hidden["stage"][at] != 1);
            if (total("ended", at) == report::disclosure::exact) CHECK(hidden["outcome"][at] != 1);
        }
    }
    CHECK(small > 100);
}

TEST_CASE("report/situation: one municipality alone shows what it shows among all") {
    const report::situation all = many("toimi", {5, {}});
    const report::situation one = many("toimi", {5, "320"});
    const auto at =
        static_cast<std::size_t>(std::find(all.layers.begin(), all.layers.end(), "320") - all.layers.begin());
    REQUIRE(at < all.layers.size());
    CHECK(one.layers == std::vector<std::string>{"320"});
    for (std::size_t row = 0; row < all.paths.front().counts.size(); ++row) {
        CHECK(one.paths.front().counts[row].layers.size() == 1);
        CHECK(one.paths.front().counts[row].layers[0].value == all.paths.front().counts[row].layers[at].value);
        CHECK(one.paths.front().counts[row].layers[0].shown == all.paths.front().counts[row].layers[at].shown);
    }
    // A municipality without clients has zeros.
    const report::situation none = many("toimi", {5, "999"});
    for (const report::count_row& row : none.paths.front().counts) CHECK(row.layers[0].value == 0);
}

TEST_CASE("report/situation: each form can be read, and none tells a hidden number") {
    const report::situation found = many("toimi", {5, {}});
    for (const auto part : {report::picture_part::all, report::picture_part::transitions}) {
        const std::string text = report::situation_json(found, part);
        const auto document = json::try_parse(text);
        REQUIRE(document.has_value());
        CHECK(json::write(*document) + "\n" == text);
        const feel::value& one = document->as_context().find("paths")->as_list()[0];
        std::size_t at = 0;
        for (const feel::value& row : one.as_context().find("counts")->as_list()) {
            ++at;
            for (const auto& figure : row.as_context().find("figures")->as_context()) {
                const bool is_number = figure.value.is(feel::kind::number);
                CHECK((is_number
                           ? figure.value.as_number() == feel::number(0) || feel::number(5) <= figure.value.as_number()
                           : figure.value == feel::value("small") || figure.value == feel::value("hidden")));
            }
        }
        CHECK(at > 10);
        const std::string table = report::situation_csv(found, part);
        const std::size_t commas = part == report::picture_part::all ? 8 : 9;
        std::size_t from = 0;
        while (from < table.size()) {
            const std::size_t end = table.find("\r\n", from);
            REQUIRE(end != std::string::npos);
            const std::string line = table.substr(from, end - from);
            CHECK(static_cast<std::size_t>(std::count(line.begin(), line.end(), ',')) == commas);
            from = end + 2;
        }
    }
}

TEST_CASE("report/situation: the page fetches nothing, runs nothing, and says each chart in words") {
    for (const std::string language : {"fi", "sv", "en", "fi-selko"}) {
        const std::string page = report::situation_page(many("toimi", {5, {}}), report::picture_part::all, language);
        const auto count = [&](std::string_view what) {
            std::size_t found = 0;
            for (std::size_t at = page.find(what); at != std::string::npos; at = page.find(what, at + 1)) ++found;
            return found;
        };
        CHECK(count("<script") == 0);
        CHECK(count("http") == count("xmlns=\"http://www.w3.org/2000/svg\""));
        CHECK(count("<svg") == 5);
        CHECK(count("<desc>") == count("<svg"));
        CHECK(count("<figure>") == count("<svg"));
        CHECK(page.find(language == "en" ? "under 5" : language == "sv" ? "under 5" : "alle 5") != std::string::npos);
        CHECK(count("<tr>") == count("</tr>"));
    }
}
