// SPDX-License-Identifier: Apache-2.0
#include "register_door.hpp"
#include "supplement_loading.hpp"

#include "json/schema_of.hpp"

#include <polku/storage/hash.hpp>

#include <utility>

namespace polku::inline POLKU_V::detail {

namespace {

/// The events of a programme that go along with those of an employer.
result<void> add_programme(storage::append_request& request, const std::string& id, std::uint64_t version,
                           const std::vector<path::programme_event>& events) {
    if (events.empty()) return {};
    POLKU_TRY(const path::stream_id stream, supplement_stream(id, "programme"));
    request.streams.push_back(append_of(stream, path::stream_kind::programme, version, events));
    return {};
}

}  // namespace

result<path::stream_id> supplement_stream(std::string_view id, const char* member) {
    const auto read = storage::stream_id_from_hex(id);
    if (read) return *read;
    return error(error_code::invalid_argument,
                 "'" + std::string(id) + "' is no id of a stream; it must be 32 hexadecimal digits",
                 {.pointer = std::string("/") + member});
}

result<folded_stream<path::employer_state>> fold_employer(storage::event_store& store, const path::stream_id& id) {
    return try_fold_stream<path::employer_event_body, path::employer_state>(store, id, path::stream_kind::employer,
                                                                            path::evolve_employer);
}

result<folded_stream<path::programme_state>> fold_programme(storage::event_store& store, const path::stream_id& id) {
    POLKU_TRY(const bool holds_register, try_is_register(store, id));
    if (holds_register)
        return error(error_code::not_found,
                     "the stream " + storage::to_hex(id.bytes) + " holds a register and no support programme");
    return try_fold_stream<path::programme_event_body, path::programme_state>(store, id, path::stream_kind::programme,
                                                                              path::evolve_programme);
}

compiled_terms::compiled_terms(storage::event_store& store)
    : blob_cache(store, [](std::string_view bytes) -> result<path::supplement_terms> {
          POLKU_TRY(const terms_bundle restored, try_restore_terms(bytes));
          return restored.terms;
      }) {}

result<std::vector<path::supplement_terms>> compiled_terms::try_of(const path::programme_state& programme) {
    std::vector<path::supplement_terms> all;
    for (const path::published_terms& each : programme.terms) {
        POLKU_TRY(path::supplement_terms terms, try_of(each.hash));
        all.push_back(std::move(terms));
    }
    return all;
}

result<storage::append_request> decide_employer_command(const door_room& room, const command_envelope& asked) {
    POLKU_TRY(const path::employer_command command,
              json::streams::try_read<path::employer_command>("command", asked.type, asked.data));
    POLKU_TRY(const auto employer, fold_employer(room.store, asked.stream));
    POLKU_CHECK(check_expected(asked, employer.version));
    const std::string id = path::programme_of(employer.state, command);
    folded_stream<path::programme_state> programme;
    std::vector<path::supplement_terms> terms;
    if (!id.empty()) {
        POLKU_TRY(const path::stream_id stream, supplement_stream(id, "data/programme"));
        POLKU_TRY(programme, fold_programme(room.store, stream));
        POLKU_TRY(terms, room.terms.try_of(programme.state));
    }
    const path::supplement_room with{storage::to_hex(asked.stream.bytes), &programme.state, terms};
    POLKU_TRY(const path::supplement_decided decided,
              path::decide_employer(employer.state, with, command, asked.on, asked.context));
    storage::append_request request;
    if (decided.events.empty()) return request;
    request.streams.push_back(append_of(asked.stream, path::stream_kind::employer, employer.version, decided.events));
    POLKU_CHECK(add_programme(request, decided.programme, programme.version, decided.of_programme));
    return request;
}

result<storage::append_request> decide_programme_command(const door_room& room, const command_envelope& asked) {
    POLKU_TRY(const path::programme_command command,
              json::streams::try_read<path::programme_command>("command", asked.type, asked.data));
    POLKU_TRY(const auto programme, fold_programme(room.store, asked.stream));
    POLKU_CHECK(check_expected(asked, programme.version));
    std::vector<path::supplement_terms> terms;
    if (const auto* publishing = std::get_if<path::publish_terms>(&command)) {
        POLKU_TRY(path::supplement_terms found, room.terms.try_of(publishing->hash));
        terms.push_back(std::move(found));
    }
    POLKU_TRY(const std::vector<path::programme_event> events,
              path::decide_programme(programme.state, terms, command, asked.on, asked.context));
    storage::append_request request;
    request.streams.push_back(append_of(asked.stream, path::stream_kind::programme, programme.version, events));
    return request;
}

result<std::vector<feel::value>> employer_command_schemas() {
    return json::schema::command_alternatives<path::employer_command>();
}
result<std::vector<feel::value>> programme_command_schemas() {
    return json::schema::command_alternatives<path::programme_command>();
}

}  // namespace polku::inline POLKU_V::detail
