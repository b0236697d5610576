// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_PLACE_SUGGESTIONS_IPP
#define POLKU_IMPL_PATH_PLACE_SUGGESTIONS_IPP

#include <polku/impl/path/detail/place_counts.hpp>
#include <polku/path/explain.hpp>
#include <polku/path/place_suggestions.hpp>

#include <algorithm>
#include <tuple>

namespace polku::inline POLKU_V::path {

namespace detail {

/// The words of a kind of reason, in all languages.
inline texts words_of(std::string_view kind) {
#define X(name, fi, sv, en, selko) \
    if (kind == #name) return {{"fi", fi}, {"sv", sv}, {"en", en}, {"fi-selko", selko}};
#include <polku/path/detail/suggestion_texts.inc>
#undef X
    return {};
}

inline suggestion_reason reason(suggestion_side side, const char* kind, const std::string& of = {}) {
    suggestion_reason made{side, kind, of, words_of(kind)};
    return made;
}

/// A day as the language writes it.
inline std::string day_text(time::date day, std::string_view language) {
    if (language == "en") return time::to_string(day);
    return std::to_string(day.day()) + "." + std::to_string(day.month()) + "." + std::to_string(day.year());
}

inline void append_name(suggestion_reason& to, const texts& name) {
    for (auto& [language, text] : to.text) text += text_in(name, language);
}
inline void append_day(suggestion_reason& to, time::date day) {
    for (auto& [language, text] : to.text) text += day_text(day, language);
}
inline void append_plain(suggestion_reason& to, const std::string& plain) {
    for (auto& each : to.text) each.second += plain;
}

inline bool is_seen(const definition& says, const suggestion_sight& sight, const std::string& ability) {
    if (sight.reader == nullptr) return true;
    const auto fact = says.facts.find(says.abilities.at(ability).fact);
    return fact != says.facts.end() && sight.reader->sees(fact->second.category);
}

/// Nothing of the case but what the sight lets through: what follows cannot tell of the rest.
inline case_state seen_for_places(const definition& says, const case_state& of, const suggestion_sight& sight) {
    case_state seen;
    if (sight.shows_municipality) seen.municipality = of.municipality;
    for (const std::string& name : facts_for_places(says, sight))
        if (const auto fact = of.facts.find(name); fact != of.facts.end()) seen.facts.insert(*fact);
    return seen;
}

/// Of the best task: that it fits, or each ability in which it does not or may not.
inline void explain_work(const definition& says, const suggestion_sight& sight, const task_match& best,
                         std::vector<suggestion_reason>& into) {
    if (best.fit == task_fit::fits) {
        into.push_back(reason(suggestion_side::in_favour, "task_fits", best.task));
        append_name(into.back(), says.tasks.at(best.task).name);
        return;
    }
    for (const ability_match& each : best.abilities) {
        if (each.fit == task_fit::fits) continue;
        const bool is_known = each.fit == task_fit::misfit;
        const char* const open = is_seen(says, sight, each.ability) ? "level_unknown" : "level_withheld";
        into.push_back(reason(suggestion_side::against, is_known ? "level_short" : open, each.ability));
        append_name(into.back(), says.abilities.at(each.ability).name);
        if (is_known && each.level)
            append_plain(into.back(), " " + each.level->to_string() + " / " + std::to_string(each.needed));
    }
}

inline void explain_room(const place_book& book, const place_terms& wanted, place_suggestion& into) {
    into.free = find_closed_day(book, wanted.from, wanted.until) ? 0 : count_free(book, wanted);
    if (const auto closed = find_closed_day(book, wanted.from, wanted.until)) {
        into.reasons.push_back(reason(suggestion_side::against, "closing", time::to_string(*closed)));
        append_day(into.reasons.back(), *closed);
    }
    if (const auto first = find_first_free(book, wanted)) into.first_free = first->from;
    if (*into.free > 0) {
        into.reasons.push_back(reason(suggestion_side::in_favour, "free_places"));
        append_plain(into.reasons.back(), std::to_string(*into.free));
    } else if (into.first_free) {
        into.reasons.push_back(reason(suggestion_side::against, "free_later", time::to_string(*into.first_free)));
        append_day(into.reasons.back(), *into.first_free);
    } else {
        into.reasons.push_back(reason(suggestion_side::against, "none_free"));
    }
    into.waiting = std::count_if(book.waiting.begin(), book.waiting.end(),
                                 [](const waiting_entry& each) { return each.is_open(); });
    if (into.waiting == 0) return;
    into.reasons.push_back(reason(suggestion_side::against, "queue"));
    append_plain(into.reasons.back(), std::to_string(into.waiting));
}

inline void explain_distance(const definition& says, const case_state& of, const environment_definition& where,
                             std::vector<suggestion_reason>& into) {
    if (!where.municipality) return;
    const bool is_same = *where.municipality == of.municipality;
    into.push_back(reason(is_same ? suggestion_side::in_favour : suggestion_side::against,
                          is_same ? "same_municipality" : "other_municipality", *where.municipality));
    const auto known = says.municipalities.find(*where.municipality);
    if (known == says.municipalities.end())
        append_plain(into.back(), *where.municipality);
    else
        append_name(into.back(), known->second);
}

inline bool offers(const environment_definition& of, const place_terms& wanted) {
    if (wanted.package && !of.packages.empty() && !has_text(of.packages, *wanted.package)) return false;
    return std::all_of(wanted.tasks.begin(), wanted.tasks.end(),
                       [&](const std::string& task) { return of.tasks.empty() || has_text(of.tasks, task); });
}

}  // namespace detail

POLKU_DECL std::vector<std::string> facts_for_places(const definition& says, const suggestion_sight& sight) {
    std::vector<std::string> names;
    for (const auto& [id, task] : says.tasks)
        for (const auto& demand : task.demands)
            if (detail::is_seen(says, sight, demand.first)) names.push_back(says.abilities.at(demand.first).fact);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

POLKU_DECL std::vector<place_suggestion> suggest_places(const service_path& path, const case_state& of,
                                                        const std::map<std::string, place_book>& books,
                                                        const place_terms& wanted, const suggestion_sight& sight) {
    const definition& says = path.says();
    const case_state seen = detail::seen_for_places(says, of, sight);
    const catalogue_matches matches = match_catalogue(path, seen, wanted.from);
    std::vector<place_suggestion> made;
    for (const environment_match& each : matches.environments) {
        const environment_definition& where = says.environments.at(each.environment);
        if (!detail::offers(where, wanted)) continue;
        place_suggestion one;
        one.environment = each.environment;
        one.fit = each.fit;
        one.spare = each.spare;
        one.tasks = each.tasks;
        const auto best = std::find_if(matches.tasks.begin(), matches.tasks.end(),
                                       [&](const task_match& task) { return task.task == each.tasks.front(); });
        detail::explain_work(says, sight, *best, one.reasons);
        const auto book = books.find(each.environment);
        if (book == books.end())
            one.reasons.push_back(detail::reason(suggestion_side::against, "no_book"));
        else
            detail::explain_room(book->second, wanted, one);
        if (sight.shows_municipality) detail::explain_distance(says, seen, where, one.reasons);
        made.push_back(std::move(one));
    }
    const time::date never = time::date::from_parts(time::date::max_year, 12, 31).value_or(wanted.until);
    std::sort(made.begin(), made.end(), [&](const place_suggestion& left, const place_suggestion& right) {
        const time::date left_free = left.first_free.value_or(never);
        const time::date right_free = right.first_free.value_or(never);
        if (left.fit != right.fit) return left.fit < right.fit;
        if (left_free != right_free) return left_free < right_free;
        if (!(left.spare == right.spare)) return left.spare < right.spare;
        return left.environment < right.environment;
    });
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif
