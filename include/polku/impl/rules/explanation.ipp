// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_EXPLANATION_IPP
#define POLKU_IMPL_RULES_EXPLANATION_IPP

#include <polku/rules/explanation.hpp>

#include <array>
#include <cstddef>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// The fixed words of an explanation. Values stand behind a colon only, since Finnish inflects words inside a sentence.
struct explanation_words {
    std::string_view decision;
    std::string_view inputs;
    std::string_view rule;
    std::string_view no_rule;
    std::string_view default_used;
    std::string_view nearest;
    std::string_view asked;
    std::string_view required;
    std::string_view all_met;
    std::string_view refused;
    std::string_view no_value;
    std::string_view decisions;
    std::array<std::string_view, 10> origins;  ///< by dmn::null_origin
};

inline explanation_words finnish_words() noexcept {
    return {"Päätös",
            "Tiedot, joihin päätös perustuu",
            "Sääntö, joka täyttyi",
            "Mikään sääntö ei täyttynyt",
            "Käytettiin oletusarvoa",
            "Lähin sääntö, joka ei täyttynyt",
            "Kysytty sääntö",
            "vaadittu",
            "kaikki ehdot täyttyvät",
            "Tieto ei ole sallittu",
            "Arvo puuttuu",
            "päätökset",
            {"tieto, jota ei annettu", "tieto, jolla ei ole arvoa", "tieto, joka ei ole sallittu",
             "taulu, jossa mikään sääntö ei täyttynyt", "taulu, jonka säännöt ovat ristiriidassa",
             "tieto, jota taulu ei salli", "sääntö, jonka tulos on tyhjä", "lauseke, jolla ei ole arvoa",
             "tulos, joka ei ole sallittu", "päätös, jolla ei ole sääntöjä"}};
}

inline explanation_words swedish_words() noexcept {
    return {"Beslut",
            "Uppgifter som beslutet bygger på",
            "Regel som uppfylldes",
            "Ingen regel uppfylldes",
            "Standardvärdet användes",
            "Närmaste regel som inte uppfylldes",
            "Regeln som frågan gäller",
            "krävs",
            "alla villkor uppfylls",
            "Uppgiften är inte tillåten",
            "Värde saknas",
            "beslut",
            {"uppgift som inte gavs", "uppgift utan värde", "uppgift som inte är tillåten",
             "tabell där ingen regel uppfylldes", "tabell med regler som motsäger varandra",
             "uppgift som tabellen inte tillåter", "regel med tomt resultat", "uttryck utan värde",
             "resultat som inte är tillåtet", "beslut utan regler"}};
}

inline explanation_words plain_finnish_words() noexcept {
    return {
        "Päätös",
        "Nämä tiedot katsottiin",
        "Tämä sääntö sopi sinuun",
        "Mikään sääntö ei sopinut",
        "Käytettiin tavallista vastausta",
        "Tämä sääntö oli lähimpänä",
        "Tätä sääntöä kysyttiin",
        "pitäisi olla",
        "sääntö sopii",
        "Tämä tieto ei kelpaa",
        "Vastaus puuttuu",
        "päätökset",
        {"tämä tieto puuttuu", "tämä tieto on tyhjä", "tämä tieto ei kelpaa", "taulu, jossa mikään sääntö ei sopinut",
         "taulu, jonka säännöt sanovat eri asioita", "tämä tieto ei kelpaa taulussa", "sääntö, joka ei anna vastausta",
         "lasku, jota ei voitu laskea", "vastaus, joka ei kelpaa", "päätös, jolla ei ole sääntöjä"}};
}

inline explanation_words english_words() noexcept {
    return {"Decision",
            "What the decision rests on",
            "Rule that was met",
            "No rule was met",
            "The default value was used",
            "Nearest rule that was not met",
            "Rule that was asked about",
            "required",
            "all conditions are met",
            "Input that is not allowed",
            "No value",
            "decisions",
            {"input that was not given", "input without a value", "input that is not allowed",
             "table in which no rule was met", "table whose rules contradict each other",
             "input that the table does not allow", "rule with an empty output", "expression without a value",
             "result that is not allowed", "decision without rules"}};
}

inline explanation_words words_of(std::string_view language) noexcept {
    if (language == "fi") return finnish_words();
    if (language == "sv") return swedish_words();
    if (language == "fi-selko") return plain_finnish_words();
    return english_words();
}

/// A value inside a sentence; a very long one is cut.
inline std::string value_text(const feel::value& of) { return feel::to_string(of, 4'000); }

inline std::string joined_inputs(const dmn::table_trace& table) {
    std::string text;
    for (const auto& [name, value] : table.inputs)
        text += (text.empty() ? "" : "; ") + name + " = " + value_text(value);
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

/// The rule and what each failing cell found and wanted.
inline std::string near_rule_text(const dmn::near_rule& rule, const explanation_words& words) {
    std::string text = std::to_string(rule.index);
    if (!rule.id.empty()) text += " (" + rule.id + ")";
    for (const dmn::failing_cell& each : rule.failing)
        text += "; " + each.expression + " = " + value_text(each.found) + ", " + std::string(words.required) + ": " +
                each.cell;
    if (rule.failing.empty()) text += "; " + std::string(words.all_met);
    return text;
}

inline std::string null_text(const dmn::null_cause& cause, const std::string& decision,
                             const explanation_words& words) {
    std::string text = std::string(words.no_value) + ": " + (cause.path.empty() ? decision : cause.path) + "; " +
                       std::string(words.origins[static_cast<std::size_t>(cause.origin)]);
    if (!cause.element.empty()) text += ": " + cause.element;
    if (cause.chain.size() < 2) return text;
    std::string chain;
    for (const std::string& each : cause.chain) chain += (chain.empty() ? "" : ", ") + each;
    return text + "; " + std::string(words.decisions) + ": " + chain;
}

inline void explain_table(const dmn::table_trace& table, const explanation_words& words,
                          std::vector<std::string>& into) {
    if (!table.inputs.empty()) into.push_back(std::string(words.inputs) + ": " + joined_inputs(table) + ".");
    for (const dmn::rule_trace& rule : table.matched)
        into.push_back(std::string(words.rule) + ": " + matched_rule_text(rule) + ".");
    if (table.matched.empty()) into.push_back(std::string(words.no_rule) + ".");
    if (table.refused != 0 && table.refused <= table.inputs.size()) {
        const auto& [name, value] = table.inputs[table.refused - 1];
        into.push_back(std::string(words.refused) + ": " + name + " = " + value_text(value) + ".");
    }
    for (const dmn::near_rule& rule : table.nearest)
        into.push_back(std::string(words.nearest) + ": " + near_rule_text(rule, words) + ".");
    for (const dmn::near_rule& rule : table.asked)
        into.push_back(std::string(words.asked) + ": " + near_rule_text(rule, words) + ".");
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
        sentences.push_back(std::string(words.decision) + " " + step.name + ": " + detail::value_text(step.value) +
                            ".");
        for (const dmn::table_trace& table : step.tables) detail::explain_table(table, words, sentences);
        for (const dmn::null_cause& cause : step.nulls)
            sentences.push_back(detail::null_text(cause, step.name, words) + ".");
    }
    return sentences;
}

}  // namespace polku::inline POLKU_V::rules

#endif
