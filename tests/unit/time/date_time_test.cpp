// SPDX-License-Identifier: Apache-2.0
#include <polku/time/date_time.hpp>

#include <doctest/doctest.h>

using namespace polku::time;

namespace {

const zone_source& zones = builtin_zones();

clock_time clock_of(const char* text) {
    const auto read = parse_time(text, zones);
    REQUIRE_MESSAGE(read, text);
    return *read;
}
date_time moment_text(const char* text) {
    const auto read = parse_date_time(text, zones);
    REQUIRE_MESSAGE(read, text);
    return *read;
}

}  // namespace

TEST_SUITE_BEGIN("time/date_time");

TEST_CASE("time/date_time: times are read and written as FEEL's string() gives them") {
    const std::pair<const char*, const char*> texts[] = {{"01:02:03", "01:02:03"},
                                                         {"11:22:33.444", "11:22:33.444"},
                                                         {"11:22:33.123456789", "11:22:33.123456789"},
                                                         {"23:59:00Z", "23:59:00Z"},
                                                         {"13:20:00+02:00", "13:20:00+02:00"},
                                                         {"11:22:33-00:00", "11:22:33Z"},
                                                         {"10:30:00.0001+05:00:01", "10:30:00.0001+05:00:01"},
                                                         {"00:01:00@Etc/UTC", "00:01:00@Etc/UTC"},
                                                         {"24:00:00", "00:00:00"},
                                                         {"10:00:00.1000", "10:00:00.1"},
                                                         {"10:00:00.1234567899", "10:00:00.123456789"},
                                                         {"10:00:00-14:00", "10:00:00-14:00"},
                                                         {"10:00:00-00:00:01", "10:00:00-00:00:01"}};
    for (const auto& [text, normal] : texts) CHECK(to_string(clock_of(text)) == normal);
}

TEST_CASE("time/date_time: texts that are no time are refused") {
    for (const char* text : {"",
                             "23:59:60",
                             "24:01:00",
                             "24:00:00.1",
                             "25:00:00",
                             "00:60:00",
                             "00:00:61",
                             "7:00:00",
                             "07:01:2",
                             "13:20:00@xyz/abc",
                             "13:20:00+19:00",
                             "13:20:00-19:00",
                             "13:20:00+14:01",
                             "13:20:00+5:00",
                             "13:20:00+5",
                             "13:20:00+05:0",
                             "13:20:00+05:60",
                             "13:20:00+02:00@Europe/Paris",
                             "7:20",
                             "07:2",
                             "07:20",
                             "11:30:00T",
                             "2012T-12-2511:00:00Z",
                             "13:20:00.",
                             "13:20:00zz",
                             "13:20:00@",
                             "13:20:00 ",
                             "2012-12-24T10:10:10"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_time(text, zones));
    }
}

TEST_CASE("time/date_time: date-times are read and written") {
    const std::pair<const char*, const char*> texts[] = {
        {"2012-12-24", "2012-12-24T00:00:00"},
        {"-2017-12-31T11:22:33.456+01:35", "-2017-12-31T11:22:33.456+01:35"},
        {"2011-12-31T10:15:30.987@Europe/Paris", "2011-12-31T10:15:30.987@Europe/Paris"},
        {"999999999-12-31T23:59:59.999999999@Europe/Paris", "999999999-12-31T23:59:59.999999999@Europe/Paris"},
        {"2020-12-31T24:00:00", "2021-01-01T00:00:00"}};
    for (const auto& [text, normal] : texts) CHECK(to_string(moment_text(text)) == normal);
}

TEST_CASE("time/date_time: texts that are no date-time are refused") {
    for (const char* text :
         {"", "11:00:00", "2011-12-0310:15:30", "2011-12-03T10:15:30+01:00@Europe/Paris", "9999999999-12-27T11:22:33",
          "2017-13-10T11:22:33", "998-12-31T11:22:33", "+99999-12-01T11:22:33", "2017-12-31T24:01:00",
          "2017-12-31T7:00:00", "2017-12-31T13:20:00@xyz/abc", "2017-12-31T", "2017-12-31T13:20:00+5", "2017-12-31Z",
          "2017-12-31@Europe/Paris", "999999999-12-31T24:00:00"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_date_time(text, zones));
    }
}

TEST_CASE("time/date_time: moments take offset and zone into account") {
    CHECK(moment_of(moment_text("1970-01-01T00:00:00"), zones).seconds == 0);
    CHECK(moment_of(moment_text("1970-01-01T02:00:00+02:00"), zones).seconds == 0);
    CHECK(moment_of(moment_text("2026-06-01T12:00:00@Europe/Helsinki"), zones) ==
          moment_of(moment_text("2026-06-01T09:00:00Z"), zones));
    const moment before = moment_of(moment_text("1969-12-31T23:59:59.25Z"), zones);
    CHECK(before == moment{-1, 250'000'000});
    CHECK(to_string(at_zone(before, zone::utc(), zones)) == "1969-12-31T23:59:59.25Z");
    CHECK(to_string(at_zone({0, 0}, {zone::kind::named, 0, "Europe/Helsinki"}, zones)) ==
          "1970-01-01T02:00:00@Europe/Helsinki");
    CHECK(to_string(at_zone({INT64_MAX, 0}, {}, zones)) == "999999999-12-31T23:59:59.999999999");
    CHECK(to_string(at_zone({INT64_MIN, 0}, {}, zones)) == "-999999999-01-01T00:00:00");
    CHECK_FALSE(offset_of(clock_of("10:00:00"), date(), zones));
    CHECK(*offset_of(clock_of("10:00:00-05:00"), date(), zones) == -18000);
    CHECK(*offset_of(clock_of("10:00:00@Europe/Helsinki"), *parse_date("2026-07-01"), zones) == 10800);
}

TEST_CASE("time/date_time: adding a days duration carries the date and moves a named zone by elapsed time") {
    const auto plus_text = [](const char* from, days_duration by) {
        const auto moved = plus(moment_text(from), by, zones);
        REQUIRE(moved);
        return to_string(*moved);
    };
    CHECK(plus_text("2026-12-31T23:00:00", {7200, 0}) == "2027-01-01T01:00:00");
    CHECK(plus_text("2026-01-01T00:00:00", {0, -1}) == "2025-12-31T23:59:59.999999999");
    CHECK(plus_text("2026-03-28T12:00:00@Europe/Helsinki", {86400, 0}) == "2026-03-29T13:00:00@Europe/Helsinki");
    CHECK(plus_text("2026-03-28T12:00:00+02:00", {86400, 0}) == "2026-03-29T12:00:00+02:00");
    CHECK_FALSE(plus(moment_text("999999999-12-31T23:59:59"), days_duration{1, 0}, zones));
    CHECK_FALSE(plus(moment_text("2026-01-01"), days_duration{INT64_MAX, 999'999'999}, zones));
    CHECK_FALSE(plus(moment_text("1960-01-01"), days_duration{INT64_MIN, -999'999'999}, zones));
}

TEST_CASE("time/date_time: adding months keeps the clock and clamps the day") {
    CHECK(to_string(*plus(moment_text("2026-01-31T10:00:00Z"), months_duration{1})) == "2026-02-28T10:00:00Z");
    CHECK_FALSE(plus(moment_text("999999999-12-31T10:00:00Z"), months_duration{1}));
}

TEST_CASE("time/date_time: a time of day wraps at midnight") {
    CHECK(to_string(plus(clock_of("23:30:00"), days_duration{3600, 0})) == "00:30:00");
    CHECK(to_string(plus(clock_of("00:30:00+02:00"), days_duration{-3600, 0})) == "23:30:00+02:00");
    CHECK(to_string(plus(clock_of("10:15:00"), days_duration{INT64_MIN, 0})) == "18:44:52");
}

TEST_CASE("time/date_time: differences are elapsed time with one sign") {
    CHECK(to_string(between(moment_text("2015-12-24T00:00:01-01:00"), moment_text("2016-12-24T23:59:00-08:00"),
                            zones)) == "P367DT6H58M59S");
    const auto a = moment_text("2026-01-01T00:00:00.75Z");
    const auto b = moment_text("2026-01-01T00:00:02.25Z");
    CHECK(to_string(between(a, b, zones)) == "PT1.5S");
    CHECK(to_string(between(b, a, zones)) == "-PT1.5S");
}

TEST_CASE("time/date_time: whole months between dates round towards zero") {
    const auto months = [](const char* from, const char* to) {
        return months_between(*parse_date(from), *parse_date(to)).months;
    };
    CHECK(months("2015-12-24", "2016-12-24") == 12);
    CHECK(months("2015-12-24", "2016-12-23") == 11);
    CHECK(months("2016-12-23", "2015-12-24") == -11);
    CHECK(months("2026-01-31", "2026-02-28") == 0);
    CHECK(months("2026-02-28", "2026-01-31") == 0);
    CHECK(months("2026-01-15", "2026-01-15") == 0);
}

TEST_SUITE_END();
