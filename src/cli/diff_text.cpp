// SPDX-License-Identifier: Apache-2.0
#include "cli/diff_text.hpp"

#include <polku/feel/expression.hpp>
#include <polku/json/difference.hpp>
#include <polku/json/text.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <algorithm>
#include <functional>
#include <string_view>

namespace polku::cli {

namespace {

feel::value number_of(std::size_t of) { return feel::value(static_cast<std::int64_t>(of)); }

std::string json_of(const feel::context& of) { return json::write(feel::value(of)); }

const rules::pack_input* find_input(const rules::pack_definition& in, const std::string& name) {
    for (const rules::pack_input& each : in.inputs)
        if (each.name == name) return &each;
    return nullptr;
}

/// What a pack calls values, and whether its figures are all known.
struct diff_labels {
    explicit diff_labels(const rules::pack_definition& says) : words{says.labels, says.members} {
        for (const rules::parameter& each : says.parameters)
            for (const rules::parameter_value& one : each.series) figures_known = figures_known && !one.value.is_null();
    }
    rules::pack_labels words;
    bool figures_known = true;
};

/// `18`, `< 18`, `[18..25)` of one test, with the words of its values.
std::string simple_words(const feel::simple_test& of, const std::function<std::string(const feel::value&)>& words) {
    using op = feel::simple_test::op;
    if (of.is == op::in_range) {
        const feel::range& in = of.operand.as_range();
        return (in.low_closed ? "[" : "(") + words(in.low) + ".." + words(in.high) + (in.high_closed ? "]" : ")");
    }
    const char* const sign = of.is == op::less               ? "< "
                             : of.is == op::less_or_equal    ? "<= "
                             : of.is == op::greater          ? "> "
                             : of.is == op::greater_or_equal ? ">= "
                             : of.is == op::not_equal        ? "!= "
                                                             : "";
    return sign + words(of.operand);
}

/// Writes differences in one language.
class diff_writer {
public:
    explicit diff_writer(const diff_words& words) : words_(words), was_(words.was), is_(words.is) {}

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
                made += "\n-- " + word("member") + " '" + each.member + "'" + called(each.member) + "\n" +
                        regions(each, counts);
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
    /// ` (called so)` behind the name of a member, where people call it something else.
    std::string called(const std::string& member) const {
        const bool is_new = is_.words.members.find(member) != is_.words.members.end();
        const std::string name = rules::member_words(member, words_.language, is_new ? is_.words : was_.words);
        return name == member ? "" : " (" + name + ")";
    }
    /// The word with its places filled.
    std::string word(std::string_view name, const std::vector<std::string>& with) const {
        std::string made = word(name);
        for (const std::string& each : with)
            if (const std::size_t at = made.find("{}"); at != std::string::npos) made.replace(at, 2, each);
        return made;
    }

    /// An answer, or a member of it, as people call it. The facts of a region are complete, so that a null is none.
    std::string answer(const feel::value& of, const std::string& name, const diff_labels& in) const {
        const auto nulls = in.figures_known ? rules::null_names(of, name) : std::vector<std::string>();
        return rules::answer_words(of, words_.language, in.words, name, nulls);
    }

    std::string end(const rules::outcome_end& of, const std::string& name, const diff_labels& in) const {
        if (of.is == rules::outcome_kind::value) return answer(of.value, name, in);
        std::string made = word(rules::name_of(of.is));
        for (std::size_t at = 0; at < of.from.size(); ++at)
            made += (at == 0 ? " " + word("from") + " " : ", ") + of.from[at];
        return made;
    }

    /// `whole` is the name of what the change is in: the decision, or the member that was compared.
    std::string change(const rules::outcome_change& of, const std::string& whole) const {
        std::string made;
        std::string name = whole;
        for (std::size_t from = 0; !of.member.empty() && from <= of.member.size();) {
            const std::size_t point = std::min(of.member.find('.', from), of.member.size());
            name = of.member.substr(from, point - from);
            const bool is_new = is_.words.members.find(name) != is_.words.members.end();
            made += (made.empty() ? "" : ", ") +
                    rules::member_words(name, words_.language, is_new ? is_.words : was_.words);
            from = point + 1;
        }
        if (of.item) {
            const bool gains = of.is.value.is_true();
            made += (made.empty() ? "" : " ") + word(gains ? "gains" : "loses") + " " +
                    answer(*of.item, name, gains ? is_ : was_);
        } else {
            made += (made.empty() ? "" : ": ") + end(of.was, name, was_) + " -> " + end(of.is, name, is_);
        }
        return made + (of.always ? "" : " (" + word("perhaps") + ")");
    }

    /// What is so for all facts of the region comes first; of the rest a few are enough for a reader.
    std::string changes(const std::vector<rules::outcome_change>& of, const std::string& whole) const {
        constexpr std::size_t most = 4;
        std::string made;
        std::size_t told = 0;
        for (const bool always : {true, false}) {
            for (const rules::outcome_change& each : of) {
                if (each.always != always || (!always && told >= most)) continue;
                made += (told == 0 ? "" : "; ") + change(each, whole);
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
        return "   " + of.input + side + " " + test_words(of) + "  -- " + question(of) + "\n";
    }

    /// `is yes`, `in [18..25)`: the test with the words of its values; one that is more than comparisons stays FEEL.
    std::string test_words(const rules::region_test& of) const {
        const auto read = feel::try_compile_unary_tests(of.test, feel::scope(), feel::type::any());
        const auto simple = read && of.test.rfind("not", 0) != 0 ? read->simple_tests() : std::nullopt;
        if (!simple || read->is_any()) return word("in") + " " + of.test;
        const diff_labels& in = of.of == rules::difference_side::was ? was_ : is_;
        std::string all;
        bool is_equal = true;
        for (const feel::simple_test& each : *simple) {
            is_equal = is_equal && each.is == feel::simple_test::op::equal;
            all += (all.empty() ? "" : ", ") + simple_words(each, [&](const feel::value& value) {
                       return rules::exact_words(value, words_.language, in.words.by_name, of.input);
                   });
        }
        return word(is_equal ? "is" : "in") + " " + all;
    }

    /// The facts stay as a question takes them, so that they can be decided again.
    std::string witness(const rules::difference_witness& of, const std::string& whole) const {
        std::string made = json_of(of.is_facts);
        if (!(feel::value(of.was_facts) == feel::value(of.is_facts)))
            made = "A " + json_of(of.was_facts) + ", B " + made;
        return "   " + word("example") + ": " + made + ": " + answer(of.was, whole, was_) + " -> " +
               answer(of.is, whole, is_) + "\n";
    }

    std::string region(const rules::difference_region& of, std::size_t number, const std::string& whole) const {
        std::string made = "\n" + std::to_string(number) + ". " + changes(of.changes, whole) + "\n";
        if (of.tests.empty()) made += "   " + word("for_all") + "\n";
        for (const rules::region_test& each : of.tests) made += test(each);
        if (of.proof == rules::difference_proof::somewhere) made += "   " + word("somewhere") + "\n";
        if (of.proof == rules::difference_proof::perhaps) made += "   " + word("not_found") + "\n";
        return of.witness ? made + witness(*of.witness, whole) : made;
    }

    std::string regions(const rules::difference_answer& of, const std::optional<diff_counts>& counts) const {
        std::string made;
        if (of.is_same()) made += "  " + word("same") + "\n";
        if (!of.complete) made += "  " + word("limit") + "\n";
        for (std::size_t at = 0; at < of.regions.size(); ++at) {
            made += region(of.regions[at], at + 1, of.member.empty() ? of.decision : of.member);
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
                    "': " + (each.was ? rules::exact_words(*each.was, words_.language) : word("no_figure")) + " -> " +
                    (each.is ? rules::exact_words(*each.is, words_.language) : word("no_figure")) + "\n";
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
    diff_labels was_;
    diff_labels is_;
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
