// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_DEFINITION_CHECK_IPP
#define POLKU_IMPL_PATH_DEFINITION_CHECK_IPP

#include <polku/feel/type.hpp>
#include <polku/path/case_inputs.hpp>
#include <polku/path/commands.hpp>
#include <polku/path/detail/compiled_path.hpp>
#include <polku/path/events.hpp>
#include <polku/path/referral.hpp>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace polku::inline POLKU_V::path {

POLKU_DECL std::optional<time::period> parse_period(std::string_view text) noexcept {
    if (text.size() < 3 || text.size() > 7 || text.front() != 'P') return std::nullopt;
    time::period read;
    switch (text.back()) {
        case 'D': read.unit = time::period_unit::days; break;
        case 'W': read.unit = time::period_unit::weeks; break;
        case 'M': read.unit = time::period_unit::months; break;
        case 'Y': read.unit = time::period_unit::years; break;
        default: return std::nullopt;
    }
    for (const char each : text.substr(1, text.size() - 2)) {
        if (each < '0' || each > '9') return std::nullopt;
        read.count = read.count * 10 + (each - '0');
    }
    return read.count > 0 ? std::optional(read) : std::nullopt;
}

namespace detail {

/// The names of a list as they stand in a message: `a, b, c`.
template <class Map>
std::string names_of(const Map& among) {
    std::string all;
    for (const auto& each : among) {
        if (!all.empty()) all += ", ";
        all += "'" + each.first + "'";
    }
    return all.empty() ? "none" : all;
}

inline const stage_definition* stage_among(const definition& says, std::string_view id) {
    for (const stage_definition& each : says.stages)
        if (each.id == id) return &each;
    return nullptr;
}
inline const exit_definition* exit_among(const definition& says, std::string_view id) {
    for (const exit_definition& each : says.exits)
        if (each.id == id) return &each;
    return nullptr;
}
template <class Map>
bool has_name(const Map& among, std::string_view name) {
    return among.find(std::string(name)) != among.end();
}

/// True when what stands behind a trigger's colon is known for that type of event.
inline bool is_known_qualifier(const definition& says, std::string_view type, std::string_view of) {
    const auto is = [&](std::string_view wanted) { return type == wanted; };
    const auto starts = [&](std::string_view wanted) { return type.substr(0, wanted.size()) == wanted; };
    if (is("fact_recorded") || is("fact_withdrawn")) return has_name(says.facts, of);
    if (starts("consent_")) return has_name(says.consents, of);
    if (is("case_opened")) return has_name(says.entries, of);
    if (starts("stage_") || is("case_reopened")) return stage_among(says, of) != nullptr;
    if (starts("referral_")) return has_name(says.services, of);
    if (starts("responsible_") || starts("own_worker_") || starts("team_member_")) return has_name(says.roles, of);
    if (starts("meeting_")) return has_name(says.meetings, of);
    if (starts("assessment_")) return has_name(says.assessments, of);
    if (is("experience_recorded")) return has_name(says.experiences, of);
    if (is("instrument_recorded")) return has_name(says.instruments, of);
    if (is("coaching_started") || is("coaching_completed")) return has_name(says.packages, of);
    if (starts("placement_")) return has_name(says.placements, of);
    if (is("support_recorded")) return has_name(says.supports, of);
    if (is("case_closed")) return exit_among(says, of) != nullptr;
    if (starts("obligation_"))
        return std::any_of(says.obligations.begin(), says.obligations.end(),
                           [&](const obligation_definition& each) { return each.id == of; });
    return is("feedback_recorded") || is("follow_up_recorded") || is("decision_made");
}

POLKU_DECL bool is_known_trigger(const definition& says, std::string_view trigger) {
    const std::size_t colon = trigger.find(':');
    const std::string_view type = trigger.substr(0, colon);
    if (!is_event_type(type)) return false;
    return colon == std::string_view::npos || is_known_qualifier(says, type, trigger.substr(colon + 1));
}

/// Walks a definition and notes all that is wrong with it; FEEL and DMN come later.
class definition_checker {
public:
    definition_checker(const definition& says, path_findings& into) : says_(says), into_(into) {}

    void run() {
        head();
        roles_and_facts();
        consents_and_entries();
        stages();
        actions();
        obligations();
        services();
        for (const auto& [id, each] : says_.meetings) meeting("/meetings", id, each);
        for (const auto& [id, each] : says_.assessments) assessment("/assessments", id, each);
        for (const auto& [id, each] : says_.instruments) instrument("/instruments", id, each);
        casework();
        target_groups_and_abilities();
        for (const auto& [id, each] : says_.tasks) task("/tasks", id, each);
        for (const auto& [id, each] : says_.environments) environment("/environments", id, each);
        for (const auto& [id, each] : says_.packages) package("/packages", id, each);
        waiting();
        placements();
        exits();
        retention();
        reasons();
        registers();
    }

private:
    void add(error_code code, std::string pointer, std::string message) {
        into_.add(code, std::move(pointer), std::move(message));
    }

    void text(const std::string& at, const texts& of) {
        for (const char* language : {"fi", "sv", "en", "fi-selko"}) {
            const auto found = of.find(language);
            if (found == of.end() || found->second.empty())
                add(error_code::missing_text, at,
                    std::string("the text lacks '") + language + "'; people read it in fi, sv, en and fi-selko");
        }
    }
    void period(const std::string& at, const std::string& of) {
        if (!parse_period(of))
            add(error_code::invalid_period, at,
                "'" + of + "' is no period; write a whole number of one unit, as P14D, P2W, P3M or P1Y");
    }
    void period(const std::string& at, const std::optional<std::string>& of) {
        if (of) period(at, *of);
    }
    void periods(const std::string& at, const std::vector<std::string>& of) {
        for (std::size_t i = 0; i < of.size(); ++i) period(pointer_to(at, i), of[i]);
    }
    template <class Map>
    void name(error_code code, const std::string& at, const char* what, const Map& among, const std::string& of) {
        if (!has_name(among, of))
            add(code, at, std::string(what) + " '" + of + "' is not defined; known: " + names_of(among));
    }
    void role(const std::string& at, const std::string& of) {
        name(error_code::unknown_role, at, "role", says_.roles, of);
    }
    void role(const std::string& at, const std::optional<std::string>& of) {
        if (of) role(at, *of);
    }
    void roles(const std::string& at, const std::vector<std::string>& of) {
        for (std::size_t i = 0; i < of.size(); ++i) role(pointer_to(at, i), of[i]);
    }
    void facts(const std::string& at, const std::vector<std::string>& of) {
        for (std::size_t i = 0; i < of.size(); ++i)
            name(error_code::unknown_fact, pointer_to(at, i), "fact", says_.facts, of[i]);
    }
    template <class Map>
    void names(const std::string& at, const char* what, const Map& among, const std::vector<std::string>& of) {
        for (std::size_t i = 0; i < of.size(); ++i)
            name(error_code::unknown_path_item, pointer_to(at, i), what, among, of[i]);
    }
    void valid(const std::string& at, const std::optional<validity>& of) {
        if (of && of->until && *of->until < of->from)
            add(error_code::path_structure, at + "/until",
                "it ends on " + time::to_string(*of->until) + ", before it begins on " + time::to_string(of->from));
    }
    void not_negative(const std::string& at, const std::optional<std::int64_t>& of) {
        if (of && *of < 0)
            add(error_code::path_structure, at, "found " + std::to_string(*of) + ", expected a number from 0");
    }
    void organisation(const std::string& at, const std::string& of) {
        name(error_code::unknown_path_item, at, "organisation", says_.organisations, of);
    }
    void consent(const std::string& at, const std::optional<std::string>& of) {
        if (of) name(error_code::unknown_consent, at, "consent", says_.consents, *of);
    }
    void stage(const std::string& at, const std::string& of) {
        if (stage_among(says_, of)) return;
        std::map<std::string, int> known;
        for (const stage_definition& each : says_.stages) known[each.id] = 0;
        add(error_code::unknown_stage, at, "stage '" + of + "' is not defined; known: " + names_of(known));
    }
    void trigger(const std::string& at, const std::string& of) {
        if (!is_known_trigger(says_, of))
            add(error_code::unknown_trigger, at,
                "'" + of + "' names no event; write an event type, or a type, a colon and something defined here");
    }
    void triggers(const std::string& at, const std::vector<std::string>& of) {
        for (std::size_t i = 0; i < of.size(); ++i) trigger(pointer_to(at, i), of[i]);
    }
    /// A chain of roles must be there, and its last one must be a person who can act.
    void escalation(const std::string& at, const std::vector<std::string>& of) {
        roles(at, of);
        const auto last = of.empty() ? says_.roles.end() : says_.roles.find(of.back());
        const bool ends_at_person = last != says_.roles.end() && last->second.human.value_or(true);
        if (of.empty() || (last != says_.roles.end() && !ends_at_person))
            add(error_code::path_escalation, at,
                of.empty() ? "nobody is called when the time runs out; name at least one role"
                           : "the last role, '" + of.back() + "', is no person");
    }

    void head();
    void roles_and_facts();
    void fact(const std::string& at, const std::string& id, const fact_definition& of);
    void consents_and_entries();
    void stages();
    void stage_of(const std::string& at, const stage_definition& of);
    void actions();
    void action(const std::string& at, const action_definition& of);
    void action_with(const std::string& at, const action_definition& of, const std::string& member,
                     const std::string& value);
    void obligations();
    void services();
    void service(const std::string& at, const referral_service_definition& of);
    void referral_limits(const std::string& at, const std::string& state, const referral_state_definition& of);
    void meeting(const std::string& list, const std::string& id, const meeting_definition& of);
    void assessment(const std::string& list, const std::string& id, const assessment_definition& of);
    void instrument(const std::string& list, const std::string& id, const instrument_definition& of);
    void instrument_used(const std::string& at, const instrument_use& of);
    void casework();
    void experience(const std::string& at, const experience_definition& of);
    void tool(const std::string& at, const tool_definition& of);
    void target_groups_and_abilities();
    void task(const std::string& list, const std::string& id, const task_definition& of);
    void environment(const std::string& list, const std::string& id, const environment_definition& of);
    void package(const std::string& list, const std::string& id, const package_definition& of);
    void waiting();
    void placements();
    void exits();
    void retention();
    void reasons();
    void registers();
    void register_of(const std::string& at, const register_definition& of);
    void register_field(const std::string& at, const register_definition& of, const register_field_definition& field);

    const definition& says_;
    path_findings& into_;
};

}  // namespace detail

}  // namespace polku::inline POLKU_V::path

#include <polku/impl/path/detail/casework_rules.hpp>
#include <polku/impl/path/detail/definition_rules.hpp>
#include <polku/impl/path/detail/register_rules.hpp>

#endif
