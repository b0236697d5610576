// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/function.hpp>
#include <polku/feel/value.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <string>
#include <thread>
#include <utility>
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
    const std::string_view told = "a text too long to lie inside";
    value first = told;
    value second = first;
    CHECK(first.as_string().data() == second.as_string().data());
    const value third = std::move(first);
    CHECK(first.is_null());
    CHECK(third == second);
    value& itself = second;
    second = itself;
    CHECK(second.as_string() == told);
    second = std::move(itself);
    CHECK(second.as_string() == told);
}

TEST_CASE("feel/value: texts of any length around the limit of short ones are kept whole") {
    const std::string text = "0123456789abcdefghijk";
    for (std::size_t length = 0; length <= 20; ++length) {
        const std::string told(text.data(), std::min(length, text.size()));
        const value held = told;
        const value copy = held;
        CHECK(held.as_string() == told);
        CHECK(copy == held);
        CHECK((length <= value::short_text) == (copy.as_string().data() != held.as_string().data()));
        CHECK(held != value(told + "x"));
        value moved = std::move(const_cast<value&>(copy));
        CHECK(moved == held);
    }
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

TEST_CASE("feel/value: contexts of one list of names share it until one of them departs from it") {
    const entry_names names({"a", "b"});
    context first = context::like(names);
    context second = context::like(names);
    first.append("a", 1);
    CHECK(first.size() == 1);
    CHECK(first.find("b") == nullptr);
    first.append_next(2);
    second.append("a", 3);
    second.append("c", 4);
    CHECK(first.names() == names);
    CHECK(second.names() != names);
    CHECK(value(first) == value(context{{"b", 2}, {"a", 1}}));
    CHECK(value(second) == value(context{{"a", 3}, {"c", 4}}));
    CHECK(names.size() == 2);
    context third{{"a", 5}, {"b", 6}};
    third.share_names(names);
    CHECK(third.names() == names);
    second.share_names(names);
    CHECK(second.names() != names);
    first.set("b", 7).set("d", 8);
    CHECK(value(first) == value(context{{"a", 1}, {"b", 7}, {"d", 8}}));
    CHECK(names[1] == "b");
}

TEST_CASE("feel/value: only what nobody else holds is given to be made again") {
    value list(std::vector<value>{1, "a text too long to lie inside"});
    REQUIRE(list.own_list() != nullptr);
    list.own_list()->push_back(value(2));
    CHECK(list == value(std::vector<value>{1, "a text too long to lie inside", 2}));
    {
        const value other = list;
        CHECK(list.own_list() == nullptr);
        CHECK(value(other).own_list() == nullptr);
    }
    CHECK(list.own_list() != nullptr);
    CHECK(value(1).own_list() == nullptr);
    CHECK(value().own_list() == nullptr);

    value entries(context{{"a", 1}, {"b", std::vector<value>{1}}});
    const entry_names names = entries.as_context().names();
    {
        const value other = entries;
        CHECK(entries.take_own_context().empty());
        CHECK(entries == other);
    }
    context taken = entries.take_own_context();
    CHECK(entries.is_null());
    CHECK(taken.size() == 2);
    CHECK(list.take_own_context().empty());
    CHECK_FALSE(list.is_null());
    const context shared = taken;
    taken.clear();
    CHECK(taken.empty());
    CHECK(value(shared) == value(context{{"a", 1}, {"b", std::vector<value>{1}}}));
    taken = context::like(names);
    taken.append_next(3);
    taken.clear();
    CHECK(taken.names() == names);
    CHECK(taken.find("a") == nullptr);
    taken.append_next(4);
    taken.append_next(5);
    CHECK(value(taken) == value(context{{"a", 4}, {"b", 5}}));
}

TEST_CASE("feel/value: a copy of a context is not changed with it") {
    context made{{"a", 1}, {"b", "a text too long to lie inside"}};
    const value before = made;
    context copy = before.as_context();
    copy.set("a", 2);
    copy.append("c", 3);
    made = copy;
    made.set("b", value());
    CHECK(before == value(context{{"a", 1}, {"b", "a text too long to lie inside"}}));
    CHECK(value(copy) == value(context{{"a", 2}, {"b", "a text too long to lie inside"}, {"c", 3}}));
    CHECK(value(made) == value(context{{"a", 2}, {"b", value()}, {"c", 3}}));
    CHECK(value(context()).as_context().empty());
    CHECK(value(context()) == value(context{}));
    std::size_t seen = 0;
    for (const auto& each : copy) seen += each.name.size();
    CHECK(seen == 3);
}

TEST_CASE("feel/value: random changes of a context are those of a list of pairs") {
    std::mt19937 dice(20'261'121);
    for (int round = 0; round < 300; ++round) {
        context made;
        std::vector<std::pair<std::string, value>> plain;
        std::vector<std::pair<value, std::vector<std::pair<std::string, value>>>> kept;
        for (int turn = 0; turn < 30; ++turn) {
            const std::string name = "n" + std::to_string(dice() % 12);
            const value of = static_cast<int>(dice() % 100);
            made.set(name, of);
            const auto at =
                std::find_if(plain.begin(), plain.end(), [&](const auto& each) { return each.first == name; });
            if (at == plain.end())
                plain.emplace_back(name, of);
            else
                at->second = of;
            if (dice() % 4 == 0) kept.emplace_back(value(made), plain);
            if (dice() % 16 == 0) made = context(made);
        }
        kept.emplace_back(value(made), plain);
        for (const auto& [held, pairs] : kept) {
            REQUIRE(held.as_context().size() == pairs.size());
            for (std::size_t at = 0; at < pairs.size(); ++at) {
                CHECK(held.as_context()[at].name == pairs[at].first);
                CHECK(held.as_context()[at].value == pairs[at].second);
                CHECK(held.as_context().index_of(pairs[at].first, dice() % 14) == at);
            }
        }
    }
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
