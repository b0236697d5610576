// SPDX-License-Identifier: Apache-2.0
#include "case_loading.hpp"
#include "client_reads.hpp"
#include "command_envelope.hpp"
#include "counting.hpp"
#include "pack_loading.hpp"
#include "stream_doors.hpp"
#include "supplement_loading.hpp"

#include <polku/storage/hash.hpp>
#include <polku/storage/memory_store.hpp>
#include <polku/storage/sqlite_store.hpp>
#include <polku/workspace/workspace.hpp>

namespace polku::inline POLKU_V {

namespace {

using detail::command_envelope;
using detail::folded_case;

/// How often a command without an expected version is decided again after losing a race. Each lost race is another
/// caller's stored command, so a slow caller gets through unless others store this many to the same case meanwhile.
constexpr int races = 1000;

feel::value told(path::stream_kind kind, std::uint64_t version, const std::string& type) {
    return feel::value(feel::context{
        {"stream", detail::name_of(kind)}, {"version", static_cast<std::int64_t>(version)}, {"type", type}});
}

/// The events of a command that was stored before, read back: the answer is the same as the first one.
result<std::vector<feel::value>> events_of(storage::event_store& store, const storage::append_answer& appended) {
    std::vector<feel::value> events;
    for (const storage::appended_stream& stream : appended.streams) {
        const auto count = static_cast<std::uint32_t>(stream.last_version - stream.first_version + 1);
        POLKU_TRY(const auto stored, store.try_load(stream.stream, stream.first_version, count));
        for (const path::event_envelope& each : stored) events.push_back(told(each.kind, each.version, each.type));
    }
    return events;
}

/// The events of a command that was stored just now.
std::vector<feel::value> events_of(const storage::append_request& stored) {
    std::vector<feel::value> events;
    for (const storage::stream_append& to : stored.streams) {
        std::uint64_t version = to.expected_version;
        for (const path::event_envelope& each : to.events) events.push_back(told(to.kind, ++version, each.type));
    }
    return events;
}

result<feel::value> answer_of(storage::event_store& store, const command_envelope& asked,
                              const storage::append_answer& appended, std::vector<feel::value> events) {
    std::uint64_t version = 0;
    for (const storage::appended_stream& stream : appended.streams)
        if (stream.stream == asked.stream) version = stream.last_version;
    if (version == 0) {
        POLKU_TRY(const auto head, store.try_head_of(asked.stream));
        if (head) version = head->version;
    }
    return feel::value(feel::context{{std::string(detail::name_of(asked.kind)), storage::to_hex(asked.stream.bytes)},
                                     {"version", static_cast<std::int64_t>(version)},
                                     {"events", feel::value(std::move(events))}});
}

std::string known_paths(const std::map<std::string, path::hash, std::less<>>& among) {
    std::string all;
    for (const auto& each : among) all += (all.empty() ? "'" : ", '") + each.first + "'";
    return all.empty() ? "none" : all;
}

error no_such_case(std::string_view id) {
    return error(error_code::case_not_opened, "the case " + std::string(id) + " has not been opened");
}

result<path::stream_id> try_case_stream(std::string_view case_id) {
    const auto id = storage::stream_id_from_hex(case_id);
    if (id) return *id;
    return error(error_code::invalid_argument,
                 "'" + std::string(case_id) + "' is no case id; it must be 32 hexadecimal digits");
}

}  // namespace

workspace::~workspace() = default;

result<std::unique_ptr<workspace>> workspace::try_begin(workspace_options& options) {
    std::unique_ptr<workspace> opened(new workspace);
    opened->access_ = std::move(options.access);
    opened->rules_ = std::move(options.rules);
    opened->snapshot_every_ = options.snapshot_every;
    if (!opened->rules_) opened->rules_ = std::make_shared<const retention_rules>(shipped_retention_rules());
    if (options.log.empty()) return opened;
    storage::use_log_options log;
    log.busy_timeout_ms = options.busy_timeout_ms;
    log.flush = options.log_flush;
    log.entropy = options.entropy;
    POLKU_TRY(opened->log_, storage::try_open_use_log(options.log, std::move(log)));
    return opened;
}

void workspace::stand_on(std::unique_ptr<storage::event_store> store) {
    store_ = std::move(store);
    terms_ = std::make_unique<detail::compiled_terms>(*store_);
    packs_ = std::make_unique<detail::compiled_packs>(*store_);
}

result<std::unique_ptr<workspace>> workspace::try_open(std::unique_ptr<storage::event_store> store,
                                                       workspace_options options) {
    if (!store) return error(error_code::invalid_argument, "a workspace stands on a store, and this is a null pointer");
    POLKU_TRY(auto opened, try_begin(options));
    opened->stand_on(std::move(store));
    return opened;
}

result<std::unique_ptr<workspace>> workspace::try_open(const std::string& path, workspace_options options) {
    POLKU_TRY(auto opened, try_begin(options));
    if (path == ":memory:") {
        storage::store_options in_memory;
        in_memory.entropy = std::move(options.entropy);
        opened->stand_on(storage::make_memory_store(std::move(in_memory)));
        return opened;
    }
    storage::sqlite_options file;
    file.create = options.create;
    file.busy_timeout_ms = options.busy_timeout_ms;
    file.cancel = std::move(options.cancel);
    file.store.entropy = std::move(options.entropy);
    file.keys = std::move(options.keys);
    file.leave_sealed = options.leave_sealed;
    file.ledger = std::move(options.ledger);
    POLKU_TRY(auto store, storage::try_open_sqlite(path, std::move(file)));
    opened->stand_on(std::move(store));
    return opened;
}

result<void> workspace::try_use(const path_bundle& path) {
    POLKU_TRY(const path::hash kept, store_->try_put_blob("path", path.bytes));
    if (kept != path.path.content_hash())
        return error(error_code::internal, "the path's bytes do not have the path's hash");
    paths_.insert_or_assign(kept, path.path);
    newest_.insert_or_assign(path.id(), kept);
    return {};
}

result<path::service_path> workspace::try_path_of(const path::hash& hash) {
    if (const auto known = paths_.find(hash); known != paths_.end()) return known->second;
    POLKU_TRY(const std::string bytes, store_->try_get_blob(hash));
    POLKU_TRY(const path_bundle restored, try_restore_path(bytes));
    paths_.insert_or_assign(hash, restored.path);
    return restored.path;
}

result<feel::value> workspace::try_execute(const feel::value& command) {
    POLKU_TRY(const command_envelope asked, detail::read_envelope(command));
    POLKU_TRY(const auto before, store_->try_find_command(asked.command_id, asked.content));
    if (before) {
        POLKU_TRY(std::vector<feel::value> events, events_of(*store_, *before));
        return answer_of(*store_, asked, *before, std::move(events));
    }
    for (int race = 1;; ++race) {
        auto stored = try_decide_and_append(asked);
        if (stored) return stored;
        const error_code why = stored.error().code();
        const bool lost = why == error_code::store_read_moved ||
                          (why == error_code::store_version_conflict && !asked.expected_version);
        if (!lost || race == races) return std::move(stored).error();
    }
}

result<path::service_path> workspace::try_newest_path(const std::string& id) {
    const auto newest = newest_.find(id);
    if (newest == newest_.end())
        return error(error_code::not_found,
                     "the path '" + id + "' was not made known to this store; known: " + known_paths(newest_));
    return try_path_of(newest->second);
}

result<feel::value> workspace::try_decide_and_append(const command_envelope& asked) {
    std::vector<detail::decided_case> decided;
    const detail::door_room room{*store_,
                                 *terms_,
                                 *packs_,
                                 [this](const path::hash& hash) { return try_path_of(hash); },
                                 [this](const std::string& id) { return try_newest_path(id); },
                                 snapshot_every_,
                                 &decided};
    const detail::stream_door* door = detail::find_door(asked.kind);
    if (door == nullptr)
        return error(error_code::json_invalid_value,
                     "commands to a stream of kind '" + std::string(detail::name_of(asked.kind)) + "' are not known");
    POLKU_TRY(storage::append_request request, door->decide(room, asked));
    if (request.streams.empty()) return answer_of(*store_, asked, {}, {});
    request.command_id = asked.command_id;
    request.command_hash = asked.content;
    POLKU_TRY(request.counts, detail::try_count(room, decided));
    POLKU_TRY(const storage::append_answer appended, store_->try_append(request));
    if (!appended.repeated) return answer_of(*store_, asked, appended, events_of(request));
    POLKU_TRY(std::vector<feel::value> events, events_of(*store_, appended));
    return answer_of(*store_, asked, appended, std::move(events));
}

result<loaded_case> workspace::try_load(std::string_view case_id, case_history history) {
    POLKU_CHECK(check_reader());
    POLKU_TRY(loaded_case loaded, try_fold(case_id, history));
    if (log_) POLKU_CHECK(try_log_reads({{loaded.state.client, detail::categories_of(loaded.state)}}));
    return loaded;
}

result<path::case_state> workspace::try_load_events(std::string_view case_id, std::vector<std::string_view> types) {
    POLKU_CHECK(check_reader());
    POLKU_TRY(const path::stream_id id, try_case_stream(case_id));
    POLKU_TRY(folded_case folded, detail::fold_case_events(*store_, id, std::move(types)));
    if (!folded.opened) return no_such_case(case_id);
    if (log_) POLKU_CHECK(try_log_reads({{folded.state.client, detail::categories_of(folded.state)}}));
    return std::move(folded.state);
}

result<loaded_case> workspace::try_fold(std::string_view case_id, case_history history) {
    POLKU_TRY(const path::stream_id id, try_case_stream(case_id));
    POLKU_TRY(folded_case folded, detail::fold_case(*store_, id, history));
    if (!folded.opened) return no_such_case(case_id);
    POLKU_TRY(path::service_path path, try_path_of(folded.path_hash));
    return loaded_case{std::move(folded.state), std::move(path)};
}

result<std::string> workspace::try_head() {
    POLKU_TRY(const storage::chain_head head, store_->try_head());
    return to_string(head);
}

result<void> workspace::try_checkpoint() {
    POLKU_TRY(const storage::chain_head written, store_->try_checkpoint());
    (void)written;
    if (auto* file = dynamic_cast<storage::sqlite_store*>(store_.get()); file != nullptr)
        return file->try_truncate_log();
    return {};
}

}  // namespace polku::inline POLKU_V
