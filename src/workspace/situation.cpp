// SPDX-License-Identifier: Apache-2.0
#include "case_loading.hpp"
#include "counting.hpp"
#include "register_door.hpp"

#include <polku/report/case_counts.hpp>
#include <polku/storage/hash.hpp>
#include <polku/storage/keyed_store.hpp>
#include <polku/workspace/situation.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

constexpr std::uint64_t tell_every = 1000;
/// Changes in one transaction of a recount.
constexpr std::size_t changes_in_step = 200'000;

/// Calls for every case stream, in the order of creation, and tells how many were seen.
template <class Visit>
result<std::uint64_t> each_case(storage::event_store& in, const std::function<void(std::uint64_t)>& progress,
                                Visit visit) {
    std::uint64_t seen = 0;
    storage::stream_query query;
    query.kind = path::stream_kind::case_;
    for (;;) {
        POLKU_TRY(const auto rows, in.try_find_streams(query));
        for (const storage::stream_row& row : rows) {
            POLKU_CHECK(visit(row.stream));
            if (++seen % tell_every == 0 && progress) progress(seen);
        }
        if (rows.size() < query.limit) break;
        query.after = rows.back().number;
    }
    if (progress) progress(seen);
    return seen;
}

std::string joined(const std::set<std::string>& of) {
    std::string all;
    for (const std::string& each : of) all += (all.empty() ? "" : ", ") + each;
    return all.empty() ? "none" : all;
}

/// A picture in the making, and what may be asked for.
class painter {
public:
    painter(workspace& in, time::date as_of, const picture_options& options)
        : in_(in), as_of_(as_of), options_(options), cases_(as_of) {}

    result<report::situation> from_counters(const storage::counters_answer& counters) {
        for (const storage::counted_label& each : counters.labels) {
            const report::counted_place place = report::counted_place_of(each.label);
            paths_.insert(place.path);
            if (!is_wanted(place.path)) continue;
            if (!place.layer.empty()) municipalities_.insert(place.layer);
            POLKU_CHECK(cases_.add_counted(each.label, each.sums));
            POLKU_CHECK(add_version(each));
        }
        municipalities_.erase(std::string(report::layer_not_shown));
        return finish();
    }

    result<report::situation> from_cases() {
        POLKU_CHECK(each_case(in_.store(), options_.progress, [this](const path::stream_id& id) -> result<void> {
            POLKU_TRY(const loaded_case loaded, in_.try_load(storage::to_hex(id.bytes)));
            paths_.insert(loaded.path.says().id);
            if (!is_wanted(loaded.path.says().id)) return {};
            know_municipalities(loaded.path);
            municipalities_.insert(loaded.state.municipality);
            if (const auto record = report::try_record(loaded.path, loaded.state, as_of_))
                cases_.add(loaded.path, *record);
            return {};
        }));
        return finish();
    }

private:
    bool is_wanted(const std::string& path) const { return options_.path.empty() || options_.path == path; }

    void know_municipalities(const path::service_path& of) {
        for (const auto& one : of.says().municipalities) municipalities_.insert(one.first);
    }

    /// A version that no case is pinned to on that day gives no names; its municipalities may be asked for.
    result<void> add_version(const storage::counted_label& of) {
        const auto version = report::counted_path_version(of.label);
        if (!version || (of.sums.empty() && options_.shown.municipality.empty())) return {};
        const auto hash = storage::hash_from_hex(*version);
        if (!hash)
            return error(error_code::store_corrupt,
                         "a counter names the path version '" + *version + "', expected 64 hexadecimal digits");
        POLKU_TRY(const path::service_path path, in_.try_path_of(*hash));
        know_municipalities(path);
        if (!of.sums.empty()) cases_.add_path(path);
        return {};
    }

    result<report::situation> finish() const {
        if (!options_.path.empty() && paths_.count(options_.path) == 0)
            return error(error_code::not_found, "the store has no case on the path '" + options_.path +
                                                    "'; it has cases on: " + joined(paths_));
        const std::string& wanted = options_.shown.municipality;
        if (!wanted.empty() && municipalities_.count(wanted) == 0)
            return error(error_code::not_found, "the paths of the store know no municipality '" + wanted +
                                                    "'; they know: " + joined(municipalities_));
        return cases_.finish(options_.shown);
    }

    workspace& in_;
    time::date as_of_;
    const picture_options& options_;
    report::situation_builder cases_;
    std::set<std::string> paths_;
    std::set<std::string> municipalities_;
};

/// Counting anew, some thousand cases to a transaction.
class recounter {
public:
    recounter(workspace& in, const recount_options& options) : in_(in), options_(options) {}

    result<recount_answer> run() {
        recount_answer answer;
        POLKU_TRY(const storage::counters_answer before, in_.store().try_counters(time::date{}));
        answer.were_complete = before.complete && before.counting == report::counting_way;
        POLKU_CHECK(check_erased(answer.were_complete));
        POLKU_TRY(const storage::chain_head head, in_.store().try_head());
        step_.counting = report::counting_way;
        POLKU_CHECK(store());
        POLKU_TRY(answer.cases,
                  each_case(in_.store(), options_.progress, [this](const path::stream_id& id) { return add(id); }));
        step_.upto = head.position;
        POLKU_CHECK(store());
        answer.changes = changes_;
        return answer;
    }

private:
    result<void> check_erased(bool were_complete) {
        auto* file = dynamic_cast<storage::keyed_store*>(&in_.store());
        if (!were_complete || options_.forget_erased || file == nullptr) return {};
        POLKU_TRY(const storage::erasure_ledger ledger, file->try_ledger());
        if (ledger.entries.empty()) return {};
        return error(error_code::recount_would_forget,
                     "the counters are complete, and " + std::to_string(ledger.entries.size()) +
                         " erasures have destroyed content that they still count; counting anew would lose that. "
                         "Leave them, or count anew all the same (--forget-erased)");
    }

    result<void> add(const path::stream_id& id) {
        POLKU_TRY(const detail::folded_case folded, detail::fold_case(in_.store(), id, case_history::whole));
        POLKU_TRY(const path::service_path path, in_.try_path_of(folded.path_hash));
        if (const auto group = report::not_countable(path))
            return error(error_code::not_countable, "the rule of the target group '" + *group + "' of the path '" +
                                                        path.says().id +
                                                        "' asks for the day itself, so who belongs to it cannot be "
                                                        "counted by day; pictures are made from the cases");
        for (storage::counter_delta& each : detail::counter_deltas(path, {}, folded.state))
            step_.deltas.push_back(std::move(each));
        return step_.deltas.size() < changes_in_step ? result<void>() : store();
    }

    result<void> store() {
        changes_ += step_.deltas.size();
        POLKU_TRY(step_.number, in_.store().try_recount(step_));
        step_.deltas.clear();
        return {};
    }

    workspace& in_;
    const recount_options& options_;
    storage::recount_step step_;
    std::uint64_t changes_ = 0;
};

/// The reported registers on the day, all books of one joined.
result<std::vector<report::reported_register>> try_reported(workspace& of, time::date as_of,
                                                            const picture_options& options) {
    POLKU_TRY(const auto books, detail::try_fold_registers(of.store(), options.path, as_of));
    std::map<std::pair<std::string, std::string>, report::reported_register> found;
    const std::string& wanted = options.shown.municipality;
    for (const detail::folded_register& each : books) {
        POLKU_TRY(const path::service_path path, of.try_path_of(each.path_hash));
        if (!path.says().registers.at(each.book.register_).reported.value_or(false)) continue;
        for (const path::register_entry& entry : each.book.entries) {
            if (!entry.is_in_force() || (!wanted.empty() && entry.about != wanted)) continue;
            report::reported_register& one = found[{each.book.path, each.book.register_}];
            one.path = path;
            one.register_ = each.book.register_;
            one.entries.push_back(entry);
        }
    }
    std::vector<report::reported_register> made;
    for (auto& [key, one] : found) {
        std::stable_sort(one.entries.begin(), one.entries.end(),
                         [](const auto& left, const auto& right) { return left.about < right.about; });
        made.push_back(std::move(one));
    }
    return made;
}

result<made_picture> try_figures(workspace& of, time::date as_of, const picture_options& options) {
    made_picture made;
    painter picture(of, as_of, options);
    if (options.source == picture_source::best) {
        POLKU_TRY(const storage::counters_answer counters, of.store().try_counters(as_of));
        made.from_counters = counters.complete && (counters.counting == report::counting_way || counters.counting == 0);
        if (made.from_counters) {
            POLKU_TRY(made.picture, picture.from_counters(counters));
            return made;
        }
    }
    POLKU_TRY(made.picture, picture.from_cases());
    return made;
}

}  // namespace

result<made_picture> try_situation(workspace& of, time::date as_of, const picture_options& options) {
    POLKU_TRY(made_picture made, try_figures(of, as_of, options));
    POLKU_TRY(made.picture.registers, try_reported(of, as_of, options));
    return made;
}

result<recount_answer> try_recount(workspace& of, const recount_options& options) {
    return recounter(of, options).run();
}

}  // namespace polku::inline POLKU_V
