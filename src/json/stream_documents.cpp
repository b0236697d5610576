// SPDX-License-Identifier: Apache-2.0
#include <polku/json/stream_documents.hpp>

#include <polku/json/text.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::json::streams {

namespace {

constexpr std::string_view nobody = "-";
constexpr std::string_view no_class = "none";
/// Content about nobody may still hold words that somebody wrote: it has a class, so that sealed stores seal it.
constexpr std::string_view stream_class = "content";

path::event_part part_of(std::string_view subject, std::string_view retention, feel::context members) {
    path::event_part part;
    part.subject = subject;
    part.retention_class = retention;
    part.bytes = json::write(feel::value(std::move(members)));
    return part;
}

/// Puts the members of one part to those of the others; objects are joined.
void merge(feel::context& into, const feel::context& part) {
    for (const auto& entry : part) {
        const feel::value* there = into.find(entry.name);
        if (there && there->is(feel::kind::context) && entry.value.is(feel::kind::context)) {
            feel::context joined = there->as_context();
            merge(joined, entry.value.as_context());
            into.set(entry.name, feel::value(std::move(joined)));
        } else {
            into.set(entry.name, entry.value);
        }
    }
}

}  // namespace

error unknown_type(std::string_view what, std::string_view found, const std::vector<std::string>& known,
                   std::string_view source) {
    const std::vector<std::string_view> names(known.begin(), known.end());
    std::string message = "'" + std::string(found) + "' is no " + std::string(what);
    const std::string_view near = polku::detail::nearest_name(found, names);
    if (!near.empty()) message += "; did you mean '" + std::string(near) + "'?";
    position where;
    where.source = std::string(source);
    where.pointer = "/type";
    return {error_code::json_invalid_value, std::move(message), std::move(where)};
}

std::vector<path::event_part> parts_of(const feel::context& members, std::span<const std::string_view> personal,
                                       std::string_view subject, std::string_view retention) {
    feel::context open;
    feel::context own;
    for (const auto& entry : members) {
        const bool is_own =
            !subject.empty() && std::find(personal.begin(), personal.end(), entry.name) != personal.end();
        (is_own ? own : open).append(entry.name, entry.value);
    }
    std::vector<path::event_part> parts;
    parts.push_back(part_of(nobody, stream_class, std::move(open)));
    if (!own.empty()) parts.push_back(part_of(subject, retention.empty() ? no_class : retention, std::move(own)));
    return parts;
}

result<joined_parts> try_join(const path::event_envelope& from) {
    joined_parts joined;
    for (const path::event_part& part : from.parts) {
        if (part.subject != nobody) {
            joined.subject = part.subject;
            joined.retention = part.retention_class;
        }
        if (part.erased) {
            joined.erased = true;
            continue;
        }
        POLKU_TRY(const feel::value read, try_parse(part.bytes));
        if (!read.is(feel::kind::context))
            return error(error_code::json_wrong_type, "a part of event " + std::to_string(from.version) + " of type '" +
                                                          from.type + "' is no object");
        merge(joined.members, read.as_context());
    }
    return joined;
}

}  // namespace polku::inline POLKU_V::json::streams
