// SPDX-License-Identifier: Apache-2.0
#include "append_rules.hpp"
#include "sql_core.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::storage {

namespace {

std::uint64_t events_of(const append_request& request) {
    std::uint64_t count = 0;
    for (const stream_append& each : request.streams) count += each.events.size();
    return count;
}

}  // namespace

sql_core::tail sql_core::read_tail() {
    query last(on_, sql::last_event);
    if (!last.step()) return {};
    tail at;
    at.position = last.natural(0);
    at.newest_ms = last.integer(2);
    at.effective = date_of_days(last.integer(3));
    return at;
}

std::optional<sql_core::stream_place> sql_core::find_place(const path::stream_id& stream) {
    query found(on_, sql::find_place, stream.bytes);
    if (!found.step()) return std::nullopt;
    stream_place place;
    place.number = found.integer(0);
    place.kind = kind_of_number(found.integer(1));
    if (!found.is_null(2)) {
        place.version = found.natural(2);
        place.hash = found.bytes<32>(3);
        place.position = found.natural(4);
    }
    return place;
}

std::optional<sql_core::stream_place> sql_core::make_place(const path::stream_id& stream, path::stream_kind kind) {
    query(on_, sql::insert_stream, stream.bytes, static_cast<std::int64_t>(kind)).run();
    if (on_.changed_rows() == 0) return std::nullopt;
    return stream_place{.number = on_.last_row(), .kind = kind};
}

std::optional<std::int64_t> sql_core::blob_number(const path::hash& hash) {
    if (const auto known = blob_numbers_.find(hash); known != blob_numbers_.end()) return known->second;
    query found(on_, sql::find_blob, hash);
    if (!found.step()) return std::nullopt;
    return blob_numbers_[hash] = found.integer(0);
}

result<void> sql_core::check_keys() const {
    if (!keys_.sealed || keys_.seals) return {};
    return error(error_code::store_key_missing,
                 "the store is sealed and was opened without its keys; open it with its master key to write",
                 {.source = on_.path()});
}

std::optional<result<append_answer>> sql_core::answer_before(std::string_view command_id, const path::hash& command,
                                                             const path::hash& content) {
    query before(on_, sql::find_command, command);
    if (!before.step()) return std::nullopt;
    if (before.bytes<32>(0) != content) return result<append_answer>(command_conflict(command_id));
    append_answer answer{.first_position = before.natural(1), .last_position = before.natural(2), .repeated = true};
    query streams(on_, sql::answer_of_command, answer.first_position, answer.last_position);
    while (streams.step()) answer.streams.push_back({{streams.bytes<16>(0)}, streams.natural(1), streams.natural(2)});
    return result<append_answer>(std::move(answer));
}

void sql_core::insert_event(const stored_event& event, std::int64_t stream_no,
                            const std::optional<std::int64_t>& pack_no, const std::optional<std::int64_t>& path_no) {
    const path::event_envelope& envelope = event.envelope;
    query(on_, sql::insert_event, envelope.position, stream_no, envelope.version, envelope.type,
          envelope.schema_version, envelope.effective_date.to_days(), envelope.recorded_at_ms,
          event.latest_recorded_at_ms, event.command, pack_no, path_no, envelope.engine_version, event.hash)
        .run();
    for (std::uint64_t number = 0; number < envelope.parts.size(); ++number) insert_part(envelope, number, stream_no);
}

void sql_core::insert_part(const path::event_envelope& event, std::uint64_t number, std::int64_t stream_no) {
    const path::event_part& part = event.parts[static_cast<std::size_t>(number)];
    if (part.subject != "-") query(on_, sql::link_subject, part.subject, part.retention_class, stream_no).run();
    std::optional<path::hash> salt = part.salt;
    std::optional<std::int64_t> key_no;
    std::optional<seal_nonce> nonce;
    sealed_bytes sealed;
    std::string_view bytes = part.bytes;
    if (seals() != nullptr && is_sealed_content(part.subject, part.retention_class)) {
        sealed = seals()->seal(owner_of(part.subject, event.stream), part.retention_class, part.salt, part.bytes,
                               part_binding(event, number, part.retention_class));
        salt.reset();
        key_no = sealed.key_no;
        nonce = sealed.nonce;
        bytes = sealed.bytes;
    }
    query(on_, sql::insert_part, event.position, number, part.subject, part.retention_class, part.commitment, salt,
          blob{bytes}, key_no, nonce)
        .run();
}

result<void> sql_core::append_event(tail& at, const stream_append& from, const path::event_envelope& event,
                                    stream_place& place, const path::hash& command) {
    if (at.position != 0 && event.recorded_at_ms < at.newest_ms - settings().recorded_slack_ms) {
        return recorded_backwards(from, event, at.newest_ms, settings().recorded_slack_ms);
    }
    std::optional<std::int64_t> pack_no;
    std::optional<std::int64_t> path_no;
    if (event.pack_hash != path::hash{}) {
        pack_no = blob_number(event.pack_hash);
        if (!pack_no) return blob_missing(event, "pack", event.pack_hash);
    }
    if (event.path_hash != path::hash{}) {
        path_no = blob_number(event.path_hash);
        if (!path_no) return blob_missing(event, "path", event.path_hash);
    }
    path::event_envelope copy = event;
    copy.stream = from.stream;
    copy.kind = from.kind;
    copy.version = place.version + 1;
    copy.position = at.position + 1;
    stored_event made = seal_event(std::move(copy), command, place.hash, *settings().entropy);
    made.latest_recorded_at_ms = std::max(at.newest_ms, event.recorded_at_ms);
    insert_event(made, place.number, pack_no, path_no);
    place.version = made.envelope.version;
    place.hash = made.hash;
    at.position = made.envelope.position;
    at.newest_ms = made.latest_recorded_at_ms;
    at.effective = made.envelope.effective_date;
    return {};
}

void sql_core::put_case(std::int64_t stream_no, const case_projection& row) {
    query(on_, sql::put_case, stream_no, row.stage, row.municipality, row.owner_role, row.status,
          maybe_days(row.opened_on), maybe_days(row.closed_on), maybe_days(row.next_due_on))
        .run();
}

result<sql_core::stream_place> sql_core::append_stream(tail& at, const stream_append& from, const path::hash& command) {
    // A new stream is written at once: the index that keeps ids unique tells whether it is new.
    std::optional<stream_place> place;
    if (from.expected_version == 0) place = make_place(from.stream, from.kind);
    if (!place) place = find_place(from.stream);
    if (place && place->kind != from.kind) return kind_conflict(from, place->kind);
    const std::uint64_t version = place ? place->version : 0;
    if (version != from.expected_version || !place) return version_conflict(from, version);
    for (const path::event_envelope& event : from.events) {
        POLKU_CHECK(append_event(at, from, event, *place, command));
    }
    if (from.projection) put_case(place->number, *from.projection);
    return *place;
}

result<append_answer> sql_core::append_one(tail& at, const append_request& request) {
    const path::hash command = hash_command_id(request.command_id);
    const path::hash content = seal_command_content(request.command_id, request.command_hash);
    append_answer answer{.first_position = at.position + 1, .last_position = at.position + events_of(request)};
    // The command is written first, where its events will be: the index that keeps ids unique tells a repeated one.
    query(on_, sql::insert_command, command, content, answer.first_position, answer.last_position).run();
    if (on_.changed_rows() == 0) {
        if (auto before = answer_before(request.command_id, command, content)) return std::move(*before);
    }
    POLKU_CHECK(count(at, request));
    std::vector<std::pair<stream_place, const stream_append*>> kept;
    for (const stream_append& from : request.streams) {
        POLKU_TRY(const stream_place place, append_stream(at, from, command));
        if (from.snapshot) kept.emplace_back(place, &from);
        if (from.events.empty()) continue;
        answer.streams.push_back({from.stream, from.expected_version + 1, from.expected_version + from.events.size()});
    }
    // Only now: a snapshot may rest on another stream of the same request.
    for (const auto& each : kept) append_snapshot(each.first, *each.second);
    write_checkpoint_when_due(at);
    return answer;
}

result<std::vector<append_answer>> sql_core::append_all(std::span<const append_request> requests) {
    POLKU_CHECK(check_keys());
    for (const append_request& request : requests) POLKU_CHECK(check_request(request));
    // Also when an exception ends the append: there may be no memory even for its error.
    struct until_stored {
        sql_core* store;
        ~until_stored() {
            if (store != nullptr) store->forget_append();
        }
    } memory{this};
    auto answers = guarded(on_, "appending events", [&]() -> result<std::vector<append_answer>> {
        transaction whole(on_, sql::begin_write);
        if (seals() != nullptr) seals()->forget_erased();
        tail at = tail_to_write();
        const counting_state counted_before = at.counting;
        std::vector<append_answer> made;
        made.reserve(requests.size());
        for (const append_request& request : requests) {
            POLKU_TRY(append_answer answer, append_one(at, request));
            made.push_back(std::move(answer));
        }
        counters_.flush(at.counting);
        write_counting(at, counted_before);
        whole.commit();
        keep_tail(at);
        return made;
    });
    if (answers) memory.store = nullptr;
    return answers;
}

void sql_core::forget() noexcept {
    forget_append();
    blob_numbers_.clear();
}

void sql_core::forget_append() noexcept {
    kept_tail_.reset();
    checkpoint_position_ = 0;  // it may have been that of a checkpoint now rolled back
    counters_.forget();
    if (seals() != nullptr) seals()->forget();
}

result<std::optional<append_answer>> sql_core::find_command(std::string_view command_id,
                                                            const path::hash& command_hash) {
    const path::hash command = hash_command_id(command_id);
    const path::hash content = seal_command_content(command_id, command_hash);
    return guarded(on_, "looking for a command", [&]() -> result<std::optional<append_answer>> {
        auto before = answer_before(command_id, command, content);
        if (!before) return std::optional<append_answer>();
        POLKU_TRY(append_answer answer, std::move(*before));
        return std::optional<append_answer>(std::move(answer));
    });
}

sql_core::since_checkpoint sql_core::read_since() {
    since_checkpoint since;
    if (const auto place = find_place(keys_.system)) since.checkpoint = *place;
    query heads(on_, sql::heads_since, since.checkpoint.position);
    while (heads.step()) {
        const path::stream_id stream{heads.bytes<16>(0)};
        since.changed[stream] = {stream, kind_of_number(heads.integer(1)), heads.natural(2), heads.bytes<32>(3)};
    }
    return since;
}

void sql_core::write_checkpoint(tail& at) {
    const since_checkpoint since = read_since();
    stream_place place = since.checkpoint;
    if (place.number == 0) place = make_place(keys_.system, path::stream_kind::system).value();
    const checkpoint_content content{place.position, at.position, since.changed.size(), digest_heads(since.changed)};
    stored_event last;
    last.envelope.effective_date = at.effective;
    last.latest_recorded_at_ms = at.newest_ms;
    const stored_event made = make_checkpoint(keys_.system, place.version + 1, at.position + 1, last, content,
                                              place.hash, *settings().entropy);
    insert_event(made, place.number, std::nullopt, std::nullopt);
    at.position = made.envelope.position;
}

void sql_core::write_checkpoint_when_due(tail& at) {
    const std::uint64_t every = settings().checkpoint_every;
    if (every == 0 || at.position - checkpoint_position_ < every) return;
    const auto place = find_place(keys_.system);
    checkpoint_position_ = place ? place->position : 0;
    if (at.position - checkpoint_position_ >= every) write_checkpoint(at);
}

chain_head sql_core::head_at(const tail& at, const since_checkpoint& since) const {
    return {at.position, head_hash(at.position, since.checkpoint.hash, digest_heads(since.changed))};
}

result<chain_head> sql_core::checkpoint() {
    POLKU_CHECK(check_keys());
    return guarded(on_, "writing a checkpoint", [&]() -> result<chain_head> {
        transaction whole(on_, sql::begin_write);
        tail at = read_counted_tail();
        const counting_state counted_before = at.counting;
        if (!read_since().changed.empty()) write_checkpoint(at);
        write_counting(at, counted_before);
        const chain_head head = head_at(at, read_since());
        whole.commit();
        return head;
    });
}

result<std::uint64_t> sql_core::rotate_master(const std::string& id) {
    if (seals() == nullptr) {
        return error(error_code::store_key_missing, "the store was not opened with keys, so it has none to wrap anew",
                     {.source = on_.path()});
    }
    return guarded(on_, "rotating its master key", [&]() -> result<std::uint64_t> {
        transaction whole(on_, sql::begin_write);
        const std::uint64_t keys = seals()->rotate(id);
        whole.commit();
        return keys;
    });
}

result<chain_head> sql_core::head() {
    return guarded(on_, "reading its head", [&]() -> result<chain_head> {
        const transaction whole(on_, sql::begin_read);
        return head_at(read_tail(), read_since());
    });
}

}  // namespace polku::inline POLKU_V::storage
