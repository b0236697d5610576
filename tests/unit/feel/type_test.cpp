// SPDX-License-Identifier: Apache-2.0
#include <polku/feel/type.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace polku;
using namespace polku::feel;

namespace {

const type number_type = type::simple(kind::number);
const type string_type = type::simple(kind::string);

type record(std::vector<std::pair<std::string, type>> members) {
    std::vector<type::member> out;
    for (auto& [name, is] : members) out.push_back({name, std::make_shared<const type>(is)});
    return type::context_of(std::move(out));
}

}  // namespace

TEST_CASE("feel/type: names of the standard are known and others are not") {
    type made;
    for (const char* const name : {"number", "string", "boolean", "date", "time", "date and time", "dateTime",
                                   "years and months duration", "days and time duration", "Any", "list", "context"})
        CHECK_MESSAGE(type::from_name(name, made), name);
    CHECK(type::from_name("yearMonthDuration", made));
    CHECK(made.to_string() == "years and months duration");
    CHECK_FALSE(type::from_name("integer", made));
    CHECK_FALSE(type::from_name("Number", made));
}

TEST_CASE("feel/type: conformance follows the lattice") {
    CHECK(number_type.conforms_to(type::any()));
    CHECK(type::null().conforms_to(number_type));
    CHECK_FALSE(type::any().conforms_to(number_type));
    CHECK_FALSE(number_type.conforms_to(string_type));
    CHECK(type::list_of(number_type).conforms_to(type::list_of(type::any())));
    CHECK_FALSE(type::list_of(type::any()).conforms_to(type::list_of(number_type)));
    CHECK_FALSE(type::list_of(number_type).conforms_to(type::range_of(number_type)));
    CHECK(type::range_of(number_type).conforms_to(type::range_of(number_type)));
    const type narrow = record({{"a", number_type}, {"b", string_type}});
    const type broad = record({{"a", number_type}});
    CHECK(narrow.conforms_to(broad));
    CHECK_FALSE(broad.conforms_to(narrow));
    CHECK(narrow.conforms_to(type::context_of({})));
}

TEST_CASE("feel/type: functions are contravariant in parameters and covariant in their result") {
    const type takes_any = type::function_of({type::any()}, number_type);
    const type takes_number = type::function_of({number_type}, type::any());
    CHECK(takes_any.conforms_to(takes_number));
    CHECK_FALSE(takes_number.conforms_to(takes_any));
    CHECK_FALSE(takes_any.conforms_to(type::function_of({}, type::any())));
    CHECK(takes_any.conforms_to(type::simple(kind::function)));
}

TEST_CASE("feel/type: equivalence is structural") {
    CHECK(record({{"a", number_type}, {"b", string_type}})
              .equivalent_to(record({{"b", string_type}, {"a", number_type}})));
    CHECK_FALSE(record({{"a", number_type}}).equivalent_to(record({{"a", string_type}})));
    CHECK(type::list_of(number_type).equivalent_to(type::list_of(number_type)));
    CHECK_FALSE(type::list_of(number_type).equivalent_to(type::range_of(number_type)));
    CHECK(type::function_of({number_type}, string_type).equivalent_to(type::function_of({number_type}, string_type)));
    CHECK_FALSE(type::function_of({number_type}, string_type).equivalent_to(type::function_of({}, string_type)));
}

TEST_CASE("feel/type: text is FEEL's type syntax") {
    CHECK(type::list_of(record({{"a", number_type}})).to_string() == "list<context<a: number>>");
    CHECK(type::function_of({number_type, string_type}, type::any()).to_string() == "function<number, string> -> Any");
    CHECK(type::range_of(type::simple(kind::date)).to_string() == "range<date>");
}

TEST_CASE("feel/type: a value is an instance when all its parts are") {
    CHECK(is_instance(value(std::vector<value>{1, 2}), type::list_of(number_type)));
    CHECK_FALSE(is_instance(value(std::vector<value>{1, "2"}), type::list_of(number_type)));
    CHECK(is_instance(value(std::vector<value>{}), type::list_of(number_type)));
    CHECK(is_instance(value(context{{"a", "x"}, {"b", 1}}), record({{"a", string_type}})));
    CHECK(is_instance(value(context{{"a", value()}}), record({{"a", string_type}})));
    CHECK_FALSE(is_instance(value(context{{"b", 1}}), record({{"a", string_type}})));
    CHECK(is_instance(value(range{1, 2, true, true, {}}), type::range_of(number_type)));
    CHECK_FALSE(is_instance(value(range{"a", "b", true, true, {}}), type::range_of(number_type)));
    CHECK(is_instance(value(), number_type));
    CHECK_FALSE(is_instance(value(1), type::null()));
}

namespace {

/// What `is_instance` says of a list of contexts, asked of one entry after the other.
bool are_records(const value& items, const type& wanted) {
    for (const value& each : items.as_list()) {
        if (each.is_null()) continue;
        if (!each.is(kind::context)) return false;
        for (const type::member& member : wanted.members()) {
            const value* const entry = each.as_context().find(member.name);
            if (entry == nullptr || (member.is && !is_instance(*entry, *member.is))) return false;
        }
    }
    return true;
}

}  // namespace

TEST_CASE("feel/type: lists of contexts are instances by name, whatever names they share") {
    const type record_type = record({{"a", string_type},
                                     {"b", number_type},
                                     {"c", type::any()},
                                     {"d", type::list_of(number_type)},
                                     {"e", type::null()},
                                     {"f", type::simple(kind::function)}});
    const std::vector<value> good{"x", 1, "any", value(std::vector<value>{1}), value(), value()};
    std::mt19937 dice(20'261'207);
    int fitting = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::vector<value> items;
        for (std::size_t left = dice() % 4; left > 0; --left) {
            context made = dice() % 3 == 0 ? context() : context::like(record_type.names());
            const std::size_t turn = dice() % 3 == 0 ? dice() % 6 : 0;
            for (std::size_t at = 0; at < 6; ++at) {
                const std::size_t member = (at + turn) % 6;
                const std::size_t odd = dice() % 40;
                if (odd == 0) continue;
                made.append(record_type.names()[member], odd == 1   ? value()
                                                         : odd == 2 ? good[dice() % 6]
                                                                    : good[member]);
            }
            if (dice() % 8 == 0) made.append("more", 1);
            items.push_back(dice() % 20 == 0 ? good[dice() % 6] : value(std::move(made)));
        }
        const value list(std::move(items));
        const bool found = is_instance(list, type::list_of(record_type));
        CHECK_MESSAGE(found == are_records(list, record_type), to_string(list));
        fitting += found ? 1 : 0;
    }
    CHECK(fitting > 500);
    CHECK(fitting < 2'500);
}

TEST_CASE("feel/type: coercion makes singleton lists and items, and midnight UTC of a date") {
    CHECK(coerce(std::vector<value>{"foo"}, string_type) == value("foo"));
    CHECK(coerce("foo", type::list_of(string_type)) == value(std::vector<value>{"foo"}));
    const value day = *time::date::from_parts(2026, 3, 1);
    const value midnight = coerce(day, type::simple(kind::date_time));
    REQUIRE(midnight.is(kind::date_time));
    CHECK(midnight.as_date_time().clock == time::clock_time{0, time::zone::utc()});
    CHECK(coerce(value(null_reason::unknown_input), string_type).reason() == null_reason::unknown_input);
}

TEST_CASE("feel/type: what does not conform becomes null with a reason") {
    CHECK(coerce(1, string_type).reason() == null_reason::type_mismatch);
    CHECK(coerce(std::vector<value>{1}, string_type).reason() == null_reason::type_mismatch);
    CHECK(coerce(std::vector<value>{1, 2}, number_type).reason() == null_reason::type_mismatch);
    CHECK(coerce(std::vector<value>{1, "foo"}, type::list_of(number_type)).reason() == null_reason::type_mismatch);
    CHECK(coerce("foo", type::list_of(number_type)).reason() == null_reason::type_mismatch);
    CHECK(coerce(context{{"name", "foo"}}, record({{"name", string_type}, {"age", number_type}})).is_null());
}
