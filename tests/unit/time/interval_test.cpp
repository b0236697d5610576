// SPDX-License-Identifier: Apache-2.0
#include <polku/time/interval.hpp>

#include <doctest/doctest.h>

using polku::time::date;
using polku::time::date_interval;
using polku::time::parse_date;

namespace {

date on(const char* text) { return *parse_date(text); }
date_interval span(const char* from, const char* to) { return *date_interval::between(on(from), on(to)); }

}  // namespace

TEST_SUITE_BEGIN("time/interval");

TEST_CASE("time/interval: the first day is inside and the end is not") {
    const date_interval year = span("2025-01-01", "2026-01-01");
    CHECK_FALSE(year.contains(on("2024-12-31")));
    CHECK(year.contains(on("2025-01-01")));
    CHECK(year.contains(on("2025-12-31")));
    CHECK_FALSE(year.contains(on("2026-01-01")));
    CHECK(*year.length() == 365);
    CHECK(*date_interval::inclusive(on("2025-01-01"), on("2025-12-31")) == year);
}

TEST_CASE("time/interval: an interval without a day cannot be made") {
    CHECK_FALSE(date_interval::between(on("2025-01-01"), on("2025-01-01")));
    CHECK_FALSE(date_interval::between(on("2025-01-02"), on("2025-01-01")));
    CHECK_FALSE(date_interval::inclusive(on("2025-01-02"), on("2025-01-01")));
    CHECK_FALSE(date_interval::inclusive(on("2025-01-02"), on("999999999-12-31")));
}

TEST_CASE("time/interval: an open end goes on for ever") {
    const date_interval open(on("2025-01-01"));
    CHECK(open.is_open());
    CHECK(open.contains(on("999999999-12-31")));
    CHECK_FALSE(open.contains(on("2024-12-31")));
    CHECK_FALSE(open.length());
    CHECK(open.contains(span("2025-01-01", "2025-01-02")));
    CHECK_FALSE(span("2025-01-01", "2025-01-02").contains(open));
    CHECK_FALSE(open.meets(open));
}

TEST_CASE("time/interval: neighbours meet and do not overlap") {
    const date_interval first = span("2025-01-01", "2025-07-01");
    const date_interval second = span("2025-07-01", "2026-01-01");
    CHECK(first.meets(second));
    CHECK_FALSE(second.meets(first));
    CHECK_FALSE(first.overlaps(second));
    CHECK_FALSE(first.intersection(second));
    CHECK(first.overlaps(span("2025-06-30", "2025-12-01")));
}

TEST_CASE("time/interval: the intersection has the days that both have") {
    const date_interval open(on("2025-03-01"));
    CHECK(*span("2025-01-01", "2025-07-01").intersection(open) == span("2025-03-01", "2025-07-01"));
    CHECK(*open.intersection(span("2025-01-01", "2025-07-01")) == span("2025-03-01", "2025-07-01"));
    CHECK(open.intersection(date_interval(on("2026-01-01")))->is_open());
    CHECK_FALSE(span("2025-01-01", "2025-02-01").intersection(open));
}

TEST_SUITE_END();
