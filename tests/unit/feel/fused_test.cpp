// SPDX-License-Identifier: Apache-2.0
// Forms that the compiler runs in one piece, beside the same computation in separate steps.
#include <polku/feel/expression.hpp>

#include "property_count.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

using namespace polku;
using namespace polku::feel;

namespace {

type item_type() {
    return type::context_of({{"kind", std::make_shared<const type>(type::simple(kind::string))},
                             {"amount", std::make_shared<const type>(type::simple(kind::number))}});
}

number random_number(std::mt19937& dice) {
    if (dice() % 12 == 0) return *number::parse("12345678901234567890123456.789");
    const auto coefficient = static_cast<std::int64_t>(dice() % 2'000'001) - 1'000'000;
    return number::from_scaled(coefficient, static_cast<std::int32_t>(dice() % 5));
}

value random_part(std::mt19937& dice, bool odd) {
    if (odd && dice() % 10 == 0) return value(static_cast<null_reason>(dice() % 5));
    if (odd && dice() % 10 == 0) return "text";
    if (odd && dice() % 20 == 0) return std::vector<value>{random_number(dice)};
    return random_number(dice);
}

value random_item(std::mt19937& dice, bool odd) {
    static const char* const kinds[] = {"wage", "bonus", "a kind with a long name"};
    if (odd && dice() % 12 == 0) return random_part(dice, true);
    context made = dice() % 2 == 0 ? context::like(item_type().names()) : context();
    if (dice() % 8 == 0) made = context{{"more", 1}};
    if (!odd || dice() % 12 != 0) made.append("kind", kinds[dice() % 3]);
    if (!odd || dice() % 12 != 0) made.append("amount", random_part(dice, odd));
    return made;
}

value random_items(std::mt19937& dice) {
    const bool odd = dice() % 2 == 0;
    if (odd && dice() % 10 == 0) return dice() % 2 == 0 ? value() : random_item(dice, true);
    std::vector<value> made;
    for (std::size_t left = dice() % 7; left > 0; --left) made.push_back(random_item(dice, odd));
    return value(std::move(made));
}

void check_same(const std::string& whole, const std::string& parts, const scope& names,
                const std::vector<value>& slots) {
    const auto fused = try_compile(whole, names);
    const auto plain = try_compile(parts, names);
    REQUIRE(fused.has_value());
    REQUIRE(plain.has_value());
    evaluation_context with;
    const value found = fused->evaluate(with, slots);
    const value expected = plain->evaluate(with, slots);
    CHECK_MESSAGE(found == expected, whole << " over " << to_string(slots[0]) << ": " << to_string(found)
                                           << ", in parts: " << to_string(expected));
    CHECK_MESSAGE(found.reason() == expected.reason(), whole << " over " << to_string(slots[0]));
    CHECK(!with.faulted());
}

}  // namespace

TEST_CASE("feel/fused: aggregates over filters and paths are those over the lists between") {
    static const char* const lists[] = {"items[kind = \"wage\" and amount > 0].amount",
                                        "items[item.amount > 10 or item.kind != \"wage\"].amount",
                                        "items[item.amount <= 10]",
                                        "items.amount",
                                        "items[kind = \"a kind with a long name\"].kind",
                                        "items[amount > 0 and item.kind = \"bonus\"][item.amount < 500].amount"};
    static const char* const aggregates[] = {"sum", "count", "min", "max"};
    std::mt19937 dice(20'261'201);
    for (std::size_t round = 0; round < property_count(150); ++round) {
        scope names;
        names.add("items", round % 2 == 0 ? type::list_of(item_type()) : type::any());
        const std::vector<value> slots{random_items(dice)};
        for (const std::string list : lists)
            for (const std::string aggregate : aggregates)
                check_same(aggregate + "(" + list + ")", "{l: " + list + ", r: " + aggregate + "(l)}.r", names, slots);
    }
}

namespace {

/// Conditions over the entries of an item, some of which are more than comparisons of entries.
std::string random_condition(std::mt19937& dice, int depth) {
    static const char* const comparisons[] = {"kind = \"wage\"",
                                              "item.kind != \"bonus\"",
                                              "kind >= \"c\"",
                                              "\"a kind with a long name\" = kind",
                                              "amount > 0",
                                              "amount <= limit",
                                              "limit < item.amount",
                                              "amount = limit",
                                              "amount = null",
                                              "amount != null",
                                              "null = kind",
                                              "open = true",
                                              "since >= date(\"2026-03-01\")",
                                              "since = date(\"2026-03-02\")",
                                              "amount = [1]",
                                              "kind = amount",
                                              "amount > limit + 1",
                                              "amount > 12345678901234567890123456.788",
                                              "amount > outer.limit",
                                              "item.missing = 1"};
    if (depth > 0 && dice() % 2 == 0) {
        const std::string word = dice() % 2 == 0 ? " and " : " or ";
        std::string made = "(" + random_condition(dice, depth - 1);
        for (std::size_t left = dice() % 3 + 1; left > 0; --left) made += word + random_condition(dice, depth - 1);
        return made + ")";
    }
    return comparisons[dice() % std::size(comparisons)];
}

value random_entry(std::mt19937& dice, std::size_t which) {
    static const char* const kinds[] = {"wage", "bonus", "a kind with a long name", "a kind with a long nama", ""};
    if (dice() % 12 == 0) return random_part(dice, true);
    switch (which) {
        case 0: return kinds[dice() % 5];
        case 1: return dice() % 3 == 0 ? number(static_cast<int>(dice() % 3)) : random_number(dice);
        case 2: return dice() % 2 == 0;
        default: return *time::date::from_parts(2026, 3, static_cast<unsigned>(dice() % 4 + 1));
    }
}

/// Items that share their names or do not, in one order or another, with all entries or some.
value random_records(std::mt19937& dice, const entry_names& shared) {
    static const char* const names[] = {"kind", "amount", "open", "since"};
    std::vector<value> made;
    const std::size_t way = dice() % 4;
    for (std::size_t left = dice() % 9; left > 0; --left) {
        context item = way == 0 ? context() : context::like(shared);
        const std::size_t turn = way == 2 ? dice() % 4 : 0;
        for (std::size_t at = 0; at < 4; ++at)
            if (way != 3 || dice() % 9 != 0) item.append(names[(at + turn) % 4], random_entry(dice, (at + turn) % 4));
        made.push_back(dice() % 15 == 0 ? random_part(dice, true) : value(std::move(item)));
    }
    return value(std::move(made));
}

type record_type() {
    const auto simple = [](kind of) { return std::make_shared<const type>(type::simple(of)); };
    return type::context_of({{"kind", simple(kind::string)},
                             {"amount", simple(kind::number)},
                             {"open", simple(kind::boolean)},
                             {"since", simple(kind::date)}});
}

}  // namespace

TEST_CASE("feel/fused: a condition over entries keeps the items that it keeps one by one") {
    std::mt19937 dice(20'261'206);
    const type typed = record_type();
    const type with_missing = type::context_of({{"limit", std::make_shared<const type>(type::simple(kind::number))}});
    for (std::size_t round = 0; round < property_count(600); ++round) {
        scope names;
        names.add("items", round % 3 == 0 ? type::any() : type::list_of(typed));
        names.add("limit");
        names.add("outer", round % 2 == 0 ? with_missing : type::any());
        context outer = context::like(with_missing.names());
        outer.append("limit", random_part(dice, true));
        const value limit = dice() % 9 == 0 ? value(std::vector<value>{1}) : random_part(dice, true);
        const std::vector<value> slots{random_records(dice, typed.names()), limit, outer};
        std::string condition = random_condition(dice, 2);
        // What is not in the static type has to be asked of the item.
        if (round % 3 == 0 && dice() % 2 == 0) condition += " or missing = 1";
        // A call is no comparison of entries: that condition is run in the general way.
        const std::string slowly = "not(not(" + condition + "))";
        check_same("items[" + condition + "]", "items[" + slowly + "]", names, slots);
        check_same("sum(items[" + condition + "].amount)", "sum(items[" + slowly + "].amount)", names, slots);
        check_same("count(items[" + condition + "])", "count(items[" + slowly + "])", names, slots);
        check_same("max(items[" + condition + "].kind)", "max(items[" + slowly + "].kind)", names, slots);
    }
}

TEST_CASE("feel/fused: items that a condition reads by place count as steps") {
    scope names;
    names.add("items", type::list_of(item_type()));
    context one = context::like(item_type().names());
    one.append("kind", "wage");
    one.append("amount", 1);
    const std::vector<value> slots{value(std::vector<value>(1'000, value(one)))};
    limits few;
    few.steps = 999;
    for (const char* const text : {"items[amount > 0]", "sum(items[amount > 0].amount)", "count(items[amount > 5])"}) {
        const auto made = try_compile(text, names);
        REQUIRE(made.has_value());
        evaluation_context with;
        CHECK(!made->evaluate(with, slots).is_null());
        CHECK(with.steps() >= 1'000);
        with.reset();
        with.set_limits(few);
        CHECK(made->evaluate(with, slots).is_null());
        REQUIRE(with.faulted());
        CHECK(with.fault()->code() == error_code::limit_steps);
    }
}

TEST_CASE("feel/fused: a filter in a filter, a function or a loop sees its own items") {
    const auto answer = [](const std::string& text) {
        evaluation_context with;
        const auto made = try_compile(text, scope());
        REQUIRE(made.has_value());
        return to_string(made->evaluate(with, {}));
    };
    CHECK(answer("count([{a: 1, b: [1, 2]}, {a: 2, b: [1, 2, 3]}][sum(b[item > 1]) > 2])") == "1");
    CHECK(answer("for i in [1, 2, 3] return sum([{a: 1}, {a: 2}, {a: 3}][a >= i].a)") == "[6, 5, 3]");
    CHECK(answer("{f: function(l) count(l[item > 1]), r: [f([1, 2]), f([2, 3]), f([])]}.r") == "[1, 2, 0]");
    CHECK(answer("for f in (for x in [{g: 1}, {g: 2}][item.g > 0] return function() x.g) return f()") == "[1, 2]");
    CHECK(answer("[1, 2, 3][item > 1][count([1, 2][item > 1]) = 1]") == "[2, 3]");
    CHECK(answer("sum([{a: 1}, {b: 2}].a)") == "null");
    CHECK(answer("count([{a: 1}, {b: 2}].a)") == "2");
}

TEST_CASE("feel/fused: roundings with a known number of decimals are those with a computed one") {
    static const char* const roundings[] = {"round half up", "round half down", "round up", "round down",
                                            "floor",         "ceiling",         "decimal"};
    std::mt19937 dice(20'261'202);
    scope names;
    names.add("a");
    names.add("b");
    names.add("n");
    for (std::size_t round = 0; round < property_count(400); ++round) {
        std::vector<value> slots{random_part(dice, round % 4 == 0), random_part(dice, round % 4 == 0)};
        // Ties and near ties: a whole number of halves, and one unit of the last digit beside it.
        if (round % 3 == 0) {
            const auto divisor = static_cast<std::int64_t>(dice() % 1000) * 2 + 2;
            const auto half = static_cast<std::int64_t>(dice() % 4000) * divisor / 2;
            slots = {number(half + static_cast<std::int64_t>(dice() % 3) - 1), number::from_scaled(divisor, 1)};
        }
        const auto scale = static_cast<int>(dice() % 4);
        slots.emplace_back(scale);
        const std::string end = ", " + std::to_string(scale) + ")";
        for (const std::string each : roundings)
            for (const std::string of : {"a", "a * b", "a / b", "a * b / 100"})
                check_same(each + "(" + of + end, "{q: " + of + ", r: " + each + "(q, n)}.r", names, slots);
    }
}

TEST_CASE("feel/fused: arguments of min and max are compared as a list of them") {
    std::mt19937 dice(20'261'203);
    scope names;
    names.add("a");
    names.add("b");
    names.add("c");
    for (std::size_t round = 0; round < property_count(200); ++round) {
        const bool odd = round % 2 == 0;
        const std::vector<value> slots{random_part(dice, odd), random_part(dice, odd), random_part(dice, odd)};
        for (const std::string each : {"min", "max"}) {
            check_same(each + "(a, b)", each + "([a, b])", names, slots);
            check_same(each + "(a, string(b))", each + "([a, string(b)])", names, slots);
            check_same(each + "(string(a), string(b))", each + "([string(a), string(b)])", names, slots);
            check_same(each + "(a, b, c)", each + "([a, b, c])", names, slots);
        }
    }
}

TEST_CASE("feel/fused: a duration of one unit is that of its text") {
    const auto huge = number::parse("12345678901234567890123456.789");
    const std::vector<value> counts{0,
                                    1,
                                    12,
                                    999'999,
                                    1'000'001,
                                    -1,
                                    number::from_scaled(15, 1),
                                    *huge,
                                    "3",
                                    "P",
                                    value(),
                                    true,
                                    std::int64_t{INT64_MAX},
                                    std::int64_t{INT64_MIN},
                                    number::from_scaled(120, 1),
                                    std::vector<value>{4},
                                    value(null_reason::division_by_zero)};
    scope names;
    names.add("n");
    for (const value& count : counts)
        for (const std::string start : {"P", "PT", "-P", ""})
            for (const std::string end : {"Y", "M", "D", "H", "S", "W", ""}) {
                const std::string text = "\"" + start + "\" + string(n) + \"" + end + "\"";
                check_same("duration(" + text + ")", "{t: " + text + ", d: duration(t)}.d", names, {count});
            }
}

TEST_CASE("feel/fused: texts of whole numbers and short joined texts are those of the long way") {
    scope names;
    names.add("n");
    names.add("a");
    names.add("b");
    const auto made = try_compile("[string(n), a + b]", names);
    REQUIRE(made.has_value());
    std::mt19937_64 dice(20'261'208);
    const std::string letters = "abcdefghijkl";
    for (std::size_t round = 0; round < property_count(500); ++round) {
        const auto coefficient = static_cast<std::int64_t>(dice()) >> (dice() % 64);
        const number n =
            number::from_scaled(round == 0 ? INT64_MIN : coefficient, static_cast<std::int32_t>(dice() % 2));
        const std::string a = letters.substr(0, dice() % 13);
        const std::string b = letters.substr(dice() % 13);
        evaluation_context with;
        const value found = made->evaluate(with, std::vector<value>{n, a, b});
        CHECK(found.as_list()[0] == value(n.to_string()));
        CHECK(found.as_list()[1] == value(a + b));
        CHECK(with.steps() > 0);
    }
}

TEST_CASE("feel/fused: parts of computed durations and dates are those of the value") {
    const std::vector<value> points{time::date::from_parts(2025, 1, 31).value(),
                                    time::date::from_parts(-4, 12, 1).value(),
                                    time::days_duration{93'784, 5},
                                    time::days_duration{-93'784, -5},
                                    time::months_duration{-31},
                                    time::months_duration{31},
                                    context{{"days", 7}, {"years", 8}},
                                    std::vector<value>{time::months_duration{9}},
                                    value(),
                                    "P1D",
                                    12};
    scope names;
    names.add("a");
    names.add("b");
    for (const value& a : points)
        for (const value& b : points)
            for (const std::string part :
                 {"years", "months", "days", "hours", "minutes", "seconds", "year", "month", "day", "weekday", "else"})
                for (const std::string of : {"a - b", "a + b", "abs(a)", "a * 3", "years and months duration(a, b)"})
                    check_same("(" + of + ")." + part, "{q: " + of + ", r: q." + part + "}.r", names, {a, b});
}

TEST_CASE("feel/fused: small sums, products and comparisons are those of the number type") {
    std::mt19937_64 dice(20'261'204);
    scope names;
    names.add("a");
    names.add("b");
    const auto random = [&dice] {
        const auto bits = static_cast<int>(dice() % 64);
        const auto coefficient = static_cast<std::int64_t>(dice()) >> bits;
        return number::from_scaled(coefficient, static_cast<std::int32_t>(dice() % 8) - 2);
    };
    const auto made = try_compile("[a + b, a - b, a * b, a < b, a <= b, a > b, a >= b, a = b, a != b]", names);
    REQUIRE(made.has_value());
    for (std::size_t round = 0; round < property_count(2'000); ++round) {
        const number a = round % 10 == 0 ? number(0) : random();
        const number b = round % 7 == 0 ? number::from_scaled(0, 3) : round % 11 == 0 ? a : random();
        evaluation_context with;
        const std::vector<value> slots{a, b};
        const value found = made->evaluate(with, slots);
        const auto items = found.as_list();
        CHECK(items[0] == value(*add(a, b)));
        CHECK(items[1] == value(*subtract(a, b)));
        CHECK(items[2] == value(*multiply(a, b)));
        const bool truths[] = {a<b, a <= b, a> b, a >= b, a == b, a != b};
        for (std::size_t at = 0; at < 6; ++at) CHECK(items[at + 3] == value(truths[at]));
    }
}

TEST_CASE("feel/fused: a quotient by a power of ten has the digits of the general division") {
    std::mt19937_64 dice(20'261'205);
    for (std::size_t round = 0; round < property_count(2'000); ++round) {
        const auto bits = static_cast<int>(dice() % 64);
        const number a =
            number::from_scaled(static_cast<std::int64_t>(dice()) >> bits, static_cast<std::int32_t>(dice() % 8) - 3);
        const int power = static_cast<int>(dice() % 18) + 1;
        std::int64_t ten = 1;
        for (int i = 0; i < power; ++i) ten *= 10;
        const number b = number::from_scaled(ten, static_cast<std::int32_t>(dice() % 5));
        // The negative divisor goes the general way.
        const auto quick = divide(a, b);
        const auto slow = divide(a, b.negated());
        REQUIRE(quick.has_value());
        REQUIRE(slow.has_value());
        CHECK(*quick == slow->negated());
        CHECK(quick->scale() == slow->scale());
    }
}

TEST_CASE("feel/fused: comparing lists that share parts counts steps") {
    evaluation_context with;
    limits few;
    few.steps = 100'000;
    with.set_limits(few);
    const auto made =
        try_compile("{a: for i in 1..60 return partial, b: for i in 1..60 return partial, same: a = b}.same", scope());
    REQUIRE(made.has_value());
    CHECK(made->evaluate(with, {}).is_true());
    CHECK(!with.faulted());
    with.reset();
    few.steps = 500;
    with.set_limits(few);
    CHECK(made->evaluate(with, {}).is_null());
    REQUIRE(with.faulted());
    CHECK(with.fault()->code() == error_code::limit_steps);
    with.reset();
    few.steps = 100'000;
    const auto text = try_compile("string length(string(for i in 1..60 return partial))", scope());
    REQUIRE(text.has_value());
    few.text_bytes = 100'000;
    with.set_limits(few);
    CHECK(text->evaluate(with, {}).is_null());
    REQUIRE(with.faulted());
    CHECK(with.fault()->code() == error_code::limit_length);
}
