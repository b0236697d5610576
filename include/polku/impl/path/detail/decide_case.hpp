// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_CASE_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_CASE_HPP

// Opening, routing, ending and reopening a case.

#include <polku/impl/path/detail/case_decider.hpp>
#include <polku/path/case_inputs.hpp>
#include <polku/rules/municipality.hpp>
#include <polku/version.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::path::detail {

/// Stream ids are 32 hexadecimal digits, in small letters so that one stream has one name.
inline bool is_stream_id(std::string_view text) {
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

inline decided case_decider::handle(const open_case& what) {
    if (!path_.is_valid_on(on_))
        return refuse(error_code::path_not_in_force, "the path '" + says().id + "' (" + says().version +
                                                         ") is not in force on " + time::to_string(on_));
    if (!is_stream_id(what.client))
        return refuse(error_code::client_mismatch,
                      "the client is named by " + std::to_string(what.client.size()) +
                          " characters that are no stream id; it has 32 hexadecimal digits in small letters");
    POLKU_CHECK(check_known(error_code::unknown_path_item, "entry", says().entries, what.entry));
    if (says().municipalities.empty()) {
        auto found = rules::try_find_municipality(what.municipality);
        if (!found) return std::move(found).error();
    } else {
        POLKU_CHECK(
            check_known(error_code::unknown_municipality, "municipality", says().municipalities, what.municipality));
    }
    const entry_definition& entry = says().entries.at(what.entry);
    if (entry.sender && !what.sender)
        return refuse(error_code::missing_detail, "the entry '" + what.entry + "' has a sender; give one");
    if (what.sender) POLKU_CHECK(check_party(*what.sender));
    const auto& channels = entry.channels;
    if (what.channel && !channels.empty() &&
        std::find(channels.begin(), channels.end(), *what.channel) == channels.end())
        return refuse(error_code::unknown_path_item, "the entry '" + what.entry + "' has no channel '" + *what.channel +
                                                         "'; its channels are " + quoted(channels));
    const std::vector<std::string> missing = missing_facts(state_, entry.requires_, on_);
    if (!missing.empty())
        return refuse(error_code::missing_facts,
                      "the entry '" + what.entry + "' needs facts that are not known: " + quoted(missing));
    add(case_opened{what.client, what.entry, what.municipality, entry.self_referral.value_or(false), what.channel,
                    what.sender, what.reason});
    return enter_stage(entry.stage, std::nullopt);
}

inline decided case_decider::enter_stage(const std::string& stage, std::optional<std::string> from) {
    for (std::size_t i = 0; i < says().stages.size(); ++i) {
        const stage_definition& next = says().stages[i];
        if (next.id != stage) continue;
        const auto been = state_.visits.find(stage);
        const std::int64_t visit = been == state_.visits.end() ? 1 : been->second + 1;
        if (next.max_visits && *next.max_visits < visit)
            return refuse(error_code::visit_limit, "the client has been in stage '" + stage + "' " +
                                                       std::to_string(visit - 1) +
                                                       " times, the most that the path allows");
        const auto deadline = time::nominal_deadline(on_, path_.data().stages[i].max);
        add(stage_entered{stage, std::move(from), next.owner, deadline.value_or(on_), visit});
        return {};
    }
    return refuse(error_code::unknown_stage, "stage '" + stage + "' is not in the path's definition");
}

inline std::string name_of_way(exit_way of) {
    if (of == exit_way::routing) return "routing";
    return of == exit_way::worker ? "worker" : "client";
}

/// The ways in which an exit is taken; one that names none is for routing.
inline std::string ways_of(const exit_definition& of) {
    std::vector<std::string> ways;
    for (const exit_way each : of.ways) ways.push_back(name_of_way(each));
    return ways.empty() ? "'routing'" : quoted(ways);
}

inline error case_decider::unknown_exit(const std::string& of) const {
    std::vector<std::string> known;
    for (const exit_definition& each : says().exits) known.push_back(each.id);
    return refuse(error_code::unknown_exit,
                  "exit '" + of + "' is not in the path's definition; known: " + quoted(known));
}

inline decided case_decider::close(const exit_definition& by, exit_way way, std::optional<std::string> reason) {
    const bool open_to_all = by.ways.empty() && way == exit_way::routing;
    if (!open_to_all && std::find(by.ways.begin(), by.ways.end(), way) == by.ways.end())
        return refuse(error_code::exit_not_allowed, "the exit '" + by.id + "' is not open to this way of ending ('" +
                                                        name_of_way(way) + "'); its ways are: " + ways_of(by));
    const std::vector<referral> referrals = state_.referrals;
    for (const referral& each : referrals) {
        if (!is_open(each.state)) continue;
        if (way != exit_way::client)
            return refuse(error_code::step_missing, "the referral '" + each.id + "' is still '" +
                                                        std::string(name_of(each.state)) +
                                                        "'; bring it to an end before the case ends");
        move_referral revoked;
        revoked.referral = each.id;
        revoked.move = referral_move::revoke;
        revoked.reason = "the client withdrew";
        add_referral_move(each, revoked, referral_state::revoked);
    }
    const std::string owner = by.follow_up_owner.value_or(state_.stage ? state_.stage->owner : std::string());
    add(case_closed{by.id, state_.stage ? state_.stage->stage : std::string(), by.outcome, way, std::move(reason)});
    schedule_follow_ups("exit " + by.id, by.follow_up, owner);
    return {};
}

inline decided case_decider::handle(const close_case& what) {
    const exit_definition* exit = path_.find_exit(what.exit);
    if (!exit) return unknown_exit(what.exit);
    POLKU_CHECK(check_text(what.reason, "reason"));
    return close(*exit, exit_way::worker, what.reason);
}

inline decided case_decider::handle(const withdraw& what) {
    POLKU_CHECK(check_text(what.reason, "reason"));
    const exit_definition* exit = what.exit ? path_.find_exit(*what.exit) : nullptr;
    if (what.exit && !exit) return unknown_exit(*what.exit);
    for (const exit_definition& each : says().exits)
        if (!exit && std::find(each.ways.begin(), each.ways.end(), exit_way::client) != each.ways.end()) exit = &each;
    if (!exit) return refuse(error_code::unknown_exit, "the path has no exit that is open to clients");
    return close(*exit, exit_way::client, what.reason);
}

inline decided case_decider::handle(const reopen_case& what) {
    if (!state_.is_closed())
        return refuse(error_code::case_not_closed, "the case has not ended, so it cannot be reopened");
    POLKU_CHECK(check_text(what.reason, "reason"));
    POLKU_CHECK(check_not_before(state_.ending->ended, "the end of the case"));
    const auto& within = says().reopening.within;
    const auto last = within ? time::nominal_deadline(state_.ending->ended, *parse_period(*within)) : std::nullopt;
    if (last && *last < on_)
        return refuse(error_code::reopening_refused, "the case ended on " + time::to_string(state_.ending->ended) +
                                                         " and could be reopened until " + time::to_string(*last) +
                                                         "; open a new case");
    const std::optional<std::string> from = state_.stage ? std::optional(state_.stage->stage) : std::nullopt;
    add(case_reopened{says().reopening.stage, what.reason});
    return enter_stage(says().reopening.stage, from);
}

inline decided case_decider::handle(const route&) {
    const std::string here = state_.stage ? state_.stage->stage : std::string();
    for (std::size_t i = 0; i < says().stages.size(); ++i) {
        const stage_definition& stage = says().stages[i];
        if (stage.id != here) continue;
        const auto& routing = path_.data().stages[i].routing;
        if (!routing)
            return refuse(error_code::path_routing,
                          "the stage '" + here + "' has no routing decision; close_case ends the case");
        const std::vector<std::string> missing = missing_facts(state_, stage.requires_, on_);
        if (!missing.empty())
            return refuse(error_code::missing_facts,
                          "the stage '" + here + "' is not left before these facts are known: " + quoted(missing));
        POLKU_TRY(decision_made made, evaluate_routing(stage, *routing));
        const std::string next = made.next;
        add(std::move(made));
        return follow_route(next);
    }
    return refuse(error_code::unknown_stage, "the case is in no stage of the path's definition");
}

inline decided case_decider::follow_route(const std::string& next) {
    if (const exit_definition* exit = path_.find_exit(next)) return close(*exit, exit_way::routing, std::nullopt);
    if (path_.find_stage(next)) return enter_stage(next, state_.stage->stage);
    return refuse(error_code::routing_output,
                  "the routing decision names '" + next + "', which is neither a stage nor an exit");
}

inline std::string hex_of(const path::hash& of) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made;
    for (const std::uint8_t each : of) {
        made += digits[each >> 4U];
        made += digits[each & 15U];
    }
    return made;
}

/// The rules that matched, with the ids of those that have a text for the client.
inline void take_rules(const dmn::trace& trace, const definition& says, decision_made& into) {
    for (const dmn::trace_step& step : trace.steps)
        for (const dmn::table_trace& table : step.tables)
            for (const dmn::rule_trace& rule : table.matched) {
                into.rules.push_back({table.owner, rule.id, static_cast<std::int64_t>(rule.index)});
                const auto texts = says.reasons.find(table.owner);
                if (texts != says.reasons.end() && texts->second.count(rule.id) > 0) into.reasons.push_back(rule.id);
            }
}

/// What is known of the inputs of a decision on a day; unknown ones are left out.
inline feel::context gather_inputs(const compiled_routing& routing, const case_state& of, time::date on,
                                   decision_made& into, std::vector<std::string>& unknown) {
    feel::context inputs;
    for (const dmn::input_info& each : routing.program.inputs(routing.decision)) {
        if (const case_input* told = find_case_input(each.name)) {
            const feel::value value = told->read(of, on);
            inputs.set(each.name, value);
            into.inputs[each.name] = decision_input{value, {}, {}};
            continue;
        }
        const auto found = of.facts.find(each.name);
        if (found == of.facts.end() || !is_known(found->second, on)) {
            unknown.push_back(each.name);
            continue;
        }
        inputs.set(each.name, found->second.value);
        into.inputs[each.name] = decision_input{found->second.value, found->second.version, found->second.retention};
    }
    return inputs;
}

inline result<decision_made> case_decider::evaluate_routing(const stage_definition& stage,
                                                            const compiled_routing& routing) const {
    decision_made made;
    made.decision = routing.name;
    made.model = stage.routing->model;
    made.stage = stage.id;
    made.path_hash = hex_of(path_.content_hash());
    made.engine_version = POLKU_ENGINE_SEMANTICS;
    std::vector<std::string> unknown;
    const feel::context inputs = gather_inputs(routing, state_, on_, made, unknown);
    feel::evaluation_context with(time::date_time{on_, {}});
    dmn::trace trace;
    trace.with.nearest = 0;
    trace.with.nulls = false;
    POLKU_TRY(made.result, dmn::try_evaluate(routing.program, routing.decision, inputs, with, &trace));
    take_rules(trace, says(), made);
    feel::value next = made.result;
    if (next.is(feel::kind::context)) {
        const feel::value* reason = made.result.as_context().find("reason");
        if (reason && reason->is(feel::kind::string)) made.reasons.emplace_back(reason->as_string());
        const feel::value* named = made.result.as_context().find("next");
        next = named ? *named : feel::value();
    }
    if (!next.is(feel::kind::string))
        return refuse(error_code::routing_undecided, "the decision '" + routing.name + "' does not say where to go" +
                                                         (unknown.empty() ? std::string("; no rule fits what is known")
                                                                          : "; unknown are " + quoted(unknown)));
    made.next = next.as_string();
    return made;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
