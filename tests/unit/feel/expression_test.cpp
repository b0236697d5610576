// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/expression.hpp>
#include <polku/feel/number.hpp>

#include <doctest/doctest.h>

#include <string>

TEST_SUITE_BEGIN("feel/expression");

using namespace polku;
using feel::kind;
using feel::null_reason;
using feel::value;

namespace {

feel::expression compiled(std::string_view text, const feel::scope& names = {},
                          const feel::compile_options& with = {}) {
    auto made = feel::try_compile(text, names, with);
    REQUIRE_MESSAGE(made.has_value(), text << ": " << made.error().to_string());
    return *std::move(made);
}

value evaluated(std::string_view text, const feel::scope& names = {}, const std::vector<value>& slots = {}) {
    feel::evaluation_context with;
    const value made = compiled(text, names).evaluate(with, slots);
    CHECK_MESSAGE(!with.faulted(), text);
    return made;
}

/// The code of the fault that an evaluation under small limits ends with.
error_code fault_of(std::string_view text, const feel::limits& bounds = {}) {
    feel::evaluation_context with;
    with.set_limits(bounds);
    const value made = compiled(text).evaluate(with, {});
    CHECK(made.is_null());
    REQUIRE_MESSAGE(with.faulted(), text);
    return with.fault()->code();
}

/// Knows one type and one external function, the sum of its arguments.
class sum_function final : public feel::function {
public:
    explicit sum_function(std::vector<feel::parameter> wanted) : wanted_(std::move(wanted)) {}
    std::span<const feel::parameter> parameters() const noexcept override { return wanted_; }
    value call(feel::evaluation_context&, std::span<const value> arguments) const override {
        feel::number sum;
        for (const value& each : arguments) sum = *feel::add(sum, each.as_number());
        return sum;
    }

private:
    std::vector<feel::parameter> wanted_;
};

class host final : public feel::compile_hooks {
public:
    bool find_type(std::string_view name, feel::type& out) const override {
        if (name != "tShort list") return false;
        out = feel::type::list_of(feel::type::simple(kind::number));
        return true;
    }
    value external_function(const feel::context& mapping, std::span<const feel::parameter> parameters) const override {
        const value* id = mapping.find("id");
        if (id == nullptr || !(*id == value("sum"))) return value(null_reason::external_failed);
        return value(new sum_function({parameters.begin(), parameters.end()}));
    }
};

}  // namespace

TEST_CASE("feel/expression: an empty expression is null and has no slots") {
    const feel::expression none;
    feel::evaluation_context with;
    CHECK_FALSE(none);
    CHECK(none.evaluate(with, {}).is_null());
    CHECK(none.used_slots().empty());
    CHECK_FALSE(none.constant().has_value());
    CHECK(none.result_type().is() == feel::type::form::any);
}

TEST_CASE("feel/expression: names are slots of the scope") {
    feel::scope names;
    CHECK(names.add("  first   name ") == 0);
    CHECK(names.add("age") == 1);
    CHECK(names.entries()[0].name == "first name");
    CHECK(names.find("first name") == 0U);
    CHECK(names.find("first  name") == 0U);
    CHECK_FALSE(names.find("name").has_value());
    const auto code = compiled("first name + string(age)", names);
    feel::evaluation_context with;
    CHECK(code.evaluate(with, std::vector<value>{value("Aino "), value(30)}) == value("Aino 30"));
    REQUIRE(code.used_slots().size() == 2);
    CHECK(code.used_slots()[1] == 1);
    CHECK(code.text() == "first name + string(age)");
}

TEST_CASE("feel/expression: a slot that was not given is an unknown input") {
    feel::scope names;
    names.add("age");
    feel::evaluation_context with;
    const value made = compiled("age", names).evaluate(with, {});
    CHECK(made.is_null());
    CHECK(made.reason() == null_reason::unknown_input);
}

TEST_CASE("feel/expression: a scope can be copied and extended") {
    feel::scope outer;
    outer.add("rate");
    feel::scope inner = outer;
    inner.add("n");
    CHECK(inner.find("n") == 1U);
    CHECK_FALSE(outer.find("n").has_value());
    feel::evaluation_context with;
    CHECK(compiled("rate * n", inner).evaluate(with, std::vector<value>{value(3), value(4)}) == value(12));
}

TEST_CASE("feel/expression: the later of two equal names is meant") {
    feel::scope names;
    names.add("x");
    names.add("x");
    CHECK(evaluated("x", names, {value(1), value(2)}) == value(2));
}

TEST_CASE("feel/expression: constants are computed when compiling") {
    CHECK(compiled("1 + 2 * 3").constant() == value(7));
    CHECK(compiled("date(\"2026-01-31\") + duration(\"P1M\")").constant()->is(kind::date));
    CHECK(compiled("[1, 2][-1]").constant() == value(2));
    CHECK(compiled("for i in 1..3 return i").constant()->as_list().size() == 3);
    CHECK(compiled("null").constant()->is_null());
    CHECK(compiled("if 1 > 2 then 3 else 4").constant() == value(4));
    feel::scope names;
    names.add("x");
    CHECK_FALSE(compiled("x", names).constant().has_value());
    CHECK_FALSE(compiled("today()").constant().has_value());
    CHECK_FALSE(compiled("now() > now()").constant().has_value());
    CHECK_FALSE(compiled("function() today()").constant().has_value());
}

TEST_CASE("feel/expression: a null says why") {
    const auto reason = [](std::string_view text) {
        const value made = evaluated(text);
        CHECK_MESSAGE(made.is_null(), text);
        return made.reason();
    };
    CHECK(reason("null") == null_reason::none);
    CHECK(reason("1 / 0") == null_reason::division_by_zero);
    CHECK(reason("{a: 1}.b") == null_reason::no_such_entry);
    CHECK(reason("[1][2]") == null_reason::no_such_item);
    CHECK(reason("[1][1.5]") == null_reason::no_such_item);
    CHECK(reason("1 + \"a\"") == null_reason::type_mismatch);
    CHECK(reason("1 < \"a\"") == null_reason::not_comparable);
    CHECK(reason("\"f\"(1)") == null_reason::not_a_function);
    CHECK(reason("(function(x) x)(1, 2)") == null_reason::wrong_arguments);
    CHECK(reason("(function(x) x)(y: 2)") == null_reason::wrong_arguments);
    CHECK(reason("(function(x: number) x)(\"a\")") == null_reason::type_mismatch);
    CHECK(reason("function(x) external {id: \"sum\"}") == null_reason::external_failed);
}

TEST_CASE("feel/expression: lambdas keep what they took from around them") {
    feel::scope names;
    names.add("base");
    const auto code = compiled("{k: 10, f: function(x) function(y) x + y + k + base}.f(1)", names);
    feel::evaluation_context with;
    const value inner = code.evaluate(with, std::vector<value>{value(100)});
    REQUIRE(inner.is(kind::function));
    CHECK(inner.as_function().parameters()[0].name == "y");
    CHECK(inner.as_function().call(with, std::vector<value>{value(2)}) == value(113));
    const std::vector<std::string> right{"y"};
    const std::vector<std::string> wrong{"z"};
    CHECK(inner.as_function().call_named(with, right, std::vector<value>{value(3)}) == value(114));
    CHECK(inner.as_function().call_named(with, wrong, std::vector<value>{value(3)}).is_null());
}

TEST_CASE("feel/expression: a function value outlives its expression") {
    value made;
    {
        feel::evaluation_context with;
        made = compiled("function(x) [x, x * 2][item > 1]").evaluate(with, {});
    }
    feel::evaluation_context with;
    CHECK(made.as_function().call(with, std::vector<value>{value(2)}).as_list().size() == 2);
}

TEST_CASE("feel/expression: the host answers for types and external functions") {
    const host hooks;
    feel::compile_options with;
    with.hooks = &hooks;
    feel::evaluation_context in;
    CHECK(compiled("[1, 2] instance of tShort list", {}, with).evaluate(in, {}).is_true());
    CHECK(compiled("[\"a\"] instance of tShort list", {}, with).evaluate(in, {}).is_false());
    CHECK(compiled("{f: function(a, b) external {id: \"sum\"}, r: f(1, 2)}.r", {}, with).evaluate(in, {}) == value(3));
    CHECK(compiled("(function(a, b) external {id: \"other\"})(1, 2)", {}, with).evaluate(in, {}).is_null());
    CHECK_FALSE(feel::try_compile("1 instance of tLong list", {}, with).has_value());
}

TEST_CASE("feel/expression: a filter sees the entries of items of unknown type") {
    feel::scope names;
    names.add("people");
    names.add("age");
    feel::context young;
    young.set("name", "Eino").set("age", 7);
    feel::context old;
    old.set("name", "Aino").set("age", 70);
    const value people = std::vector<value>{value(young), value(old)};
    CHECK(evaluated("people[age > 10].name", names, {people, value(1)}) == value(std::vector<value>{value("Aino")}));
    CHECK(evaluated("people[item.age > 10].name[1]", names, {people, value(1)}) == value("Aino"));
    CHECK(evaluated("people[age]", names, {value(std::vector<value>{value(5)}), value(1)}) == value(5));
    CHECK(evaluated("people[unheard of = 1]", names, {people, value(1)}).as_list().empty());
    CHECK_FALSE(feel::try_compile("[1, 2][unheard of = 1]", names).has_value());
}

TEST_CASE("feel/expression: limits stop what would not end, with a code of their own") {
    CHECK(fault_of("{f: function(g) g(g), r: f(f)}.r") == error_code::limit_depth);
    feel::limits few_steps;
    few_steps.steps = 10'000;
    CHECK(fault_of("count(for i in 1..100000 return i)", few_steps) == error_code::limit_steps);
    CHECK(fault_of("some i in 1..1000, j in 1..1000 satisfies i < 0", few_steps) == error_code::limit_steps);
    CHECK(fault_of("for i in 1..1000 return count(partial)", few_steps) == error_code::limit_steps);
    feel::limits short_lists;
    short_lists.list_length = 100;
    CHECK(fault_of("for i in 1..1000 return i", short_lists) == error_code::limit_length);
}

TEST_CASE("feel/expression: partial by index does not copy the list") {
    feel::evaluation_context with;
    const value made = compiled("for i in 0..100000 return if i = 0 then 1 else partial[-1] + 1").evaluate(with, {});
    CHECK_FALSE(with.faulted());
    CHECK(made.as_list().back() == value(100'001));
}

TEST_CASE("feel/expression: the caller can cancel") {
    feel::evaluation_context with;
    with.set_cancel([](void*) { return true; }, nullptr);
    CHECK(compiled("for i in 1..1000000 return i").evaluate(with, {}).is_null());
    REQUIRE(with.faulted());
    CHECK(with.fault()->code() == error_code::cancelled);
    with.set_cancel(nullptr, nullptr);
    with.reset();
    CHECK(compiled("for i in 1..10 return i").evaluate(with, {}).as_list().size() == 10);
}

TEST_CASE("feel/expression: ranges that cannot be counted through make a for null") {
    for (const std::string_view text :
         {"for i in [2..1] return i", "for i in \"a\"..\"c\" return i", "for i in null return i",
          "for i in 1..null return i", "for i in (> 5) return i", "for i in [1..null] return i"}) {
        CAPTURE(text);
        CHECK(evaluated(text).is_null());
    }
    CHECK(evaluated("for i in (1..4) return i").as_list().size() == 2);
    CHECK(evaluated("for i in [1..1) return i").as_list().empty());
    CHECK(evaluated("for i in 1e34..2e34 return i").as_list().size() == 1);
}

TEST_CASE("feel/expression: diagnostics warn of what is null") {
    CHECK(compiled("{a: 1, a: 2}").diagnostics().size() == 1);
    CHECK(compiled("@\"no date\"").diagnostics().size() == 1);
    CHECK(compiled("1 + 1").diagnostics().empty());
}

TEST_SUITE_END();
