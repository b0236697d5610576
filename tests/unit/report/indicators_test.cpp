// SPDX-License-Identifier: Apache-2.0
#include <polku/report/indicators.hpp>

#include "files.hpp"

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polku;
using report::labour_event_kind;
using report::participant;
using report::participant_gender;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }

/// A complete record of somebody unemployed.
participant person(std::string id = "P1") {
    participant made;
    made.id = std::move(id);
    made.entry = day("2026-01-12");
    made.unemployed = true;
    made.long_term_unemployed = false;
    made.age = 40;
    made.gender = participant_gender::woman;
    made.isced = 3;
    return made;
}

participant who_left(std::string_view left, std::vector<report::labour_event> after = {}) {
    participant made = person();
    made.left = day(left);
    made.after = std::move(after);
    return made;
}

report::indicator_report counted(const std::vector<participant>& rows, std::string_view as_of = "2026-12-31") {
    return report::try_count_indicators(rows, day(as_of)).value();
}

std::int64_t total(const report::indicator_report& of, std::string_view code) {
    for (const auto& each : of.counts)
        if (each.code == code) return each.total;
    return -1;
}

/// The codes that one participant is counted under.
std::string codes_of(const participant& of, std::string_view as_of = "2026-12-31") {
    std::string out;
    for (const auto& each : counted({of}, as_of).counts)
        if (each.total > 0) out += each.code + " ";
    return out;
}

/// The member that is refused.
std::string refused(const participant& of, std::string_view as_of = "2026-12-31") {
    const auto made = report::try_count_indicators(std::vector{of}, day(as_of));
    if (made) return "";
    CHECK(made.error().code() == error_code::row_refused);
    return made.error().causes().at(0).positions().at(0).pointer;
}

std::int64_t gap(const report::indicator_report& of, std::string_view field) {
    for (const auto& each : of.gaps)
        if (each.field == field) return each.participants;
    return 0;
}

}  // namespace

TEST_CASE("report/indicators: groups on the day of entry ((EU) 2021/1057 Annex I)") {
    participant of = person();
    CHECK(codes_of(of) == "EECO01 EECO02 EECO10 ");
    of.long_term_unemployed = true;
    CHECK(codes_of(of) == "EECO01 EECO02 EECO03 EECO10 ");
    of.unemployed = of.long_term_unemployed = std::nullopt;
    of.inactive = true;
    CHECK(codes_of(of) == "EECO01 EECO04 EECO10 ");
    of.inactive = false;
    of.employed = true;
    CHECK(codes_of(of) == "EECO01 EECO05 EECO10 ");
    const std::pair<std::int64_t, std::string> ages[] = {{17, "EECO06 "}, {18, "EECO07 "}, {29, "EECO07 "},
                                                         {30, ""},        {54, ""},        {55, "EECO08 "}};
    for (const auto& each : ages) {
        of.age = each.first;
        CHECK(codes_of(of) == "EECO01 EECO05 " + each.second + "EECO10 ");
    }
    of.age = 40;
    const std::pair<std::int64_t, std::string> levels[] = {{0, "EECO09 "}, {2, "EECO09 "}, {3, "EECO10 "},
                                                           {4, "EECO10 "}, {5, "EECO11 "}, {8, "EECO11 "}};
    for (const auto& each : levels) {
        of.isced = each.first;
        CHECK(codes_of(of) == "EECO01 EECO05 " + each.second);
    }
    of.disability = of.third_country = of.foreign_background = of.minority = of.homeless = of.rural = true;
    CHECK(codes_of(of) == "EECO01 EECO05 EECO11 EECO12 EECO13 EECO14 EECO15 EECO16 EECO17 ");
}

TEST_CASE("report/indicators: age is of the day of entry, the birthday itself included") {
    participant of = person();
    of.age.reset();
    of.born = day("2008-01-13");
    CHECK(codes_of(of).find("EECO06") != std::string::npos);  // eighteen tomorrow
    of.born = day("2008-01-12");
    CHECK(codes_of(of).find("EECO07") != std::string::npos);
    of.born = day("1971-01-12");
    CHECK(codes_of(of).find("EECO08") != std::string::npos);
    of.age = 55;
    CHECK(refused(of) == "age");
}

TEST_CASE("report/indicators: nobody is both unemployed and employed on entry, nor long-term unemployed at work") {
    participant of = person();
    of.employed = true;
    CHECK(refused(of) == "employed");
    of = person();
    of.inactive = true;
    CHECK(refused(of) == "employed");
    of = person();
    of.unemployed = false;
    of.employed = true;
    of.long_term_unemployed = true;
    CHECK(refused(of) == "long_term_unemployed");
}

TEST_CASE("report/indicators: immediate results are of the 28 days after leaving, on both edges") {
    const auto result_of = [](std::string_view on, labour_event_kind what) {
        return codes_of(who_left("2026-03-31", {{day(on), what}})).substr(21);
    };
    CHECK(result_of("2026-03-31", labour_event_kind::employment) == "EECR04 ");
    CHECK(result_of("2026-04-27", labour_event_kind::employment) == "EECR04 ");
    CHECK(result_of("2026-04-28", labour_event_kind::employment) == "EECR04 ");
    CHECK(result_of("2026-04-29", labour_event_kind::employment) == "");
    CHECK(result_of("2026-04-28", labour_event_kind::education) == "EECR02 ");
    CHECK(result_of("2026-04-28", labour_event_kind::qualification) == "EECR03 ");
    CHECK(refused(who_left("2026-03-31", {{day("2026-03-30"), labour_event_kind::employment}})) == "after");
}

TEST_CASE("report/indicators: the last labour-market event counts, so job search and employment exclude each other") {
    participant of = who_left("2026-03-31", {{day("2026-04-20"), labour_event_kind::job_search},
                                             {day("2026-04-02"), labour_event_kind::employment},
                                             {day("2026-04-21"), labour_event_kind::education}});
    of.unemployed = of.long_term_unemployed = std::nullopt;
    of.inactive = true;
    CHECK(codes_of(of) == "EECO01 EECO04 EECO10 EECR01 EECR02 ");
    of.after.push_back({day("2026-04-28"), labour_event_kind::employment});
    CHECK(codes_of(of) == "EECO01 EECO04 EECO10 EECR02 EECR04 ");
    of.after.push_back({day("2026-04-28"), labour_event_kind::not_employed});  // of one day, the later told counts
    CHECK(codes_of(of) == "EECO01 EECO04 EECO10 EECR02 ");
    // Job search is a result of those inactive on entry only.
    CHECK(codes_of(who_left("2026-03-31", {{day("2026-04-20"), labour_event_kind::job_search}})) ==
          "EECO01 EECO02 EECO10 ");
}

TEST_CASE("report/indicators: the long-term results are asked six months after leaving, not a day before") {
    participant of = who_left("2026-05-31", {{day("2026-06-01"), labour_event_kind::employment}});
    of.employed_at_six_months = true;
    CHECK(refused(of, "2026-11-29") == "employed_at_six_months");
    CHECK(codes_of(of, "2026-11-30") == "EECO01 EECO02 EECO10 EECR04 EECR05 ");
    CHECK(codes_of(of, "2026-12-01") == "EECO01 EECO02 EECO10 EECR04 EECR05 ");
    of.employed_at_six_months.reset();
    CHECK(gap(counted({of}, "2026-11-29"), "employed_at_six_months") == 0);
    CHECK(gap(counted({of}, "2026-11-30"), "employed_at_six_months") == 1);
    of.improved_at_six_months = true;
    CHECK(refused(of) == "improved_at_six_months");
    of.unemployed = of.long_term_unemployed = std::nullopt;
    of.employed = true;
    CHECK(codes_of(of, "2026-11-30") == "EECO01 EECO05 EECO10 EECR04 EECR06 ");
}

TEST_CASE("report/indicators: what is not known on the day of the report is not counted on it") {
    CHECK(refused(person(), "2026-01-11") == "entry");
    CHECK(refused(who_left("2026-03-31"), "2026-03-30") == "left");
    const participant of = who_left("2026-03-31", {{day("2026-04-10"), labour_event_kind::employment}});
    CHECK(refused(of, "2026-04-09") == "after");
    const auto open = counted({of}, "2026-04-27");
    CHECK(open.window_open == 1);
    CHECK(counted({of}, "2026-04-28").window_open == 0);
    CHECK(gap(counted({who_left("2026-03-31")}, "2026-04-27"), "after") == 0);
    CHECK(gap(counted({who_left("2026-03-31")}, "2026-04-28"), "after") == 1);
    CHECK(counted({person()}).in_operation == 1);
    participant answered = person();
    answered.employed_at_six_months = true;
    CHECK(refused(answered) == "left");
}

TEST_CASE("report/indicators: incomplete records are in no indicator, and what they lack is told") {
    participant no_status = person("P2");
    no_status.unemployed = no_status.long_term_unemployed = std::nullopt;
    participant no_gender = person("P3");
    no_gender.gender.reset();
    participant no_age = person("P4");
    no_age.age.reset();
    participant no_education = person("P5");
    no_education.isced.reset();
    participant man = person("P6");
    man.gender = participant_gender::man;
    participant other = person("P7");
    other.gender = participant_gender::non_binary;
    const auto made = counted({person(), no_status, no_gender, no_age, no_education, man, other});
    CHECK(made.rows == 7);
    CHECK(made.incomplete == 4);
    CHECK(total(made, "EECO01") == 3);
    const auto all =
        std::find_if(made.counts.begin(), made.counts.end(), [](const auto& each) { return each.code == "EECO01"; });
    CHECK(all->women == 1);
    CHECK(all->men == 1);
    CHECK(all->non_binary == 1);
    for (const char* field : {"labour_status", "gender", "born", "isced"}) CHECK(gap(made, field) == 1);
    CHECK(gap(made, "disability") == 7);
    for (const auto& each : made.gaps) CHECK((each.field == "born") == (each.source == "case"));
    CHECK(made.findings.empty());
    const auto twice = report::try_count_indicators(std::vector{person(), person()}, day("2026-12-31"));
    REQUIRE_FALSE(twice);
    CHECK(twice.error().causes().at(0).positions().at(0).element == "row 2 (P1)");
}

TEST_CASE("report/indicators: given counts are checked against each other") {
    const auto read = [](const std::string& counts) {
        return report::try_read_indicators({"{\"counts\": [" + counts + "]}", "counts.json"}).value().counts;
    };
    const auto row = [](const std::string& code, int women, int men, int other) {
        return "{\"code\": \"" + code + "\", \"women\": " + std::to_string(women) +
               ", \"men\": " + std::to_string(men) + ", \"non_binary\": " + std::to_string(other) +
               ", \"total\": " + std::to_string(women + men + other) + "}";
    };
    const auto good = read(row("EECO01", 5, 4, 1) + "," + row("EECO02", 3, 2, 0) + "," + row("EECO03", 1, 2, 0) + "," +
                           row("EECO04", 2, 1, 0) + "," + row("EECO05", 0, 1, 1));
    CHECK(report::try_check_indicators(good).value().empty());
    auto bad = good;
    bad[1].men = 1;  // the columns no longer make the total, and the groups no longer all men
    const auto found = report::try_check_indicators(bad).value();
    REQUIRE(found.size() == 3);
    CHECK(found[0].rule == "columns");
    CHECK(found[0].found == 4);
    CHECK(found[0].expected == 5);
    CHECK(found[1].rule == "status");
    CHECK(found[1].column == "men");
    CHECK(found[2].rule == "long_term");  // two of one
    CHECK(found[2].at_most);
    bad = good;
    bad[0].total = -1;
    CHECK(report::try_check_indicators(bad).error().code() == error_code::figures_refused);
    bad = good;
    bad[0].code = "EECO20";
    CHECK(report::try_check_indicators(bad).error().positions().at(0).pointer == "/counts/0/code");
    bad[0].code = "EECO05";
    CHECK(report::try_check_indicators(bad).error().positions().at(0).pointer == "/counts/4/code");
}

TEST_CASE("report/indicators: rows are read from JSON and tables, and bad ones are told by line") {
    const auto table = report::try_read_indicators(
        {"id;entry;left;inactive;age;gender;isced;after\n"
         "P1;2026-01-12;2026-03-31;true;40;man;3;2026-04-10 job_search|2026-04-12 education\n",
         "rows.csv"});
    REQUIRE(table);
    CHECK(codes_of(table->participants.at(0)) == "EECO01 EECO04 EECO10 EECR01 EECR02 ");
    const auto bad =
        report::try_read_indicators({"id;entry;gender;after;left\nP1;2026-01-12;woman;2026-04-10;2026-03-31\nP2;2026-"
                                     "01-12;female;;\nP3;2026-02-01;man;;2026-01-31\n"
                                     "P4;2026-02-01;man;;\n",
                                     "rows.csv"});
    REQUIRE_FALSE(bad);
    std::vector<std::string> places;
    for (const error& each : bad.error().causes())
        places.push_back(std::to_string(each.positions().at(0).line) + " " + each.positions().at(0).pointer);
    CHECK(places == std::vector<std::string>{"2 after", "3 gender", "4 left"});
    const auto unknown = report::try_read_indicators({"{\"participants\": [],\n\"enterprizes\": 1}", "rows.json"});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().positions().at(0).line == 2);
    CHECK_FALSE(report::try_read_indicators({"{\"participants\": []}", ""}));
    CHECK_FALSE(report::try_read_indicators({"{\"participants\": [], \"enterprises\": -1}", ""}));
}

TEST_CASE("report/indicators: the shipped example in every form, without anything of a person") {
    const std::string file = POLKU_SOURCE_DIR "/examples/reports/participants.json";
    const auto read = report::try_read_indicators({test_files::text_of(file), "participants.json"}).value();
    const auto made = report::try_count_indicators(read.participants, day("2026-11-22"), read.entities).value();
    CHECK(total(made, "EECO01") == 4);
    CHECK(total(made, "EECO18") == 3);
    CHECK(total(made, "EECR05") == 1);
    CHECK(made.incomplete == 1);
    CHECK(made.window_open == 1);
    CHECK(made.findings.empty());
    const auto has = [](const std::string& text, std::string_view what) {
        return text.find(what) != std::string::npos;
    };
    for (const auto form : {report::figures_form::text, report::figures_form::json, report::figures_form::csv,
                            report::figures_form::html}) {
        const std::string text = report::write_indicators(made, form, "fi");
        CHECK(has(text, "EECR04"));
        CHECK_FALSE(has(text, "P1"));
    }
    CHECK(has(report::write_indicators(made, report::figures_form::text, "sv"), "långtidsarbetslösa"));
    CHECK(json::try_parse(report::write_indicators(made, report::figures_form::json, "fi")));
    const std::string table = report::write_indicators(made, report::figures_form::csv, "en");
    CHECK(table.starts_with("code;name;total;women;men;non_binary\r\nEECO01;participants in total;4;2;1;1\r\n"));
    CHECK(has(table, "EECO19;supported micro, small and medium-sized enterprises;11;;;\r\n"));
}

TEST_CASE("report/indicators: nothing is counted before the programming period of ESF+ began") {
    participant of = person();
    of.entry = day("2020-12-30");
    const auto before = report::try_count_indicators(std::vector{of}, day("2020-12-31"));
    REQUIRE_FALSE(before);
    CHECK(before.error().code() == error_code::pack_not_in_force);
    CHECK(total(counted({of}, "2021-01-01"), "EECO01") == 1);
    CHECK(total(counted({of}, "2021-01-02"), "EECO01") == 1);
}
