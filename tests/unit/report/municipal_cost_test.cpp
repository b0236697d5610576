// SPDX-License-Identifier: Apache-2.0
#include <polku/report/municipal_cost.hpp>

#include <polku/json/text.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace polku;
using report::benefit_kind;
using report::benefit_row;

namespace {

time::date day(std::string_view text) { return time::parse_date(text).value(); }
feel::number euros(std::string_view text) { return feel::number::parse(text).value(); }

/// One person from a day on, with so many days behind.
benefit_row row_of(benefit_kind benefit, std::string_view first, std::int64_t days_so_far, std::string_view last = {}) {
    benefit_row made;
    made.id = "E1";
    made.municipality = "698";
    made.benefit = benefit;
    made.first_day = day(first);
    made.horizon = last.empty() ? made.first_day : day(last);
    made.days_so_far = days_so_far;
    return made;
}

report::unemployment_cost cost_of(const benefit_row& row) {
    return report::try_municipal_cost(std::vector{row}).value().people.at(0).without_resolution;
}

/// The percent of a single benefit day.
feel::number percent_of(const benefit_row& row) {
    const auto cost = cost_of(row);
    REQUIRE(cost.days == 1);
    REQUIRE(cost.steps.size() == 1);
    return cost.steps[0].percent;
}

feel::number percent_on(benefit_kind benefit, std::string_view on, std::int64_t days_so_far) {
    benefit_row row = row_of(benefit, on, days_so_far);
    row.daily_amount = euros("37.21");
    return percent_of(row);
}

error error_of(const benefit_row& row) {
    const auto made = report::try_municipal_cost(std::vector{row});
    REQUIRE_FALSE(made);
    REQUIRE(made.error().causes().size() == 1);
    return made.error().causes()[0];
}

/// Counted benefit days `from` to `to` of general support, five a week from a Monday on.
report::unemployment_cost counted(std::int64_t from, std::int64_t to) {
    benefit_row row = row_of(benefit_kind::general_support, "2026-05-04", from - 1);
    const std::int64_t last = to - from;
    row.horizon = row.first_day.plus_days(last / 5 * 7 + last % 5).value();
    row.daily_amount = euros("37.21");
    const auto made = cost_of(row);
    CHECK(made.days == to - from + 1);
    return made;
}

}  // namespace

TEST_CASE("report/municipal_cost: whole stretches of the ladder of 48/2026 section 51") {
    CHECK(counted(1, 100).amount == euros("0"));
    CHECK(counted(101, 101).amount == euros("3.72"));
    CHECK(counted(1, 200).amount == euros("372.10"));
    CHECK(counted(1, 300).amount == euros("1116.30"));
    CHECK(counted(1, 700).amount == euros("6697.80"));
    CHECK(counted(701, 958).amount == euros("4800.09"));
}

TEST_CASE("report/municipal_cost: each step begins on the day after its limit (14:3 a as of 2015 and 2025, 48/2026)") {
    struct border {
        benefit_kind benefit;
        std::string_view on;
        std::int64_t limit;
        int before, after;
    };
    const auto subsidy = benefit_kind::labour_market_subsidy;
    const auto earnings = benefit_kind::earnings_related_allowance;
    const auto general = benefit_kind::general_support;
    for (const border& each : std::vector<border>{{subsidy, "2024-06-03", 300, 0, 50},
                                                  {subsidy, "2024-06-03", 1000, 50, 70},
                                                  {subsidy, "2025-06-02", 100, 0, 10},
                                                  {subsidy, "2025-06-02", 200, 10, 20},
                                                  {subsidy, "2025-06-02", 300, 20, 30},
                                                  {subsidy, "2025-06-02", 400, 30, 40},
                                                  {subsidy, "2025-06-02", 700, 40, 50},
                                                  {earnings, "2025-06-02", 100, 0, 10},
                                                  {earnings, "2025-06-02", 400, 30, 40},
                                                  {earnings, "2025-06-02", 700, 40, 40},
                                                  {earnings, "2026-06-01", 400, 30, 40},
                                                  {earnings, "2026-06-01", 700, 40, 40},
                                                  {general, "2026-06-01", 100, 0, 10},
                                                  {general, "2026-06-01", 400, 30, 40},
                                                  {general, "2026-06-01", 700, 40, 50}}) {
        CAPTURE(each.on);
        CAPTURE(each.limit);
        CHECK(percent_on(each.benefit, each.on, each.limit - 1) == feel::number(each.before));
        CHECK(percent_on(each.benefit, each.on, each.limit) == feel::number(each.after));
    }
}

TEST_CASE("report/municipal_cost: 385/2023 changes the ladder on 1 January 2025") {
    const auto subsidy = benefit_kind::labour_market_subsidy;
    CHECK(percent_on(subsidy, "2024-12-31", 350) == feel::number(50));
    CHECK(percent_on(subsidy, "2025-01-01", 350) == feel::number(30));
    CHECK(percent_on(subsidy, "2025-01-02", 350) == feel::number(30));
    const auto basic = benefit_kind::basic_allowance;
    CHECK(percent_on(basic, "2024-12-31", 350) == feel::number(0));
    CHECK(percent_on(basic, "2025-01-01", 350) == feel::number(30));
    CHECK(percent_on(basic, "2025-01-02", 350) == feel::number(30));
    // A row over the change is reckoned by the ladder of each day.
    const auto over = cost_of(row_of(subsidy, "2024-12-31", 350, "2025-01-02"));
    REQUIRE(over.steps.size() == 2);
    CHECK(over.steps[0].ladder == "kuntarahoitus-2015");
    CHECK(over.steps[0].amount == euros("18.61"));
    CHECK(over.steps[1].ladder == "kuntarahoitus-2025");
    CHECK(over.steps[1].amount == euros("22.33"));
    CHECK(over.amount == euros("40.93"));  // 18.605 + 22.326, rounded once
}

TEST_CASE("report/municipal_cost: 48/2026 section 55 reads earlier benefits as general support from 1 May 2026") {
    const auto basic = benefit_kind::basic_allowance;
    CHECK(percent_on(basic, "2026-04-30", 750) == feel::number(40));
    CHECK(percent_on(basic, "2026-05-01", 750) == feel::number(50));
    CHECK(percent_on(basic, "2026-05-04", 750) == feel::number(50));
    const auto earnings = benefit_kind::earnings_related_allowance;
    CHECK(percent_on(earnings, "2026-05-01", 750) == feel::number(40));
    const error early = error_of(row_of(benefit_kind::general_support, "2026-04-30", 0));
    CHECK(early.code() == error_code::pack_not_in_force);
    CHECK(early.positions().at(0).pointer == "benefit");
    CHECK(percent_on(benefit_kind::general_support, "2026-05-01", 0) == feel::number(0));
}

TEST_CASE(
    "report/municipal_cost: nothing is known of days before 2015 (1370/2014), nor of amounts that were not read") {
    benefit_row row = row_of(benefit_kind::labour_market_subsidy, "2014-12-31", 400);
    row.daily_amount = euros("32.80");
    CHECK(error_of(row).code() == error_code::pack_not_in_force);
    row.first_day = row.horizon = day("2015-01-01");
    CHECK(percent_of(row) == feel::number(50));
    row.first_day = row.horizon = day("2015-01-02");
    CHECK(percent_of(row) == feel::number(50));
    row.daily_amount.reset();
    CHECK(error_of(row).positions().at(0).pointer == "daily_amount");
    // The full amount was read for 2023 to 2026.
    CHECK(cost_of(row_of(benefit_kind::labour_market_subsidy, "2023-01-02", 400)).amount == euros("18.61"));
    CHECK(cost_of(row_of(benefit_kind::general_support, "2026-12-31", 400)).amount == euros("14.88"));
    CHECK(error_of(row_of(benefit_kind::general_support, "2027-01-01", 400)).code() == error_code::pack_not_in_force);
}

TEST_CASE("report/municipal_cost: days in services count from 2025 on, and the municipality pays them") {
    benefit_row row = row_of(benefit_kind::labour_market_subsidy, "2024-12-30", 300, "2025-01-01");
    row.service_from = row.first_day;
    const auto made = cost_of(row);
    REQUIRE(made.steps.size() == 2);
    CHECK(made.steps[0].percent == feel::number(0));
    CHECK(made.steps[0].days == 2);
    CHECK(made.steps[1].percent == feel::number(30));  // 300 and the two days in the service: the 303rd
    row.service_to = day("2024-12-30");
    CHECK(cost_of(row).steps.size() == 3);  // the second day counts, so the 301st is paid at 50 %
    benefit_row earlier = row_of(benefit_kind::labour_market_subsidy, "2024-12-31", 250);
    earlier.service_days_so_far = 60;
    CHECK(percent_of(earlier) == feel::number(0));
    earlier.first_day = earlier.horizon = day("2025-01-01");
    CHECK(percent_of(earlier) == feel::number(30));
}

TEST_CASE("report/municipal_cost: an allowance that came before counts for labour market subsidy from 2025 on") {
    benefit_row row = row_of(benefit_kind::labour_market_subsidy, "2024-12-31", 150);
    row.preceding_allowance_days = 200;
    CHECK(percent_of(row) == feel::number(0));
    row.first_day = row.horizon = day("2025-01-01");
    CHECK(percent_of(row) == feel::number(30));
    row.first_day = row.horizon = day("2026-05-01");
    CHECK(percent_of(row) == feel::number(30));
    row.benefit = benefit_kind::earnings_related_allowance;
    CHECK(percent_of(row) == feel::number(10));
}

TEST_CASE("report/municipal_cost: days of an integration period are the State's and do not count (385/2023, 48/2026)") {
    benefit_row row = row_of(benefit_kind::labour_market_subsidy, "2025-03-03", 100, "2025-03-07");
    row.state_pays_until = day("2025-03-05");
    const auto made = cost_of(row);
    REQUIRE(made.steps.size() == 2);
    CHECK(made.steps[0].days == 3);
    CHECK(made.steps[0].amount == euros("0"));
    CHECK(made.steps[1].amount == euros("7.44"));
    row.first_day = row.horizon = day("2024-12-31");
    CHECK(error_of(row).code() == error_code::pack_not_in_force);  // how they counted before was not read
}

TEST_CASE(
    "report/municipal_cost: earnings-related allowance is shared by its basic part, and not at all for lay-offs") {
    benefit_row row = row_of(benefit_kind::earnings_related_allowance, "2025-06-02", 100);
    row.daily_amount = euros("37.22");
    const error refused = error_of(row);
    CHECK(refused.code() == error_code::row_refused);
    CHECK(refused.positions().at(0).element == "row 1 (E1)");
    CHECK(refused.message().find("at most 37.21") != std::string::npos);
    row.daily_amount = euros("37.21");
    CHECK(cost_of(row).amount == euros("3.72"));
    row.benefit = benefit_kind::fund_only_allowance;
    CHECK(cost_of(row).amount == euros("0"));
    row.first_day = row.horizon = day("2026-05-01");
    CHECK(error_of(row).code() == error_code::pack_not_in_force);
}

TEST_CASE("report/municipal_cost: a resolution ends the cost on its day, and municipalities add up") {
    benefit_row one = row_of(benefit_kind::general_support, "2026-05-04", 700, "2026-06-05");
    one.resolution_day = day("2026-05-06");
    benefit_row two = row_of(benefit_kind::general_support, "2026-05-02", 700, "2026-05-03");  // a weekend
    two.id = "E2";
    benefit_row three = row_of(benefit_kind::general_support, "2026-05-04", 700, "2026-05-04");
    three.id = "E3";
    three.municipality = "320";
    three.resolution_day = day("2026-05-05");  // after the horizon: not yet resolved
    const auto made = report::try_municipal_cost(std::vector{one, two, three}).value();
    CHECK(made.people[0].without_resolution.days == 25);
    CHECK(made.people[0].without_resolution.amount == euros("465.13"));  // 25 x 18.605
    CHECK(made.people[0].with_resolution.days == 2);
    CHECK(made.people[0].with_resolution.amount == euros("37.21"));
    CHECK(made.people[0].difference == euros("427.92"));
    CHECK(made.people[1].without_resolution.days == 0);
    REQUIRE(made.municipalities.size() == 2);
    CHECK(made.municipalities[0].municipality == "320");
    CHECK(made.municipalities[0].resolved == 0);
    CHECK(made.municipalities[1].people == 2);
    CHECK(made.total.people == 3);
    CHECK(made.total.resolved == 1);
    CHECK(made.total.without_resolution.amount == euros("483.73"));  // 26 x 18.605, rounded once
    REQUIRE(made.months.size() == 2);
    CHECK(made.months[0].month == "2026-05");
    CHECK(made.months[0].without_resolution == euros("390.71"));  // 21 x 18.605
    CHECK(made.months[1].with_resolution == euros("0"));
}

TEST_CASE("report/municipal_cost: rows that cannot be are refused, each with its number and member") {
    benefit_row row = row_of(benefit_kind::general_support, "2026-05-04", 0, "2026-05-01");
    CHECK(error_of(row).positions().at(0).pointer == "horizon");
    row.horizon = day("2036-06-01");
    CHECK(error_of(row).positions().at(0).pointer == "horizon");
    row.horizon = day("2026-05-08");
    row.municipality = "Rovaniemi";
    CHECK(error_of(row).message().find("three digits") != std::string::npos);
    row.municipality = "698";
    row.days_so_far = -1;
    CHECK(error_of(row).positions().at(0).pointer == "days_so_far");
    row.days_so_far = 0;
    row.resolution_day = day("2026-05-01");
    CHECK(error_of(row).positions().at(0).pointer == "resolution_day");
    row.resolution_day.reset();
    row.service_to = day("2026-05-06");
    CHECK(error_of(row).positions().at(0).pointer == "service_from");
    row.service_to.reset();
    row.daily_amount = euros("0");
    CHECK(error_of(row).positions().at(0).pointer == "daily_amount");
    row.daily_amount.reset();
    const auto twice = report::try_municipal_cost(std::vector{row, row});
    REQUIRE_FALSE(twice);
    CHECK(twice.error().causes().at(0).positions().at(0).element == "row 2 (E1)");
    CHECK_FALSE(report::try_municipal_cost({}));
}

TEST_CASE("report/municipal_cost: JSON and tables give the same rows") {
    const auto from_json = report::try_read_benefit_rows(
        {R"({"people": [{"id": "E1", "municipality": "698", "benefit": "general_support", "first_day": "2026-05-04",
             "horizon": "2026-05-08", "days_so_far": 700, "daily_amount": 28.5}]})",
         "rows.json"});
    const auto from_table = report::try_read_benefit_rows(
        {"\xEF\xBB\xBFmunicipality;id;benefit;first_day;horizon;days_so_far;daily_amount;resolution_day\r\n"
         "698;\"E1\";general_support;2026-05-04;2026-05-08;700;28,5;\r\n\r\n",
         "rows.csv"});
    const auto with_commas =
        report::try_read_benefit_rows({"id,municipality,benefit,first_day,horizon,days_so_far,daily_amount\n"
                                       "E1,698,general_support,2026-05-04,2026-05-08,700,28.5",
                                       "rows.csv"});
    for (const auto* each : {&from_json, &from_table, &with_commas}) {
        REQUIRE(each->has_value());
        REQUIRE((*each)->size() == 1);
        CHECK(cost_of((**each)[0]).amount == euros("71.25"));
    }
}

TEST_CASE("report/municipal_cost: every bad row of an input is told with line and column") {
    const auto bad =
        report::try_read_benefit_rows({"id;municipality;benefit;first_day;horizon;days_so_far\n"
                                       "E1;698;general_support;2026-05-04;2026-05-08;many\n"
                                       "E2;698;general_suport;2026-05-04;2026-05-08;1\n"
                                       "E3;698;general_support;2026-05-04;2026-05-08;1\n"
                                       "E4;698;general_support;4.5.2026;2026-05-08;1\n"
                                       "E5;698;general_support;2026-05-08;2026-05-04;1\n",
                                       "rows.csv"});
    REQUIRE_FALSE(bad);
    CHECK(bad.error().code() == error_code::row_refused);
    std::vector<std::string> places;
    for (const error& each : bad.error().causes()) {
        const position& at = each.positions().at(0);
        places.push_back(std::to_string(at.line) + " " + at.element + " " + at.pointer);
    }
    CHECK(places ==
          std::vector<std::string>{"2 row 1 days_so_far", "3 row 2 benefit", "5 row 4 first_day", "6 row 5 horizon"});
    CHECK(bad.error().causes()[1].message().find("did you mean 'general_support'?") != std::string::npos);

    const auto json = report::try_read_benefit_rows({"{\"people\": [\n{\"id\": \"E1\"}]}", "rows.json"});
    REQUIRE_FALSE(json);
    const position at = json.error().causes().at(0).positions().at(0);
    CHECK(at.pointer == "/people/0");
    CHECK(at.line == 2);

    for (const char* each :
         {"", "id;nothing\nE1;1\n", "id;id\nE1;E1\n", "id;municipality\nE1\n", "id\n\"E1\n", "id\nE\"1\n"}) {
        const auto refused = report::try_read_benefit_rows({each, "rows.csv"});
        CAPTURE(each);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code() == error_code::table_syntax);
        CHECK(refused.error().positions().at(0).line >= 1);
    }
    CHECK_FALSE(report::try_read_benefit_rows({"{\"people\": []}", ""}));
    CHECK_FALSE(report::try_read_benefit_rows({"{\"persons\": []}", ""}));
}

TEST_CASE("report/municipal_cost: each form tells the same sums, and persons only when asked") {
    benefit_row row = row_of(benefit_kind::general_support, "2026-05-04", 700, "2027-04-30");
    row.daily_amount = euros("37.21");
    row.resolution_day = day("2026-09-01");
    row.id = "=SECRET";
    const auto made = report::try_municipal_cost(std::vector{row}).value();
    CHECK(made.total.without_resolution.amount == euros("4837.30"));  // 260 days x 18.605
    const auto write = [&](report::figures_form form, const char* language, bool people, const char* table) {
        return report::write_municipal_cost(made, {form, language, people, table});
    };
    const auto has = [](const std::string& text, std::string_view what) {
        return text.find(what) != std::string::npos;
    };
    const std::string text = write(report::figures_form::text, "fi", false, "");
    CHECK(has(text, "4\u00a0837,30\u00a0€"));
    CHECK(has(text, "Rovaniemi"));
    CHECK(has(text, "Tämä ei ole oikeudellinen neuvo."));
    CHECK_FALSE(has(text, "SECRET"));
    const std::string page = write(report::figures_form::html, "en", false, "");
    CHECK(has(page, "€4,837.30"));
    CHECK(has(page, "<svg "));
    CHECK_FALSE(has(page, "SECRET"));
    for (const char* never : {"<script", "href", "<img", "<link", "url("}) CHECK_FALSE(has(page, never));
    CHECK(has(write(report::figures_form::html, "sv", true, ""), "=SECRET"));
    CHECK(write(report::figures_form::csv, "fi", true, "people") ==
          "id;municipality;days_without;days_with;euros_without;euros_with;euros_difference\r\n"
          "'=SECRET;698;260;86;4837.30;1600.03;3237.27\r\n");
    CHECK(has(write(report::figures_form::csv, "fi", false, "months"), "\r\n2026-05;372.10;372.10\r\n"));
    const auto parsed = json::try_parse(write(report::figures_form::json, "fi", false, ""));
    REQUIRE(parsed);
    const feel::context& whole = parsed->as_context();
    CHECK(whole.find("people") == nullptr);
    CHECK(whole.find("total")->as_context().find("difference")->as_number() == euros("3237.27"));
}
