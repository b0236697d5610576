// SPDX-License-Identifier: Apache-2.0
#include <polku/time/calendar.hpp>

#include <doctest/doctest.h>

using namespace polku::time;

namespace {

date on(const char* text) { return *parse_date(text); }

}  // namespace

TEST_SUITE_BEGIN("time/calendar");

TEST_CASE("time/calendar: moving holidays of 2025 to 2027") {
    struct {
        std::int64_t year;
        const char *easter, *good_friday, *easter_monday, *ascension, *pentecost, *midsummer, *all_saints;
    } const years[] = {
        {2025, "2025-04-20", "2025-04-18", "2025-04-21", "2025-05-29", "2025-06-08", "2025-06-21", "2025-11-01"},
        {2026, "2026-04-05", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-24", "2026-06-20", "2026-10-31"},
        {2027, "2027-03-28", "2027-03-26", "2027-03-29", "2027-05-06", "2027-05-16", "2027-06-26", "2027-11-06"},
    };
    for (const auto& each : years) {
        CAPTURE(each.year);
        CHECK(easter_sunday(each.year) == on(each.easter));
        CHECK(holiday_in(holiday::good_friday, each.year) == on(each.good_friday));
        CHECK(holiday_in(holiday::easter_monday, each.year) == on(each.easter_monday));
        CHECK(holiday_in(holiday::ascension_day, each.year) == on(each.ascension));
        CHECK(holiday_in(holiday::pentecost, each.year) == on(each.pentecost));
        CHECK(holiday_in(holiday::midsummer_day, each.year) == on(each.midsummer));
        CHECK(holiday_in(holiday::midsummer_eve, each.year) == on(each.midsummer).plus_days(-1));
        CHECK(holiday_in(holiday::all_saints_day, each.year) == on(each.all_saints));
    }
}

TEST_CASE("time/calendar: Easter is a Sunday of 22 March to 25 April in 1900 to 2200") {
    // The oracle is the older table method: the Sunday after the ecclesiastical full moon.
    for (std::int64_t year = 1900; year <= 2200; ++year) {
        CAPTURE(year);
        const date easter = easter_sunday(year);
        CHECK(easter.weekday() == weekday::sunday);
        const std::int64_t golden = year % 19 + 1;
        const std::int64_t century = year / 100 + 1;
        const std::int64_t solar = 3 * century / 4 - 12;
        const std::int64_t lunar = (8 * century + 5) / 25 - 5;
        std::int64_t epact = (11 * golden + 20 + lunar - solar) % 30;
        if (epact == 24 || (epact == 25 && golden > 11)) ++epact;
        const std::int64_t full_moon = 44 - epact < 21 ? 74 - epact : 44 - epact;
        const date moon = *date::from_parts(year, 3, 1)->plus_days(full_moon - 1);
        date sunday = *moon.plus_days(1);
        while (sunday.weekday() != weekday::sunday) sunday = *sunday.plus_days(1);
        CHECK(easter == sunday);
        CHECK(easter >= *date::from_parts(year, 3, 22));
        CHECK(easter <= *date::from_parts(year, 4, 25));
    }
    CHECK(easter_sunday(1943) == on("1943-04-25"));
    CHECK(easter_sunday(2008) == on("2008-03-23"));
    CHECK(easter_sunday(2038) == on("2038-04-25"));
    CHECK(easter_sunday(-date::max_year).weekday() == weekday::sunday);
}

TEST_CASE("time/calendar: each year has fifteen named days in order") {
    for (const std::int64_t year : {1900, 2008, 2026, 2200}) {
        const auto days = holidays_of(year);
        REQUIRE(days.size() == holiday_count);
        for (std::size_t i = 1; i < days.size(); ++i) CHECK(days[i - 1].day <= days[i].day);
    }
    CHECK(holidays_of(date::max_year + 1).empty());
    CHECK(holiday_of(on("2026-12-24")) == holiday::christmas_eve);
    CHECK(holiday_of(on("2026-06-19")) == holiday::midsummer_eve);
    CHECK(holiday_of(on("2008-05-01")) == holiday::may_day);
    CHECK_FALSE(holiday_of(on("2026-06-18")));
    CHECK(names_of(holiday::midsummer_eve).fi == "juhannusaatto");
    CHECK(names_of(holiday::second_christmas_day).sv == "annandag jul");
}

TEST_CASE("time/calendar: business days leave out week-ends, holidays and the two eves") {
    CHECK(is_business_day(on("2026-06-18")));
    for (const char* day : {"2026-06-19", "2026-06-20", "2026-06-21", "2026-05-01", "2026-05-14", "2026-04-03",
                            "2026-04-06", "2026-12-24", "2026-12-25", "2026-01-01", "2026-01-06", "2027-12-06"}) {
        CAPTURE(day);
        CHECK_FALSE(is_business_day(on(day)));
    }
    CHECK(business_day_from(on("2026-12-24")) == on("2026-12-28"));
    CHECK(business_day_from(on("2026-12-23")) == on("2026-12-23"));
    CHECK(plus_business_days(on("2026-12-23"), 1) == on("2026-12-28"));
    CHECK(plus_business_days(on("2026-12-28"), -1) == on("2026-12-23"));
    CHECK(plus_business_days(on("2026-12-24"), 0) == on("2026-12-24"));
    CHECK(plus_business_days(on("2026-11-02"), 5) == on("2026-11-09"));
    CHECK_FALSE(plus_business_days(on("2026-11-02"), INT64_MAX));
    CHECK_FALSE(plus_business_days(on("2026-11-02"), INT64_MIN));
    CHECK_FALSE(plus_business_days(on("999999999-12-30"), 5));
}

TEST_SUITE_END();
