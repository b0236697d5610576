// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_JSON_SCHEMA_OF_HPP
#define POLKU_SRC_JSON_SCHEMA_OF_HPP

#include <polku/json/described.hpp>
#include <polku/path/definition.hpp>

#include <string_view>
#include <type_traits>
#include <vector>

/// JSON Schemas of described structs: what `try_from_value` reads, and nothing else.
namespace polku::inline POLKU_V::json::schema {

template <class T>
feel::value schema_of();

inline feel::value typed(std::string_view name) { return feel::context{{"type", name}}; }

template <class T>
feel::value enum_schema() {
    std::vector<feel::value> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
        [&](auto each) { names.emplace_back(detail::json_name(each.name)); });
    return feel::context{{"type", "string"}, {"enum", feel::value(std::move(names))}};
}

inline feel::value texts_schema() {
    feel::context languages;
    for (const char* language : {"fi", "sv", "en", "fi-selko"}) languages.set(language, typed("string"));
    std::vector<feel::value> all{"fi", "sv", "en", "fi-selko"};
    return feel::context{{"type", "object"},
                         {"description", "one text by language; fi-selko is plain Finnish"},
                         {"properties", feel::value(std::move(languages))},
                         {"required", feel::value(std::move(all))},
                         {"additionalProperties", false}};
}

/// Members that hold a period or a date say so by a pattern or a format.
inline feel::value member_schema(std::string_view name, feel::value plain) {
    constexpr std::string_view periods[] = {"max", "valid_for", "within", "again_after", "escalate_every", "review"};
    for (const std::string_view each : periods)
        if (name == each && plain == typed("string"))
            return feel::context{{"type", "string"}, {"pattern", "^P[0-9]{1,5}[DWMY]$"}};
    // Maps of texts by other names (`with` of actions, `events` of retention), though of the same C++ type as a text by
    // language.
    if (name == "with" || name == "events")
        return feel::context{{"type", "object"}, {"additionalProperties", typed("string")}};
    if (name == "roll") {
        std::vector<feel::value> rules{"none", "150/1930"};
        return feel::context{{"enum", feel::value(std::move(rules))}};
    }
    return plain;
}

template <class T>
feel::value struct_schema() {
    feel::context properties;
    std::vector<feel::value> required;
    boost::mp11::mp_for_each<detail::members_of<T>>([&](auto each) {
        using member = std::remove_cvref_t<decltype(std::declval<T&>().*each.pointer)>;
        const std::string_view name = detail::json_name(each.name);
        properties.set(name, member_schema(name, schema_of<member>()));
        if (!detail::may_be_absent<member>) required.emplace_back(name);
    });
    feel::context made{{"type", "object"}, {"properties", feel::value(std::move(properties))}};
    if (!required.empty()) made.set("required", feel::value(std::move(required)));
    made.set("additionalProperties", false);
    return made;
}

template <class T>
feel::value schema_of() {
    if constexpr (std::is_same_v<T, path::texts>)
        return texts_schema();
    else if constexpr (detail::is_optional<T>::value)
        return schema_of<typename T::value_type>();
    else if constexpr (detail::is_vector<T>::value)
        return feel::context{{"type", "array"}, {"items", schema_of<typename T::value_type>()}};
    else if constexpr (detail::is_map<T>::value)
        return feel::context{{"type", "object"}, {"additionalProperties", schema_of<typename T::mapped_type>()}};
    else if constexpr (std::is_same_v<T, std::string>)
        return typed("string");
    else if constexpr (std::is_same_v<T, bool>)
        return typed("boolean");
    else if constexpr (std::is_integral_v<T>)
        return typed("integer");
    else if constexpr (std::is_enum_v<T>)
        return enum_schema<T>();
    else if constexpr (std::is_same_v<T, feel::value>)
        return feel::context{};
    else if constexpr (std::is_same_v<T, feel::number>)
        return typed("number");
    else if constexpr (detail::is_temporal<T>)
        return feel::context{{"type", "string"}, {"format", "date"}};
    else
        return struct_schema<T>();
}

/// One command: its own members, the type as a constant, and the day.
template <class Body>
feel::value command_alternative() {
    const feel::value body = schema_of<Body>();
    feel::context properties{{"type", feel::value(feel::context{{"const", Body::type}})},
                             {"on", schema_of<time::date>()}};
    for (const auto& entry : body.as_context().find("properties")->as_context())
        properties.append(entry.name, entry.value);
    std::vector<feel::value> required{"type"};
    if (const feel::value* own = body.as_context().find("required"))
        required.insert(required.end(), own->as_list().begin(), own->as_list().end());
    return feel::context{{"type", "object"},
                         {"properties", feel::value(std::move(properties))},
                         {"required", feel::value(std::move(required))},
                         {"additionalProperties", false}};
}

/// One alternative for each command of a variant.
template <class Variant>
std::vector<feel::value> command_alternatives() {
    std::vector<feel::value> all;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Variant>>(
        [&](auto each) { all.push_back(command_alternative<typename decltype(each)::type>()); });
    return all;
}

}  // namespace polku::inline POLKU_V::json::schema

#endif
