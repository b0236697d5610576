// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_EXPLANATION_IPP
#define POLKU_IMPL_RULES_EXPLANATION_IPP

#include <polku/rules/explanation.hpp>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// The fixed words of an explanation. Values stand behind a colon only, since Finnish inflects words inside a sentence.
struct explanation_words {
    std::string_view decision;
    std::string_view inputs;
    std::string_view rule;
    std::string_view no_rule;
    std::string_view default_used;
};

inline explanation_words words_of(std::string_view language) noexcept {
    if (language == "fi")
        return {"Päätös", "Tiedot, joihin päätös perustuu", "Sääntö, joka täyttyi", "Mikään sääntö ei täyttynyt",
                "Käytettiin oletusarvoa"};
    if (language == "sv")
        return {"Beslut", "Uppgifter som beslutet bygger på", "Regel som uppfylldes", "Ingen regel uppfylldes",
                "Standardvärdet användes"};
    if (language == "fi-selko")
        return {"Päätös", "Nämä tiedot katsottiin", "Tämä sääntö sopi sinuun", "Mikään sääntö ei sopinut",
                "Käytettiin tavallista vastausta"};
    return {"Decision", "What the decision rests on", "Rule that was met", "No rule was met",
            "The default value was used"};
}

inline std::string joined_inputs(const dmn::table_trace& table) {
    std::string text;
    for (const auto& [name, value] : table.inputs)
        text += (text.empty() ? "" : "; ") + name + " = " + feel::to_string(value);
    return text;
}

inline std::string matched_rule_text(const dmn::rule_trace& rule) {
    std::string text = std::to_string(rule.index);
    if (!rule.id.empty()) text += " (" + rule.id + ")";
    for (const auto& [column, annotation] : rule.annotations) {
        if (!annotation.empty()) text += "; " + column + ": " + annotation;
    }
    return text;
}

inline void explain_table(const dmn::table_trace& table, const explanation_words& words,
                          std::vector<std::string>& into) {
    if (!table.inputs.empty()) into.push_back(std::string(words.inputs) + ": " + joined_inputs(table) + ".");
    for (const dmn::rule_trace& rule : table.matched)
        into.push_back(std::string(words.rule) + ": " + matched_rule_text(rule) + ".");
    if (table.matched.empty()) into.push_back(std::string(words.no_rule) + ".");
    if (table.used_default) into.push_back(std::string(words.default_used) + ".");
}

}  // namespace detail

POLKU_DECL bool is_language(std::string_view language) noexcept {
    return language == "fi" || language == "sv" || language == "en" || language == "fi-selko";
}

POLKU_DECL std::vector<std::string> explain(const dmn::trace& of, std::string_view language) {
    const detail::explanation_words words = detail::words_of(language);
    std::vector<std::string> sentences;
    for (const dmn::trace_step& step : of.steps) {
        sentences.push_back(std::string(words.decision) + " " + step.name + ": " + feel::to_string(step.value) + ".");
        for (const dmn::table_trace& table : step.tables) detail::explain_table(table, words, sentences);
    }
    return sentences;
}

}  // namespace polku::inline POLKU_V::rules

#endif
