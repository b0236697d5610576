// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_schemas.hpp>

#include <polku/json/text.hpp>
#include <polku/path/access.hpp>
#include <polku/path/case.hpp>
#include <polku/path/explain.hpp>
#include <polku/path/queries.hpp>

#include "schema_of.hpp"

namespace polku::inline POLKU_V::json {

namespace {

using feel::value;
using schema::schema_of;
using schema::typed;

value array_of(value items) { return feel::context{{"type", "array"}, {"items", std::move(items)}}; }

value or_null(const value& of) {
    std::vector<value> either{of, typed("null")};
    return feel::context{{"anyOf", value(std::move(either))}};
}

/// An object's schema with further members, all of which are always there.
value with(const value& object, std::initializer_list<feel::context::member> more) {
    feel::context made = object.as_context();
    feel::context properties = made.find("properties")->as_context();
    std::vector<value> required;
    if (const value* own = made.find("required"); own != nullptr)
        required.assign(own->as_list().begin(), own->as_list().end());
    for (const auto& each : more) {
        properties.set(each.name, each.value);
        required.emplace_back(each.name);
    }
    made.set("properties", value(std::move(properties)));
    made.set("required", value(std::move(required)));
    return value(std::move(made));
}

/// As `with`, for members that may be left out.
value with_optional(const value& object, std::initializer_list<feel::context::member> more) {
    feel::context made = object.as_context();
    feel::context properties = made.find("properties")->as_context();
    for (const auto& each : more) properties.set(each.name, each.value);
    made.set("properties", value(std::move(properties)));
    return value(std::move(made));
}

value open_or_closed() {
    std::vector<value> names{"open", "closed"};
    return feel::context{{"enum", value(std::move(names))}};
}

value empty_object() {
    return feel::context{{"type", "object"}, {"properties", value(feel::context())}, {"additionalProperties", false}};
}

value header(const value& object) {
    const value text = typed("string");
    const value path = with(empty_object(), {{"id", text}, {"version", text}, {"name", text}});
    const value always = with(object, {{"case", text},
                                       {"path", path},
                                       {"as_of", schema_of<time::date>()},
                                       {"status", open_or_closed()},
                                       {"version", typed("integer")},
                                       {"entry", text},
                                       {"self_referral", typed("boolean")},
                                       {"reopened", typed("integer")}});
    return with_optional(always, {{"opened", schema_of<time::date>()},
                                  {"municipality", text},
                                  {"stage", with(schema_of<path::stage_stay>(), {{"name", text}})},
                                  {"ending", with(schema_of<path::case_ending>(), {{"name", text}})}});
}

value people(const value& object) {
    const value text = typed("string");
    const value always = with(object, {{"client", with(schema_of<path::client_details>(), {{"id", text}})},
                                       {"non_disclosure", typed("boolean")},
                                       {"representatives", schema_of<std::vector<path::representative>>()},
                                       {"answering_role", text},
                                       {"responsible", or_null(schema_of<path::responsibility>())},
                                       {"responsibility", schema_of<std::vector<path::responsibility>>()},
                                       {"own_workers", schema_of<std::vector<path::responsibility>>()},
                                       {"team", schema_of<std::vector<path::responsibility>>()},
                                       {"consents", schema_of<std::vector<path::consent>>()}});
    return with_optional(always, {{"sender", schema_of<path::party>()}});
}

value records(const value& object) {
    const value fact = with(schema_of<path::fact>(), {{"known", typed("boolean")}, {"label", typed("string")}});
    return with(object, {{"facts", array_of(fact)},
                         {"missing_facts", array_of(typed("string"))},
                         {"referrals", schema_of<std::vector<path::referral>>()},
                         {"planned_meetings", schema_of<std::vector<path::planned_meeting>>()},
                         {"meetings", schema_of<std::vector<path::meeting>>()},
                         {"assessments", schema_of<std::vector<path::assessment>>()},
                         {"instruments", schema_of<std::vector<path::instrument_result>>()},
                         {"feedback", schema_of<std::vector<path::feedback>>()},
                         {"experiences", schema_of<std::vector<path::client_experience>>()},
                         {"plan", or_null(schema_of<path::plan>())},
                         {"goals", schema_of<std::vector<path::goal>>()},
                         {"coaching", schema_of<std::vector<path::coaching>>()},
                         {"placements", schema_of<std::vector<path::placement>>()},
                         {"follow_up", schema_of<std::vector<path::check_point>>()},
                         {"obligations", schema_of<std::vector<path::obligation>>()}});
}

value story(const value& object) {
    const value text = typed("string");
    const value due = with(schema_of<path::due_item>(), {{"name", text}});
    const value action = with(schema_of<path::available_action>(), {{"name", text}, {"blocked_by", array_of(text)}});
    const value decision =
        with(schema_of<path::decision_made>(), {{"made", schema_of<time::date>()},
                                                {"actor", text},
                                                {"event", schema_of<path::event_name>()},
                                                {"explanation", schema_of<path::decision_explanation>()}});
    const value ruling = with_optional(
        with(schema_of<path::pack_decision_made>(),
             {{"made", schema_of<time::date>()}, {"actor", text}, {"event", schema_of<path::event_name>()}}),
        {{"notified", schema_of<path::pack_decision_notified>()}, {"replaced_by", text}, {"erased", typed("boolean")}});
    const value entry = with(schema_of<path::timeline_entry>(), {{"text", text}});
    return with(object, {{"due", array_of(due)},
                         {"actions", array_of(action)},
                         {"decisions", array_of(decision)},
                         {"pack_decisions", array_of(ruling)},
                         {"timeline", array_of(entry)}});
}

/// What a reader may see of a case: any member may be missing, and of a decision that rests on something withheld only
/// the bare fact is there.
value for_reader(const value& whole) {
    const value text = typed("string");
    feel::context made = whole.as_context();
    feel::context properties = made.find("properties")->as_context();
    const value bare = with(empty_object(), {{"made", schema_of<time::date>()},
                                             {"decision", text},
                                             {"stage", text},
                                             {"next", text},
                                             {"withheld", typed("boolean")}});
    const value bare_ruling = with(empty_object(), {{"id", text},
                                                    {"made", schema_of<time::date>()},
                                                    {"pack", text},
                                                    {"decision", text},
                                                    {"decided", schema_of<time::date>()},
                                                    {"withheld", typed("boolean")}});
    for (const auto& [member, less] : {std::pair{"decisions", bare}, std::pair{"pack_decisions", bare_ruling}}) {
        std::vector<value> either{*properties.find(member)->as_context().find("items"), less};
        properties.set(member, array_of(feel::context{{"anyOf", value(std::move(either))}}));
    }
    properties.set("relation", schema_of<path::reader_relation>());
    const value reason = with(empty_object(), {{"category", text}, {"rule", text}, {"reason", text}, {"source", text}});
    properties.set("withheld", array_of(reason));
    std::vector<value> required{"case", "path", "as_of", "status", "non_disclosure", "relation", "withheld"};
    made.set("properties", value(std::move(properties)));
    made.set("required", value(std::move(required)));
    return value(std::move(made));
}

}  // namespace

std::string case_schema() {
    feel::context whole{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                        {"title", "polku case"},
                        {"description",
                         "A case as it stands on a day, whole or as a reader may see it. What a non-disclosure order "
                         "hides is left out."}};
    const value body = story(records(people(header(empty_object()))));
    std::vector<value> either{body, for_reader(body)};
    whole.append("oneOf", value(std::move(either)));
    write_options pretty;
    pretty.sorted = false;
    pretty.indent = 2;
    return write(value(std::move(whole)), pretty) + "\n";
}

}  // namespace polku::inline POLKU_V::json
