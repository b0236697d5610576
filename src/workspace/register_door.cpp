// SPDX-License-Identifier: Apache-2.0
#include "register_door.hpp"

#include "json/schema_of.hpp"

#include <polku/storage/hash.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::detail {

namespace {

constexpr path::stream_kind programme_stream = path::stream_kind::programme;

/// Class of what entries tell besides contact persons: apart from the class of other content, so that words about a
/// person that stand there all the same can be destroyed without the register.
constexpr std::string_view words_class = "register";

void set_words_apart(path::event_envelope& of) {
    if (of.type == path::register_opened::type) return;
    for (path::event_part& each : of.parts)
        if (each.subject == "-") each.retention_class = words_class;
}

/// What an entry about an employer names must not be somebody else's stream, such as a client's.
result<void> check_employer(const door_room& room, const path::service_path& path, const path::register_book& book,
                            const path::register_command_body& what) {
    const auto* recorded = std::get_if<path::record_entry>(&what);
    if (recorded == nullptr || !recorded->about) return {};
    const auto known = path.says().registers.find(book.register_);
    if (known == path.says().registers.end() || known->second.about != path::register_subject::employer) return {};
    const auto id = storage::stream_id_from_hex(*recorded->about);
    if (!id) return {};  // which the decision refuses with its reason
    POLKU_TRY(const auto first, room.store.try_load(*id, 1, 1));
    if (first.empty() || first.front().kind == path::stream_kind::employer) return {};
    return wrong_kind(*id, path::stream_kind::employer, first.front().kind);
}

}  // namespace

bool is_register_command(std::string_view type) {
    const std::vector<std::string> known = json::streams::types<path::register_command_body>();
    return std::find(known.begin(), known.end(), type) != known.end();
}

result<bool> try_is_register(storage::event_store& store, const path::stream_id& id) {
    POLKU_TRY(const auto first, store.try_load(id, 1, 1));
    return !first.empty() && first.front().type == path::register_opened::type;
}

result<folded_register> try_fold_register(storage::event_store& store, const path::stream_id& id,
                                          const std::optional<time::date>& as_of) {
    POLKU_TRY(const std::vector<path::event_envelope> events, store.try_load(id));
    folded_register folded;
    folded.stream = id;
    for (const path::event_envelope& each : events) {
        if (each.kind != programme_stream) return wrong_kind(id, programme_stream, each.kind);
        folded.version = each.version;
        if (as_of && *as_of < each.effective_date) continue;
        POLKU_TRY(const path::register_event happened, json::streams::try_read_event<path::register_event_body>(each));
        folded.book = path::evolve_register(std::move(folded.book), happened);
        // An entry can be ended under a definition that has the register no more; names are those of the last that had
        // it.
        if (each.type != path::register_entry_ended::type) folded.path_hash = each.path_hash;
    }
    return folded;
}

result<std::vector<folded_register>> try_fold_registers(storage::event_store& store, std::string_view path_id,
                                                        time::date as_of) {
    std::vector<folded_register> found;
    storage::stream_query query;
    query.kind = programme_stream;
    for (;;) {
        POLKU_TRY(const auto rows, store.try_find_streams(query));
        for (const storage::stream_row& row : rows) {
            POLKU_TRY(const bool is_one, try_is_register(store, row.stream));
            if (!is_one) continue;
            POLKU_TRY(folded_register folded, try_fold_register(store, row.stream, as_of));
            if (!folded.book.is_opened() || (!path_id.empty() && folded.book.path != path_id)) continue;
            found.push_back(std::move(folded));
        }
        if (rows.size() < query.limit) return found;
        query.after = rows.back().number;
    }
}

result<storage::append_request> decide_register_command(const door_room& room, const command_envelope& asked) {
    POLKU_TRY(const auto first, room.store.try_load(asked.stream, 1, 1));
    if (!first.empty() && first.front().type != path::register_opened::type)
        return error(error_code::register_missing,
                     "the stream " + storage::to_hex(asked.stream.bytes) + " holds no register but a support programme",
                     {.pointer = "/programme"});
    POLKU_TRY(const folded_register folded, try_fold_register(room.store, asked.stream));
    POLKU_CHECK(check_expected(asked, folded.version));
    path::register_command command;
    POLKU_TRY(command.what, json::streams::try_read<path::register_command_body>("command", asked.type, asked.data));
    command.on = asked.on;
    const auto* opening = std::get_if<path::open_register>(&command.what);
    if (opening == nullptr && !folded.book.is_opened())
        return error(error_code::register_missing, "the register " + storage::to_hex(asked.stream.bytes) +
                                                       " has not been opened; open_register comes first");
    POLKU_TRY(const path::service_path path,
              room.newest_path_of(folded.book.is_opened() ? folded.book.path : opening->path));
    POLKU_CHECK(check_employer(room, path, folded.book, command.what));
    POLKU_TRY(const std::vector<path::register_event> events,
              path::decide_register(path, folded.book, command, asked.context));
    storage::append_request request;
    request.streams.push_back(append_of(asked.stream, programme_stream, folded.version, events));
    for (path::event_envelope& each : request.streams.front().events) {
        each.path_hash = path.content_hash();
        set_words_apart(each);
    }
    return request;
}

std::vector<feel::value> register_command_schemas() {
    return json::schema::command_alternatives<path::register_command_body>();
}

}  // namespace polku::inline POLKU_V::detail
