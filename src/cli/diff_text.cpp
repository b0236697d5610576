// SPDX-License-Identifier: Apache-2.0
#include "cli/diff_text.hpp"

#include <polku/json/difference.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/pack_definition.hpp>

#include <string_view>

namespace polku::cli {

namespace {

feel::value number_of(std::size_t of) { return feel::value(static_cast<std::int64_t>(of)); }

std::string json_of(const feel::value& of) { return json::write(of); }
std::string json_of(const feel::context& of) { return json::write(feel::value(of)); }

const rules::pack_input* find_input(const rules::pack_definition& in, const std::string& name) {
    for (const rules::pack_input& each : in.inputs)
        if (each.name == name) return &each;
    return nullptr;
}

/// Writes differences in one language.
class diff_writer {
public:
    explicit diff_writer(const diff_words& words) : words_(words) {}

    std::string write(const rules::difference_answer& of, const std::optional<diff_counts>& counts) const {
        std::string made = "== " + of.decision + ": " + words_.was.id + " " + of.was_version + " -> " + words_.is.id +
                           " " + of.is_version + "\n";
        if (of.has == rules::difference_side::was) return made + "  " + word("only_was") + "\n\n";
        if (of.has == rules::difference_side::is) return made + "  " + word("only_is") + "\n\n";
        made += inputs(of);
        // Cases are counted by the regions of the whole answer, so these are told with them.
        if (of.by_member.empty() || counts) {
            made += regions(of, counts);
        } else {
            made += "\n" + word("by_member") + "\n";
            for (const rules::difference_answer& each : of.by_member)
                made += "\n-- " + word("member") + " '" + each.member + "'\n" + regions(each, counts);
        }
        if (counts) made += sums(*counts);
        return made + "\n";
    }

private:
    std::string word(std::string_view name) const {
#define X(id, fi, sv, en, selko) \
    if (name == #id)             \
        return words_.language == "fi" ? fi : words_.language == "sv" ? sv : words_.language == "en" ? en : selko;
#include "cli/diff_words.inc"
#undef X
        return std::string(name);
    }
    /// The word with its places filled.
    std::string word(std::string_view name, const std::vector<std::string>& with) const {
        std::string made = word(name);
        for (const std::string& each : with)
            if (const std::size_t at = made.find("{}"); at != std::string::npos) made.replace(at, 2, each);
        return made;
    }

    std::string end(const rules::outcome_end& of) const {
        if (of.is == rules::outcome_kind::value) return json_of(of.value);
        std::string made = word(rules::name_of(of.is));
        for (std::size_t at = 0; at < of.from.size(); ++at)
            made += (at == 0 ? " " + word("from") + " " : ", ") + of.from[at];
        return made;
    }

    std::string change(const rules::outcome_change& of) const {
        std::string made = of.member;
        if (of.item)
            made +=
                (made.empty() ? "" : " ") + word(of.is.value.is_true() ? "gains" : "loses") + " " + json_of(*of.item);
        else
            made += (made.empty() ? "" : ": ") + end(of.was) + " -> " + end(of.is);
        return made + (of.always ? "" : " (" + word("perhaps") + ")");
    }

    /// What is so for all facts of the region comes first; of the rest a few are enough for a reader.
    std::string changes(const std::vector<rules::outcome_change>& of) const {
        constexpr std::size_t most = 4;
        std::string made;
        std::size_t told = 0;
        for (const bool always : {true, false}) {
            for (const rules::outcome_change& each : of) {
                if (each.always != always || (!always && told >= most)) continue;
                made += (told == 0 ? "" : "; ") + change(each);
                ++told;
            }
        }
        return told < of.size() ? made + "; " + word("other_ways", {std::to_string(of.size() - told)}) : made;
    }

    std::string question(const rules::region_test& of) const {
        if (of.computed) return word("is_computed");
        for (const rules::pack_definition* each : {&words_.is, &words_.was})
            if (const rules::pack_input* const found = find_input(*each, of.input))
                return rules::text_in(found->text, words_.language);
        return {};
    }

    std::string test(const rules::region_test& of) const {
        const char* const side = of.of == rules::difference_side::both  ? ""
                                 : of.of == rules::difference_side::was ? " (A)"
                                                                        : " (B)";
        return "   " + of.input + side + " " + word("in") + " " + of.test + "  -- " + question(of) + "\n";
    }

    std::string witness(const rules::difference_witness& of) const {
        std::string made = json_of(of.is_facts);
        if (!(feel::value(of.was_facts) == feel::value(of.is_facts)))
            made = "A " + json_of(of.was_facts) + ", B " + made;
        return "   " + word("example") + ": " + made + ": " + json_of(of.was) + " -> " + json_of(of.is) + "\n";
    }

    std::string region(const rules::difference_region& of, std::size_t number) const {
        std::string made = "\n" + std::to_string(number) + ". " + changes(of.changes) + "\n";
        if (of.tests.empty()) made += "   " + word("for_all") + "\n";
        for (const rules::region_test& each : of.tests) made += test(each);
        if (of.proof == rules::difference_proof::somewhere) made += "   " + word("somewhere") + "\n";
        if (of.proof == rules::difference_proof::perhaps) made += "   " + word("not_found") + "\n";
        return of.witness ? made + witness(*of.witness) : made;
    }

    std::string regions(const rules::difference_answer& of, const std::optional<diff_counts>& counts) const {
        std::string made;
        if (of.is_same()) made += "  " + word("same") + "\n";
        if (!of.complete) made += "  " + word("limit") + "\n";
        for (std::size_t at = 0; at < of.regions.size(); ++at) {
            made += region(of.regions[at], at + 1);
            if (counts) made += count(counts->regions[at], of.regions[at].proof);
        }
        if (of.count <= of.regions.size()) return made;
        const std::string all = (of.count_is_exact ? "" : word("at_most") + " ") + std::to_string(of.count);
        return made + "\n" + word("more", {std::to_string(of.regions.size()), all}) + "\n";
    }

    std::string inputs(const rules::difference_answer& of) const {
        std::string made;
        for (const rules::input_difference& each : of.inputs) {
            made += "  " + word("input") + " '" + each.input + "' " + word(rules::name_of(each.is)) + ": ";
            made += each.was_type + (each.was_type.empty() || each.is_type.empty() ? "" : " -> ") + each.is_type + "\n";
        }
        for (const rules::parameter_difference& each : of.parameters)
            made += "  " + word("figure") + " '" + each.parameter +
                    "': " + (each.was ? json_of(*each.was) : word("no_figure")) + " -> " +
                    (each.is ? json_of(*each.is) : word("no_figure")) + "\n";
        return made;
    }

    std::string count(const diff_count& of, rules::difference_proof proof) const {
        std::string made = "   " + word("cases") + ": " + std::to_string(of.lines);
        if (proof == rules::difference_proof::everywhere) return made + "\n";
        made += ", " + word("answered_differently", {std::to_string(of.changed)});
        if (of.open > 0) made += ", " + word("facts_open", {std::to_string(of.open)});
        return made + "\n";
    }

    std::string sums(const diff_counts& of) const {
        std::string made = word("cases") + ": " + std::to_string(of.lines) + ", " + word("unchanged") + ": " +
                           std::to_string(of.unchanged);
        if (of.other > 0) made += ", " + word("not_told") + ": " + std::to_string(of.other);
        if (!of.undecided.empty()) {
            made += ", " + word("undecided") + ": " + std::to_string(of.undecided.size()) + " (" + word("lines");
            for (const std::size_t each : of.undecided) made += " " + std::to_string(each);
            made += ")";
        }
        made += "\n";
        for (const auto& each : of.errors)
            made += word("line") + " " + std::to_string(each.first) + ": " + each.second.message() + "\n";
        return made;
    }

    const diff_words& words_;
};

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
    return diff_writer(words).write(of, counts);
}

}  // namespace polku::cli
