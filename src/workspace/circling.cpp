// SPDX-License-Identifier: Apache-2.0
#include "case_loading.hpp"
#include "client_reads.hpp"

#include <polku/json/described.hpp>
#include <polku/path/queries.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

/// The cases of one client in the order of their creation.
struct client_cases {
    std::vector<path::stream_id> cases;
    std::int64_t returns = 0;  ///< at most so many
};

/// How many returns a case can have at most: what a snapshot is enough to tell.
std::int64_t most_returns(const path::case_state& of) {
    const auto again = [](const auto& list) { return list.empty() ? 0 : static_cast<std::int64_t>(list.size()) - 1; };
    // A referral can be turned away, and be to a service in which one had ended.
    std::int64_t most = 1 + of.reopened + 2 * static_cast<std::int64_t>(of.referrals.size()) + again(of.coachings) +
                        again(of.placements);
    for (const auto& [stage, times] : of.visits) most += times - 1;
    return most;
}

const path::texts* name_of(const path::definition& in, const path::circling_step& of) {
    const auto named = [&](const auto& among) -> const path::texts* {
        const auto found = among.find(of.of);
        return found == among.end() ? nullptr : &found->second.name;
    };
    const auto stage = [&]() -> const path::texts* {
        const auto found = std::find_if(in.stages.begin(), in.stages.end(),
                                        [&](const path::stage_definition& each) { return each.id == of.of; });
        return found == in.stages.end() ? nullptr : &found->name;
    };
    using kind = path::circling_step_kind;
    switch (of.what) {
        case kind::stage_reached:
        case kind::stage_again: return stage();
        case kind::service_begun:
        case kind::service_again:
        case kind::turned_away: return named(in.services);
        case kind::assessment_completed: return named(in.assessments);
        case kind::coaching_completed:
        case kind::coaching_again: return named(in.packages);
        case kind::placement_started:
        case kind::placement_again: return named(in.placements);
        case kind::case_again: return of.of == in.id ? &in.name : stage();
        case kind::goal_nearer: return nullptr;
    }
    return nullptr;
}

/// One client whose cases are open before us.
class client_of_cases {
public:
    void add(std::string id, loaded_case&& one) {
        ids_.push_back(std::move(id));
        cases_.push_back(std::move(one));
    }
    const path::case_state& first() const { return cases_.front().state; }

    result<std::optional<feel::value>> try_describe(const circling_query& asked) const {
        std::vector<path::client_case> views;
        for (const loaded_case& each : cases_) views.push_back({&each.state, each.path.says().id});
        POLKU_TRY(const std::optional<path::circling> found, path::try_find_circling(views, asked.as_of, asked.rule));
        if (!found) return std::optional<feel::value>();
        std::vector<feel::value> returns;
        for (const path::circling_step& each : found->returns) returns.push_back(step(each));
        return std::optional(feel::value(feel::context{{"client", first().client},
                                                       {"cases", feel::value(rows(asked.as_of))},
                                                       {"responsible", responsible()},
                                                       {"got_on", found->got_on ? step(*found->got_on) : feel::value()},
                                                       {"returns", feel::value(std::move(returns))}}));
    }

private:
    std::vector<feel::value> rows(time::date as_of) const {
        std::vector<feel::value> made;
        for (std::size_t at = 0; at < cases_.size(); ++at) {
            const path::case_state& state = cases_[at].state;
            if (!state.opened || as_of < *state.opened) continue;
            const bool is_open = !state.ending || as_of < state.ending->ended;
            made.emplace_back(
                feel::context{{"case", ids_[at]}, {"path", cases_[at].path.says().id}, {"open", is_open}});
        }
        return made;
    }
    feel::value responsible() const {
        for (auto each = cases_.rbegin(); each != cases_.rend(); ++each)
            if (!each->state.is_closed() && !each->state.responsible.empty())
                return json::to_value(each->state.responsible.back().who);
        return {};
    }
    feel::value step(const path::circling_step& of) const {
        const path::texts* name = name_of(cases_[of.in_case].path.says(), of);
        return feel::value(feel::context{{"what", json::to_value(of.what)},
                                         {"of", of.of},
                                         {"name", name == nullptr ? feel::value() : json::to_value(*name)},
                                         {"on", of.on},
                                         {"before", of.before ? feel::value(*of.before) : feel::value()},
                                         {"case", ids_[of.in_case]},
                                         {"position", static_cast<std::int64_t>(of.position)}});
    }

    std::vector<std::string> ids_;
    std::vector<loaded_case> cases_;
};

}  // namespace

result<feel::value> workspace::try_circling(const circling_query& asked) {
    POLKU_CHECK(check_reader());
    POLKU_CHECK(path::try_find_circling({}, asked.as_of, asked.rule));
    std::map<std::string, client_cases> clients;
    client_reads reads;
    storage::stream_query query;
    query.kind = path::stream_kind::case_;
    for (;;) {
        POLKU_TRY(const auto rows, store_->try_find_streams(query));
        for (const storage::stream_row& row : rows) {
            POLKU_TRY(const loaded_case one, try_fold(storage::to_hex(row.stream.bytes)));
            if (log_) reads[one.state.client].merge(detail::categories_of(one.state));
            client_cases& of = clients[one.state.client];
            of.returns += most_returns(one.state);
            of.cases.push_back(row.stream);
        }
        if (rows.size() < query.limit) break;
        query.after = rows.back().number;
    }
    std::vector<feel::value> found;
    for (const auto& [client, of] : clients) {
        if (of.returns < asked.rule.returns) continue;
        client_of_cases whole;
        bool is_wanted = asked.path.empty();
        for (const path::stream_id& each : of.cases) {
            std::string id = storage::to_hex(each.bytes);
            POLKU_TRY(loaded_case one, try_fold(id, case_history::whole));
            is_wanted = is_wanted || one.path.says().id == asked.path;
            whole.add(std::move(id), std::move(one));
        }
        if (!is_wanted) continue;
        POLKU_TRY(std::optional<feel::value> row, whole.try_describe(asked));
        if (row) found.push_back(*std::move(row));
    }
    POLKU_CHECK(try_log_reads(reads));
    const auto count = [](const feel::value& row) { return row.as_context().find("returns")->as_list().size(); };
    std::stable_sort(found.begin(), found.end(),
                     [&](const feel::value& a, const feel::value& b) { return count(b) < count(a); });
    return feel::value(std::move(found));
}

}  // namespace polku::inline POLKU_V
