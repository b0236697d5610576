// SPDX-License-Identifier: Apache-2.0
#include "stream_doors.hpp"

#include "case_loading.hpp"
#include "counting.hpp"
#include "pack_loading.hpp"
#include "place_door.hpp"
#include "register_door.hpp"
#include "supplement_loading.hpp"

#include <polku/json/path_commands.hpp>
#include <polku/json/path_events.hpp>
#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::detail {

namespace {

error moved_on(path::stream_kind kind, const path::stream_id& stream, std::uint64_t expected, std::uint64_t found) {
    return error(error_code::store_version_conflict, "the " + std::string(name_of(kind)) + " " +
                                                         storage::to_hex(stream.bytes) + " is at version " +
                                                         std::to_string(found) + ", the command expects " +
                                                         std::to_string(expected) + "; read it again and decide anew");
}

/// The events of one of the two streams of a case.
result<storage::stream_append> append_events(const path::stream_id& stream, path::stream_kind kind,
                                             std::uint64_t expected, const std::vector<path::event>& events,
                                             const path::service_path& path, const std::string& subject) {
    storage::stream_append append;
    append.stream = stream;
    append.kind = kind;
    append.expected_version = expected;
    for (const path::event& each : events) {
        if (each.stream != kind) continue;
        POLKU_TRY(path::event_envelope envelope, json::try_write_event(each, path, subject));
        if (const auto* ruled = std::get_if<path::pack_decision_made>(&each.what); ruled != nullptr)
            envelope.pack_hash = storage::hash_from_hex(ruled->pack_hash).value_or(path::hash{});
        append.events.push_back(std::move(envelope));
    }
    return append;
}

/// The case as it stands, or what is known of the client of a case that is about to open, with its path.
struct case_at_hand {
    folded_case folded;
    path::service_path path;
    std::string client;
};

result<case_at_hand> find_case(const door_room& room, const case_command& asked) {
    case_at_hand found;
    // What is put right may be any event; the facts of a day are found among all.
    const bool needs_all = std::holds_alternative<path::correct>(asked.command.what) ||
                           std::holds_alternative<path::enter_in_error>(asked.command.what) ||
                           std::holds_alternative<path::decide_by_pack>(asked.command.what);
    POLKU_TRY(found.folded,
              fold_case(room.store, asked.stream, needs_all ? case_history::whole : case_history::recent));
    found.client = found.folded.state.client;
    if (found.folded.opened) {
        POLKU_TRY(found.path, room.path_of(found.folded.path_hash));
        return found;
    }
    const auto* opening = std::get_if<path::open_case>(&asked.command.what);
    if (opening == nullptr)
        return error(error_code::case_not_opened,
                     "the case " + storage::to_hex(asked.stream.bytes) + " has not been opened");
    POLKU_TRY(found.path, room.newest_path_of(asked.path_id));
    found.client = opening->client;
    POLKU_TRY(const path::stream_id of_client, client_stream(found.client));
    POLKU_TRY(found.folded, fold_client(room.store, of_client));
    return found;
}

result<storage::append_request> decide_case_command(const door_room& room, const command_envelope& asked) {
    storage::append_request request;
    const case_command to_case{asked.stream, asked.command, asked.context, asked.path_id, asked.expected_version};
    POLKU_TRY(request.streams, try_decide_case(room, to_case));
    POLKU_CHECK(try_leave_lists(room, to_case, request.streams));
    return request;
}

result<std::vector<feel::value>> case_command_schemas() {
    POLKU_TRY(const feel::value whole, json::try_parse(json::command_schema()));
    const auto& alternatives = whole.as_context().find("oneOf")->as_list();
    return std::vector<feel::value>(alternatives.begin(), alternatives.end());
}

/// Streams of kind programme hold a support programme or a register: what their first event says, or the command when
/// there is none yet. One of them tells which rule packs are in use.
result<storage::append_request> decide_of_programme(const door_room& room, const command_envelope& asked) {
    if (asked.stream == pack_register_stream() || asked.type == path::adopt_pack::type)
        return decide_pack_command(room, asked);
    POLKU_TRY(const bool holds_register, try_is_register(room.store, asked.stream));
    if (holds_register || is_register_command(asked.type)) return decide_register_command(room, asked);
    return decide_programme_command(room, asked);
}

result<std::vector<feel::value>> schemas_of_programme() {
    POLKU_TRY(std::vector<feel::value> all, programme_command_schemas());
    POLKU_TRY(const std::vector<feel::value> of_packs, pack_command_schemas());
    all.insert(all.end(), of_packs.begin(), of_packs.end());
    for (feel::value& each : register_command_schemas()) all.push_back(std::move(each));
    return all;
}

constexpr std::array doors = {
    stream_door{path::stream_kind::case_, decide_case_command, case_command_schemas},
    stream_door{path::stream_kind::employer, decide_employer_command, employer_command_schemas},
    stream_door{path::stream_kind::programme, decide_of_programme, schemas_of_programme},
    stream_door{path::stream_kind::environment, decide_place_command, place_command_schemas},
};

}  // namespace

error wrong_kind(const path::stream_id& id, path::stream_kind wanted, path::stream_kind found) {
    return error(error_code::not_found, "the stream " + storage::to_hex(id.bytes) + " holds no " +
                                            std::string(name_of(wanted)) + " but a " + std::string(name_of(found)));
}

result<void> check_expected(const command_envelope& asked, std::uint64_t version) {
    if (asked.expected_version && *asked.expected_version != version)
        return moved_on(asked.kind, asked.stream, *asked.expected_version, version);
    return {};
}

std::span<const stream_door> stream_doors() noexcept { return doors; }

const stream_door* find_door(path::stream_kind kind) noexcept {
    const auto found = std::find_if(doors.begin(), doors.end(), [&](const auto& each) { return each.kind == kind; });
    return found == doors.end() ? nullptr : &*found;
}

result<std::vector<storage::stream_append>> try_case_streams(const path::service_path& path,
                                                             const path::stream_id& case_id, const std::string& client,
                                                             const case_versions& before,
                                                             const std::vector<path::event>& events) {
    std::vector<storage::stream_append> streams;
    if (events.empty()) return streams;
    POLKU_TRY(const path::stream_id of_client, client_stream(client));
    POLKU_TRY(storage::stream_append of_case,
              append_events(case_id, path::stream_kind::case_, before.of_case, events, path, client));
    POLKU_TRY(storage::stream_append about_client,
              append_events(of_client, path::stream_kind::client, before.of_client, events, path, client));
    streams.push_back(std::move(of_case));
    if (!about_client.events.empty()) streams.push_back(std::move(about_client));
    return streams;
}

result<std::vector<storage::stream_append>> try_decide_case(const door_room& room, const case_command& asked) {
    POLKU_TRY(case_at_hand found, find_case(room, asked));
    const path::case_state& state = found.folded.state;
    if (asked.expected_version && *asked.expected_version != state.case_version)
        return moved_on(path::stream_kind::case_, asked.stream, *asked.expected_version, state.case_version);
    path::context with = asked.context;
    pack_at_hand used;
    path::pack_in_use pack;
    if (const auto* ruling = std::get_if<path::decide_by_pack>(&asked.command.what); ruling != nullptr) {
        POLKU_TRY(used, try_pack_in_use(room, ruling->pack));
        pack = {&used.pack, used.content};
        with.pack = &pack;
    }
    POLKU_TRY(const std::vector<path::event> events, path::decide(found.path, state, asked.command, with));
    POLKU_TRY(std::vector<storage::stream_append> streams,
              try_case_streams(found.path, asked.stream, found.client,
                               {state.case_version, found.folded.client_version}, events));
    if (streams.empty()) return streams;
    decided_case made{asked.stream, found.client, found.folded.client_version, found.path,
                      {},           {},           in_stored_order(events)};
    made.after = path::evolve(state, made.events);
    streams.front().projection = projection_of(found.path, made.after, asked.context.today);
    // What was folded beside the snapshot, those of the client's other cases too.
    if (room.snapshot_every != 0 && made.after.history.size() >= room.snapshot_every) {
        POLKU_TRY(streams.front().snapshot, try_snapshot_after(found.folded, found.path.content_hash(), streams));
    }
    if (room.decided != nullptr) {
        made.before = std::move(found.folded.state);
        room.decided->push_back(std::move(made));
    }
    return streams;
}

}  // namespace polku::inline POLKU_V::detail
