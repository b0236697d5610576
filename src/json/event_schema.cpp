// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_schemas.hpp>

#include <polku/json/text.hpp>
#include <polku/path/events.hpp>
#include <polku/path/pack_register.hpp>
#include <polku/path/place_events.hpp>
#include <polku/path/register_events.hpp>
#include <polku/path/supplement_events.hpp>

#include "schema_of.hpp"

namespace polku::inline POLKU_V::json {

namespace {

using schema::typed;

const std::string prefix = "polku.";

/// The types that a body is stored as: a referral's move has the name of the state that it leads to.
template <class Body>
std::vector<feel::value> stored_types() {
    std::vector<feel::value> names;
    if constexpr (std::is_same_v<Body, path::referral_moved>) {
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<path::referral_state>>([&](auto each) {
            path::referral_moved moved;
            moved.to_state = each.value;
            names.emplace_back(prefix + path::type_of(moved));
        });
    } else {
        names.emplace_back(prefix + std::string(Body::type));
    }
    return names;
}

template <class Body>
feel::value alternative(std::vector<feel::value>& all_types) {
    const feel::value body = schema::schema_of<Body>();
    const feel::value data(feel::context{
        {"type", "object"}, {"properties", *body.as_context().find("properties")}, {"additionalProperties", false}});
    std::vector<feel::value> types = stored_types<Body>();
    all_types.insert(all_types.end(), types.begin(), types.end());
    return feel::context{
        {"properties",
         feel::value(feel::context{{"type", feel::value(feel::context{{"enum", feel::value(std::move(types))}})},
                                   {"data", data}})}};
}

/// What the store itself writes, such as a checkpoint: it has no content.
feel::value without_content(std::vector<feel::value> types) {
    const feel::value none_of_these(
        feel::context{{"not", feel::value(feel::context{{"enum", feel::value(std::move(types))}})}});
    return feel::context{{"properties", feel::value(feel::context{{"type", none_of_these}, {"data", false}})}};
}

feel::context envelope() {
    return {{"specversion", feel::value(feel::context{{"const", "1.0"}})},
            {"id", typed("string")},
            {"source", typed("string")},
            {"type", typed("string")},
            {"subject", typed("string")},
            {"time", feel::value(feel::context{{"type", "string"}, {"format", "date-time"}})},
            {"datacontenttype", feel::value(feel::context{{"const", "application/json"}})},
            {"position", typed("string")},
            {"streamversion", typed("integer")},
            {"effectivedate", feel::value(feel::context{{"type", "string"}, {"format", "date"}})},
            {"erased", typed("boolean")},
            {"data", typed("object")}};
}

template <class Variant>
void add_alternatives(std::vector<feel::value>& to, std::vector<feel::value>& all_types) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Variant>>(
        [&](auto each) { to.push_back(alternative<typename decltype(each)::type>(all_types)); });
}

}  // namespace

std::string event_schema() {
    std::vector<feel::value> types;
    std::vector<feel::value> alternatives;
    add_alternatives<path::event_body>(alternatives, types);
    add_alternatives<path::place_event_body>(alternatives, types);
    add_alternatives<path::employer_event_body>(alternatives, types);
    add_alternatives<path::programme_event_body>(alternatives, types);
    add_alternatives<path::register_event_body>(alternatives, types);
    add_alternatives<path::pack_event_body>(alternatives, types);
    alternatives.push_back(without_content(std::move(types)));
    std::vector<feel::value> required{"specversion", "id",       "source",        "type",         "subject",
                                      "time",        "position", "streamversion", "effectivedate"};
    const feel::value whole(
        feel::context{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                      {"title", "polku event"},
                      {"description",
                       "An event of the feed, as CloudEvents 1.0. Members of `data` that were erased, that a "
                       "non-disclosure order hides, or that tell of a person and were not asked for, are left out."},
                      {"type", "object"},
                      {"properties", feel::value(envelope())},
                      {"required", feel::value(std::move(required))},
                      {"additionalProperties", false},
                      {"oneOf", feel::value(std::move(alternatives))}});
    write_options pretty;
    pretty.sorted = false;
    pretty.indent = 2;
    return write(whole, pretty) + "\n";
}

}  // namespace polku::inline POLKU_V::json
