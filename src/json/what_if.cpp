// SPDX-License-Identifier: Apache-2.0
#include <polku/json/what_if.hpp>

#include <polku/json/described.hpp>
#include <polku/json/rule_pack.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_definition.hpp>

#include <boost/describe/class.hpp>

#include <utility>

namespace polku::inline POLKU_V::json {

namespace {

/// What a wish says in JSON.
struct wish_members {
    std::string goal;
    std::optional<std::string> member;
    std::optional<time::date> until;
    std::optional<std::uint32_t> max_evaluations;
};
BOOST_DESCRIBE_STRUCT(wish_members, (), (goal, member, until, max_evaluations))

feel::value names_of(const std::vector<std::string>& of) {
    std::vector<feel::value> all;
    for (const std::string& each : of) all.emplace_back(each);
    return feel::value(std::move(all));
}

/// What is told of an answer beside its values: the words of the pack in a language, or nothing.
class told_words {
public:
    told_words(const rules::pack& from, std::string_view language)
        : says_(from.says()), language_(language), labels_{says_.labels, says_.members} {}

    bool speaks() const noexcept { return !language_.empty(); }

    feel::value answer(const feel::value& of, const std::string& decision,
                       const std::vector<std::string>& settled_nulls) const {
        return feel::value(rules::answer_words(of, language_, labels_, decision, settled_nulls));
    }

    void add_to(feel::context& into, const rules::fact_change& of) const {
        if (!speaks()) return;
        for (const rules::pack_input& each : says_.inputs)
            if (each.name == of.input) into.append("question", feel::value(rules::text_in(each.text, language_)));
        into.append("from words", feel::value(rules::exact_words(of.from, language_, labels_.by_name, of.input)));
        into.append("to words", feel::value(rules::exact_words(of.to, language_, labels_.by_name, of.input)));
    }

private:
    const rules::pack_definition& says_;
    std::string_view language_;
    rules::pack_labels labels_;
};

feel::value changes_of(const std::vector<rules::fact_change>& of, const told_words& words) {
    std::vector<feel::value> all;
    for (const rules::fact_change& each : of) {
        feel::context one{{"input", each.input}, {"from", each.from}, {"to", each.to}};
        if (!each.any_of.empty()) one.append("any of", each.any_of);
        if (each.cost != 0) one.append("cost", feel::value(each.cost));
        words.add_to(one, each);
        all.emplace_back(std::move(one));
    }
    return feel::value(std::move(all));
}

feel::value proposal_of(const rules::proposal& of, const std::string& decision, const rules::pack& from,
                        const told_words& words) {
    feel::context answer = to_value(of.answer, from).as_context();
    if (words.speaks()) answer.append("words", words.answer(of.answer.value, decision, of.settled_nulls));
    return feel::value(feel::context{{"cost", feel::value(of.cost)},
                                     {"decided", feel::value(of.decided)},
                                     {"changes", changes_of(of.changes, words)},
                                     {"passing", changes_of(of.passing, words)},
                                     {"answer", feel::value(std::move(answer))}});
}

}  // namespace

result<what_if_wish> try_parse_wish(std::string_view text, const parse_options& options) {
    POLKU_TRY(wish_members read, try_read<wish_members>(text, options));
    what_if_wish made;
    made.goal = {read.member.value_or(""), std::move(read.goal)};
    made.search.until = read.until;
    if (read.max_evaluations) made.search.max_evaluations = *read.max_evaluations;
    return made;
}

feel::value to_value(const rules::what_if_answer& of, const rules::pack& from) { return to_value(of, from, {}); }

feel::value to_value(const rules::what_if_answer& of, const rules::pack& from, std::string_view language) {
    const told_words words(from, language);
    std::vector<feel::value> proposals;
    for (const rules::proposal& each : of.proposals) proposals.push_back(proposal_of(each, of.decision, from, words));
    feel::context made{{"outcome", rules::name_of(of.outcome)},
                       {"complete", of.is_complete},
                       {"today", of.today},
                       {"proposals", feel::value(std::move(proposals))},
                       {"searched", feel::value(of.searched)},
                       {"uncovered", names_of(of.uncovered)},
                       {"judged", names_of(of.judged)},
                       {"unknown", names_of(of.unknown)},
                       {"fixed", names_of(of.fixed)},
                       {"evaluations", feel::value(static_cast<std::int64_t>(of.evaluations))}};
    if (words.speaks()) made.append("today words", words.answer(of.today, of.decision, of.settled_nulls));
    if (of.rules_end) made.append("rules end", feel::value(*of.rules_end));
    return feel::value(std::move(made));
}

}  // namespace polku::inline POLKU_V::json
