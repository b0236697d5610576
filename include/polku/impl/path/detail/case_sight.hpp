// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_CASE_SIGHT_HPP
#define POLKU_IMPL_PATH_DETAIL_CASE_SIGHT_HPP

// What is compared of two cases after the same command. Included by the bodies of equal treatment only.

#include <polku/impl/path/detail/treatment_model.hpp>
#include <polku/path/equal_treatment.hpp>
#include <polku/path/queries.hpp>

#include <map>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

inline std::string joined(const std::vector<std::string>& of) {
    std::string made;
    for (const std::string& each : of) made += (made.empty() ? "" : ", ") + each;
    return made;
}

/// What is seen of a case after a command, by the pointer (by ids) of what it comes from.
using case_sight = std::map<std::string, std::string>;

inline case_sight sight_of(const treatment_side& side, const case_state& of, time::date today) {
    case_sight made;
    if (of.ending) {
        const std::string at = pointer_to("/exits", of.ending->exit);
        made[at + "/outcome"] = std::to_string(static_cast<int>(of.ending->outcome));
        for (const check_point& each : of.check_points) {
            made[at + "/follow_up"] += time::to_string(each.on) + " ";
            made[at + "/follow_up_owner"] += each.owner + " ";
        }
        return made;
    }
    if (!of.stage) return made;
    const std::string stage = pointer_to("/stages", of.stage->stage);
    made[pointer_to("/entries", of.entry) + "/self_referral"] = of.self_referral ? "true" : "false";
    made[stage + "/owner"] = of.stage->owner;
    made[stage + "/max"] = time::to_string(of.stage->deadline);
    for (const available_action& each : available_actions(side.of.path, of, today)) {
        if (each.id == "route") {
            made[stage + "/requires"] = joined(each.missing_facts);
            continue;
        }
        made[stage + "/actions"] += each.id + " ";
        const std::string action = pointer_to("/actions", each.id);
        made[action + "/requires"] = joined(each.missing_facts);
        made[action + "/after"] = joined(each.missing_events);
        made[action + "/consent"] = each.missing_consent.value_or("");
        made[action + "/role"] = each.role.value_or("");
    }
    for (const referral& each : of.referrals) {
        if (!is_open(each.state)) continue;
        const std::string service = pointer_to("/services", each.service);
        const std::string state = pointer_to(service + "/states", std::string(name_of(each.state)));
        made[service + "/receiver"] = each.receiver;
        made[state + "/within"] = each.deadline ? time::to_string(*each.deadline) : std::string();
        made[state + "/then"] = each.disposition;
    }
    for (const due_item& each : due(side.of.path, of, std::nullopt, today)) {
        if (each.kind != due_kind::obligation) continue;
        const std::string duty = pointer_to("/obligations", each.what);
        made[duty + "/due"] += time::to_string(each.due) + " ";
        made[duty + "/owner"] += each.owner + " ";
        for (const char* member : {"/on", "/guard", "/satisfied_by", "/ends_with"}) made[duty + member] = "open";
    }
    return made;
}

}  // namespace polku::inline POLKU_V::path::detail

#endif
