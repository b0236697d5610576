// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_DESCRIBED_HPP
#define POLKU_JSON_DESCRIBED_HPP

#include <polku/config.hpp>
#include <polku/feel/value.hpp>
#include <polku/json/text.hpp>
#include <polku/result.hpp>

#include <boost/describe/enumerators.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// @file
/// Structs described with Boost.Describe, read from and made into JSON values.
///
/// A member may be: bool, an integer, std::string, a described enum (written as its name), std::optional, std::vector,
/// std::map with text keys, time::date, clock_time, date_time, months_duration, days_duration, feel::number,
/// feel::value (any JSON), or another described struct. A trailing underscore of a C++ name is not part of the JSON
/// name (`case_` is `case`). A member must be there unless it is an optional, a vector, a map, or `json_defaults` holds
/// for its struct. Members that the struct does not have are errors.

namespace polku::inline POLKU_V::json {

/// Specialise with `value = true` for a struct whose absent members keep their default initialisers.
template <class T>
struct json_defaults {
    static constexpr bool value = false;  ///< true: members may be absent
};

namespace detail {

/// Where in the document we are, as a chain of steps on the stack; made into a pointer only for an error.
struct place {
    const place* parent = nullptr;
    std::string_view name;  ///< of a member
    std::size_t index = 0;  ///< of an item
    bool is_item = false;
    std::string_view base;    ///< pointer of the outermost place
    std::string_view source;  ///< of the outermost place

    place member(std::string_view of) const { return {this, of, 0, false, {}, {}}; }
    place item(std::size_t at) const { return {this, {}, at, true, {}, {}}; }
};

error wrong_type(const place& at, std::string_view expected, const feel::value& found);
error invalid_value(const place& at, std::string_view expected, const feel::value& found);
error unknown_name(const place& at, std::string_view found, std::span<const std::string_view> known);

struct member_info {
    std::string_view name;
    bool required = false;
};
/// Finds unknown and missing members.
result<void> check_members(const place& at, const feel::context& of, std::span<const member_info> known);

result<void> read_temporal(const place& at, const feel::value& from, time::date& out);
result<void> read_temporal(const place& at, const feel::value& from, time::clock_time& out);
result<void> read_temporal(const place& at, const feel::value& from, time::date_time& out);
result<void> read_temporal(const place& at, const feel::value& from, time::months_duration& out);
result<void> read_temporal(const place& at, const feel::value& from, time::days_duration& out);
/// An integer of 64 bits between two bounds.
result<std::int64_t> read_integer(const place& at, const feel::value& from, std::int64_t low, std::int64_t high);

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class T>
struct is_map<std::map<std::string, T>> : std::true_type {};
template <class T>
struct is_map<std::map<std::string, T, std::less<>>> : std::true_type {};
template <class T>
constexpr bool is_temporal =
    std::is_same_v<T, time::date> || std::is_same_v<T, time::clock_time> || std::is_same_v<T, time::date_time> ||
    std::is_same_v<T, time::months_duration> || std::is_same_v<T, time::days_duration>;
template <class T>
constexpr bool may_be_absent = is_optional<T>::value || is_vector<T>::value || is_map<T>::value;

/// The JSON name of a C++ name.
constexpr std::string_view json_name(const char* name) {
    std::string_view text(name);
    if (text.size() > 1 && text.back() == '_') text.remove_suffix(1);
    return text;
}

template <class T>
using members_of =
    boost::describe::describe_members<T, boost::describe::mod_any_access | boost::describe::mod_inherited>;

template <class T>
result<void> read_value(const place& at, const feel::value& from, T& out);

template <class T>
result<void> read_enum(const place& at, const feel::value& from, T& out) {
    if (!from.is(feel::kind::string)) return wrong_type(at, "a name as a string", from);
    bool found = false;
    std::vector<std::string_view> known;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto each) {
        known.push_back(json_name(each.name));
        if (known.back() != from.as_string()) return;
        found = true;
        out = each.value;
    });
    if (!found) return unknown_name(at, from.as_string(), known);
    return {};
}

template <class T>
result<void> read_items(const place& at, const feel::value& from, std::vector<T>& out) {
    if (!from.is(feel::kind::list)) return wrong_type(at, "an array", from);
    out.clear();
    for (const feel::value& each : from.as_list()) {
        T made{};
        POLKU_CHECK(read_value(at.item(out.size()), each, made));
        out.push_back(std::move(made));
    }
    return {};
}

template <class Map>
result<void> read_map(const place& at, const feel::value& from, Map& out) {
    if (!from.is(feel::kind::context)) return wrong_type(at, "an object", from);
    out.clear();
    for (const feel::context::entry& each : from.as_context()) {
        typename Map::mapped_type made{};
        POLKU_CHECK(read_value(at.member(each.name), each.value, made));
        out.emplace(each.name, std::move(made));
    }
    return {};
}

template <class T>
result<void> read_struct(const place& at, const feel::value& from, T& out) {
    if (!from.is(feel::kind::context)) return wrong_type(at, "an object", from);
    const feel::context& members = from.as_context();
    std::vector<member_info> known;
    boost::mp11::mp_for_each<members_of<T>>([&](auto each) {
        using member = std::remove_cvref_t<decltype(out.*each.pointer)>;
        known.push_back({json_name(each.name), !json_defaults<T>::value && !may_be_absent<member>});
    });
    POLKU_CHECK(check_members(at, members, known));
    result<void> done;
    boost::mp11::mp_for_each<members_of<T>>([&](auto each) {
        const std::string_view name = json_name(each.name);
        const feel::value* const found = done ? members.find(name) : nullptr;
        if (found != nullptr) done = read_value(at.member(name), *found, out.*each.pointer);
    });
    return done;
}

template <class T>
result<void> read_number(const place& at, const feel::value& from, T& out) {
    static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "use std::int64_t or feel::number");
    result<std::int64_t> read = read_integer(at, from, std::int64_t{std::numeric_limits<T>::min()},
                                             std::int64_t{std::numeric_limits<T>::max()});
    if (!read) return std::move(read).error();
    out = static_cast<T>(*read);
    return {};
}

template <class T>
result<void> read_value(const place& at, const feel::value& from, T& out) {
    if constexpr (std::is_same_v<T, feel::value>) {
        out = from;
    } else if constexpr (is_optional<T>::value) {
        out.reset();
        if (from.is_null()) return {};
        typename T::value_type made{};
        POLKU_CHECK(read_value(at, from, made));
        out = std::move(made);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (!from.is(feel::kind::boolean)) return wrong_type(at, "true or false", from);
        out = from.as_boolean();
    } else if constexpr (std::is_integral_v<T>) {
        return read_number(at, from, out);
    } else if constexpr (std::is_same_v<T, feel::number>) {
        if (!from.is(feel::kind::number)) return wrong_type(at, "a number", from);
        out = from.as_number();
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!from.is(feel::kind::string)) return wrong_type(at, "a string", from);
        out = std::string(from.as_string());
    } else if constexpr (std::is_enum_v<T>) {
        return read_enum(at, from, out);
    } else if constexpr (is_temporal<T>) {
        return read_temporal(at, from, out);
    } else if constexpr (is_vector<T>::value) {
        return read_items(at, from, out);
    } else if constexpr (is_map<T>::value) {
        return read_map(at, from, out);
    } else {
        static_assert(!std::is_floating_point_v<T>, "binary floating point never enters a value");
        return read_struct(at, from, out);
    }
    return {};
}

}  // namespace detail

/// Makes a described struct (or any type that may be a member) from a value. `pointer` is where the value stands in its
/// document, `source` what the document is called; both go into errors. Errors: `json_missing_member`,
/// `json_unknown_member` (with the nearest known name), `json_wrong_type`, `json_invalid_value`.
template <class T>
result<T> try_from_value(const feel::value& from, std::string_view pointer = {}, std::string_view source = {}) {
    T made{};
    detail::place at;
    at.base = pointer;
    at.source = source;
    POLKU_CHECK(detail::read_value(at, from, made));
    return made;
}

/// Reads a text into a described struct; errors have line and column besides the pointer.
template <class T>
result<T> try_read(std::string_view text, const parse_options& options = {}) {
    POLKU_TRY(const feel::value whole, try_parse(text, options));
    result<T> made = try_from_value<T>(whole, {}, options.source);
    if (made) return made;
    for (position& each : made.error().positions()) {
        const position at = position_of(text, each.pointer);
        each.line = at.line;
        each.column = at.column;
    }
    return made;
}

/// The value of a described struct: a context with its members in order of declaration, without empty optionals.
template <class T>
feel::value to_value(const T& from) {
    if constexpr (std::is_same_v<T, feel::value>) {
        return from;
    } else if constexpr (detail::is_optional<T>::value) {
        return from ? to_value(*from) : feel::value();
    } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, feel::number> || std::is_same_v<T, std::string> ||
                         detail::is_temporal<T>) {
        return feel::value(from);
    } else if constexpr (std::is_integral_v<T>) {
        static_assert(sizeof(T) < 8 || std::is_signed_v<T>, "use std::int64_t or feel::number");
        return feel::value(std::int64_t{from});
    } else if constexpr (std::is_enum_v<T>) {
        std::string_view name;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto each) {
            if (each.value == from) name = detail::json_name(each.name);
        });
        return name.empty() ? feel::value() : feel::value(name);
    } else if constexpr (detail::is_vector<T>::value) {
        std::vector<feel::value> items;
        items.reserve(from.size());
        for (const auto& each : from) items.push_back(to_value(each));
        return feel::value(std::move(items));
    } else if constexpr (detail::is_map<T>::value) {
        feel::context made;
        for (const auto& [name, each] : from) made.append(name, to_value(each));
        return feel::value(std::move(made));
    } else {
        feel::context made;
        boost::mp11::mp_for_each<detail::members_of<T>>([&](auto each) {
            const auto& member = from.*each.pointer;
            if constexpr (detail::is_optional<std::remove_cvref_t<decltype(member)>>::value)
                if (!member) return;
            made.append(std::string(detail::json_name(each.name)), to_value(member));
        });
        return feel::value(std::move(made));
    }
}

}  // namespace polku::inline POLKU_V::json

#endif
