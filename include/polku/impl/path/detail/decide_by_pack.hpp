// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DECIDE_BY_PACK_HPP
#define POLKU_IMPL_PATH_DETAIL_DECIDE_BY_PACK_HPP

// Decisions by rule packs, and the notice of them.

#include <polku/impl/path/detail/case_decider.hpp>
#include <polku/impl/path/detail/decide_case.hpp>
#include <polku/path/case_on.hpp>
#include <polku/rules/missing.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/version.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::path::detail {

/// What was told with the command, and the facts of the client as they are known for the day of the decision.
inline result<std::map<std::string, decision_input>> case_decider::gather_pack_inputs(const decide_by_pack& what,
                                                                                      time::date day) const {
    std::map<std::string, decision_input> inputs;
    for (const auto& [name, value] : what.inputs) inputs[name] = decision_input{value, {}, {}};
    if (what.facts.empty()) return inputs;
    if (!state_.has_whole_history())
        return refuse(error_code::internal, "the case was opened without its whole history; facts of a day need it");
    const case_state then = case_on(state_, day);
    for (const auto& [name, fact] : what.facts) {
        POLKU_CHECK(check_known(error_code::unknown_fact, "fact", says().facts, fact));
        if (inputs.count(name) > 0)
            return refuse(error_code::duplicate_record,
                          "the input '" + name + "' is given as a value and as the fact '" + fact + "'; give it once");
        const auto found = then.facts.find(fact);
        if (found != then.facts.end() && is_known(found->second, day))
            inputs[name] = decision_input{found->second.value, found->second.version, found->second.retention};
    }
    return inputs;
}

/// Refuses a decision that an unknown fact can still change, unless the command says that it is made without that.
inline decided case_decider::check_nothing_missing(const rules::pack& pack, const rules::pack_question& asked,
                                                   const std::vector<std::string>& without) const {
    const std::vector<rules::pack_input>& known = pack.says().inputs;
    for (const std::string& each : without) {
        if (std::none_of(known.begin(), known.end(), [&](const auto& input) { return input.name == each; }))
            return refuse(error_code::unknown_path_item,
                          "'without' names '" + each + "', which is no input of the pack '" + pack.says().id + "'");
        if (asked.inputs.find(each) != nullptr)
            return refuse(error_code::duplicate_record, "'without' names '" + each + "', but its value is known");
    }
    POLKU_TRY(const rules::missing_answer missing, rules::try_missing(pack, asked));
    std::vector<std::string> open;
    for (const rules::missing_input& each : missing.inputs)
        if (std::find(without.begin(), without.end(), each.name) == without.end()) open.push_back(each.name);
    if (open.empty()) return {};
    return refuse(error_code::decision_undecided,
                  "the decision '" + asked.decision + "' can still change with what is unknown: " + quoted(open) +
                      "; find these out, or name them in 'without' to decide without them");
}

inline decided case_decider::check_new_decision(const decide_by_pack& what) const {
    POLKU_CHECK(check_text(what.id, "id"));
    const auto find = [&](const std::string& id) {
        return std::find_if(state_.pack_decisions.begin(), state_.pack_decisions.end(),
                            [&](const pack_decision& each) { return each.content.id == id; });
    };
    if (find(what.id) != state_.pack_decisions.end())
        return refuse(error_code::duplicate_record, "the case has a decision '" + what.id + "' already");
    if (!what.replaces) return {};
    const auto earlier = find(*what.replaces);
    if (earlier == state_.pack_decisions.end())
        return refuse(error_code::unknown_record, "the case has no decision '" + *what.replaces + "' to replace");
    if (earlier->replaced_by)
        return refuse(error_code::record_not_open,
                      "the decision '" + *what.replaces + "' was replaced by '" + *earlier->replaced_by + "' already");
    return {};
}

inline decided case_decider::handle(const decide_by_pack& what) {
    POLKU_CHECK(check_new_decision(what));
    if (with_.pack == nullptr)
        return refuse(error_code::pack_not_in_use, "the rule pack '" + what.pack + "' is not in use here");
    const rules::pack& pack = *with_.pack->pack;
    const time::date day = what.decided.value_or(on_);
    if (with_.today < day)
        return refuse(error_code::command_in_future, "the decision would be of " + time::to_string(day) +
                                                         ", but today is " + time::to_string(with_.today));
    pack_decision_made made;
    made.id = what.id;
    made.pack = what.pack;
    made.pack_hash = hex_of(with_.pack->content);
    made.decision = what.decision;
    made.decided = day;
    made.event_day = what.event_day;
    made.variant = what.variant;
    POLKU_TRY(made.inputs, gather_pack_inputs(what, day));
    made.facts = what.facts;
    made.overrides = what.overrides;
    made.without = what.without;
    made.replaces = what.replaces;
    made.engine_version = POLKU_ENGINE_SEMANTICS;
    const rules::pack_question asked = question_of(made);
    POLKU_CHECK(check_nothing_missing(pack, asked, what.without));
    POLKU_TRY(rules::pack_answer answer, pack.try_decide(asked));
    made.version = std::move(answer.version);
    made.result = std::move(answer.value);
    made.rules = std::move(answer.rules);
    for (rules::rule_match& each : answer.matched)
        made.matched.push_back({std::move(each.decision), std::move(each.rule), each.number});
    add(std::move(made));
    return {};
}

inline decided case_decider::handle(const notify_decision& what) {
    constexpr std::array ways{
        "letter",        "letter to authority", "electronic message", "verifiable e-service", "receipt certificate",
        "minutes online"};
    const auto found = std::find_if(state_.pack_decisions.begin(), state_.pack_decisions.end(),
                                    [&](const pack_decision& each) { return each.content.id == what.id; });
    if (found == state_.pack_decisions.end())
        return refuse(error_code::unknown_record, "the case has no decision '" + what.id + "'");
    if (std::none_of(ways.begin(), ways.end(), [&](const char* each) { return what.way == each; }))
        return refuse(error_code::unknown_path_item, "'" + what.way + "' is no way to send a decision; there are: " +
                                                         quoted(std::vector<std::string>(ways.begin(), ways.end())));
    const time::date sent = what.sent.value_or(on_);
    const time::date made_on = found->content.decided;
    if (sent < made_on)
        return refuse(error_code::command_too_early, "the decision was made on " + time::to_string(made_on) +
                                                         " and cannot have been sent on " + time::to_string(sent));
    if (what.received && *what.received < sent)
        return refuse(error_code::command_too_early, "the decision was sent on " + time::to_string(sent) +
                                                         " and cannot have arrived on " +
                                                         time::to_string(*what.received));
    for (const time::date each : {sent, what.received.value_or(sent)})
        if (with_.today < each)
            return refuse(error_code::command_in_future, "the command tells of " + time::to_string(each) +
                                                             ", but today is " + time::to_string(with_.today));
    add(pack_decision_notified{what.id, what.way, sent, what.received});
    return {};
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
