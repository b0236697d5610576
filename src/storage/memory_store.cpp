// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/memory_store.hpp>

#include "append_rules.hpp"
#include "chain.hpp"
#include "counting_rules.hpp"
#include "verifier.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>
#include <utility>

namespace polku::inline POLKU_V::storage {

/// What the stores over it share.
class memory_data {
public:
    struct stream_state {
        std::uint64_t number = 0;
        path::stream_kind kind = path::stream_kind::case_;
        std::vector<std::size_t> events;  ///< indexes into `contents::events`
        std::optional<case_projection> projection;
    };
    struct command_state {
        path::hash content{};
        append_answer answer;
    };
    struct contents {
        std::vector<stored_event> events;
        std::map<path::stream_id, stream_state> streams;
        std::map<path::hash, command_state> commands;
    };

    /// Counts by label and value, then by day.
    using counters = std::map<std::pair<std::string, std::int64_t>, std::map<time::date, std::int64_t>>;

    void add(const std::vector<counter_delta>& deltas) {
        for (const counter_delta& each : deltas) {
            auto& days = counted[{each.label, each.value}];
            if ((days[each.day] += each.count) == 0) days.erase(each.day);
        }
    }

    std::mutex guard;
    path::stream_id system;
    contents now;
    counting_state counting;
    counters counted;
    std::map<path::hash, std::string> blobs;
    std::map<std::pair<path::stream_id, std::string>, snapshot> snapshots;
};

std::shared_ptr<memory_data> make_memory_data() { return std::make_shared<memory_data>(); }

namespace {

using contents = memory_data::contents;

memory_data::stream_state& stream_of(contents& to, const path::stream_id& stream, path::stream_kind kind) {
    const auto [found, made] = to.streams.try_emplace(stream);
    if (made) {
        found->second.number = to.streams.size();
        found->second.kind = kind;
    }
    return found->second;
}

/// What is added to the contents; taken back at the end unless it is kept, so that a refused command leaves nothing.
class draft {
public:
    explicit draft(contents& to) : to_(to), events_(to.events.size()) {}
    draft(const draft&) = delete;
    draft& operator=(const draft&) = delete;
    ~draft() {
        if (!kept_) take_back();
    }
    void keep() noexcept { kept_ = true; }

    const contents& now() const noexcept { return to_; }
    memory_data::stream_state& change(const path::stream_id& stream, path::stream_kind kind) {
        const auto found = to_.streams.find(stream);
        streams_.try_emplace(stream, found == to_.streams.end() ? std::nullopt : std::optional(found->second));
        return stream_of(to_, stream, kind);
    }
    void add(memory_data::stream_state& to, stored_event event) {
        to.events.push_back(to_.events.size());
        to_.events.push_back(std::move(event));
    }
    void answer(const path::hash& command, memory_data::command_state state) {
        commands_.push_back(command);
        to_.commands[command] = std::move(state);
    }

private:
    void take_back() {
        to_.events.erase(to_.events.begin() + static_cast<std::ptrdiff_t>(events_), to_.events.end());
        for (auto& [id, before] : streams_) {
            if (before)
                to_.streams[id] = std::move(*before);
            else
                to_.streams.erase(id);
        }
        for (const path::hash& each : commands_) to_.commands.erase(each);
    }

    contents& to_;
    std::size_t events_;
    std::map<path::stream_id, std::optional<memory_data::stream_state>> streams_;  ///< as they were
    std::vector<path::hash> commands_;
    bool kept_ = false;
};

class memory_store final : public event_store {
public:
    memory_store(std::shared_ptr<memory_data> data, store_options options)
        : data_(std::move(data)), options_(std::move(options)) {
        if (!options_.entropy) options_.entropy = system_entropy();
        const std::lock_guard lock(data_->guard);
        if (data_->system == path::stream_id{}) options_.entropy->fill(data_->system.bytes);
    }

    result<std::vector<append_answer>> try_append_all(std::span<const append_request> requests) override;
    result<std::optional<append_answer>> try_find_command(std::string_view command_id,
                                                          const path::hash& command_hash) override;
    result<std::vector<path::event_envelope>> try_load(const path::stream_id& stream, std::uint64_t from_version,
                                                       std::uint32_t limit) override;
    result<std::vector<path::event_envelope>> try_load_types(const path::stream_id& stream,
                                                             std::span<const std::string_view> types) override;
    result<feed_page> try_events_since(std::uint64_t cursor, std::uint32_t limit) override;
    result<std::optional<stream_head>> try_head_of(const path::stream_id& stream) override;
    result<std::vector<stream_row>> try_find_streams(const stream_query& query) override;
    result<std::vector<stream_row>> try_find_with_event(const event_query& query) override;
    result<std::vector<stream_row>> try_find_due(const due_query& query) override;
    result<std::vector<case_count>> try_count_cases() override;
    result<counters_answer> try_counters(time::date on) override;
    result<std::uint64_t> try_recount(const recount_step& step) override;
    result<path::hash> try_put_blob(std::string_view kind, std::string_view bytes) override;
    result<std::string> try_get_blob(const path::hash& hash) override;
    result<void> try_put_snapshot(const path::stream_id& stream, std::string_view retention_class,
                                  const snapshot& taken) override;
    result<std::optional<snapshot>> try_get_snapshot(const path::stream_id& stream,
                                                     std::string_view retention_class) override;
    result<chain_head> try_checkpoint() override;
    result<chain_head> try_head() override;
    result<verify_report> try_verify(const verify_options& options) override;

private:
    struct since_checkpoint {
        std::uint64_t position = 0;
        path::hash hash{};
        std::uint64_t version = 0;
        changed_heads changed;
    };

    result<append_answer> append_one(draft& to, const append_request& request);
    static std::vector<path::stream_id> cases_about(const contents& in, const std::string& client);
    static result<void> check_read(const contents& in, const append_request& request);
    static result<std::optional<append_answer>> answer_before(const contents& in, std::string_view command_id,
                                                              const path::hash& command, const path::hash& content);
    std::uint64_t version_of(const path::stream_id& stream) const;
    void keep_snapshot(const stream_append& from);
    result<void> append_stream(draft& to, const stream_append& from, const path::hash& command);
    result<stored_event> seal(const contents& to, const stream_append& from, path::event_envelope event,
                              const memory_data::stream_state& stream, const path::hash& command);
    since_checkpoint read_since(const contents& from) const;
    void write_checkpoint(draft& to);
    std::uint64_t last_checkpoint(const contents& in) const;
    chain_head head_of_all(const contents& from) const;

    std::shared_ptr<memory_data> data_;
    store_options options_;
};

std::uint64_t last_position(const contents& from) { return from.events.size(); }

result<stored_event> memory_store::seal(const contents& to, const stream_append& from, path::event_envelope event,
                                        const memory_data::stream_state& stream, const path::hash& command) {
    const std::int64_t newest = to.events.empty() ? INT64_MIN : to.events.back().latest_recorded_at_ms;
    if (!to.events.empty() && event.recorded_at_ms < newest - options_.recorded_slack_ms) {
        return recorded_backwards(from, event, newest, options_.recorded_slack_ms);
    }
    const auto has = [&](const path::hash& hash) { return hash == path::hash{} || data_->blobs.contains(hash); };
    if (!has(event.pack_hash)) return blob_missing(event, "pack", event.pack_hash);
    if (!has(event.path_hash)) return blob_missing(event, "path", event.path_hash);
    event.stream = from.stream;
    event.kind = from.kind;
    event.version = stream.events.size() + 1;
    event.position = last_position(to) + 1;
    const path::hash previous = stream.events.empty() ? path::hash{} : to.events[stream.events.back()].hash;
    stored_event made = seal_event(std::move(event), command, previous, *options_.entropy);
    made.latest_recorded_at_ms = std::max(newest, made.envelope.recorded_at_ms);
    return made;
}

result<void> memory_store::append_stream(draft& to, const stream_append& from, const path::hash& command) {
    const auto& streams = to.now().streams;
    const auto found = streams.find(from.stream);
    if (found != streams.end() && found->second.kind != from.kind) return kind_conflict(from, found->second.kind);
    const std::uint64_t version = found == streams.end() ? 0 : found->second.events.size();
    if (version != from.expected_version) return version_conflict(from, version);
    memory_data::stream_state& stream = to.change(from.stream, from.kind);
    for (const path::event_envelope& event : from.events) {
        POLKU_TRY(stored_event made, seal(to.now(), from, event, stream, command));
        to.add(stream, std::move(made));
    }
    if (from.projection) stream.projection = from.projection;
    return {};
}

result<std::optional<append_answer>> memory_store::answer_before(const contents& in, std::string_view command_id,
                                                                 const path::hash& command, const path::hash& content) {
    const auto before = in.commands.find(command);
    if (before == in.commands.end()) return std::optional<append_answer>();
    if (before->second.content != content) return command_conflict(command_id);
    append_answer answer = before->second.answer;
    answer.repeated = true;
    return std::optional<append_answer>(std::move(answer));
}

result<std::optional<append_answer>> memory_store::try_find_command(std::string_view command_id,
                                                                    const path::hash& command_hash) {
    const std::lock_guard lock(data_->guard);
    return answer_before(data_->now, command_id, hash_command_id(command_id),
                         seal_command_content(command_id, command_hash));
}

result<append_answer> memory_store::append_one(draft& to, const append_request& request) {
    POLKU_CHECK(check_request(request));
    const path::hash command = hash_command_id(request.command_id);
    const path::hash content = seal_command_content(request.command_id, request.command_hash);
    POLKU_TRY(const std::optional<append_answer> before, answer_before(to.now(), request.command_id, command, content));
    if (before) return *before;
    append_answer answer{.first_position = last_position(to.now()) + 1};
    POLKU_CHECK(check_read(to.now(), request));
    for (const stream_append& from : request.streams) {
        POLKU_CHECK(append_stream(to, from, command));
        if (from.events.empty()) continue;
        answer.streams.push_back({from.stream, from.expected_version + 1, from.expected_version + from.events.size()});
    }
    answer.last_position = last_position(to.now());
    to.answer(command, {content, answer});
    const std::uint64_t since = answer.last_position - last_checkpoint(to.now());
    if (options_.checkpoint_every != 0 && since >= options_.checkpoint_every) write_checkpoint(to);
    return answer;
}

std::vector<path::stream_id> memory_store::cases_about(const contents& in, const std::string& client) {
    std::vector<path::stream_id> found;
    const auto is_about = [&](std::size_t event) {
        return std::ranges::any_of(in.events[event].envelope.parts,
                                   [&](const path::event_part& part) { return part.subject == client; });
    };
    for (const auto& [id, stream] : in.streams) {
        if (stream.kind == path::stream_kind::case_ && std::ranges::any_of(stream.events, is_about))
            found.push_back(id);
    }
    return found;
}

result<void> memory_store::check_read(const contents& in, const append_request& request) {
    if (!request.counts) return {};
    for (const stream_version& each : request.counts->read) {
        const auto found = in.streams.find(each.stream);
        if ((found == in.streams.end() ? 0 : found->second.events.size()) != each.version) return read_moved(request);
    }
    const auto& cases = request.counts->cases;
    if (cases && cases_about(in, cases->client) != cases->streams) return read_moved(request);
    return {};
}

result<std::vector<append_answer>> memory_store::try_append_all(std::span<const append_request> requests) {
    const std::lock_guard lock(data_->guard);
    draft next(data_->now);
    counting_state counting = data_->counting;
    bool counted = counting.counted_to == static_cast<std::int64_t>(last_position(next.now()));
    std::vector<append_answer> answers;
    std::vector<counter_delta> deltas;
    for (const append_request& request : requests) {
        POLKU_TRY(append_answer answer, append_one(next, request));
        answers.push_back(std::move(answer));
        if (answers.back().repeated) continue;
        counted = counted && is_counted(counting, request);
        if (counted && request.counts)
            deltas.insert(deltas.end(), request.counts->deltas.begin(), request.counts->deltas.end());
    }
    next.keep();
    if (counted) counting.counted_to = static_cast<std::int64_t>(last_position(data_->now));
    data_->counting = counting;
    data_->add(deltas);
    for (const append_request& request : requests)
        for (const stream_append& from : request.streams) keep_snapshot(from);
    return answers;
}

result<counters_answer> memory_store::try_counters(time::date on) {
    const std::lock_guard lock(data_->guard);
    counters_answer answer;
    answer.complete = data_->counting.counted_to == static_cast<std::int64_t>(last_position(data_->now));
    answer.counting = data_->counting.way;
    if (!answer.complete) return answer;
    for (const auto& [key, days] : data_->counted) {
        std::int64_t sum = 0;
        for (const auto& [day, count] : days) sum += day <= on ? count : 0;
        if (answer.labels.empty() || answer.labels.back().label != key.first) answer.labels.push_back({key.first, {}});
        if (sum != 0) answer.labels.back().sums.emplace_back(key.second, sum);
    }
    return answer;
}

result<std::uint64_t> memory_store::try_recount(const recount_step& step) {
    POLKU_CHECK(check_deltas(step.deltas));
    const std::lock_guard lock(data_->guard);
    counting_state& state = data_->counting;
    if (step.number != 0 && (step.number != state.recount || state.counted_to != -1))
        return recount_conflict("another one has begun, or this one was ended");
    if (step.upto && *step.upto != last_position(data_->now))
        return recount_conflict("events were stored after position " + std::to_string(*step.upto) +
                                ", the last that was counted");
    if (step.number == 0) {
        data_->counted.clear();
        state = {step.counting, -1, {}, state.recount + 1};
    }
    data_->add(step.deltas);
    if (step.upto) state.counted_to = static_cast<std::int64_t>(*step.upto);
    return state.recount;
}

std::uint64_t memory_store::version_of(const path::stream_id& stream) const {
    const auto found = data_->now.streams.find(stream);
    return found == data_->now.streams.end() ? 0 : found->second.events.size();
}

void memory_store::keep_snapshot(const stream_append& from) {
    if (!from.snapshot || version_of(from.snapshot->beside) != from.snapshot->beside_version) return;
    const std::uint64_t version = from.expected_version + from.events.size();
    if (version_of(from.stream) != version) return;
    data_->snapshots[{from.stream, from.snapshot->retention_class}] = {version, from.snapshot->schema_version,
                                                                       from.snapshot->bytes};
}

/// Its position; 0 before the first one.
std::uint64_t memory_store::last_checkpoint(const contents& in) const {
    const auto system = in.streams.find(data_->system);
    return system == in.streams.end() ? 0 : in.events[system->second.events.back()].envelope.position;
}

memory_store::since_checkpoint memory_store::read_since(const contents& from) const {
    since_checkpoint since;
    if (const auto system = from.streams.find(data_->system); system != from.streams.end()) {
        const stored_event& last = from.events[system->second.events.back()];
        since = {last.envelope.position, last.hash, last.envelope.version, {}};
    }
    for (std::size_t i = since.position; i < from.events.size(); ++i) {
        const path::event_envelope& event = from.events[i].envelope;
        since.changed[event.stream] = {event.stream, event.kind, event.version, from.events[i].hash};
    }
    return since;
}

void memory_store::write_checkpoint(draft& to) {
    const contents& now = to.now();
    const since_checkpoint since = read_since(now);
    const checkpoint_content content{since.position, last_position(now), since.changed.size(),
                                     digest_heads(since.changed)};
    stored_event made = make_checkpoint(data_->system, since.version + 1, last_position(now) + 1, now.events.back(),
                                        content, since.hash, *options_.entropy);
    to.add(to.change(data_->system, path::stream_kind::system), std::move(made));
}

chain_head memory_store::head_of_all(const contents& from) const {
    const since_checkpoint since = read_since(from);
    return {last_position(from), head_hash(last_position(from), since.hash, digest_heads(since.changed))};
}

result<chain_head> memory_store::try_checkpoint() {
    const std::lock_guard lock(data_->guard);
    const bool counted = data_->counting.counted_to == static_cast<std::int64_t>(last_position(data_->now));
    if (!read_since(data_->now).changed.empty()) {
        draft next(data_->now);
        write_checkpoint(next);
        next.keep();
    }
    if (counted) data_->counting.counted_to = static_cast<std::int64_t>(last_position(data_->now));
    return head_of_all(data_->now);
}

result<chain_head> memory_store::try_head() {
    const std::lock_guard lock(data_->guard);
    return head_of_all(data_->now);
}

result<verify_report> memory_store::try_verify(const verify_options& options) {
    const std::lock_guard lock(data_->guard);
    chain_verifier verifier(data_->system, options);
    for (const stored_event& event : data_->now.events) verifier.add(event);
    return verifier.finish();
}

result<std::vector<path::event_envelope>> memory_store::try_load(const path::stream_id& stream,
                                                                 std::uint64_t from_version, std::uint32_t limit) {
    const std::lock_guard lock(data_->guard);
    std::vector<path::event_envelope> events;
    const auto found = data_->now.streams.find(stream);
    if (found == data_->now.streams.end()) return events;
    for (const std::size_t index : found->second.events) {
        const stored_event& event = data_->now.events[index];
        if (event.envelope.version < from_version || events.size() >= limit) continue;
        POLKU_TRY(path::event_envelope opened, open_event(event, options_.upcasting.get()));
        events.push_back(std::move(opened));
    }
    return events;
}

result<std::vector<path::event_envelope>> memory_store::try_load_types(const path::stream_id& stream,
                                                                       std::span<const std::string_view> types) {
    POLKU_TRY(std::vector<path::event_envelope> events, try_load(stream, 1, UINT32_MAX));
    std::erase_if(events, [&](const auto& each) { return std::ranges::find(types, each.type) == types.end(); });
    return events;
}

result<feed_page> memory_store::try_events_since(std::uint64_t cursor, std::uint32_t limit) {
    const std::lock_guard lock(data_->guard);
    feed_page page{.events = {}, .next = cursor};
    for (std::size_t i = cursor; i < data_->now.events.size() && page.events.size() < limit; ++i) {
        POLKU_TRY(path::event_envelope opened, open_event(data_->now.events[i], options_.upcasting.get()));
        page.next = opened.position;
        page.events.push_back(std::move(opened));
    }
    return page;
}

result<std::optional<stream_head>> memory_store::try_head_of(const path::stream_id& stream) {
    const std::lock_guard lock(data_->guard);
    const auto found = data_->now.streams.find(stream);
    if (found == data_->now.streams.end() || found->second.events.empty()) return std::optional<stream_head>();
    const stored_event& last = data_->now.events[found->second.events.back()];
    return std::optional(stream_head{stream, found->second.kind, last.envelope.version, last.hash});
}

bool same(const std::optional<std::string>& wanted, const std::string& found) { return !wanted || *wanted == found; }

bool tells_of(const contents& from, const memory_data::stream_state& stream, const std::string& subject) {
    return std::ranges::any_of(stream.events, [&](std::size_t index) {
        return std::ranges::any_of(from.events[index].envelope.parts,
                                   [&](const path::event_part& part) { return part.subject == subject; });
    });
}

bool fits(const stream_query& query, const contents& from, const memory_data::stream_state& stream) {
    if (query.kind && *query.kind != stream.kind) return false;
    if (query.subject) return tells_of(from, stream, *query.subject);
    if (!query.stage && !query.municipality && !query.owner_role && !query.status && !query.open) return true;
    if (!stream.projection) return false;
    const case_projection& row = *stream.projection;
    return same(query.stage, row.stage) && same(query.municipality, row.municipality) &&
           same(query.owner_role, row.owner_role) && same(query.status, row.status) &&
           (!query.open || *query.open == !row.closed_on.has_value());
}

/// At most the one of that id.
std::vector<stream_row> row_of(const contents& from, const stream_query& query) {
    const auto found = from.streams.find(*query.stream);
    if (found == from.streams.end() || query.limit == 0) return {};
    const memory_data::stream_state& stream = found->second;
    if (stream.number <= query.after || !fits(query, from, stream)) return {};
    return {{stream.number, found->first, stream.kind, stream.projection}};
}

template <class Keep>
std::vector<stream_row> rows_of(const contents& from, Keep keep) {
    std::vector<stream_row> rows;
    for (const auto& [id, stream] : from.streams) {
        if (keep(stream)) rows.push_back({stream.number, id, stream.kind, stream.projection});
    }
    std::ranges::sort(rows, {}, &stream_row::number);
    return rows;
}

result<std::vector<stream_row>> memory_store::try_find_streams(const stream_query& query) {
    const std::lock_guard lock(data_->guard);
    if (query.stream) return row_of(data_->now, query);
    std::vector<stream_row> rows = rows_of(
        data_->now, [&](const auto& stream) { return stream.number > query.after && fits(query, data_->now, stream); });
    if (rows.size() > query.limit) rows.resize(query.limit);
    return rows;
}

result<std::vector<stream_row>> memory_store::try_find_with_event(const event_query& query) {
    const std::lock_guard lock(data_->guard);
    std::vector<stream_row> rows = rows_of(data_->now, [&](const memory_data::stream_state& stream) {
        return stream.kind == query.kind && stream.number > query.after &&
               std::ranges::any_of(stream.events, [&](std::size_t index) {
                   return data_->now.events[index].envelope.type == query.type;
               });
    });
    if (rows.size() > query.limit) rows.resize(query.limit);
    return rows;
}

result<std::vector<stream_row>> memory_store::try_find_due(const due_query& query) {
    const std::lock_guard lock(data_->guard);
    const auto keep = [&](const memory_data::stream_state& stream) {
        if (!stream.projection || !stream.projection->next_due_on) return false;
        const case_projection& row = *stream.projection;
        const bool later = !query.after_date || *row.next_due_on > *query.after_date ||
                           (*row.next_due_on == *query.after_date && stream.number > query.after);
        return later && *row.next_due_on <= query.by && same(query.municipality, row.municipality) &&
               same(query.owner_role, row.owner_role);
    };
    std::vector<stream_row> rows = rows_of(data_->now, keep);
    std::ranges::stable_sort(rows, {}, [](const stream_row& row) { return *row.projection->next_due_on; });
    if (rows.size() > query.limit) rows.resize(query.limit);
    return rows;
}

result<std::vector<case_count>> memory_store::try_count_cases() {
    const std::lock_guard lock(data_->guard);
    std::map<std::tuple<std::string, std::string, std::string, bool>, std::uint64_t> counts;
    for (const auto& [id, stream] : data_->now.streams) {
        if (!stream.projection) continue;
        const case_projection& row = *stream.projection;
        ++counts[{row.municipality, row.stage, row.status, !row.closed_on}];
    }
    std::vector<case_count> cells;
    for (const auto& [key, cases] : counts) {
        const auto& [municipality, stage, status, open] = key;
        cells.push_back({municipality, stage, status, open, cases});
    }
    return cells;
}

result<path::hash> memory_store::try_put_blob(std::string_view, std::string_view bytes) {
    const std::lock_guard lock(data_->guard);
    const path::hash hash = blake2b(bytes);
    data_->blobs.emplace(hash, bytes);
    return hash;
}

result<std::string> memory_store::try_get_blob(const path::hash& hash) {
    const std::lock_guard lock(data_->guard);
    const auto found = data_->blobs.find(hash);
    if (found == data_->blobs.end()) {
        return error(error_code::not_found, "the store has no blob with the hash " + to_hex(hash));
    }
    return found->second;
}

result<void> memory_store::try_put_snapshot(const path::stream_id& stream, std::string_view retention_class,
                                            const snapshot& taken) {
    const std::lock_guard lock(data_->guard);
    const auto found = data_->now.streams.find(stream);
    const std::uint64_t version = found == data_->now.streams.end() ? 0 : found->second.events.size();
    POLKU_CHECK(check_snapshot(stream, version, taken));
    snapshot& kept = data_->snapshots[{stream, std::string(retention_class)}];
    if (taken.version >= kept.version) kept = taken;
    return {};
}

result<std::optional<snapshot>> memory_store::try_get_snapshot(const path::stream_id& stream,
                                                               std::string_view retention_class) {
    const std::lock_guard lock(data_->guard);
    const auto found = data_->snapshots.find({stream, std::string(retention_class)});
    if (found == data_->snapshots.end()) return std::optional<snapshot>();
    return std::optional(found->second);
}

}  // namespace

std::unique_ptr<event_store> make_memory_store(store_options options) {
    return make_memory_store(make_memory_data(), std::move(options));
}

std::unique_ptr<event_store> make_memory_store(std::shared_ptr<memory_data> data, store_options options) {
    return std::make_unique<memory_store>(std::move(data), std::move(options));
}

}  // namespace polku::inline POLKU_V::storage
