// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/function.hpp>
#include <polku/feel/value.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

using namespace polku;
using namespace polku::feel;

namespace {

value nested_list(std::size_t depth) {
    value out = std::vector<value>{1};
    for (std::size_t i = 0; i < depth; ++i) out = value(std::vector<value>{std::move(out)});
    return out;
}

value nested_context(std::size_t depth) {
    value out = 1;
    for (std::size_t i = 0; i < depth; ++i) out = value(context{{"a", std::move(out)}});
    return out;
}

class echo final : public function {
public:
    std::span<const parameter> parameters() const noexcept override { return parameters_; }
    value call(evaluation_context&, std::span<const value> arguments) const override {
        return std::vector<value>(arguments.begin(), arguments.end());
    }

private:
    std::vector<parameter> parameters_ = {{"first", {}}, {"second one", {}}};
};

}  // namespace

TEST_CASE("feel/value: a value has the kind and content that it was made of") {
    CHECK(value().is_null());
    CHECK(value(null_reason::division_by_zero).reason() == null_reason::division_by_zero);
    CHECK(value(true).is_true());
    CHECK(value(false).is_false());
    CHECK_FALSE(value(1).is_true());
    CHECK(value(12).as_number() == number(12));
    CHECK(value("text").as_string() == "text");
    CHECK(value(*time::date::from_parts(2026, 2, 28)).as_date().day() == 28);
    CHECK(value(time::clock_time{5, {}}).as_time().nanoseconds == 5);
    CHECK(value(time::clock_time{5, time::zone::utc()}).as_time().zone == time::zone::utc());
    CHECK(value(time::months_duration{14}).as_months_duration().months == 14);
    CHECK(value(time::days_duration{-1, -5}).as_days_duration().nanoseconds == -5);
    const value list = std::vector<value>{1, "a", value()};
    CHECK(list.as_list().size() == 3);
    const value range_value = range{1, 10, true, false, {}};
    CHECK(range_value.as_range().high == value(10));
}

TEST_CASE("feel/value: numbers past 64 bits keep their 34 digits in a cell") {
    const number big = *number::parse("1234567890123456789012345678.901234");
    value held = big;
    CHECK(held.as_number() == big);
    const value copy = held;
    held = 1;
    CHECK(copy.as_number() == big);
    CHECK(copy != held);
}

TEST_CASE("feel/value: copies share and moves leave null behind") {
    value first = "shared";
    value second = first;
    CHECK(first.as_string().data() == second.as_string().data());
    const value third = std::move(first);
    CHECK(first.is_null());
    CHECK(third == second);
    value& itself = second;
    second = itself;
    CHECK(second.as_string() == "shared");
    second = std::move(itself);
    CHECK(second.as_string() == "shared");
}

TEST_CASE("feel/value: identity of structure ignores scale, order of entries and reasons of null") {
    CHECK(value(*number::parse("1.0")) == value(1));
    CHECK(value(null_reason::out_of_range) == value());
    CHECK(value(context{{"a", 1}, {"b", 2}}) == value(context{{"b", 2}, {"a", 1}}));
    CHECK(value(context{{"a", 1}}) != value(context{{"a", 1}, {"b", 2}}));
    CHECK(value(context{{"a", 1}}) != value(context{{"b", 1}}));
    CHECK(value(std::vector<value>{1, 2}) != value(std::vector<value>{2, 1}));
    CHECK(value(1) != value("1"));
    CHECK(value(range{1, 2, true, true, {}}) != value(range{1, 2, true, false, {}}));
    CHECK(value(range::comparison(range::form::less, 10)) != value(range{{}, 10, false, false, {}}));
}

TEST_CASE("feel/value: a context replaces an entry in its place") {
    context made{{"a", 1}, {"b", 2}};
    made.set("a", 3).set("c", 4);
    CHECK(made.size() == 3);
    CHECK(made[0].value == value(3));
    REQUIRE(made.find("c") != nullptr);
    CHECK(made.find("d") == nullptr);
}

TEST_CASE("feel/value: nesting of any depth is compared, written and freed without recursion") {
    constexpr std::size_t depth = 200'000;
    const value list = nested_list(depth);
    const value same = nested_list(depth);
    CHECK(list == same);
    CHECK(list != nested_list(depth - 1));
    CHECK(to_string(list).size() == 2 * (depth + 1) + 1);
    const value entries = nested_context(depth);
    CHECK(entries == nested_context(depth));
    value ranges = 1;
    for (std::size_t i = 0; i < depth; ++i) ranges = value(range{std::move(ranges), value(), true, true, {}});
    CHECK(ranges.is(kind::range));
}

TEST_CASE("feel/value: text is that of string(), with literals inside containers") {
    CHECK(to_string(value(*number::parse("123.450"))) == "123.45");
    CHECK(to_string(value(true)) == "true");
    CHECK(to_string(value()) == "null");
    CHECK(to_string(value("foo")) == "foo");
    CHECK(to_string(value(std::vector<value>{1, 2, std::vector<value>{3, "foo"}})) == "[1, 2, [3, \"foo\"]]");
    CHECK(to_string(value(std::vector<value>{"\"foo\"\n\\"})) == "[\"\\\"foo\\\"\\n\\\\\"]");
    CHECK(to_string(value(std::vector<value>{})) == "[]");
    CHECK(to_string(value(context{})) == "{}");
    CHECK(to_string(value(context{{"a", "foo"}, {"two words", value()}})) == "{a: \"foo\", two words: null}");
    for (const char* const key : {"{", ":", ",", "}", "", "1a", "a "})
        CHECK(to_string(value(context{{key, "foo"}})) == "{\"" + std::string(key) + "\": \"foo\"}");
    CHECK(to_string(value(context{{"\"", "foo"}})) == "{\"\\\"\": \"foo\"}");
    const value day = *time::date::from_parts(1970, 1, 2);
    CHECK(to_string(value(range{day, "b", true, false, {}})) == "[@\"1970-01-02\"..\"b\")");
    CHECK(to_string(value(range::comparison(range::form::greater_or_equal, 5))) == ">= 5");
    CHECK(to_string(value(range::comparison(range::form::not_equal, 5))) == "!= 5");
}

TEST_CASE("feel/value: every kind and reason has a name") {
    for (int i = 0; i <= static_cast<int>(kind::function); ++i) CHECK(name_of(static_cast<kind>(i)) != "unknown");
    for (int i = 0; i <= static_cast<int>(null_reason::no_logic); ++i)
        CHECK(text_of(static_cast<null_reason>(i)) != "unknown reason");
}

TEST_CASE("feel/value: threads share one value") {
    const value shared = context{{"items", std::vector<value>{1, "two", *number::parse("1E-6000")}}};
    std::atomic<int> equal_copies = 0;
    std::vector<std::thread> workers;
    for (int worker = 0; worker < 4; ++worker)
        workers.emplace_back([&shared, &equal_copies] {
            for (int i = 0; i < 2000; ++i) {
                const value copy = shared;
                const value item = copy.as_context()[0].value.as_list()[1];
                if (item.as_string() == "two") ++equal_copies;
            }
        });
    for (std::thread& each : workers) each.join();
    CHECK(equal_copies == 8000);
}

TEST_CASE("feel/function: named arguments are put in the order of the parameters") {
    const value callee(new echo);
    evaluation_context with;
    const std::vector<std::string> names = {"second one", "first"};
    const std::vector<value> arguments = {2, 1};
    CHECK(callee.as_function().call_named(with, names, arguments) == value(std::vector<value>{1, 2}));
    const std::vector<std::string> wrong = {"second one", "third"};
    CHECK(callee.as_function().call_named(with, wrong, arguments).reason() == null_reason::wrong_arguments);
    const std::vector<std::string> twice = {"first", "first"};
    CHECK(callee.as_function().call_named(with, twice, arguments).reason() == null_reason::wrong_arguments);
    const std::vector<std::string> one = {"first"};
    CHECK(callee.as_function().call_named(with, one, arguments).reason() == null_reason::wrong_arguments);
}
