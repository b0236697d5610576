// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DETAIL_DEFINITION_RULES_HPP
#define POLKU_IMPL_PATH_DETAIL_DEFINITION_RULES_HPP

// The rules of a path definition, list by list; included by definition_check.ipp only.

namespace polku::inline POLKU_V::path::detail {

/// Names of all commands, and whether a command has a member of that name.
template <class Ask>
void each_command_type(Ask ask) {
    boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, command_body>>(
        [&](auto each) { ask(each); });
}
inline bool is_command(std::string_view name) {
    bool found = false;
    each_command_type([&](auto each) { found = found || decltype(each)::type::type == name; });
    return found;
}
inline bool has_command_member(std::string_view command, std::string_view member) {
    bool found = false;
    each_command_type([&](auto each) {
        using body = typename decltype(each)::type;
        if (body::type != command) return;
        boost::mp11::mp_for_each<boost::describe::describe_members<body, boost::describe::mod_any_access>>(
            [&](auto known) { found = found || member == known.name; });
    });
    return found;
}

inline bool is_municipality_code(const std::string& text) {
    return text.size() == 3 &&
           std::all_of(text.begin(), text.end(), [](char each) { return each >= '0' && each <= '9'; });
}

inline void definition_checker::head() {
    if (says_.id.empty()) add(error_code::path_structure, "/id", "the definition has no id");
    if (says_.version.empty()) add(error_code::path_structure, "/version", "the definition has no version");
    if (says_.valid.until && *says_.valid.until < says_.valid.from)
        add(error_code::path_structure, "/valid/until",
            "the definition ends on " + time::to_string(*says_.valid.until) + ", before it begins on " +
                time::to_string(says_.valid.from));
    text("/name", says_.name);
    if (!says_.notice.empty()) text("/notice", says_.notice);
    for (const auto& [code, name] : says_.municipalities) {
        if (!is_municipality_code(code))
            add(error_code::unknown_municipality, pointer_to("/municipalities", code),
                "'" + code + "' is no municipality code; it has three digits");
        text(pointer_to("/municipalities", code), name);
    }
}

inline void definition_checker::roles_and_facts() {
    for (const auto& [id, each] : says_.organisations) text(pointer_to("/organisations", id) + "/name", each.name);
    for (const auto& [id, each] : says_.roles) {
        const std::string at = pointer_to("/roles", id);
        organisation(at + "/organisation", each.organisation);
        text(at + "/name", each.name);
    }
    for (const auto& [id, each] : says_.facts) fact(pointer_to("/facts", id), id, each);
}

inline void definition_checker::fact(const std::string& at, const std::string& id, const fact_definition& of) {
    feel::type read;
    if (!feel::type::from_name(of.type, read) || read.is() != feel::type::form::simple)
        add(error_code::fact_type, at + "/type", "'" + of.type + "' is no simple FEEL type, such as boolean or date");
    else if (!of.values.empty() && of.type != "string")
        add(error_code::fact_type, at + "/values", "only a string has listed values; this fact is a " + of.type);
    if (of.reported.value_or(false) && of.values.empty() && of.type != "boolean")
        add(error_code::fact_type, at + "/reported",
            "only a boolean or a string with listed values can be counted in reports; this fact is a " + of.type);
    if (find_case_input(id) || id == "event date")
        add(error_code::duplicate_path_id, at, "the name '" + id + "' is what a case itself tells; choose another");
    name(error_code::unknown_path_item, at + "/retention", "retention class", says_.retention.classes, of.retention);
    for (std::size_t i = 0; i < of.sources.size(); ++i) {
        const std::string& source = of.sources[i];
        const bool known = source == "client" || source == "register" || has_name(says_.roles, source) ||
                           has_name(says_.organisations, source);
        if (!known)
            add(error_code::unknown_role, pointer_to(at + "/sources", i),
                "the source '" + source + "' is no role, no organisation, not 'client' and not 'register'");
    }
    period(at + "/valid_for", of.valid_for);
    for (const auto& [value, name] : of.values) text(pointer_to(at + "/values", value), name);
    text(at + "/name", of.name);
    text(at + "/ask", of.ask);
}

inline void definition_checker::consents_and_entries() {
    for (const auto& [id, each] : says_.consents) {
        const std::string at = pointer_to("/consents", id);
        for (std::size_t i = 0; i < each.recipients.size(); ++i)
            organisation(pointer_to(at + "/recipients", i), each.recipients[i]);
        period(at + "/valid_for", each.valid_for);
        text(at + "/name", each.name);
    }
    if (says_.entries.empty()) add(error_code::path_structure, "/entries", "no client can come in; name an entry");
    for (const auto& [id, each] : says_.entries) {
        const std::string at = pointer_to("/entries", id);
        stage(at + "/stage", each.stage);
        role(at + "/sender", each.sender);
        facts(at + "/requires", each.requires_);
        text(at + "/name", each.name);
        if (!each.sender && !each.self_referral.value_or(false))
            add(error_code::path_structure, at, "entry '" + id + "' has neither a sender nor self_referral");
    }
}

inline void definition_checker::stages() {
    if (says_.stages.empty()) add(error_code::path_structure, "/stages", "a path has at least one stage");
    std::set<std::string> seen;
    for (std::size_t i = 0; i < says_.stages.size(); ++i) {
        const std::string at = pointer_to("/stages", i);
        const stage_definition& each = says_.stages[i];
        if (each.id.empty()) add(error_code::path_structure, at + "/id", "the stage has no id");
        if (!seen.insert(each.id).second)
            add(error_code::duplicate_path_id, at + "/id", "the stage '" + each.id + "' stands twice");
        if (exit_among(says_, each.id))
            add(error_code::duplicate_path_id, at + "/id", "'" + each.id + "' is also an exit; routing could not tell");
        stage_of(at, each);
    }
    if (!says_.stages.empty()) stage("/reopening/stage", says_.reopening.stage);
    period("/reopening/within", says_.reopening.within);
}

inline void definition_checker::stage_of(const std::string& at, const stage_definition& of) {
    role(at + "/owner", of.owner);
    period(at + "/max", of.max);
    period(at + "/escalate_every", of.escalate_every);
    escalation(at + "/on_timeout", of.on_timeout);
    facts(at + "/requires", of.requires_);
    for (std::size_t i = 0; i < of.actions.size(); ++i)
        if (!has_name(says_.actions, of.actions[i]) && !is_command(of.actions[i]))
            add(error_code::unknown_action, pointer_to(at + "/actions", i),
                "action '" + of.actions[i] + "' is neither defined under actions nor the name of a command");
    if (of.max_visits && *of.max_visits < 1)
        add(error_code::path_structure, at + "/max_visits", "nobody could enter; give at least 1");
    text(at + "/name", of.name);
    if (!of.help.empty()) text(at + "/help", of.help);
}

inline void definition_checker::actions() {
    for (const auto& [id, each] : says_.actions) action(pointer_to("/actions", id), each);
}

inline void definition_checker::action(const std::string& at, const action_definition& of) {
    if (!is_command(of.command)) add(error_code::unknown_action, at + "/command", "'" + of.command + "' is no command");
    facts(at + "/requires", of.requires_);
    consent(at + "/consent", of.consent);
    role(at + "/role", of.role);
    triggers(at + "/after", of.after);
    for (const auto& [member, value] : of.with) action_with(pointer_to(at + "/with", member), of, member, value);
    text(at + "/name", of.name);
}

inline void definition_checker::action_with(const std::string& at, const action_definition& of,
                                            const std::string& member, const std::string& value) {
    if (is_command(of.command) && !has_command_member(of.command, member)) {
        add(error_code::unknown_action, at, "the command '" + of.command + "' has no member '" + member + "'");
        return;
    }
    const auto known = [&](const auto& among) {
        name(error_code::unknown_path_item, at, member.c_str(), among, value);
    };
    if (member == "kind" && of.command == "start_assessment") known(says_.assessments);
    if (member == "kind" && (of.command == "hold_meeting" || of.command == "plan_meeting")) known(says_.meetings);
    if (member == "experience") known(says_.experiences);
    if (member == "tool") known(says_.tools);
    if (member == "kind" && of.command == "start_placement") known(says_.placements);
    if (member == "service") name(error_code::unknown_service, at, "service", says_.services, value);
    if (member == "instrument") known(says_.instruments);
    if (member == "package") known(says_.packages);
    if (member == "environment") known(says_.environments);
}

inline void definition_checker::obligations() {
    for (const auto& [id, each] : says_.criteria) text(pointer_to("/criteria", id), each);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < says_.obligations.size(); ++i) {
        const std::string at = pointer_to("/obligations", i);
        const obligation_definition& each = says_.obligations[i];
        if (each.id.empty()) add(error_code::path_structure, at + "/id", "the obligation has no id");
        if (!seen.insert(each.id).second)
            add(error_code::duplicate_path_id, at + "/id", "the obligation '" + each.id + "' stands twice");
        trigger(at + "/on", each.on);
        trigger(at + "/satisfied_by", each.satisfied_by);
        triggers(at + "/ends_with", each.ends_with);
        if (each.roll && !time::parse_roll_rule(*each.roll))
            add(error_code::path_structure, at + "/roll", "'" + *each.roll + "' is no rule; write none or 150/1930");
        role(at + "/owner", each.owner);
        escalation(at + "/escalate", each.escalate);
        period(at + "/escalate_every", each.escalate_every);
        if (each.max_times && *each.max_times < 1)
            add(error_code::path_structure, at + "/max_times", "a duty comes at least once");
        if (each.criterion)
            name(error_code::unknown_path_item, at + "/criterion", "criterion", says_.criteria, *each.criterion);
        text(at + "/name", each.name);
    }
}

inline void definition_checker::services() {
    for (const auto& [id, each] : says_.services) service(pointer_to("/services", id), each);
}

inline void definition_checker::service(const std::string& at, const referral_service_definition& of) {
    organisation(at + "/organisation", of.organisation);
    role(at + "/receiver", of.receiver);
    if (of.purpose.empty())
        add(error_code::path_structure, at + "/purpose", "a referral is sent for a purpose; say which");
    facts(at + "/requires", of.requires_);
    consent(at + "/consent", of.consent);
    triggers(at + "/completed_by", of.completed_by);
    for (const auto& [state, limit] : of.states) referral_limits(pointer_to(at + "/states", state), state, limit);
    text(at + "/name", of.name);
}

inline void definition_checker::referral_limits(const std::string& at, const std::string& state,
                                                const referral_state_definition& of) {
    period(at + "/within", of.within);
    roles(at + "/to", of.to);
    const auto known = referral_state_named(state);
    if (!known || !is_open(*known)) {
        add(error_code::path_structure, at, "'" + state + "' is no open state of a referral");
        return;
    }
    if (of.then == "escalate") return;
    const auto move = referral_move_named(of.then);
    const auto after = move ? try_move(*known, *move) : result<referral_state>(*known);
    if (!move || !after || is_open(*after))
        add(error_code::path_structure, at + "/then",
            "'" + of.then + "' does not end a referral that is '" + state + "'; write a move that does, or escalate");
}

inline void definition_checker::meeting(const std::string& list, const std::string& id, const meeting_definition& of) {
    const std::string at = pointer_to(list, id);
    roles(at + "/must_attend", of.must_attend);
    roles(at + "/may_attend", of.may_attend);
    role(at + "/owner", of.owner);
    period(at + "/hold_within", of.hold_within);
    if (!of.escalate.empty()) escalation(at + "/escalate", of.escalate);
    text(at + "/name", of.name);
}

inline void definition_checker::assessment(const std::string& list, const std::string& id,
                                           const assessment_definition& of) {
    const std::string at = pointer_to(list, id);
    role(at + "/owner", of.owner);
    facts(at + "/requires", of.requires_);
    period(at + "/max", of.max);
    text(at + "/name", of.name);
}

inline void definition_checker::instrument(const std::string& list, const std::string& id,
                                           const instrument_definition& of) {
    const std::string at = pointer_to(list, id);
    if (of.scales.empty()) add(error_code::path_structure, at + "/scales", "an instrument has at least one scale");
    if (of.minimum && of.maximum && *of.maximum <= *of.minimum)
        add(error_code::path_structure, at + "/maximum", "the highest score is not above the lowest");
    period(at + "/again_after", of.again_after);
    for (std::size_t i = 0; i < of.uses.size(); ++i) instrument_used(pointer_to(at + "/uses", i), of.uses[i]);
    text(at + "/name", of.name);
}

inline void definition_checker::instrument_used(const std::string& at, const instrument_use& of) {
    // The register may be of a wider area than the path.
    if (of.municipality && !is_municipality_code(*of.municipality))
        add(error_code::unknown_municipality, at + "/municipality",
            "'" + *of.municipality + "' is no municipality code; it has three digits");
    if (of.sector.empty()) add(error_code::path_structure, at + "/sector", "a use of an instrument says its sector");
    names(at + "/target_groups", "target group", says_.target_groups, of.target_groups);
    if (!of.strengths.empty()) text(at + "/strengths", of.strengths);
    if (!of.weaknesses.empty()) text(at + "/weaknesses", of.weaknesses);
}

inline void definition_checker::target_groups_and_abilities() {
    for (const auto& [id, each] : says_.target_groups) text(pointer_to("/target_groups", id) + "/name", each.name);
    for (const auto& [id, each] : says_.abilities) {
        const std::string at = pointer_to("/abilities", id);
        name(error_code::unknown_fact, at + "/fact", "fact", says_.facts, each.fact);
        const auto level = says_.facts.find(each.fact);
        if (level != says_.facts.end() && level->second.type != "number")
            add(error_code::fact_type, at + "/fact",
                "the fact '" + each.fact + "' is a " + level->second.type + "; a level is a number");
        if (each.highest < 1)
            add(error_code::path_structure, at + "/highest", "an ability has levels from 0 to at least 1");
        text(at + "/name", each.name);
    }
}

inline void definition_checker::task(const std::string& list, const std::string& id, const task_definition& of) {
    const std::string at = pointer_to(list, id);
    if (of.sector.empty()) add(error_code::path_structure, at + "/sector", "a task belongs to a sector; say which");
    for (const auto& [ability, level] : of.demands) {
        const std::string demand = pointer_to(at + "/demands", ability);
        name(error_code::unknown_path_item, demand, "ability", says_.abilities, ability);
        const auto known = says_.abilities.find(ability);
        if (known != says_.abilities.end() && (level < 0 || known->second.highest < level))
            add(error_code::path_structure, demand,
                "the level " + std::to_string(level) + " is none of '" + ability + "', which has levels from 0 to " +
                    std::to_string(known->second.highest));
    }
    if (of.orderer) organisation(at + "/orderer", *of.orderer);
    valid(at + "/valid", of.valid);
    text(at + "/name", of.name);
}

inline void definition_checker::environment(const std::string& list, const std::string& id,
                                            const environment_definition& of) {
    const std::string at = pointer_to(list, id);
    organisation(at + "/organisation", of.organisation);
    if (of.municipality)
        name(error_code::unknown_municipality, at + "/municipality", "municipality", says_.municipalities,
             *of.municipality);
    not_negative(at + "/places", of.places);
    not_negative(at + "/coaches", of.coaches);
    names(at + "/packages", "package", says_.packages, of.packages);
    names(at + "/tasks", "task", says_.tasks, of.tasks);
    valid(at + "/valid", of.valid);
    text(at + "/name", of.name);
}

inline void definition_checker::package(const std::string& list, const std::string& id, const package_definition& of) {
    const std::string at = pointer_to(list, id);
    period(at + "/max", of.max);
    names(at + "/target_groups", "target group", says_.target_groups, of.target_groups);
    valid(at + "/valid", of.valid);
    text(at + "/name", of.name);
}

inline void definition_checker::waiting() {
    if (!says_.waiting) return;
    period("/waiting/within", says_.waiting->within);
    if (says_.waiting->classes.empty())
        add(error_code::path_structure, "/waiting/classes", "people wait in classes; name at least one");
    for (const auto& [id, each] : says_.waiting->classes) {
        const std::string at = pointer_to("/waiting/classes", id);
        not_negative(at + "/rank", each.rank);
        period(at + "/max", each.max);
        text(at + "/name", each.name);
    }
}

inline void definition_checker::placements() {
    for (const auto& [id, each] : says_.placements) {
        const std::string at = pointer_to("/placements", id);
        periods(at + "/follow_up", each.follow_up);
        text(at + "/name", each.name);
    }
    for (const auto& [id, each] : says_.supports) text(pointer_to("/supports", id), each);
}

inline void definition_checker::exits() {
    std::set<std::string> seen;
    bool for_clients = false;
    for (std::size_t i = 0; i < says_.exits.size(); ++i) {
        const std::string at = pointer_to("/exits", i);
        const exit_definition& each = says_.exits[i];
        if (each.id.empty()) add(error_code::path_structure, at + "/id", "the exit has no id");
        if (!seen.insert(each.id).second)
            add(error_code::duplicate_path_id, at + "/id", "the exit '" + each.id + "' stands twice");
        periods(at + "/follow_up", each.follow_up);
        role(at + "/follow_up_owner", each.follow_up_owner);
        for_clients = for_clients || std::find(each.ways.begin(), each.ways.end(), exit_way::client) != each.ways.end();
        text(at + "/name", each.name);
    }
    if (!for_clients)
        add(error_code::unknown_exit, "/exits", "no exit has the way 'client'; a client may always withdraw");
}

inline void definition_checker::retention() {
    const auto& classes = says_.retention.classes;
    name(error_code::unknown_path_item, "/retention/fallback", "retention class", classes, says_.retention.fallback);
    for (const auto& [of, named] : says_.retention.events) {
        trigger(pointer_to("/retention/events", of), of);
        name(error_code::unknown_path_item, pointer_to("/retention/events", of), "retention class", classes, named);
    }
    for (const auto& [id, each] : classes)
        if (each.years < 0)
            add(error_code::path_structure, pointer_to("/retention/classes", id) + "/years", "years are not negative");
}

inline void definition_checker::reasons() {
    for (const auto& table : says_.reasons) {
        const std::string& decision = table.first;
        const bool known = std::any_of(says_.stages.begin(), says_.stages.end(), [&](const stage_definition& each) {
            return each.routing && each.routing->decision == decision;
        });
        if (!known)
            add(error_code::path_routing, pointer_to("/reasons", decision),
                "no stage routes by a decision '" + decision + "'");
        for (const auto& [rule, says] : table.second) text(pointer_to(pointer_to("/reasons", decision), rule), says);
    }
    for (const auto& [output, readers] : says_.declassified) roles(pointer_to("/declassified", output), readers);
}

POLKU_DECL void check_definition(const definition& says, path_findings& into) { definition_checker(says, into).run(); }

}  // namespace polku::inline POLKU_V::path::detail

#endif
