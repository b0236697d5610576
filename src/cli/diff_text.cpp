// SPDX-License-Identifier: Apache-2.0
#include "cli/diff_text.hpp"

#include "cli/pack_question.hpp"

#include <polku/json/difference.hpp>
#include <polku/json/text.hpp>

namespace polku::cli {

namespace {

feel::value number_of(std::size_t of) { return feel::value(static_cast<std::int64_t>(of)); }

std::string text_of(const feel::value& of) { return json::write(of); }

std::string text_of(const rules::outcome_end& of) {
    if (of.is == rules::outcome_kind::value) return text_of(of.value);
    std::string made(rules::name_of(of.is));
    for (std::size_t at = 0; at < of.from.size(); ++at) made += (at == 0 ? " from " : ", ") + of.from[at];
    return made;
}

std::string text_of(const rules::outcome_change& of) {
    std::string made = of.member;
    if (of.item) {
        const bool is_added = of.is.value.is_true();
        made += (made.empty() ? "" : " ") + std::string(is_added ? "gains " : "loses ") + text_of(*of.item);
    } else {
        made += (made.empty() ? "" : ": ") + text_of(of.was) + " -> " + text_of(of.is);
    }
    return made + (of.always ? "" : " (perhaps)");
}

const rules::pack_input* find_input(const rules::pack_definition& in, const std::string& name) {
    for (const rules::pack_input& each : in.inputs)
        if (each.name == name) return &each;
    return nullptr;
}

std::string question_of(const diff_words& words, const std::string& input) {
    for (const rules::pack_definition* each : {&words.is, &words.was})
        if (const rules::pack_input* const found = find_input(*each, input))
            return in_language(found->text, words.language);
    return {};
}

std::string text_of(const rules::difference_witness& of) {
    std::string made = text_of(feel::value(of.is_facts));
    if (!(feel::value(of.was_facts) == feel::value(of.is_facts)))
        made = "A " + text_of(feel::value(of.was_facts)) + ", B " + made;
    return made + ": " + text_of(of.was) + " -> " + text_of(of.is);
}

std::string count_text(const diff_count& of, rules::difference_proof proof) {
    std::string made = "   cases: " + std::to_string(of.lines);
    if (proof == rules::difference_proof::everywhere) return made + "\n";
    made += ", " + std::to_string(of.changed) + " of them answered differently";
    if (of.open > 0) made += ", " + std::to_string(of.open) + " with facts open";
    return made + "\n";
}

std::string counts_text(const diff_counts& of) {
    std::string made = "cases: " + std::to_string(of.lines) + ", unchanged: " + std::to_string(of.unchanged);
    if (of.other > 0) made += ", in regions that are not told: " + std::to_string(of.other);
    if (!of.undecided.empty()) {
        made += ", undecided: " + std::to_string(of.undecided.size()) + " (lines";
        for (const std::size_t each : of.undecided) made += " " + std::to_string(each);
        made += ")";
    }
    made += "\n";
    for (const auto& each : of.errors)
        made += "line " + std::to_string(each.first) + ": " + each.second.message() + "\n";
    return made;
}

std::string inputs_text(const rules::difference_answer& of) {
    std::string made;
    for (const rules::input_difference& each : of.inputs) {
        made += "  input '" + each.input + "' " + std::string(rules::name_of(each.is)) + ": ";
        made += each.was_type + (each.was_type.empty() || each.is_type.empty() ? "" : " -> ") + each.is_type + "\n";
    }
    for (const rules::parameter_difference& each : of.parameters) {
        made += "  figure '" + each.parameter + "': " + (each.was ? text_of(*each.was) : "none") + " -> " +
                (each.is ? text_of(*each.is) : "none") + "\n";
    }
    return made;
}

std::string region_text(const rules::difference_region& of, std::size_t number, const diff_words& words) {
    // What is so for all facts of the region comes first; of the rest a few are enough for a reader.
    constexpr std::size_t most = 4;
    std::string made = "\n" + std::to_string(number) + ". ";
    std::size_t told = 0;
    for (const bool always : {true, false}) {
        for (const rules::outcome_change& each : of.changes) {
            if (each.always != always || (!always && told >= most)) continue;
            made += (told == 0 ? "" : "; ") + text_of(each);
            ++told;
        }
    }
    if (told < of.changes.size()) made += "; or in " + std::to_string(of.changes.size() - told) + " other ways";
    made += "\n";
    if (of.tests.empty()) made += "   for all facts\n";
    for (const rules::region_test& each : of.tests) {
        made += "   " + each.input +
                (each.of == rules::difference_side::both  ? ""
                 : each.of == rules::difference_side::was ? " (A)"
                                                          : " (B)") +
                " in " + each.test + "  -- " + question_of(words, each.input) + "\n";
    }
    if (of.proof == rules::difference_proof::somewhere) made += "   for the example, and for other facts perhaps not\n";
    if (of.proof == rules::difference_proof::perhaps)
        made += "   perhaps: no example was found, nor that there is none\n";
    if (of.witness) made += "   example: " + text_of(*of.witness) + "\n";
    return made;
}

}  // namespace

feel::value diff_document(const rules::difference_answer& of, const std::optional<diff_counts>& counts) {
    feel::value made = json::to_value(of);
    if (!counts) return made;
    std::vector<feel::value> regions;
    for (const diff_count& each : counts->regions)
        regions.emplace_back(feel::context{
            {"lines", number_of(each.lines)}, {"changed", number_of(each.changed)}, {"open", number_of(each.open)}});
    std::vector<feel::value> undecided;
    for (const std::size_t each : counts->undecided) undecided.push_back(number_of(each));
    std::vector<feel::value> errors;
    for (const auto& each : counts->errors)
        errors.emplace_back(
            feel::context{{"line", number_of(each.first)}, {"message", std::string(each.second.message())}});
    feel::context all = made.as_context();
    all.append("cases", feel::value(feel::context{{"lines", number_of(counts->lines)},
                                                  {"unchanged", number_of(counts->unchanged)},
                                                  {"regions", feel::value(std::move(regions))},
                                                  {"other", number_of(counts->other)},
                                                  {"undecided", feel::value(std::move(undecided))},
                                                  {"errors", feel::value(std::move(errors))}}));
    return feel::value(std::move(all));
}

std::string diff_text(const rules::difference_answer& of, const std::optional<diff_counts>& counts,
                      const diff_words& words) {
    std::string made = "== " + of.decision + ": " + words.was.id + " " + of.was_version + " -> " + words.is.id + " " +
                       of.is_version + "\n";
    if (of.has == rules::difference_side::was) return made + "  removed: only A has this decision\n\n";
    if (of.has == rules::difference_side::is) return made + "  added: only B has this decision\n\n";
    made += inputs_text(of);
    if (of.is_same()) made += "  no difference for any facts\n";
    if (!of.complete) made += "  a limit was passed: what differs was not found out in full\n";
    for (std::size_t at = 0; at < of.regions.size(); ++at) {
        made += region_text(of.regions[at], at + 1, words);
        if (counts) made += count_text(counts->regions[at], of.regions[at].proof);
    }
    if (of.count > of.regions.size())
        made += "\nmore: " + std::to_string(of.regions.size()) + " of " + (of.count_is_exact ? "" : "at most ") +
                std::to_string(of.count) + " regions are told; --max-regions tells more\n";
    if (counts) made += counts_text(*counts);
    return made + "\n";
}

}  // namespace polku::cli
