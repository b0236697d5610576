// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_RULES_PACK_EXPLANATION_HPP
#define POLKU_RULES_PACK_EXPLANATION_HPP

#include <polku/rules/pack.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::rules {

struct pack_labels;
struct rule_text;
struct source;

/// A source as people cite it: `act section`.
POLKU_DECL std::string source_text(const source& of);
/// Keys of `pack_definition::sources` as citations, in their order; a key that the pack does not have is passed over.
POLKU_DECL std::vector<std::string> source_texts(const pack_definition& says, const std::vector<std::string>& keys);
/// The sources of a rule, as `act section`, under a version or variant (its id): without those of acts that only other
/// versions rest on, unless none would be left.
POLKU_DECL std::vector<std::string> rule_sources(const pack_definition& says, std::string_view version,
                                                 const rule_text& of);

/// One reason of an answer: what a rule that matched says, with the facts and figures that it rests on, and its
/// sources under the version that answered, as `act section`.
struct reason {
    std::string rule;                  ///< id
    std::string text;                  ///< a sentence in the language asked for
    std::vector<std::string> sources;  ///< in the order of the pack
};

/// The reasons of an answer in a language (`fi`, `sv`, `en`, `fi-selko`; others are told in English), one for each rule
/// that matched, in the order of evaluation, a rule once. Values stand in the sentences as `value_words` writes them.
POLKU_DECL std::vector<reason> explain(const pack_answer& of, const pack& from, std::string_view language);

/// A value as people of a language write it: `1 260,50`, `1.6.2026`, `7 päivää`, `kyllä`, `ei tiedossa` for null; lists
/// item by item. Numbers keep all their digits, so that they can be read back.
POLKU_DECL std::string value_words(const feel::value& of, std::string_view language);
/// The same so that every value can be read back: contexts as `(day: 1.3.2024, amount: 120 000)`, lists inside others
/// as `[1, 2]`, and a text that could be taken for another value, or for a part of the frame, in quotes as in JSON.
POLKU_DECL std::string exact_words(const feel::value& of, std::string_view language);
/// A fact as an explanation tells it.
struct told_fact {
    std::string name;      ///< as the models have it
    std::string question;  ///< in the language asked for
    feel::value value;     ///< of the type of the models; null: unknown
    std::string judge;     ///< whose judgement it is; empty: a plain fact
};

/// A figure of law as an explanation tells it.
struct told_figure {
    std::string name;                  ///< as the models have it
    std::string text;                  ///< what people call it
    feel::value value;                 ///< as it was used
    std::string unit;                  ///< in words of the language; may be empty
    time::date from;                   ///< first day of the value
    std::optional<time::date> before;  ///< first day on which it no longer holds
    std::vector<std::string> sources;  ///< as `act section`
    std::string review;                ///< why a human must look at the value; empty: no need
    bool overridden = false;           ///< the authority gave another value than the series
};

/// A whole explanation of a decision, in one language (docs/explain.md).
///
/// A fact or figure is a ground of the decision when the value or the set of matched rules is another with it unknown
/// or with another value, all else that was told as it is, or the other grounds alone. The grounds alone give the
/// decision. What was told and is no ground is background.
struct explanation {
    std::string language;  ///< `fi`, `sv`, `en` or `fi-selko`
    std::string pack;      ///< id
    std::string title;     ///< name of the pack
    std::string decision;  ///< name
    std::string question;  ///< what is decided; the name of a decision that the pack does not list
    std::string meaning;   ///< what the value says; may be empty
    feel::value value;     ///< null: not decided
    /// Names under which the value holds nulls that stay whatever the unknown facts are (`settled_nulls`).
    std::vector<std::string> settled_nulls;
    time::date decided;                           ///< the date of the decision
    std::optional<time::date> event;              ///< the date of the event, where one was given
    std::string event_text;                       ///< what the date of the event is
    std::string version;                          ///< id of the version or variant that ruled
    time::date version_from;                      ///< first day on which it holds
    std::optional<time::date> version_before;     ///< first day on which it no longer holds
    bool asked_by_id = false;                     ///< the version was asked for, not chosen by the dates
    std::string transition;                       ///< the provision that chose the version; empty: the dates did
    std::vector<std::string> transition_sources;  ///< as `act section`
    std::string flag;                             ///< why a variant is none of the versions; empty for versions
    std::vector<reason> reasons;                  ///< one for each rule that matched
    std::vector<told_fact> facts;                 ///< the grounds
    std::vector<told_figure> figures;             ///< the grounds
    std::vector<told_fact> background;            ///< told, but the decision is the same without them
    std::vector<told_fact> unknown;               ///< facts of this decision that nobody gave
    std::string appeal;                         ///< kind of decision in the pack of remedies; empty: the pack says none
    std::vector<reason> appeal_guidance;        ///< what the pack of remedies says of that kind
    std::string notice;                         ///< that it is no legal advice
    std::shared_ptr<const pack_labels> labels;  ///< those of the pack (rules/labels.hpp); null pointer: none
};

/// Names of the members under which an answer holds nulls that say "there is none": all of these are null whatever
/// the unknown facts and figures are. The name of the decision stands for the answer itself. Other nulls depend on
/// something unknown, or may do so.
POLKU_DECL std::vector<std::string> settled_nulls(const pack& from, std::string_view decision,
                                                  const pack_answer& answer);

/// Decides and explains. Evaluates the decision some times for each fact that was told. `remedies` is the pack that
/// says where to appeal (`muutoksenhaku`); without it only the kind is told. Errors: those of `pack::try_decide`, also
/// for the remedies.
POLKU_DECL result<explanation> try_explain(const pack& from, const pack_question& asked, std::string_view language,
                                           const pack* remedies = nullptr);

/// The explanation as plain text in its language, a line a fact. The frame is `explanation_frames.inc`.
POLKU_DECL std::string to_text(const explanation& of);

}  // namespace polku::inline POLKU_V::rules

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/rules/explanation_text.ipp>
#include <polku/impl/rules/ground_finder.ipp>
#include <polku/impl/rules/pack_explanation.ipp>
#include <polku/impl/rules/settled_nulls.ipp>
#include <polku/impl/rules/whole_explanation.ipp>
#endif

#endif
