// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_EQUAL_TREATMENT_HPP
#define POLKU_PATH_EQUAL_TREATMENT_HPP

#include <polku/path/proof.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// @file
/// Whether local variants of a path treat clients equally: outside of what their own files say over what they both
/// extend, every decision is the same. docs/proofs.md ("Equal treatment") has what counts as a decision and why the
/// verdicts hold for the real case engine.

namespace polku::inline POLKU_V::path {

/// One file of a definition. `identity` is the same for the same text over the same files that it extends.
struct variant_layer {
    std::string name;  ///< of the file, as the caller calls it
    std::string identity;
    std::vector<std::string> declares;  ///< what it says, by `stated_pointers`
};

/// A definition that is compared with others.
struct path_variant {
    std::string name;                           ///< as the caller calls it; tells the variants apart
    service_path path;                          ///< the compiled definition
    std::map<std::string, std::string> models;  ///< the DMN texts that the path was compiled with, by name
    feel::value document;                       ///< the whole definition as its JSON says it
    std::vector<variant_layer> layers;          ///< the definition's own file first; the last extends nothing
};

/// What a difference is about. `routing` of a stage, a door (`entry`), a `stage` itself, a `duty`, a `gate` before an
/// action, an `exit`, a `service` or `other`.
enum class treatment_kind : std::uint8_t { routing, entry, stage, duty, gate, exit, service, other };
BOOST_DESCRIBE_ENUM(treatment_kind, routing, entry, stage, duty, gate, exit, service, other)

/// Whether a difference is allowed, and whether anybody meets it.
enum class treatment_standing : std::uint8_t {
    declared,  ///< a delta of the pair says it
    refuted,   ///< no delta says it, and a client meets it
    unknown,   ///< neither shown equal nor met by a client
};
BOOST_DESCRIBE_ENUM(treatment_standing, declared, refuted, unknown)

/// Why a difference is listed. The list is append-only.
enum class treatment_issue : std::uint8_t {
    definition,  ///< the definitions say different things at `pointer`
    answers,     ///< the routing of stage `subject` answers differently at `where`
    opaque,      ///< unknown: the routing of stage `subject` could not be compared
    rests_on,    ///< decision `subject` waits for or reads `detail`, which the definitions describe differently
};
BOOST_DESCRIBE_ENUM(treatment_issue, definition, answers, opaque, rests_on)

/// What one variant answered to the last command of a client's story, in the real case engine.
struct treatment_answer {
    std::optional<std::string> place;  ///< stage or exit afterwards, or a pointer; none where the command was refused
    std::string says;                  ///< what it waits for and until when, or why the command was refused; in English
    std::string owner;                 ///< role that the stage belongs to
    std::optional<time::date> until;   ///< last day of the stage
    std::optional<error_code> refused{};  ///< why the command was refused, if it was
    bool operator==(const treatment_answer&) const = default;
};

/// A difference of two variants. `story` is there where a client meets it: commands that both variants were given from
/// the start; all but the last were answered alike.
struct treatment_difference {
    treatment_kind about = treatment_kind::other;         ///< what the difference is about
    treatment_issue issue = treatment_issue::definition;  ///< why it is listed
    treatment_standing is = treatment_standing::unknown;  ///< declared, refuted or not known
    std::string pointer;                                  ///< JSON pointer into the first merged definition that has it
    std::string subject;                                  ///< id of the stage, entry, duty, ...
    std::string detail;                                   ///< see the issue; empty where it has none
    std::array<bool, 2> declared_by{};                    ///< which of the two deltas say it
    std::array<std::string, 2> says;                      ///< what each says there, as FEEL; empty where it is silent
    std::map<std::string, std::string> where;             ///< inputs of a routing decision and their values, as FEEL
    std::uint64_t regions = 0;  ///< of a routing: how many combinations of values are answered differently
    std::string message;        ///< one sentence
    std::vector<command> story;
    std::array<treatment_answer, 2> answers;  ///< of the two variants, to the last command of the story
};

/// Two variants, by their numbers. `base` names the lowest common base; empty: there is none, and nothing is declared.
struct treatment_pair {
    std::array<std::size_t, 2> variants{};  ///< places in `equal_treatment::variants`
    std::string base;
    proof_verdict says = proof_verdict::proved;     ///< `refuted` where a difference is, else `unknown` where one is
    std::vector<treatment_difference> differences;  ///< refuted and unknown ones first, as many as were asked for
    std::array<std::size_t, 3> counts{};            ///< of all, by `treatment_standing`
    std::uint64_t compared = 0;                     ///< places of the definitions
    std::uint64_t regions = 0;                      ///< combinations of inputs that both sides were evaluated on
};

/// What a comparison found.
struct equal_treatment {
    std::vector<std::string> variants;  ///< names, in the order in which they were given
    std::vector<treatment_pair> pairs;  ///< each two, in the order of the variants

    /// `refuted` where a pair is, else `unknown` where one is.
    POLKU_DECL proof_verdict overall() const noexcept;
};

/// Bounds on the work; what exceeds them is `unknown`, never taken as equal.
struct treatment_options {
    std::uint64_t max_regions = 1'000'000;  ///< combinations of inputs for the routing of one stage
    std::size_t max_states = 3'000'000;     ///< states that are looked through for a client's way
    std::size_t max_differences = 200;      ///< of one pair that are listed
};

/// Compares every two variants. The same variants give the same answer. Bounded by the options; safe from any thread.
POLKU_DECL equal_treatment compare_treatment(const std::vector<path_variant>& variants,
                                             const treatment_options& with = {});

/// What the JSON of a definition says, as pointers in which items of lists of objects with ids stand under their id
/// (`/stages/coaching/max`): of each leaf, of each member that is `null`, and of each item that is taken away.
POLKU_DECL std::vector<std::string> stated_pointers(const feel::value& document);

/// As JSON spells it, such as `routing`; static text.
POLKU_DECL std::string_view name_of(treatment_kind of) noexcept;
/// As JSON spells it, such as `declared`; static text.
POLKU_DECL std::string_view name_of(treatment_standing of) noexcept;
/// As JSON spells it, such as `rests_on`; static text.
POLKU_DECL std::string_view name_of(treatment_issue of) noexcept;

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/equal_client.ipp>
#include <polku/impl/path/equal_rests.ipp>
#include <polku/impl/path/equal_routing.ipp>
#include <polku/impl/path/equal_structure.ipp>
#include <polku/impl/path/equal_treatment.ipp>
#include <polku/impl/path/equal_walking.ipp>
#endif

#endif
