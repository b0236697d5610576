// SPDX-License-Identifier: Apache-2.0
#include <polku/json/event_data.hpp>

#include <polku/json/stream_documents.hpp>
#include <polku/path/pack_register.hpp>
#include <polku/path/place_events.hpp>
#include <polku/path/register_events.hpp>
#include <polku/path/supplement_events.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::json {

namespace {

/// Books keep the id of a client in the open, so that they count right after an erasure; readers get it with the rest
/// of what tells of the person only.
constexpr std::string_view client_member = "client";

/// What stands in streams of kind programme: support programmes, registers, and the rule packs in use.
using programme_kind_body =
    boost::mp11::mp_append<path::programme_event_body, path::register_event_body, path::pack_event_body>;

/// The members about a person, by the type of the event.
template <class Variant>
result<std::span<const std::string_view>> personal_of(const path::event_envelope& from) {
    std::optional<std::span<const std::string_view>> found;
    boost::mp11::mp_for_each<streams::alternatives<Variant>>([&](auto each) {
        using body = typename decltype(each)::type;
        if (body::type == from.type) found = std::span<const std::string_view>(body::personal);
    });
    if (!found) return streams::unknown_type("event", from.type, streams::types<Variant>(), {});
    return *found;
}

result<std::span<const std::string_view>> personal_members(const path::event_envelope& from) {
    switch (from.kind) {
        case path::stream_kind::environment: return personal_of<path::place_event_body>(from);
        case path::stream_kind::employer: return personal_of<path::employer_event_body>(from);
        case path::stream_kind::programme: return personal_of<programme_kind_body>(from);
        default: break;
    }
    return error(error_code::invalid_argument, "events of cases and clients are read by try_read_event");
}

}  // namespace

bool has_event_data(path::stream_kind kind) noexcept {
    return kind == path::stream_kind::environment || kind == path::stream_kind::employer ||
           kind == path::stream_kind::programme;
}

result<event_data> try_event_data(const path::event_envelope& from) {
    POLKU_TRY(const std::span<const std::string_view> personal, personal_members(from));
    POLKU_TRY(joined_parts joined, streams::try_join(from));
    event_data made;
    for (const auto& each : joined.members) {
        const bool is_own =
            each.name == client_member || std::find(personal.begin(), personal.end(), each.name) != personal.end();
        if (!is_own) made.open.append(each.name, each.value);
    }
    made.whole = std::move(joined.members);
    made.subject = std::move(joined.subject);
    made.erased = joined.erased;
    return made;
}

}  // namespace polku::inline POLKU_V::json
