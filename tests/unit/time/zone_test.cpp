// SPDX-License-Identifier: Apache-2.0
#include <polku/time/zone.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <string>

using polku::time::builtin_zones;

namespace {

std::int64_t days_of(const char* text) { return polku::time::parse_date(text)->to_days(); }

int local_offset(const char* zone, const char* day, int hour, int minute = 0) {
    std::int32_t offset = -1;
    REQUIRE(builtin_zones().offset_at_local(zone, days_of(day), (hour * 60 + minute) * 60, offset));
    return offset;
}

}  // namespace

TEST_SUITE_BEGIN("time/zone");

TEST_CASE("time/zone: offsets agree with the table that Python's zoneinfo made") {
    std::ifstream table(POLKU_SOURCE_DIR "/tests/tables/time/zone_offsets.csv");
    std::string line;
    REQUIRE(std::getline(table, line));
    int rows = 0;
    while (std::getline(table, line)) {
        CAPTURE(line);
        const std::size_t one = line.find(';');
        const std::size_t two = line.find(';', one + 1);
        const std::size_t three = line.find(';', two + 1);
        const std::string zone = line.substr(one + 1, two - one - 1);
        const std::int64_t seconds = std::stoll(line.substr(two + 1, three - two - 1));
        std::int32_t offset = -1;
        if (line.substr(0, one) == "utc") {
            REQUIRE(builtin_zones().offset_at_utc(zone, seconds, offset));
        } else {
            const std::int64_t in_day = (seconds % 86400 + 86400) % 86400;
            REQUIRE(builtin_zones().offset_at_local(zone, (seconds - in_day) / 86400, static_cast<std::int32_t>(in_day),
                                                    offset));
        }
        CHECK(offset == std::stol(line.substr(three + 1)));
        ++rows;
    }
    CHECK(rows >= 2000);
}

TEST_CASE("time/zone: a gap keeps the offset before it, an overlap takes the first") {
    CHECK(local_offset("Europe/Helsinki", "2026-03-29", 2, 59) == 7200);
    CHECK(local_offset("Europe/Helsinki", "2026-03-29", 3, 30) == 7200);
    CHECK(local_offset("Europe/Helsinki", "2026-03-29", 4) == 10800);
    CHECK(local_offset("Europe/Helsinki", "2026-10-25", 3, 30) == 10800);
    CHECK(local_offset("Europe/Helsinki", "2026-10-25", 4) == 7200);
    CHECK(local_offset("Australia/Melbourne", "2021-01-01", 10) == 39600);
    CHECK(local_offset("Australia/Melbourne", "2021-07-01", 10) == 36000);
}

TEST_CASE("time/zone: rules go on for nine-digit years") {
    CHECK(local_offset("Europe/Helsinki", "999999999-07-01", 12) == 10800);
    CHECK(local_offset("Europe/Helsinki", "999999999-12-31", 23) == 7200);
    CHECK(local_offset("Europe/Helsinki", "-999999999-01-01", 0) == 5989);
    std::int32_t offset = 0;
    CHECK(builtin_zones().offset_at_utc("Europe/Helsinki", INT64_MAX, offset));
    CHECK(builtin_zones().offset_at_local("Europe/Helsinki", INT64_MIN, 0, offset));
}

TEST_CASE("time/zone: names are known exactly as the database spells them") {
    for (const char* name : {"Europe/Helsinki", "Etc/UTC", "Etc/GMT", "UTC", "GMT", "EET", "US/Pacific", "Asia/Dhaka",
                             "America/Argentina/Buenos_Aires", "Africa/Abidjan", "Zulu"}) {
        CAPTURE(name);
        CHECK(builtin_zones().knows(name));
    }
    for (const char* name : {"", "xyz/abc", "europe/helsinki", "Europe", "Europe/Helsink", "Europe/Helsinki ",
                             "zone.tab", "posix/Europe/Helsinki", "Z"}) {
        CAPTURE(name);
        CHECK_FALSE(builtin_zones().knows(name));
        std::int32_t offset = 42;
        CHECK_FALSE(builtin_zones().offset_at_utc(name, 0, offset));
        CHECK(offset == 42);
    }
    CHECK(builtin_zones().version().size() >= 5);
}

TEST_SUITE_END();
