// SPDX-License-Identifier: Apache-2.0
#include <polku/dmn/xml_document.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/workspace/path_bundle.hpp>
#include <polku/workspace/simulation_page.hpp>

#include <doctest/doctest.h>

#include "files.hpp"
#include "workspace/simulation_counts.hpp"
#include "workspace/simulation_page_parts.hpp"

#include <random>
#include <regex>
#include <sstream>

using namespace polku;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

/// The raised amount from 350 to 500 for those past 55, by municipality.
population::simulation_options study(std::string_view until = {}) {
    population::simulation_options made;
    made.is.pack = json::try_shipped_pack("paikallislisa").value();
    made.decision = "Supplement";
    made.days =
        population::try_simulated_days(day("2026-11-01"), until.empty() ? std::nullopt : std::optional(day(until)))
            .value();
    made.by = {"municipality"};
    made.municipality = "municipality";
    made.is.figures.set("raised amount", feel::value(feel::number(350)));
    made.against = made.is;
    made.against->figures.set("raised amount", feel::value(feel::number(500)));
    made.against->figures.set("supplement cap", feel::value(feel::number(3000)));
    return made;
}

population::simulation_report simulate(const population::simulation_options& what, const std::string& people) {
    std::istringstream from(people);
    const auto reader = population::try_read_csv(from).value();
    return population::try_simulate(what, *reader).value();
}

std::string example_people() {
    return test_files::text_of(std::string(POLKU_SOURCE_DIR) + "/examples/supplement_people.csv");
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Every drawing is XML with a title and a description for those who do not see it, and nothing is fetched or run.
void check_page(const std::string& page) {
    std::size_t drawings = 0;
    for (std::size_t at = page.find("<svg"); at != std::string::npos; at = page.find("<svg", at + 1)) {
        const std::string drawn = page.substr(at, page.find("</svg>", at) + 6 - at);
        const auto read = dmn::try_read_xml(drawn, "drawing");
        REQUIRE_MESSAGE(read, drawn.substr(0, 200));
        CHECK(read->root.children.begin()->name == "title");
        CHECK(has(drawn, "<desc>"));
        ++drawings;
    }
    CHECK(drawings > 0);
    CHECK_FALSE(has(page, "<script"));
    CHECK_FALSE(has(page, "src="));
    CHECK_FALSE(has(page, "<link"));
    CHECK(has(page, "name=\"viewport\""));
    CHECK(has(page, "prefers-color-scheme: dark"));
}

std::string cell(const std::string& of) { return ">" + of + "<"; }

std::vector<const population::group_total*> of_day(const population::simulation_report& in, time::date on) {
    std::vector<const population::group_total*> made;
    for (const population::group_total& each : in.totals)
        if (each.day == on) made.push_back(&each);
    return made;
}

/// What may be shown of a layer: no count from 1 below the threshold.
void check_counts(const detail::layered_counts& of, std::int64_t threshold) {
    for (const report::protected_count& each : of)
        if (each.shown == report::disclosure::exact) CHECK((each.value == 0 || each.value >= threshold));
}

}  // namespace

TEST_CASE("workspace/simulation_page: every number of the report stands in the page") {
    const population::simulation_options what = study();
    const population::simulation_report made = simulate(what, example_people());
    const std::string page = simulation_page(made, what, {"en", 1, {}});
    check_page(page);
    for (const population::group_total& group : made.totals) {
        CHECK(has(page, cell(std::to_string(group.rows))));
        CHECK(has(page, cell(std::to_string(group.changed))));
        for (const population::side_total* const side : {&group.is, &*group.against}) {
            CHECK(has(page, cell(std::to_string(side->decided))));
            for (const population::member_total& member : side->members) {
                if (member.sum) CHECK(has(page, cell(member.sum->to_string())));
                for (const auto& each : member.values) CHECK(has(page, cell(std::to_string(each.second))));
                for (const population::number_count& each : member.numbers)
                    CHECK(has(page, cell(each.value.to_string())));
            }
        }
    }
    for (const char* const each : {"167 Joensuu", "raised amount", "350", "500", "paikallislisa-esimerkki", "+750"})
        CHECK(has(page, each));
    // The tile of each municipality tells its difference in words, too.
    CHECK(has(page, "<title>167 Joensuu: +750</title>"));
    CHECK(has(page, "class=\"tile-more-3\""));
    CHECK(has(page, "class=\"tile-same\""));
}

TEST_CASE("workspace/simulation_page: texts are escaped and languages are whole") {
    population::simulation_options what = study();
    what.municipality.reset();
    const auto made = simulate(what,
                               "municipality,employer sort,target group,age,weekly hours,employment months,"
                               "pay subsidy granted\n\"<script>\"\"&'\",company,true,56,30,8,false\n");
    for (const char* const language : {"fi", "sv", "en", "fi-selko"}) {
        CAPTURE(language);
        const std::string page = simulation_page(made, what, {language, 1, {}});
        check_page(page);
        CHECK(has(page, "&lt;script&gt;&quot;&amp;&#39;"));
        CHECK(has(page, "lang=\"" + std::string(language).substr(0, 2) + "\""));
        CHECK(has(page, detail::simulation_word("who", language)));
    }
#define W(id, fi, sv, en)                             \
    CHECK(detail::simulation_word(id, "fi") == (fi)); \
    CHECK(detail::simulation_word(id, "sv") == (sv)); \
    CHECK(detail::simulation_word(id, "en") == (en)); \
    CHECK_FALSE((std::string_view(fi).empty() || std::string_view(sv).empty() || std::string_view(en).empty()));
#include "workspace/simulation_page_words.inc"
#undef W
}

TEST_CASE("workspace/simulation_page: months are drawn and added up") {
    const population::simulation_options what = study("2027-10-01");
    const population::simulation_report made = simulate(what, example_people());
    const std::string page = simulation_page(made, what, {"en", 1, {}});
    check_page(page);
    feel::number month(0);
    feel::number so_far(0);
    for (const population::simulated_day& on : made.days) {
        month = feel::number(0);
        for (const population::group_total* const group : of_day(made, on.day))
            for (const population::member_total& each : group->against->members)
                if (each.name == "a month" && each.sum) month = feel::add(month, *each.sum).value();
        so_far = feel::add(so_far, month).value();
        CHECK(has(page, cell(month.to_string())));
        CHECK(has(page, cell(so_far.to_string())));
        CHECK(has(page, to_string(on.day).substr(0, 7)));
    }
    CHECK(made.days.size() == 12);
}

TEST_CASE("workspace/simulation_page: few people are not told of") {
    const population::simulation_options what = study();
    // Five of each, and one in Rovaniemi.
    const std::string people = example_people();
    const std::string rows = people.substr(people.find('\n') + 1);
    const population::simulation_report made =
        simulate(what, people + rows + rows + rows + rows + "698,company,true,60,30,8,false\n");
    const std::string page = simulation_page(made, what, {"en", 5, {}});
    check_page(page);
    CHECK(has(page, "under 5"));
    CHECK(has(page, "class=\"tile-hidden\""));
    CHECK(has(page, "<title>167 Joensuu: +3750</title>"));
    CHECK(has(page, "<title>698 Rovaniemi: hidden</title>"));
    CHECK_FALSE(std::regex_search(page, std::regex("<td class=\"number\">[1-4]</td>")));
}

TEST_CASE("workspace/simulation_counts: what is hidden stays so, whatever the groups are") {
    std::mt19937 random(20261101);
    for (int round = 0; round < 60; ++round) {
        CAPTURE(round);
        const auto threshold = static_cast<std::int64_t>(2 + random() % 6);
        std::vector<population::group_total> groups(1 + random() % 6);
        std::vector<const population::group_total*> of;
        for (population::group_total& each : groups) {
            each.group = {std::to_string(of.size())};
            each.rows = static_cast<std::int64_t>(random() % 20);
            each.faults = each.rows == 0 ? 0 : static_cast<std::int64_t>(random()) % 2;
            each.is.decided = each.rows - each.faults;
            each.against = each.is;
            each.changed = each.is.decided == 0 ? 0 : static_cast<std::int64_t>(random()) % each.is.decided;
            for (population::side_total* const side : {&each.is, &*each.against}) {
                population::member_total amount;
                amount.name = "amount";
                amount.known = side->decided == 0 ? 0 : static_cast<std::int64_t>(random()) % side->decided;
                amount.sum = feel::number(amount.known * 300);
                if (amount.known > 0) {
                    amount.least = amount.most = feel::number(300);
                    amount.numbers = {{feel::number(300), amount.known}};
                }
                population::member_total kind;
                kind.name = "kind";
                kind.known = side->decided;
                if (side->decided > 0) kind.values = {{"a", amount.known}, {"b", side->decided - amount.known}};
                side->members = {amount, kind};
            }
            of.push_back(&each);
        }
        const detail::shown_day shown = detail::show_day(of, threshold);
        for (const auto* const counts : {&shown.rows, &shown.faults, &shown.changed, &shown.decided, &shown.undecided,
                                         &shown.decided_against, &shown.undecided_against})
            check_counts(*counts, threshold);
        for (const detail::shown_member& member : shown.members) {
            for (const detail::shown_value& value : member.values) {
                check_counts(value.is, threshold);
                check_counts(value.against, threshold);
            }
            for (const detail::shown_number& each : member.numbers)
                for (const std::int64_t count : {each.is, each.against}) CHECK((count == 0 || count >= threshold));
            if (!member.has_numbers) continue;
            std::int64_t hidden = 0, is = 0, against = 0, changed = 0;
            for (std::size_t at = 0; at < of.size(); ++at) {
                const std::int64_t here_is = of[at]->is.members.front().known;
                const std::int64_t here_against = of[at]->against->members.front().known;
                if (!member.sums[at].is_hidden) {
                    for (const std::int64_t count : {here_is, here_against, of[at]->changed})
                        CHECK((count == 0 || count >= threshold));
                    continue;
                }
                ++hidden;
                is += here_is;
                against += here_against;
                changed += of[at]->changed;
            }
            if (hidden == 0 || member.sums.back().is_hidden) continue;
            CHECK(hidden > 1);
            for (const std::int64_t count : {is, against, changed}) CHECK((count == 0 || count >= threshold));
        }
    }
}

TEST_CASE("workspace/simulation_counts: many groups are one, many values are counted over all groups") {
    std::vector<population::group_total> groups(detail::most_shown_groups + 1);
    std::vector<const population::group_total*> of;
    for (population::group_total& each : groups) {
        each.group = {std::to_string(of.size())};
        each.rows = 3;
        each.is.decided = 3;
        each.is.members.emplace_back();
        each.is.members.back().known = 3;
        each.is.members.back().values = {{"v" + std::to_string(of.size() % 150), 3}};
        of.push_back(&each);
    }
    const detail::shown_day shown = detail::show_day(of, 5);
    CHECK(shown.rows.size() == 2);
    CHECK(shown.rows.back().value == static_cast<std::int64_t>(3 * of.size()));
    CHECK_FALSE(shown.members.front().by_group);
    CHECK(shown.members.front().values.size() == 151);
}

TEST_CASE("workspace/path_months_page: flows, lines and ends of both sides, and few clients hidden") {
    population::path_simulation_options what;
    what.is.assumptions = population::try_read_path_assumptions(
                              test_files::text_of(std::string(POLKU_SOURCE_DIR) + "/examples/path_assumptions.json"))
                              .value();
    what.is.versions = {try_shipped_path("toimi").value().path};
    what.against = what.is;
    what.ladder = json::try_shipped_pack("kuntarahoitus").value();
    what.repeats = 4;
    const auto made = population::try_simulate_path(what).value();
    for (const char* const language : {"fi", "sv", "en"}) {
        CAPTURE(language);
        const std::string page = path_months_page(made, what.is.versions.back(), {language, 1, {}});
        check_page(page);
        CHECK(has(page, "class=\"band\""));
        CHECK(has(page, "class=\"line-band\""));
        CHECK(has(page, detail::simulation_word("cost", language)));
        for (const population::path_figure& each : made.figures)
            if (each.measure == "cost" || each.measure == "on_path")
                CHECK(has(page, language[0] == 'e' ? each.is.median.to_string() : ""));
    }
    const std::string hidden = path_months_page(made, what.is.versions.back(), {"en", 1000, {}});
    CHECK(has(hidden, "under 1000"));
    CHECK_FALSE(has(hidden, "class=\"band\""));
    CHECK(has(hidden, "class=\"hidden-band\""));
    for (const population::path_figure& each : made.figures)
        if (each.measure == "cost" && each.is.median > feel::number(1000))
            CHECK_FALSE(has(hidden, each.is.median.to_string()));
}
