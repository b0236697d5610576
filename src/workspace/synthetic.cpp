// SPDX-License-Identifier: Apache-2.0
#include "case_loading.hpp"
#include "case_snapshot.hpp"
#include "counting.hpp"
#include "stream_doors.hpp"

#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/report/case_counts.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/synthetic.hpp>

#include <algorithm>

namespace polku::inline POLKU_V {

namespace json {
template <>
struct json_defaults<path::walk_options::weight_table> {
    static constexpr bool value = true;
};
template <>
struct json_defaults<path::walk_options::pacing> {
    static constexpr bool value = true;
};
template <>
struct json_defaults<path::walk_options::habit_set> {
    static constexpr bool value = true;
};
}  // namespace json

namespace {

/// The file, with what it says of itself.
struct habits_file {
    std::string note;
    path::walk_options::habit_set habits;
};
BOOST_DESCRIBE_STRUCT(habits_file, (), (note, habits))

/// Ids of the streams of case `number`: hashes, so that they look like a caller's random ones.
path::stream_id stream_of(std::uint64_t seed, std::uint64_t number, const char* kind) {
    const path::hash whole =
        storage::blake2b("synthetic " + std::string(kind) + " " + std::to_string(seed) + " " + std::to_string(number));
    path::stream_id id;
    std::copy_n(whole.begin(), id.bytes.size(), id.bytes.begin());
    return id;
}

class generator {
public:
    generator(storage::event_store& into, const std::vector<path_bundle>& paths, const synthetic_options& options)
        : into_(into), paths_(paths), options_(options), habits_(options.habits.value_or(shipped_habits())) {}

    result<synthetic_count> run() {
        for (const path_bundle& each : paths_) POLKU_CHECK(into_.try_put_blob("path", each.bytes));
        for (std::uint64_t number = 0; number < options_.cases; ++number) {
            POLKU_CHECK(add_case(number));
            const bool is_last = number + 1 == options_.cases;
            if (!is_last && (number + 1) % options_.batch != 0) continue;
            POLKU_CHECK(into_.try_append_all(waiting_));
            waiting_.clear();
            if (options_.progress && !options_.progress(number + 1, options_.cases))
                return error(error_code::cancelled,
                             "ended by the caller after " + std::to_string(number + 1) + " cases; these are stored");
        }
        return count_;
    }

private:
    result<void> add_case(std::uint64_t number) {
        const path::service_path& path = paths_[number % paths_.size()].path;
        const path::stream_id case_id = stream_of(options_.seed, number, "case");
        path::walk_options walk;
        walk.habits = habits_;
        walk.seed = options_.seed * 0x9E3779B97F4A7C15ULL + number;
        walk.client = storage::to_hex(stream_of(options_.seed, number, "client").bytes);
        const auto span = static_cast<std::uint64_t>(options_.last.to_days() - options_.first.to_days() + 1);
        path::random_walk chance(path, walk);
        const time::date first =
            options_.first.plus_days(static_cast<std::int64_t>(chance.below(span))).value_or(options_.first);
        const path::walked_case made = path::walk(path, walk, first, options_.last, options_.longest_pause,
                                                  {first, "synthetic", "synthetic", options_.recorded_at_ms});
        return store(path, case_id, walk.client, made);
    }

    result<void> store(const path::service_path& path, const path::stream_id& case_id, const std::string& client,
                       const path::walked_case& made) {
        detail::case_versions versions;
        // What a reader will fold: of a command the case's events stand before the client's.
        path::case_state stored;
        for (const std::vector<path::event>& events : made.commands) {
            storage::append_request request;
            request.command_id = storage::to_hex(case_id.bytes) + "/" + std::to_string(versions.of_case) + "." +
                                 std::to_string(versions.of_client);
            request.command_hash = storage::blake2b(request.command_id);
            POLKU_TRY(request.streams, detail::try_case_streams(path, case_id, client, versions, events));
            versions.of_case += request.streams.front().events.size();
            if (request.streams.size() > 1) versions.of_client += request.streams[1].events.size();
            stored = path::evolve(std::move(stored), detail::in_stored_order(events));
            const bool is_last = &events == &made.commands.back();
            if (is_last && made.state.is_opened()) POLKU_CHECK(keep(path, stored, request.streams));
            if (!is_last) drop_empty(request);
            if (!report::not_countable(path))
                request.counts = storage::counter_change{report::counting_way, {}, {}, {}};
            waiting_.push_back(std::move(request));
            count_.events += events.size();
        }
        if (!made.commands.empty() && waiting_.back().counts)
            waiting_.back().counts->deltas = detail::counter_deltas(path, {}, made.state);
        count_.cases += made.state.is_opened() ? 1 : 0;
        count_.open += made.state.is_opened() && !made.state.is_closed() ? 1 : 0;
        count_.commands += made.commands.size();
        count_.refused += static_cast<std::uint64_t>(made.refused);
        return {};
    }

    /// What the store keeps beside the events of a case, in its last command.
    result<void> keep(const path::service_path& path, const path::case_state& state,
                      std::vector<storage::stream_append>& streams) const {
        storage::stream_append& of_case = streams.front();
        of_case.projection = detail::projection_of(path, state, options_.last);
        POLKU_TRY(const path::stream_id client, detail::client_stream(state.client));
        if (auto bytes = detail::pack_case(state, path.content_hash())) {
            of_case.snapshot.emplace();
            of_case.snapshot->bytes = std::move(*bytes);
            of_case.snapshot->beside = client;
            of_case.snapshot->beside_version = state.client_version;
        }
        return {};
    }

    /// A command that touches the client's stream alone leaves the case's where it is.
    static void drop_empty(storage::append_request& request) {
        auto& all = request.streams;
        all.erase(std::remove_if(all.begin(), all.end(), [](const auto& each) { return each.events.empty(); }),
                  all.end());
    }

    storage::event_store& into_;
    const std::vector<path_bundle>& paths_;
    const synthetic_options& options_;
    path::walk_options::habit_set habits_;
    std::vector<storage::append_request> waiting_;
    synthetic_count count_;
};

}  // namespace

const path::walk_options::habit_set& shipped_habits() {
    static const path::walk_options::habit_set habits = [] {
        json::parse_options where;
        where.source = "synthetic/habits.json";
        return json::try_read<habits_file>(json::find_shipped(where.source).value_or(""), where).value().habits;
    }();
    return habits;
}

result<synthetic_count> try_generate(storage::event_store& into, const std::vector<path_bundle>& paths,
                                     const synthetic_options& options) {
    if (paths.empty()) return error(error_code::invalid_argument, "no path is given for the cases to open on");
    if (options.last < options.first)
        return error(error_code::invalid_argument, "the last day, " + time::to_string(options.last) +
                                                       ", is before the first, " + time::to_string(options.first));
    if (options.batch == 0) return error(error_code::invalid_argument, "a transaction holds at least one case");
    return generator(into, paths, options).run();
}

}  // namespace polku::inline POLKU_V
