// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_PATH_EXPLAIN_IPP
#define POLKU_IMPL_PATH_EXPLAIN_IPP

#include <polku/path/explain.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::path {

namespace detail {

/// Which column of a table of words a language has.
inline std::size_t language_column(std::string_view language) {
    constexpr std::array<std::string_view, 4> order{"fi", "sv", "en", "fi-selko"};
    for (std::size_t i = 0; i < order.size(); ++i)
        if (order[i] == language) return i;
    return 2;
}

using words = std::array<std::string_view, 4>;

struct event_words {
    std::string_view type;
    words says;
};
inline constexpr event_words event_word_table[] = {
#define X(type, fi, sv, en, selko) {#type, {fi, sv, en, selko}},
#include <polku/path/detail/event_texts.inc>
#undef X
};

/// Names of what a case tells by itself, in the same form.
inline constexpr event_words case_input_word_table[] = {
#define X(name, fi, sv, en, selko) {name, {fi, sv, en, selko}},
#include <polku/path/detail/case_input_texts.inc>
#undef X
};

inline constexpr words missing_fact_words{"Puuttuva tieto", "Uppgift som saknas", "Missing fact", "Tämä tieto puuttuu"};
inline constexpr words missing_consent_words{"Puuttuva suostumus", "Samtycke som saknas", "Missing consent",
                                             "Tämä lupa puuttuu"};
inline constexpr words missing_event_words{"Ensin", "Först", "First", "Ennen tätä"};
inline constexpr words yes_words{"kyllä", "ja", "yes", "kyllä"};
inline constexpr words no_words{"ei", "nej", "no", "ei"};
inline constexpr words none_words{"ei ole", "finns inte", "none", "ei ole"};

inline std::string_view word_in(const words& of, std::string_view language) { return of[language_column(language)]; }

inline std::string event_type_text(std::string_view type, std::string_view language) {
    for (const event_words& each : event_word_table)
        if (each.type == type) return std::string(word_in(each.says, language));
    return std::string(type);
}

inline std::string civil_text(time::date day, std::string_view language) {
    if (language_column(language) == 2) return time::to_string(day);
    return std::to_string(day.day()) + "." + std::to_string(day.month()) + "." + std::to_string(day.year());
}

template <class Map>
const texts* named_texts(const Map& among, std::string_view id) {
    const auto found = among.find(std::string(id));
    return found == among.end() ? nullptr : &found->second.name;
}

inline const texts* texts_of(const definition& says, std::string_view id) {
    for (const stage_definition& each : says.stages)
        if (each.id == id) return &each.name;
    for (const exit_definition& each : says.exits)
        if (each.id == id) return &each.name;
    for (const obligation_definition& each : says.obligations)
        if (each.id == id) return &each.name;
    if (const texts* found = named_texts(says.facts, id)) return found;
    if (const texts* found = named_texts(says.services, id)) return found;
    if (const texts* found = named_texts(says.roles, id)) return found;
    if (const texts* found = named_texts(says.actions, id)) return found;
    if (const texts* found = named_texts(says.assessments, id)) return found;
    if (const texts* found = named_texts(says.meetings, id)) return found;
    if (const texts* found = named_texts(says.placements, id)) return found;
    if (const texts* found = named_texts(says.packages, id)) return found;
    if (const texts* found = named_texts(says.instruments, id)) return found;
    if (const texts* found = named_texts(says.experiences, id)) return found;
    if (const texts* found = named_texts(says.tools, id)) return found;
    if (const texts* found = named_texts(says.entries, id)) return found;
    if (const texts* found = named_texts(says.consents, id)) return found;
    if (const texts* found = named_texts(says.environments, id)) return found;
    if (const texts* found = named_texts(says.tasks, id)) return found;
    if (const texts* found = named_texts(says.abilities, id)) return found;
    if (const texts* found = named_texts(says.target_groups, id)) return found;
    const auto support = says.supports.find(std::string(id));
    return support == says.supports.end() ? nullptr : &support->second;
}

}  // namespace detail

POLKU_DECL std::string name_in(const definition& says, std::string_view id, std::string_view language) {
    const texts* found = detail::texts_of(says, id);
    if (found && !found->empty()) return text_in(*found, language);
    for (const detail::event_words& each : detail::case_input_word_table)
        if (each.type == id) return std::string(detail::word_in(each.says, language));
    return std::string(id);
}

POLKU_DECL std::string trigger_text(const definition& says, std::string_view trigger, std::string_view language) {
    const std::size_t colon = trigger.find(':');
    std::string made = detail::event_type_text(trigger.substr(0, colon), language);
    if (colon != std::string_view::npos) made += ": " + name_in(says, trigger.substr(colon + 1), language);
    return made;
}

POLKU_DECL std::string value_text(const definition& says, std::string_view fact, const feel::value& of,
                                  std::string_view language) {
    if (of.is_null()) return std::string(detail::word_in(detail::none_words, language));
    if (of.is(feel::kind::boolean))
        return std::string(detail::word_in(of.as_boolean() ? detail::yes_words : detail::no_words, language));
    if (of.is(feel::kind::date)) return detail::civil_text(of.as_date(), language);
    if (!of.is(feel::kind::string)) return feel::to_string(of);
    const std::string text(of.as_string());
    const auto known = says.facts.find(std::string(fact));
    if (known != says.facts.end()) {
        const auto listed = known->second.values.find(text);
        if (listed != known->second.values.end()) return text_in(listed->second, language);
    }
    return name_in(says, text, language);
}

POLKU_DECL decision_explanation explain(const definition& says, const decision_record& of, std::string_view language) {
    decision_explanation made;
    made.decision = of.content.decision;
    made.next = name_in(says, of.content.next, language);
    made.erased = of.erased;
    const auto give = [&](const std::string& decision, const std::string& reason) {
        const auto table = says.reasons.find(decision);
        if (table == says.reasons.end()) return;
        const auto found = table->second.find(reason);
        if (found == table->second.end()) return;
        const std::string& text = text_in(found->second, language);
        if (std::find(made.reasons.begin(), made.reasons.end(), text) == made.reasons.end())
            made.reasons.push_back(text);
    };
    for (const matched_rule& each : of.content.rules) give(each.decision, each.rule);
    for (const std::string& each : of.content.reasons) give(of.content.decision, each);
    for (const auto& [name, input] : of.content.inputs)
        made.inputs.push_back(name_in(says, name, language) + ": " + value_text(says, name, input.value, language));
    return made;
}

POLKU_DECL std::string event_text(const definition& says, const timeline_entry& of, std::string_view language) {
    std::string made = detail::event_type_text(of.type, language);
    if (!of.about.empty() && of.type != "decision_made") made += ": " + name_in(says, of.about, language);
    return made;
}

POLKU_DECL std::vector<std::string> blocked_texts(const definition& says, const available_action& of,
                                                  std::string_view language) {
    std::vector<std::string> made;
    const auto line = [&](const detail::words& what, const std::string& name) {
        made.push_back(std::string(detail::word_in(what, language)) + ": " + name);
    };
    for (const std::string& each : of.missing_facts) line(detail::missing_fact_words, name_in(says, each, language));
    if (of.missing_consent) line(detail::missing_consent_words, name_in(says, *of.missing_consent, language));
    for (const std::string& each : of.missing_events)
        line(detail::missing_event_words, trigger_text(says, each, language));
    return made;
}

}  // namespace polku::inline POLKU_V::path

#endif
