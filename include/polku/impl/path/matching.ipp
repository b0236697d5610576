// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_MATCHING_IPP
#define POLKU_IMPL_PATH_MATCHING_IPP

#include <polku/path/matching.hpp>

#include <algorithm>
#include <tuple>

namespace polku::inline POLKU_V::path {

namespace detail {

inline bool is_offered(const std::optional<validity>& valid, time::date on) { return !valid || in_force(*valid, on); }

/// An empty list of an environment's tasks means all of the catalogue.
inline bool has_task(const environment_definition& of, const std::string& task) {
    return of.tasks.empty() || std::find(of.tasks.begin(), of.tasks.end(), task) != of.tasks.end();
}

inline ability_match match_ability(const definition& says, const case_state& of, const std::string& ability,
                                   std::int64_t needed, time::date on) {
    ability_match made{ability, needed, {}, task_fit::unknown};
    const auto told = of.facts.find(says.abilities.at(ability).fact);
    if (told == of.facts.end() || !is_known(told->second, on) || !told->second.value.is(feel::kind::number))
        return made;
    made.level = told->second.value.as_number();
    made.fit = *made.level < feel::number(needed) ? task_fit::misfit : task_fit::fits;
    return made;
}

inline task_match match_task(const definition& says, const case_state& of, const std::string& id, time::date on) {
    task_match made;
    made.task = id;
    for (const auto& [ability, needed] : says.tasks.at(id).demands) {
        made.abilities.push_back(match_ability(says, of, ability, needed, on));
        const ability_match& one = made.abilities.back();
        made.fit = std::max(made.fit, one.fit);
        if (!one.level || one.fit == task_fit::misfit) continue;
        const auto above = feel::subtract(*one.level, feel::number(needed));
        made.spare = feel::add(made.spare, above.value_or(0)).value_or(made.spare);
    }
    for (const auto& [place, each] : says.environments)
        if (is_offered(each.valid, on) && has_task(each, id)) made.environments.push_back(place);
    return made;
}

template <class Match>
void rank(std::vector<Match>& of, std::string Match::*id) {
    std::sort(of.begin(), of.end(), [&](const Match& left, const Match& right) {
        if (left.fit != right.fit) return left.fit < right.fit;
        if (!(left.spare == right.spare)) return left.spare < right.spare;
        return left.*id < right.*id;
    });
}

}  // namespace detail

POLKU_DECL catalogue_matches match_catalogue(const service_path& path, const case_state& of, time::date on) {
    const definition& says = path.says();
    catalogue_matches made;
    for (const auto& [id, task] : says.tasks)
        if (detail::is_offered(task.valid, on)) made.tasks.push_back(detail::match_task(says, of, id, on));
    detail::rank(made.tasks, &task_match::task);
    for (const auto& [id, environment] : says.environments) {
        if (!detail::is_offered(environment.valid, on)) continue;
        environment_match place;
        place.environment = id;
        for (const task_match& each : made.tasks) {
            if (!detail::has_task(environment, each.task)) continue;
            // The tasks are ranked, so the first one is the best.
            if (place.tasks.empty()) std::tie(place.fit, place.spare) = std::tie(each.fit, each.spare);
            place.tasks.push_back(each.task);
        }
        if (!place.tasks.empty()) made.environments.push_back(std::move(place));
    }
    detail::rank(made.environments, &environment_match::environment);
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif
