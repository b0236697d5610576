// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/function.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace polku;
using namespace polku::feel;

namespace {

value call(std::string_view name, std::vector<value> given, evaluation_context with = evaluation_context{}) {
    const function* const found = find_builtin(name);
    REQUIRE(found != nullptr);
    return found->call(with, given);
}

value call_named(std::string_view name, std::vector<std::string> names, std::vector<value> given) {
    evaluation_context with;
    return find_builtin(name)->call_named(with, names, given);
}

value list(std::vector<value> items) { return items; }

/// A function of the model for tests.
class host_function : public function {
public:
    using body = value (*)(std::span<const value>);
    explicit host_function(body does) : does_(does) {}
    std::span<const parameter> parameters() const noexcept override { return {}; }
    value call(evaluation_context&, std::span<const value> given) const override { return does_(given); }

private:
    body does_;
};

value function_value(host_function::body does) { return value(static_cast<const function*>(new host_function(does))); }

bool is_null_for(const value& of, null_reason reason) { return of.is_null() && of.reason() == reason; }

}  // namespace

TEST_CASE("feel/builtins: names are sorted, single, and each finds its function value") {
    const auto all = builtins();
    CHECK(all.size() == 86);
    std::set<std::string_view> seen;
    for (const builtin& each : all) {
        CHECK(seen.insert(each.name).second);
        REQUIRE(find_builtin(each.name) != nullptr);
        CHECK(find_builtin(each.name)->name() == each.name);
    }
    CHECK(std::is_sorted(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; }));
    CHECK(find_builtin("no such function") == nullptr);
    CHECK(find_builtin("") == nullptr);
}

TEST_CASE("feel/builtins: signatures give parameter names and types") {
    const auto parameters = find_builtin("substring")->parameters();
    REQUIRE(parameters.size() == 3);
    CHECK(parameters[1].name == "start position");
    CHECK(parameters[2].name == "length");
    CHECK(parameters[0].type.to_string() == "string");
    CHECK(find_builtin("today")->parameters().empty());
    CHECK(find_builtin("today")->result_type().to_string() == "date");
}

TEST_CASE("feel/builtins: a wrong count of arguments is null with wrong_arguments") {
    for (const builtin& each : builtins()) {
        CAPTURE(each.name);
        const std::vector<value> many(9, value(1));
        const bool variadic = std::any_of(each.signatures.begin(), each.signatures.end(), [](const signature& one) {
            return one.parameters.find("...") != std::string_view::npos;
        });
        if (!variadic) CHECK(is_null_for(call(each.name, many), null_reason::wrong_arguments));
        const bool takes_none = each.name == "now" || each.name == "today";
        if (!takes_none) CHECK(is_null_for(call(each.name, {}), null_reason::wrong_arguments));
    }
}

TEST_CASE("feel/builtins: no argument of any kind breaks any built-in") {
    const value odd[] = {value(),
                         value(true),
                         value(-3),
                         value("x"),
                         value(time::date{}),
                         value(time::clock_time{}),
                         value(time::date_time{}),
                         value(time::months_duration{7}),
                         value(time::days_duration{7, 0}),
                         list({}),
                         list({value(1), value(), value("a")}),
                         value(context{{"a", value(1)}}),
                         value(range{value(1), value(5), true, false}),
                         value(range{value(), value(5), false, false}),
                         function_value([](std::span<const value>) { return value(); })};
    evaluation_context with;
    for (const builtin& each : builtins()) {
        const function& callee = *find_builtin(each.name);
        for (const value& first : odd) {
            callee.call(with, std::vector{first});
            for (const value& second : odd) {
                callee.call(with, std::vector{first, second});
                for (const value& third : odd) {
                    callee.call(with, std::vector{first, second, third});
                    callee.call(with, std::vector{first, second, third, first});
                }
            }
        }
    }
    CHECK_FALSE(with.faulted());
}

TEST_CASE("feel/builtins: named arguments choose the signature whose names fit") {
    CHECK(call_named("date", {"day", "year", "month"}, {29, 2024, 2}) == value(*time::date::from_parts(2024, 2, 29)));
    CHECK(call_named("date", {"from"}, {"2024-02-29"}) == value(*time::date::from_parts(2024, 2, 29)));
    CHECK(call_named("substring", {"start position", "string"}, {3, "foobar"}) == value("obar"));
    CHECK(call_named("append", {"list", "item"}, {list({1}), 2}) == list({1, 2}));
    CHECK(call_named("is", {"value1"}, {1}) == value(false));
    CHECK(call_named("list contains", {"list"}, {list({1, value()})}) == value(true));  // what is not named is null
    CHECK(call_named("context put", {"context", "key"}, {value(context{}), "a"}) == value(context{{"a", value()}}));
    CHECK(is_null_for(call_named("date", {"year"}, {2024}), null_reason::type_mismatch));
    CHECK(is_null_for(call_named("date", {"from", "year"}, {2024, 1}), null_reason::wrong_arguments));
    CHECK(is_null_for(call_named("abs", {"number"}, {1}), null_reason::wrong_arguments));
    CHECK(is_null_for(call_named("abs", {"n", "n"}, {1, 1}), null_reason::wrong_arguments));
    CHECK(is_null_for(call_named("round up", {"scale"}, {1}), null_reason::type_mismatch));
}

TEST_CASE("feel/builtins: list functions take a list or its items") {
    CHECK(call("min", {3, 1, 2}) == value(1));
    CHECK(call("min", {list({3, 1, 2})}) == value(1));
    CHECK(call("sum", {5}) == value(5));
    CHECK(call("append", {list({1}), list({2})}) == list({1, list({2})}));
    CHECK(is_null_for(call("append", {list({1})}), null_reason::wrong_arguments));
}

TEST_CASE("feel/builtins: a null argument hands on why it is null") {
    CHECK(is_null_for(call("upper case", {value(null_reason::unknown_input)}), null_reason::unknown_input));
    CHECK(is_null_for(call("upper case", {value()}), null_reason::type_mismatch));
}

TEST_CASE("feel/builtins: sort is stable and survives a function that is no order") {
    const value by_tens = function_value([](std::span<const value> given) {
        return value(*divide(given[0].as_number(), 10)->normalized().to_int64() <
                     *divide(given[1].as_number(), 10)->normalized().to_int64());
    });
    CHECK(call("sort", {list({30, 10, 20, 10}), by_tens}) == list({10, 10, 20, 30}));
    const value always = function_value([](std::span<const value>) { return value(true); });
    const value sorted = call("sort", {list({1, 2, 3, 4, 5}), always});
    CHECK(sorted.as_list().size() == 5);
    const value never_boolean = function_value([](std::span<const value>) { return value("x"); });
    CHECK(call("sort", {list({2, 1}), never_boolean}).is_null());
    CHECK(call("sort", {list({2, 1}), value(1)}).is_null());
}

TEST_CASE("feel/builtins: list replace calls the match function for each item") {
    const value small =
        function_value([](std::span<const value> given) { return value(given[0].as_number() < given[1].as_number()); });
    CHECK(call("list replace", {list({2, 4, 7, 8}), small, 5}) == list({5, 5, 7, 8}));
    CHECK(call("list replace", {list({2, 4}), 2, 5}) == list({2, 5}));
    CHECK(call("list replace", {list({2, 4}), 3, 5}).is_null());
}

TEST_CASE("feel/builtins: now and today are what the context says") {
    evaluation_context with(time::date_time{*time::date::from_parts(2026, 3, 1), {}});
    CHECK(call("today", {}, evaluation_context(with.now())) == value(*time::date::from_parts(2026, 3, 1)));
    CHECK(call("now", {}, evaluation_context(with.now())) == value(with.now()));
    CHECK(is_null_for(call("today", {1}), null_reason::wrong_arguments));
}

TEST_CASE("feel/builtins: passing a limit is a fault of the evaluation") {
    limits small;
    small.text_bytes = 16;
    small.list_length = 4;
    small.regex_steps = 1000;
    evaluation_context with(time::date_time{}, time::builtin_zones(), small);
    const auto fault_of = [&](std::string_view name, std::vector<value> given) {
        with.reset();
        CHECK(find_builtin(name)->call(with, given).is_null());
        REQUIRE(with.faulted());
        return with.fault()->code();
    };
    CHECK(fault_of("string join", {list({"0123456789", "0123456789"})}) == error_code::limit_length);
    CHECK(fault_of("concatenate", {list({1, 2, 3}), list({4, 5})}) == error_code::limit_length);
    CHECK(fault_of("matches", {std::string(40, 'a') + "b", "^(a+)+$"}) == error_code::limit_regex);
}
