// SPDX-License-Identifier: Apache-2.0
#include "append_rules.hpp"

#include <polku/storage/hash.hpp>

#include <limits>
#include <set>
#include <string>

namespace polku::inline POLKU_V::storage {

namespace {

constexpr std::size_t max_name = 200;
constexpr std::size_t max_label = 2000;
constexpr std::size_t max_part_bytes = 64 * 1024 * 1024;

position stream_position(const path::stream_id& stream) { return {.source = "stream " + to_hex(stream.bytes)}; }

error refused(const stream_append& to, std::string found) {
    return error(error_code::invalid_argument, std::move(found), stream_position(to.stream));
}

bool is_name(std::string_view text) { return !text.empty() && text.size() <= max_name; }

result<void> check_part(const stream_append& to, const path::event_envelope& event, const path::event_part& part) {
    if (part.subject != "-" && !stream_id_from_hex(part.subject)) {
        return refused(to, "a part of event '" + event.type + "' has the subject '" + part.subject.substr(0, max_name) +
                               "', expected the 32 hex digits of a stream id, or '-'");
    }
    if (!is_name(part.retention_class)) {
        return refused(to, "a part of event '" + event.type + "' has a retention class of " +
                               std::to_string(part.retention_class.size()) + " bytes, expected 1 to 200");
    }
    if (part.retention_class == every_class) {
        return refused(
            to, "a part of event '" + event.type + "' has the retention class '*', which is every class, expected one");
    }
    if (part.erased) {
        return refused(to, "a part of event '" + event.type + "' is marked as erased, expected its content");
    }
    if (part.bytes.size() > max_part_bytes) {
        return refused(to, "a part of event '" + event.type + "' has " + std::to_string(part.bytes.size()) +
                               " bytes, expected at most " + std::to_string(max_part_bytes));
    }
    return {};
}

result<void> check_event(const stream_append& to, const path::event_envelope& event) {
    if (!is_name(event.type)) {
        return refused(to, "an event has a type of " + std::to_string(event.type.size()) + " bytes, expected 1 to 200");
    }
    if (event.schema_version == 0 || event.schema_version > std::numeric_limits<std::int32_t>::max()) {
        return refused(to, "event '" + event.type + "' has schema version " + std::to_string(event.schema_version) +
                               ", expected a number from 1");
    }
    for (const path::event_part& part : event.parts) POLKU_CHECK(check_part(to, event, part));
    return {};
}

result<void> check_projection(const stream_append& to) {
    if (!to.projection) return {};
    if (to.kind != path::stream_kind::case_) {
        return refused(to, "a case projection came with a stream that is no case; leave it out");
    }
    const case_projection& row = *to.projection;
    for (const std::string* text : {&row.stage, &row.municipality, &row.owner_role, &row.status}) {
        if (text->size() > max_name) {
            return refused(to, "a text of the case projection has " + std::to_string(text->size()) +
                                   " bytes, expected at most 200");
        }
    }
    return {};
}

result<void> check_kept(const stream_append& to) {
    if (!to.snapshot || is_name(to.snapshot->retention_class)) return {};
    return refused(to, "the snapshot has a retention class of " + std::to_string(to.snapshot->retention_class.size()) +
                           " bytes, expected 1 to 200");
}

result<void> check_stream(const stream_append& to) {
    const auto kind = static_cast<unsigned>(to.kind);
    if (kind < 1 || kind > 5) {
        return refused(to, "the stream's kind is " + std::to_string(kind) +
                               ", expected client, case, environment, employer or programme; the system stream is the "
                               "store's own");
    }
    if (to.expected_version > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return refused(to, "the expected version " + std::to_string(to.expected_version) + " is past every stream");
    }
    if (to.events.empty() && to.expected_version == 0) {
        return refused(to, "a new stream has no event in the append, expected at least one");
    }
    for (const path::event_envelope& event : to.events) POLKU_CHECK(check_event(to, event));
    POLKU_CHECK(check_kept(to));
    return check_projection(to);
}

}  // namespace

result<void> check_deltas(std::span<const counter_delta> deltas) {
    for (const counter_delta& each : deltas) {
        if (!each.label.empty() && each.label.size() <= max_label) continue;
        return error(error_code::invalid_argument, "a label of a counter has " + std::to_string(each.label.size()) +
                                                       " bytes, expected 1 to " + std::to_string(max_label));
    }
    return {};
}

result<void> check_request(const append_request& request) {
    if (!is_name(request.command_id)) {
        return error(error_code::invalid_argument,
                     "the command id has " + std::to_string(request.command_id.size()) + " bytes, expected 1 to 200");
    }
    std::set<path::stream_id> seen;
    std::size_t events = 0;
    for (const stream_append& to : request.streams) {
        if (!seen.insert(to.stream).second) {
            return refused(to, "the stream comes twice in one append; put all its events into one list");
        }
        POLKU_CHECK(check_stream(to));
        events += to.events.size();
    }
    if (events == 0) {
        return error(error_code::invalid_argument,
                     "the append of command '" + request.command_id + "' has no event, expected at least one");
    }
    if (request.counts) return check_deltas(request.counts->deltas);
    return {};
}

result<void> check_snapshot(const path::stream_id& stream, std::uint64_t stream_version, const snapshot& taken) {
    if (taken.version >= 1 && taken.version <= stream_version) return {};
    return error(error_code::invalid_argument,
                 "the snapshot is of version " + std::to_string(taken.version) + ", expected 1 to " +
                     std::to_string(stream_version) + ", the version that the stream has",
                 stream_position(stream));
}

error command_conflict(std::string_view command_id) {
    return error(error_code::store_command_conflict,
                 "the command id '" + std::string(command_id) +
                     "' was stored before with other content; give a new command a new id");
}

error version_conflict(const stream_append& to, std::uint64_t found) {
    return error(error_code::store_version_conflict,
                 "the stream is at version " + std::to_string(found) + ", expected version " +
                     std::to_string(to.expected_version) + "; load it again and decide anew",
                 stream_position(to.stream));
}

error kind_conflict(const stream_append& to, path::stream_kind found) {
    return error(error_code::store_kind_conflict,
                 "the stream exists with kind " + std::to_string(static_cast<unsigned>(found)) + ", the append says " +
                     std::to_string(static_cast<unsigned>(to.kind)) + "; give a new stream a new id",
                 stream_position(to.stream));
}

error recorded_backwards(const stream_append& to, const path::event_envelope& event, std::int64_t newest,
                         std::int64_t slack_ms) {
    return error(error_code::store_recorded_backwards,
                 "event '" + event.type + "' was recorded at " + std::to_string(event.recorded_at_ms) +
                     " ms, expected at most " + std::to_string(slack_ms) + " ms before the store's newest, " +
                     std::to_string(newest) + "; set the host's clock",
                 stream_position(to.stream));
}

error blob_missing(const path::event_envelope& event, std::string_view member, const path::hash& hash) {
    return error(error_code::store_blob_missing, "event '" + event.type + "' names " + std::string(member) + " " +
                                                     to_hex(hash) +
                                                     ", which the store does not have; put the bytes first");
}

}  // namespace polku::inline POLKU_V::storage
