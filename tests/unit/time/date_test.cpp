// SPDX-License-Identifier: Apache-2.0
#include <polku/time/date.hpp>
#include <polku/time/date_time.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>

using polku::time::date;
using polku::time::parse_date;
using polku::time::to_string;

TEST_SUITE_BEGIN("time/date");

TEST_CASE("time/date: texts of XML Schema are read and written back") {
    for (const char* text : {"2017-12-31", "-2017-12-31", "999999999-12-31", "-999999999-12-31", "0000-01-01",
                             "0999-02-28", "12345-06-07", "2000-02-29"}) {
        CAPTURE(text);
        const auto read = parse_date(text);
        REQUIRE(read);
        CHECK(to_string(*read) == text);
    }
}

TEST_CASE("time/date: texts that are no date are refused") {
    for (const char* text : {"",
                             "2017-13-10",
                             "2017-12-32",
                             "998-12-31",
                             "+2012-12-02",
                             "0000-12-25T",
                             "2017-1-01",
                             "2017-00-10",
                             "2017-02-29",
                             "1900-02-29",
                             "02017-01-01",
                             "9999999999-12-27",
                             "1000000000-01-01",
                             "2017-12-31Z",
                             " 2017-12-31",
                             "2017-12-31 ",
                             "2017/12/31",
                             "--2017-01-01",
                             "2017-12",
                             "-",
                             "2017-12-0a"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_date(text));
    }
}

TEST_CASE("time/date: ten bytes are read as the date of a date and time is") {
    constexpr unsigned seed = 20261122;
    CAPTURE(seed);
    std::mt19937_64 draw(seed);
    const auto below = [&draw](unsigned bound) { return static_cast<char>('0' + draw() % bound); };
    int good = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text = "2000-00-00";
        for (const std::size_t at : {0, 1, 2, 3, 6, 9}) text[at] = below(10);
        text[5] = below(2);
        text[8] = below(4);
        if (i % 4 == 0) text[draw() % text.size()] = "0-:/9T \xb2"[draw() % 8];
        CAPTURE(text);
        const auto read = parse_date(text);
        const auto whole = polku::time::parse_date_time(text + "T00:00:00", polku::time::builtin_zones());
        good += read ? 1 : 0;
        REQUIRE(read.has_value() == whole.has_value());
        if (read) CHECK(*read == whole->date);
    }
    CHECK(good > 2'000);
}

TEST_CASE("time/date: parts that are no date are refused") {
    CHECK_FALSE(date::from_parts(2017, 13, 31));
    CHECK_FALSE(date::from_parts(2017, 0, 1));
    CHECK_FALSE(date::from_parts(2017, 2, 29));
    CHECK_FALSE(date::from_parts(date::max_year + 1, 1, 1));
    CHECK_FALSE(date::from_parts(-date::max_year - 1, 12, 31));
    CHECK(date() == *date::from_parts(1970, 1, 1));
}

TEST_CASE("time/date: day numbers go there and back over the whole range") {
    std::mt19937_64 draw(20260201);
    std::uniform_int_distribution<std::int64_t> days(date::from_parts(-date::max_year, 1, 1)->to_days(),
                                                     date::from_parts(date::max_year, 12, 31)->to_days());
    for (int i = 0; i < 20000; ++i) {
        const std::int64_t each = days(draw);
        const auto made = date::from_days(each);
        REQUIRE(made);
        CHECK(made->to_days() == each);
        CHECK(*parse_date(to_string(*made)) == *made);
    }
    CHECK_FALSE(date::from_days(days.max() + 1));
    CHECK_FALSE(date::from_days(days.min() - 1));
    CHECK_FALSE(date::from_days(INT64_MAX));
    CHECK_FALSE(date().plus_days(INT64_MAX));
    CHECK_FALSE(date().plus_days(INT64_MIN));
}

TEST_CASE("time/date: the month-end rule keeps the day or takes the month's last") {
    const auto plus = [](const char* from, std::int64_t months) {
        return to_string(*parse_date(from)->plus_months(months));
    };
    CHECK(plus("2026-01-31", 1) == "2026-02-28");
    CHECK(plus("2024-01-31", 1) == "2024-02-29");
    CHECK(plus("2024-02-29", 12) == "2025-02-28");
    CHECK(plus("2026-03-31", -1) == "2026-02-28");
    CHECK(plus("2026-01-15", -13) == "2024-12-15");
    CHECK(plus("0001-01-31", -24) == "-0001-01-31");
    CHECK_FALSE(parse_date("999999999-12-01")->plus_months(1));
    CHECK_FALSE(date().plus_months(INT64_MAX));
    CHECK_FALSE(date().plus_months(INT64_MIN));
}

TEST_CASE("time/date: ISO weeks, week days and days of the year") {
    const auto week = [](const char* text) { return parse_date(text)->iso_week(); };
    CHECK(week("2019-09-17") == 38);
    CHECK(week("2003-12-29") == 1);
    CHECK(week("2004-01-04") == 1);
    CHECK(week("2005-01-01") == 53);
    CHECK(week("2005-01-03") == 1);
    CHECK(week("2005-01-09") == 1);
    CHECK(week("2020-12-31") == 53);
    CHECK(week("2021-01-03") == 53);
    CHECK(week("2026-01-01") == 1);
    CHECK(week("999999999-12-31") > 0);
    CHECK(parse_date("2018-12-10")->weekday() == polku::time::weekday::monday);
    CHECK(parse_date("-0001-01-01")->weekday() == parse_date("0399-01-01")->weekday());
    CHECK(parse_date("2024-12-31")->day_of_year() == 366);
    CHECK(parse_date("2019-09-17")->day_of_year() == 260);
}

TEST_SUITE_END();
