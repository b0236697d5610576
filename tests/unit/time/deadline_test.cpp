// SPDX-License-Identifier: Apache-2.0
#include <polku/time/deadline.hpp>

#include <polku/time/calendar.hpp>

#include <doctest/doctest.h>

using namespace polku::time;

namespace {

date on(const char* text) { return *parse_date(text); }

void check_deadline(const char* start, period length, const char* nominal, const char* last) {
    CAPTURE(start);
    const auto found = statutory_deadline(on(start), length);
    REQUIRE(found);
    CHECK(to_string(found->nominal) == nominal);
    CHECK(to_string(found->last) == last);
    CHECK(found->is_rolled() == (found->nominal != found->last));
}

}  // namespace

TEST_SUITE_BEGIN("time/deadline");

TEST_CASE("time/deadline: Act 150/1930 section 2, the start day is not counted") {
    CHECK(nominal_deadline(on("2026-06-01"), {1, period_unit::days}) == on("2026-06-02"));
    CHECK(nominal_deadline(on("2026-06-08"), {30, period_unit::days}) == on("2026-07-08"));
    CHECK_FALSE(nominal_deadline(on("2026-06-08"), {INT64_MAX, period_unit::days}));
}

TEST_CASE(
    "time/deadline: Act 150/1930 section 3, weeks, months and years end on the matching day or the month's last") {
    CHECK(nominal_deadline(on("2026-06-03"), {2, period_unit::weeks}) == on("2026-06-17"));
    CHECK(nominal_deadline(on("2026-01-31"), {1, period_unit::months}) == on("2026-02-28"));
    CHECK(nominal_deadline(on("2026-11-30"), {3, period_unit::months}) == on("2027-02-28"));
    CHECK(nominal_deadline(on("2027-11-30"), {3, period_unit::months}) == on("2028-02-29"));
    CHECK(nominal_deadline(on("2024-02-29"), {1, period_unit::years}) == on("2025-02-28"));
    CHECK(nominal_deadline(on("2024-02-29"), {4, period_unit::years}) == on("2028-02-29"));
    CHECK_FALSE(nominal_deadline(on("2024-02-29"), {date::max_year, period_unit::years}));
    CHECK_FALSE(nominal_deadline(on("2024-02-29"), {INT64_MIN, period_unit::years}));
}

TEST_CASE("time/deadline: Act 150/1930 section 4, counting backwards goes by the same method") {
    CHECK(nominal_deadline(on("2026-06-15"), {-14, period_unit::days}) == on("2026-06-01"));
    CHECK(nominal_deadline(on("2026-03-31"), {-1, period_unit::months}) == on("2026-02-28"));
    CHECK(nominal_deadline(on("2024-02-29"), {-1, period_unit::years}) == on("2023-02-28"));
    CHECK(nominal_deadline(on("2026-06-17"), {-2, period_unit::weeks}) == on("2026-06-03"));
    check_deadline("2026-06-21", {-14, period_unit::days}, "2026-06-07", "2026-06-08");
}

TEST_CASE("time/deadline: Act 150/1930 section 5, the last day rolls to the first following business day") {
    check_deadline("2026-05-22", {30, period_unit::days}, "2026-06-21", "2026-06-22");   // Sunday
    check_deadline("2026-11-24", {30, period_unit::days}, "2026-12-24", "2026-12-28");   // Christmas Eve, a Thursday
    check_deadline("2026-11-30", {3, period_unit::months}, "2027-02-28", "2027-03-01");  // Sunday at a month's end
    check_deadline("2026-03-20", {3, period_unit::months}, "2026-06-20", "2026-06-22");  // Midsummer Day, a Saturday
    check_deadline("2026-04-17", {14, period_unit::days}, "2026-05-01", "2026-05-04");   // May Day, a Friday
    check_deadline("2026-06-05", {14, period_unit::days}, "2026-06-19", "2026-06-22");   // Midsummer Eve
    check_deadline("2026-11-22", {14, period_unit::days}, "2026-12-06", "2026-12-07");   // Independence Day
    check_deadline("2026-04-30", {14, period_unit::days}, "2026-05-14", "2026-05-15");   // Ascension Day
    check_deadline("2026-03-20", {14, period_unit::days}, "2026-04-03", "2026-04-07");   // Good Friday to Tuesday
    check_deadline("2025-12-23", {14, period_unit::days}, "2026-01-06", "2026-01-07");   // Epiphany
    check_deadline("2026-12-18", {14, period_unit::days}, "2027-01-01", "2027-01-04");   // New Year's Day
    check_deadline("2026-05-30", {7, period_unit::days}, "2026-06-06", "2026-06-08");    // an ordinary Saturday
}

TEST_CASE("time/deadline: Act 150/1930 section 5, only the last day rolls, not the start nor the days between") {
    check_deadline("2026-12-25", {14, period_unit::days}, "2027-01-08", "2027-01-08");
    check_deadline("2026-06-20", {3, period_unit::days}, "2026-06-23", "2026-06-23");
    const auto unrolled = statutory_deadline(on("2026-05-22"), {30, period_unit::days}, roll_rule::none);
    REQUIRE(unrolled);
    CHECK_FALSE(unrolled->is_rolled());
    CHECK(to_string(unrolled->last) == "2026-06-21");
    CHECK_FALSE(statutory_deadline(on("999999999-12-30"), {1, period_unit::years}));
}

TEST_CASE("time/deadline: Act 150/1930 section 5, every deadline of 1900 to 2200 ends on a business day") {
    date start = on("1900-01-01");
    while (start.year() <= 2200) {
        const auto found = statutory_deadline(start, {30, period_unit::days});
        REQUIRE(found);
        REQUIRE(is_business_day(found->last));
        REQUIRE(found->last.to_days() - found->nominal.to_days() <= 5);
        REQUIRE(found->last.to_days() >= found->nominal.to_days());
        start = *start.plus_days(1);
    }
}

TEST_CASE("time/deadline: roll rules and periods have their texts") {
    CHECK(parse_roll_rule("150/1930") == roll_rule::act_150_1930);
    CHECK(parse_roll_rule("none") == roll_rule::none);
    CHECK_FALSE(parse_roll_rule("150/1931"));
    CHECK(name_of(roll_rule::act_150_1930) == "150/1930");
    CHECK(period_of(*parse_months_duration("P3M")) == period{3, period_unit::months});
    CHECK(*period_of(*parse_days_duration("-P14D")) == period{-14, period_unit::days});
    CHECK_FALSE(period_of(*parse_days_duration("PT36H")));
}

TEST_CASE("time/deadline: 434/2003 section 59, a letter is received on the 7th day after sending") {
    const auto june = receipt_of({notice_way::letter, on("2026-06-01"), {}});
    REQUIRE(june);
    CHECK(june->presumed);
    CHECK(june->day == on("2026-06-08"));
    CHECK(statutory_deadline(june->day, {14, period_unit::days})->last == on("2026-06-22"));
    CHECK(statutory_deadline(june->day, {30, period_unit::days})->last == on("2026-07-08"));

    // The presumption day itself is Christmas Day and is not rolled; only the last day of the time limit is.
    const auto december = receipt_of({notice_way::letter, on("2026-12-18"), {}});
    REQUIRE(december);
    CHECK(december->day == on("2026-12-25"));
    CHECK(statutory_deadline(december->day, {14, period_unit::days})->last == on("2027-01-08"));
    check_deadline("2026-12-25", {30, period_unit::days}, "2027-01-24", "2027-01-25");
}

TEST_CASE("time/deadline: 434/2003 section 59, a shown day replaces the presumption, and an authority needs one") {
    const auto shown = receipt_of({notice_way::letter, on("2026-06-01"), on("2026-06-11")});
    REQUIRE(shown);
    CHECK_FALSE(shown->presumed);
    CHECK(shown->day == on("2026-06-11"));
    CHECK_FALSE(receipt_of({notice_way::letter, on("2026-06-01"), on("2026-05-31")}));
    CHECK_FALSE(receipt_of({notice_way::letter_to_authority, on("2026-06-01"), {}}));
    CHECK(receipt_of({notice_way::letter_to_authority, on("2026-06-01"), on("2026-06-03")})->day == on("2026-06-03"));
}

TEST_CASE(
    "time/deadline: 13/2003 section 19, an ordinary electronic message is received on the 3rd day after sending") {
    const auto found = receipt_of({notice_way::electronic_message, on("2026-06-01"), {}});
    REQUIRE(found);
    CHECK(found->day == on("2026-06-04"));
    CHECK(statutory_deadline(found->day, {14, period_unit::days})->last == on("2026-06-18"));
}

TEST_CASE("time/deadline: 13/2003 section 18, a verifiable e-service counts when the document is fetched in 7 days") {
    CHECK(receipt_of({notice_way::verifiable_service, on("2026-06-01"), on("2026-06-08")})->day == on("2026-06-08"));
    CHECK_FALSE(receipt_of({notice_way::verifiable_service, on("2026-06-01"), on("2026-06-09")}));
    CHECK_FALSE(receipt_of({notice_way::verifiable_service, on("2026-06-01"), {}}));
}

TEST_CASE("time/deadline: 434/2003 section 60, a receipt counts by its date") {
    CHECK(receipt_of({notice_way::proof_of_receipt, on("2026-06-01"), on("2026-06-20")})->day == on("2026-06-20"));
    CHECK_FALSE(receipt_of({notice_way::proof_of_receipt, on("2026-06-01"), {}}));
}

TEST_CASE("time/deadline: 410/2015 section 140, a member of a municipality is informed 7 days after publication") {
    const auto found = receipt_of({notice_way::online_minutes, on("2026-06-01"), on("2026-06-02")});
    REQUIRE(found);
    CHECK(found->presumed);
    CHECK(found->day == on("2026-06-08"));
    CHECK_FALSE(receipt_of({notice_way::online_minutes, on("999999999-12-30"), {}}));
}

TEST_SUITE_END();
