// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_STREAM_DOCUMENTS_HPP
#define POLKU_JSON_STREAM_DOCUMENTS_HPP

#include <polku/detail/nearest_name.hpp>
#include <polku/json/described.hpp>
#include <polku/path/event.hpp>
#include <polku/path/stream_event.hpp>
#include <polku/result.hpp>
#include <polku/version.hpp>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// Commands and events, held as variants of described structs with a `type` each, to and from JSON.

namespace polku::inline POLKU_V::json {

/// The content of an event of stream_event.hpp; after erasure its members may be missing.
template <class T>
concept stream_content = requires {
    T::personal;
};

template <stream_content T>
struct json_defaults<T> {
    static constexpr bool value = true;  ///< members of erased parts may be missing
};

/// The members of all parts that are there; `erased` is set when one is not, `subject` and `retention` to those of the
/// part that is about a person.
struct joined_parts {
    feel::context members;  ///< of all parts, by name
    std::string subject;
    std::string retention;
    bool erased = false;
};

namespace streams {

/// The alternatives of a variant, each as a type that holds it.
template <class Variant>
using alternatives = boost::mp11::mp_transform<std::type_identity, Variant>;

/// Names of the types of all alternatives, in their order.
template <class Variant>
std::vector<std::string> types() {
    std::vector<std::string> names;
    boost::mp11::mp_for_each<alternatives<Variant>>([&](auto each) { names.emplace_back(decltype(each)::type::type); });
    return names;
}

/// The error for a type that no alternative has; `what` is `command` or `event`.
error unknown_type(std::string_view what, std::string_view found, const std::vector<std::string>& known,
                   std::string_view source);

/// The alternative of that type, read from its members.
template <class Variant>
result<Variant> try_read(std::string_view what, std::string_view type, const feel::value& members,
                         std::string_view source = {}) {
    std::optional<result<Variant>> read;
    boost::mp11::mp_for_each<alternatives<Variant>>([&](auto each) {
        using body = typename decltype(each)::type;
        if (body::type != type) return;
        auto made = try_from_value<body>(members, {}, source);
        if (made)
            read = result<Variant>(Variant(std::move(made).value()));
        else
            read = result<Variant>(std::move(made).error());
    });
    if (!read) return unknown_type(what, type, types<Variant>(), source);
    return *std::move(read);
}

/// The parts that hold an event's members: those named in `personal` under the subject and its retention class, the
/// others under subject `-` and class `content`, which sealed stores seal under the stream's own id. Canonical JSON.
std::vector<path::event_part> parts_of(const feel::context& members, std::span<const std::string_view> personal,
                                       std::string_view subject, std::string_view retention);

/// The parts of a stored event put together again.
result<joined_parts> try_join(const path::event_envelope& from);

/// The envelope of an event (`path::event` or `path::stream_event`), without type and parts. Stream, version, position
/// and command id are the store's to fill.
template <class Event>
path::event_envelope envelope_of(const Event& of, path::stream_kind kind) {
    path::event_envelope made;
    made.kind = kind;
    made.effective_date = of.effective_date;
    made.recorded_at_ms = of.recorded_at_ms;
    made.actor = of.actor;
    made.purpose = of.purpose;
    made.engine_version = POLKU_ENGINE_SEMANTICS;
    return made;
}

/// The other way: what a stored envelope and its joined parts say of an event besides its content.
template <class Event>
void read_envelope(const path::event_envelope& from, joined_parts&& joined, Event& into) {
    into.retention = std::move(joined.retention);
    into.erased = joined.erased;
    into.version = from.version;
    into.position = from.position;
    into.effective_date = from.effective_date;
    into.recorded_at_ms = from.recorded_at_ms;
    into.actor = from.actor;
    into.purpose = from.purpose;
}

/// The envelope to append.
template <class Body>
path::event_envelope write(const path::stream_event<Body>& of, path::stream_kind kind) {
    path::event_envelope made = envelope_of(of, kind);
    std::visit(
        [&](const auto& body) {
            made.type = body.type;
            const feel::value members = to_value(body);
            made.parts = parts_of(members.as_context(), body.personal, of.subject, of.retention);
        },
        of.what);
    return made;
}

/// The event of a stored envelope; errors of the 8xx family for content that is none of `Body`'s.
template <class Body>
result<path::stream_event<Body>> try_read_event(const path::event_envelope& from) {
    POLKU_TRY(joined_parts joined, try_join(from));
    path::stream_event<Body> made;
    POLKU_TRY(made.what, try_read<Body>("event", from.type, feel::value(std::move(joined.members))));
    made.subject = std::move(joined.subject);
    read_envelope(from, std::move(joined), made);
    return made;
}

}  // namespace streams

}  // namespace polku::inline POLKU_V::json

#endif
