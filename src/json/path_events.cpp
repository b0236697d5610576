// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_events.hpp>

#include <polku/json/described.hpp>
#include <polku/json/stream_documents.hpp>
#include <polku/json/text.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace polku::inline POLKU_V::path {

/// True for the structs that are the content of an event, whose members may be missing after erasure.
template <class T>
constexpr bool is_event_body = boost::mp11::mp_contains<event_body, T>::value;

}  // namespace polku::inline POLKU_V::path

namespace polku::inline POLKU_V::json {

template <class T>
requires path::is_event_body<T>
struct json_defaults<T> {
    static constexpr bool value = true;
};

namespace {

constexpr std::string_view nobody = "-";
constexpr std::string_view no_class = "none";

/// Members that say nothing of a person: stages, duties, dates, roles and counters, and the random id of the client's
/// stream. All others are the client's, municipality too, since a non-disclosure order hides it.
bool is_clear_member(std::string_view type, std::string_view member) {
    if (type == "case_opened") return member == "client";
    if (type.substr(0, 6) != "stage_" && type.substr(0, 11) != "obligation_") return false;
    constexpr std::array clear{"stage",   "from_stage", "owner", "deadline", "visit",      "level",      "role",
                               "nominal", "due",        "roll",  "times",    "event_date", "obligation", "id"};
    return std::any_of(clear.begin(), clear.end(), [&](const char* each) { return member == each; });
}

using parts_by_owner = std::map<std::pair<std::string, std::string>, feel::context>;

/// Decision inputs go under the retention class of their fact.
void split_inputs(const feel::value& inputs, const std::string& subject, const std::string& usual,
                  parts_by_owner& into) {
    std::map<std::string, feel::context> by_class;
    for (const auto& entry : inputs.as_context()) {
        const feel::value* named = entry.value.as_context().find("retention");
        const std::string own(named && named->is(feel::kind::string) ? named->as_string() : std::string_view());
        by_class[own.empty() ? usual : own].append(entry.name, entry.value);
    }
    for (auto& [retention, members] : by_class) into[{subject, retention}].set("inputs", feel::value(members));
}

result<path::event_body> read_body(path::event_body made, const feel::value& members) {
    result<void> done;
    std::visit(
        [&](auto& body) {
            auto read = try_from_value<std::remove_cvref_t<decltype(body)>>(members);
            if (read)
                body = std::move(read).value();
            else
                done = std::move(read).error();
        },
        made);
    POLKU_CHECK(done);
    return made;
}

}  // namespace

std::uint32_t event_schema_version(std::string_view) noexcept { return 1; }

feel::value event_to_value(const path::event& of) {
    return std::visit([](const auto& body) { return to_value(body); }, of.what);
}

std::vector<path::event_part> event_parts(const path::event& of, std::string_view subject) {
    const std::string type = path::type_of(of.what);
    const std::string whose(subject);
    const std::string usual = of.retention.empty() ? std::string(no_class) : of.retention;
    parts_by_owner owners;
    const feel::value whole = event_to_value(of);
    for (const auto& entry : whole.as_context()) {
        if ((type == "decision_made" || type == "pack_decision_made") && entry.name == "inputs")
            split_inputs(entry.value, whose, usual, owners);
        else if (is_clear_member(type, entry.name))
            owners[{std::string(nobody), std::string(no_class)}].append(entry.name, entry.value);
        else
            owners[{whose, usual}].append(entry.name, entry.value);
    }
    std::vector<path::event_part> parts;
    for (auto& [owner, members] : owners) {
        path::event_part part;
        part.subject = owner.first;
        part.retention_class = owner.second;
        part.bytes = write(feel::value(std::move(members)));
        parts.push_back(std::move(part));
    }
    return parts;
}

result<path::event_envelope> try_write_event(const path::event& of, const path::service_path& path,
                                             std::string_view subject) {
    path::event_envelope made = streams::envelope_of(of, of.stream);
    made.type = path::type_of(of.what);
    made.schema_version = event_schema_version(made.type);
    made.path_hash = path.content_hash();
    made.parts = event_parts(of, subject);
    return made;
}

result<path::event> try_read_event(const path::event_envelope& from) {
    auto body = path::body_of_type(from.type);
    if (!body)
        return error(error_code::json_invalid_value, "event " + std::to_string(from.version) + " has the type '" +
                                                         from.type + "', which this version does not know");
    POLKU_TRY(joined_parts joined, streams::try_join(from));
    path::event made;
    POLKU_TRY(made.what, read_body(*std::move(body), feel::value(std::move(joined.members))));
    made.stream = from.kind;
    streams::read_envelope(from, std::move(joined), made);
    return made;
}

}  // namespace polku::inline POLKU_V::json
