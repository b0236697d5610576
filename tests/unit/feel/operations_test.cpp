// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/operations.hpp>

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <vector>

using namespace polku;
using namespace polku::feel;

namespace {

// A value from the text of an at-literal, a number or a quoted string.
value read(std::string_view text) {
    if (const auto made = number::parse(text)) return *made;
    if (const auto made = time::parse_date(text)) return *made;
    if (const auto made = time::parse_time(text, time::builtin_zones())) return *made;
    if (const auto made = time::parse_date_time(text, time::builtin_zones())) return *made;
    if (const auto made = time::parse_months_duration(text)) return *made;
    if (const auto made = time::parse_days_duration(text)) return *made;
    if (text == "null") return {};
    if (text == "true" || text == "false") return text == "true";
    return value(text);
}

std::string evaluated(const value& left, char sign, const value& right) {
    evaluation_context with;
    switch (sign) {
        case '+': return to_string(add(left, right, with));
        case '-': return to_string(subtract(left, right, with));
        case '*': return to_string(multiply(left, right, with));
        case '/': return to_string(divide(left, right, with));
        case '^': return to_string(power(left, right, with));
        case '=': return to_string(equal(left, right, with));
        case '<': return to_string(less(left, right, with));
        default: return to_string(less_or_equal(left, right, with));
    }
}

struct row {
    const char* left;
    char sign;
    const char* right;
    const char* expected;
};

void check_rows(const std::vector<row>& rows) {
    for (const row& each : rows)
        CHECK_MESSAGE(evaluated(read(each.left), each.sign, read(each.right)) == each.expected,
                      each.left << ' ' << each.sign << ' ' << each.right);
}

}  // namespace

TEST_CASE("feel/operations: equality is three-valued between kinds and by value within one") {
    check_rows({{"null", '=', "null", "true"},
                {"0", '=', "null", "false"},
                {"0", '=', "0.00", "true"},
                {"100", '=', "foo", "null"},
                {"false", '=', "0", "null"},
                {"true", '=', "false", "false"},
                {"foo", '=', "Foo", "false"},
                {"10:30:00.0001", '=', "10:30:00.0002", "true"},
                {"10:31:00", '=', "10:30:00", "false"},
                {"10:30:00Z", '=', "10:30:00+00:00", "true"},
                {"10:30:00", '=', "10:30:00Z", "false"},
                {"2018-12-08T00:00:00@Europe/Paris", '=', "2018-12-08T00:00:00@Asia/Dhaka", "false"},
                {"2018-10-08T00:00:00+02:00", '=', "2018-10-08T00:00:00@Europe/Paris", "true"},
                {"2018-02-08T00:00:00+01:00", '=', "2018-02-08T00:00:00@Europe/Paris", "true"},
                {"2002-04-02T12:00:00@Australia/Melbourne", '=', "2002-04-02T12:00:00@Australia/Sydney", "true"},
                {"2002-04-02T23:00:00-04:00", '=', "2002-04-03T02:00:00-01:00", "true"},
                {"2002-04-02T23:00:00", '=', "2002-04-02T23:00:00Z", "false"},
                {"P1D", '=', "PT24H", "true"},
                {"P1Y", '=', "P12M", "true"},
                {"P1Y", '=', "P365D", "null"},
                {"2018-12-08", '=', "2018-12-08T00:00:00", "null"}});
}

TEST_CASE("feel/operations: containers are equal when all parts are") {
    const evaluation_context with;
    const value first = std::vector<value>{1, context{{"a", std::vector<value>{3, 4}}}};
    const value same = std::vector<value>{1, context{{"a", std::vector<value>{3, *number::parse("4.0")}}}};
    const value other = std::vector<value>{1, context{{"a", std::vector<value>{4, 3}}}};
    CHECK(equal(first, same, with).is_true());
    CHECK(equal(first, other, with).is_false());
    CHECK(equal(value(std::vector<value>{}), value(), with).is_false());
    CHECK(equal(value(std::vector<value>{}), value(0), with).reason() == null_reason::not_comparable);
    CHECK(equal(value(std::vector<value>{1}), value(std::vector<value>{"1"}), with).is_false());
    const value below = range::comparison(range::form::less, 10);
    CHECK(equal(below, value(range{{}, 10, false, false, {}}), with).is_false());
    CHECK(equal(below, value(range::comparison(range::form::less, 10)), with).is_true());
}

TEST_CASE("feel/operations: order exists within numbers, strings and temporal kinds") {
    check_rows({{"1", '<', "2", "true"},
                {"2", 'L', "2.0", "true"},
                {"a", '<', "b", "true"},
                {"\xc3\xa4", '<', "z", "false"},
                {"2018-12-01", '<', "2018-12-02", "true"},
                {"10:30:00", 'L', "10:30:00", "true"},
                {"10:30:00+02:00", '<', "10:30:00Z", "true"},
                {"10:30:00", '<', "10:30:00Z", "null"},
                {"P1M", '<', "P1Y", "true"},
                {"P1D", '<', "P1Y", "null"},
                {"true", '<', "false", "null"},
                {"1", '<', "null", "null"},
                {"null", 'L', "null", "null"}});
}

TEST_CASE("feel/operations: arithmetic of table 55") {
    check_rows({{"10", '+', "5", "15"},
                {"foo", '+', "bar", "foobar"},
                {"2021-01-31", '+', "P1M", "2021-02-28"},
                {"P1Y", '+', "2021-01-01T10:10:10", "2022-01-01T10:10:10"},
                {"2021-01-01", '+', "PT36H", "2021-01-02"},
                {"2021-01-02", '-', "PT1S", "2021-01-01"},
                {"2021-01-02", '-', "-PT1S", "2021-01-02"},
                {"2021-01-02", '-', "PT0.5S", "2021-01-01"},
                {"2021-01-02", '-', "PT25H", "2020-12-31"},
                {"10:15:00", '+', "P1D", "10:15:00"},
                {"10:15:00@Australia/Melbourne", '-', "PT1H", "09:15:00@Australia/Melbourne"},
                {"2021-01-01T24:00:00", '-', "PT1S", "2021-01-01T23:59:59"},
                {"P1Y", '+', "-P2M", "P10M"},
                {"PT0.4S", '-', "PT1S", "-PT0.6S"},
                {"2021-01-02", '-', "1995-01-01", "P9498D"},
                {"2021-01-02T10:10:10@Europe/Paris", '-', "2021-01-01T10:10:10@Asia/Dhaka", "P1DT5H"},
                {"2021-01-02T10:10:10@Europe/Paris", '-', "2021-01-01", "P1DT9H10M10S"},
                {"2021-01-02", '-', "2021-01-01T10:10:10+11:00", "P1DT49M50S"},
                {"2021-01-02T10:10:10", '-', "2021-01-01T10:10:10Z", "null"},
                {"2021-01-02T10:10:10", '-', "2021-01-01", "null"},
                {"10:15:00", '-', "10:16:00", "-PT1M"},
                {"10:15:00Z", '-', "10:15:00+01:00", "PT1H"},
                {"2.5", '*', "PT23H", "P2DT9H30M"},
                {"P1Y11M", '*', "-2.5", "-P4Y9M"},
                {"P10Y11M", '/', "-2.5", "-P4Y4M"},
                {"P10DT23H", '/', "2.5", "P4DT9H12M"},
                {"P1D", '/', "PT8H", "3"},
                {"P10Y", '/', "P5Y", "2"},
                {"2", '^', "10", "1024"}});
}

TEST_CASE("feel/operations: arithmetic on other operands is null") {
    check_rows({{"1", '+', "foo", "null"},
                {"2021-01-01", '+', "2021-01-01", "null"},
                {"P1Y", '+', "P1D", "null"},
                {"10:00:00", '+', "P1M", "null"},
                {"P1D", '-', "2021-01-01", "null"},
                {"foo", '-', "foo", "null"},
                {"P1D", '*', "P1D", "null"},
                {"1", '/', "P1D", "null"},
                {"P1D", '/', "P1M", "null"},
                {"foo", '*', "2", "null"},
                {"P1D", '^', "2", "null"},
                {"1", '+', "null", "null"}});
    evaluation_context with;
    CHECK(divide(1, 0, with).reason() == null_reason::division_by_zero);
    CHECK(divide(read("P1D"), 0, with).reason() == null_reason::division_by_zero);
    CHECK(power(0, -1, with).reason() == null_reason::division_by_zero);
    CHECK(power(-1, read("0.5"), with).reason() == null_reason::invalid_argument);
    CHECK(multiply(read("9E6144"), 10, with).reason() == null_reason::out_of_range);
    CHECK(add(read("999999999-12-31"), read("P1D"), with).reason() == null_reason::out_of_range);
    CHECK(multiply(read("P1Y"), read("1E30"), with).reason() == null_reason::out_of_range);
    CHECK(add(value(null_reason::unknown_input), 1, with).reason() == null_reason::unknown_input);
}

TEST_CASE("feel/operations: joining strings stops at the limit on text") {
    evaluation_context with;
    limits small;
    small.text_bytes = 5;
    with.set_limits(small);
    CHECK(to_string(add("abc", "de", with)) == "abcde");
    CHECK_FALSE(with.faulted());
    CHECK(add("abc", "def", with).is_null());
    REQUIRE(with.faulted());
    CHECK(with.fault()->code() == error_code::limit_length);
}

TEST_CASE("feel/operations: negation takes numbers and durations") {
    CHECK(negate(10) == value(-10));
    CHECK(to_string(negate(read("P1Y"))) == "-P1Y");
    CHECK(to_string(negate(read("-PT1.5S"))) == "PT1.5S");
    CHECK(negate("10").is_null());
    CHECK(negate(time::months_duration{INT64_MIN}).reason() == null_reason::out_of_range);
}

TEST_CASE("feel/operations: logic is three-valued, and a non-boolean counts as null") {
    CHECK(logical_and(true, true).is_true());
    CHECK(logical_and(false, value()).is_false());
    CHECK(logical_and("x", false).is_false());
    CHECK(logical_and(true, value()).is_null());
    CHECK(logical_or(value(), true).is_true());
    CHECK(logical_or(false, 1).is_null());
    CHECK(logical_or(false, false).is_false());
    CHECK(logical_not(false).is_true());
    CHECK(logical_not(0).is_null());
}

TEST_CASE("feel/operations: membership in a range looks at ends and openness, and is null with an unknown end") {
    const evaluation_context with;
    const range closed{1, 10, true, true, {}};
    const range open{1, 10, false, false, {}};
    CHECK(in_range(1, closed, with).is_true());
    CHECK(in_range(10, closed, with).is_true());
    CHECK(in_range(1, open, with).is_false());
    CHECK(in_range(11, closed, with).is_false());
    CHECK(in_range("a", closed, with).is_null());
    CHECK(in_range(value(), closed, with).is_null());
    CHECK(in_range(5, range{{}, 10, false, true, {}}, with).is_null());
    CHECK(in_range(0, range{1, {}, true, false, {}}, with).is_null());
    using form = range::form;
    CHECK(in_range(5, range::comparison(form::less, 10), with).is_true());
    CHECK(in_range(10, range::comparison(form::less, 10), with).is_false());
    CHECK(in_range(10, range::comparison(form::less_or_equal, 10), with).is_true());
    CHECK(in_range(10, range::comparison(form::greater, 10), with).is_false());
    CHECK(in_range(10, range::comparison(form::greater_or_equal, 10), with).is_true());
    CHECK(in_range(true, range::comparison(form::equal, true), with).is_true());
    CHECK(in_range(true, range::comparison(form::not_equal, true), with).is_false());
}

TEST_CASE("feel/operations: properties of contexts, ranges, temporal values and lists of them") {
    const evaluation_context with;
    const auto property = [&with](const char* of, const char* name) { return to_string(member(read(of), name, with)); };
    CHECK(property("2018-12-10", "weekday") == "1");
    CHECK(property("2018-12-10T10:30:01", "hour") == "10");
    CHECK(property("2018-12-10T10:30:00+05:00", "time offset") == "PT5H");
    CHECK(property("2018-07-10T10:30:00@Europe/Helsinki", "time offset") == "PT3H");
    CHECK(property("2018-12-10T10:30:00@Etc/UTC", "timezone") == "Etc/UTC");
    CHECK(property("2018-12-10T10:30:00", "time offset") == "null");
    CHECK(property("P1Y2M", "years") == "1");
    CHECK(property("P1Y", "months") == "0");
    CHECK(property("P1Y", "days") == "null");
    CHECK(property("-P1DT2H", "hours") == "-2");
    CHECK(property("PT2M3S", "seconds") == "3");
    CHECK(member(value(context{{"a", 1}}), "a", with) == value(1));
    CHECK(member(value(context{{"a", 1}}), "b", with).reason() == null_reason::no_such_entry);
    const value at_least = range::comparison(range::form::greater_or_equal, 10);
    CHECK(member(at_least, "start included", with).is_true());
    CHECK(member(at_least, "end", with).is_null());
    CHECK(member(at_least, "end included", with).is_false());
    const value list = std::vector<value>{context{{"a", 1}}, context{{"a", 2}}};
    CHECK(member(list, "a", with) == value(std::vector<value>{1, 2}));
    CHECK(member(1, "a", with).is_null());
    CHECK(member(value(null_reason::unknown_input), "a", with).reason() == null_reason::unknown_input);
}

TEST_CASE("feel/operations: algebra holds for random durations, dates and numbers") {
    constexpr std::uint64_t seed = 20261121;
    INFO("seed ", seed);
    std::mt19937_64 source(seed);
    evaluation_context with;
    const auto pick = [&source](std::int64_t from, std::int64_t to) {
        return from + static_cast<std::int64_t>(source() % static_cast<std::uint64_t>(to - from + 1));
    };
    const auto duration = [&pick] {
        const std::int64_t seconds = pick(-10'000'000'000, 10'000'000'000);
        const auto nanoseconds = static_cast<std::int32_t>(pick(0, 3) == 0 ? pick(0, 999'999'999) : 0);
        return value(time::days_duration{seconds, seconds < 0 ? -nanoseconds : nanoseconds});
    };
    for (int i = 0; i < 5000; ++i) {
        const value a = duration();
        const value b = duration();
        const value c = duration();
        REQUIRE(add(a, b, with) == add(b, a, with));
        REQUIRE(add(add(a, b, with), c, with) == add(a, add(b, c, with), with));
        REQUIRE(subtract(add(a, b, with), b, with) == a);
        REQUIRE(add(a, negate(a), with) == value(time::days_duration{}));
        REQUIRE(multiply(a, 2, with) == add(a, a, with));
        REQUIRE(divide(multiply(a, 7, with), 7, with) == a);
        const value day = *time::date::from_days(pick(-1'000'000, 1'000'000));
        const value whole_days = time::days_duration{pick(-100'000, 100'000) * 86'400, 0};
        REQUIRE(subtract(add(day, whole_days, with), day, with) == whole_days);
        const value x = number::from_scaled(pick(-1'000'000'000'000, 1'000'000'000'000), static_cast<int>(pick(0, 6)));
        const value y = number::from_scaled(pick(-1'000'000'000'000, 1'000'000'000'000), static_cast<int>(pick(0, 6)));
        REQUIRE(subtract(add(x, y, with), y, with) == x);
        if (!y.as_number().is_zero()) REQUIRE(divide(multiply(x, y, with), y, with) == x);
        bool comparable = false;
        REQUIRE(compare(x, y, with, comparable) == -compare(y, x, with, comparable));
        REQUIRE(comparable);
    }
}
