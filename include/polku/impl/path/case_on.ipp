// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_CASE_ON_IPP
#define POLKU_IMPL_PATH_CASE_ON_IPP

#include <polku/impl/path/detail/corrections.hpp>
#include <polku/path/case_on.hpp>
#include <polku/path/detail/compiled_path.hpp>

namespace polku::inline POLKU_V::path {

POLKU_DECL std::vector<event> standing_events(const case_state& of) {
    const detail::correction_index index = detail::index_corrections(of.history);
    std::vector<event> made;
    made.reserve(of.history.size());
    for (const auto& each : of.history) {
        if (detail::rewrites_history(*each) || index.is_in_error(*each)) continue;
        made.push_back(index.corrected_form(*each));
    }
    return made;
}

POLKU_DECL case_state case_on(const case_state& of, time::date day) {
    case_state made;
    for (const event& each : standing_events(of))
        if (each.effective_date <= day) made = evolve(std::move(made), each);
    return made;
}

POLKU_DECL case_state case_on(const case_state& of, time::date day, std::int64_t known_ms) {
    case_state known;
    for (const auto& each : of.history)
        if (each->recorded_at_ms <= known_ms) known.history.push_back(each);
    return case_on(known, day);
}

POLKU_DECL std::vector<std::string> target_groups(const service_path& path, const case_state& of, time::date on) {
    std::vector<std::string> groups;
    if (path.data().target_groups.empty()) return groups;
    const std::vector<feel::value> facts = fact_values(path.says(), of, on);
    feel::evaluation_context with(time::date_time{on, {}});
    for (const auto& [id, when] : path.data().target_groups)
        if (when.evaluate(with, facts).is_true()) groups.push_back(id);
    return groups;
}

}  // namespace polku::inline POLKU_V::path

#endif
