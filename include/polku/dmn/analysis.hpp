// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_ANALYSIS_HPP
#define POLKU_DMN_ANALYSIS_HPP

#include <polku/dmn/model.hpp>
#include <polku/dmn/program.hpp>
#include <polku/error.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// What static analysis can say of a question: it holds for every input; it fails, and here is an input that shows it;
/// or it could not be decided (the finding names the cells or the bound that stood in the way). In order: `proved`,
/// `counterexample`, `unknown`.
enum class verdict : std::uint8_t { proved, counterexample, unknown };

/// What a finding is about. The names in JSON are those of `name_of`; the list is append-only.
enum class finding_kind : std::uint8_t {
    gap,                   ///< inputs that no rule accepts, in a table without a default output
    overlap,               ///< two rules accept the same input, and the hit policy forbids it
    never_matches,         ///< a rule whose conditions no input can meet
    masked,                ///< a rule that is never chosen, since rules ahead of it take all of its inputs
    unreachable_upstream,  ///< a rule that waits for a value which the decision behind its column never yields
    outside_domain,        ///< a cell, or one of its values, outside the declared values of its column
    constant_column,       ///< a column that tells no rule from another
    duplicate_rule,        ///< two rules with the same conditions
    subsumed_rule,         ///< a rule whose conditions and outputs another rule covers
    joinable_rules,        ///< rules that differ in one column only and answer the same
    misleading_first,      ///< FIRST hides that rules with different outputs accept the same input
    hit_policy_advice,     ///< another hit policy says the same and checks more
    wrong_kind,            ///< a literal of a cell that has another kind than its column
    output_refused,        ///< an output that its declared type or values refuse, so that the answer is null
};
/// As the analysis writes it in JSON and in brackets, such as `gap`; static text.
POLKU_DECL std::string_view name_of(finding_kind of) noexcept;
/// `proved`, `counterexample` or `unknown`; static text.
POLKU_DECL std::string_view name_of(verdict of) noexcept;

/// What is asked, and how much work may be done for it.
struct analysis_options {
    bool nulls = false;                   ///< ask for gaps at null as well, not only where a domain lists null
    bool advice = true;                   ///< notes too: constant columns, joinable rules, hit policies
    std::uint64_t max_work = 50'000'000;  ///< steps for each question of a table; past them it is unknown
    std::size_t max_findings = 10;        ///< of one kind in one table
    std::size_t max_replays = 2'000;      ///< evaluations to find input data for one finding behind other decisions
};

/// A cell by its table's rule and input, both from 1. `rule` is the row and `column` the input.
struct cell_place {
    std::uint32_t rule = 0;
    std::uint32_t column = 0;
    bool operator==(const cell_place&) const = default;
};

/// One result of the analysis.
struct finding {
    finding_kind is = finding_kind::gap;                  ///< what it is about
    polku::severity severity = polku::severity::warning;  ///< error, warning or note
    /// `counterexample` with a witness; `proved` for what holds for every input, such as a rule that never matches;
    /// `unknown` for a suspicion.
    verdict says = verdict::proved;
    std::string message;                 ///< one sentence
    std::vector<position> positions;     ///< the first is where to look; further ones are of the other rules
    std::string decision;                ///< name of the decision or knowledge model around the table
    std::string table;                   ///< id of the table's element
    std::vector<std::uint32_t> rules;    ///< from 1
    std::vector<std::string> rule_ids;   ///< as many; empty texts for rules without an id
    std::vector<std::uint32_t> columns;  ///< inputs or (for `output_refused`) outputs, from 1
    /// The witness at the table: text of each input expression, and its value. Empty when there is none.
    std::vector<std::pair<std::string, feel::value>> at;
    /// For gaps: what the whole gap is, column by column, in words of FEEL tests.
    std::vector<std::pair<std::string, std::string>> region;
    /// Inputs of `decision` that show the finding when evaluated; empty where none was found or none is needed.
    std::optional<feel::context> input;
    std::vector<cell_place> opaque;  ///< for `unknown`: the cells that could not be seen through
};

/// The verdicts of one table. A table with a hit policy that takes any number of rules is always consistent.
struct table_verdicts {
    std::string decision;                                  ///< name of the decision or knowledge model around it
    std::string table;                                     ///< id of the table's element
    position at;                                           ///< where the table begins
    dmn::hit_policy hit_policy = dmn::hit_policy::unique;  ///< that of the table
    std::size_t rules = 0;                                 ///< how many
    std::size_t columns = 0;                               ///< number of inputs
    verdict complete = verdict::proved;    ///< every input of the domain meets a rule or a default output
    verdict consistent = verdict::proved;  ///< no input meets rules that the hit policy forbids together
    verdict reachable = verdict::proved;   ///< every rule can be chosen; `counterexample`: some rule never is
    bool out_of_work = false;              ///< `max_work` was passed by some question
    std::vector<cell_place> opaque;        ///< cells that are more than comparisons with constants
};

/// What was found in all tables of a program.
struct analysis_report {
    std::vector<table_verdicts> tables;  ///< in the order of the file
    std::vector<finding> findings;       ///< table by table
    /// `unknown` when a question of some table is, else `counterexample` when there is an error or a warning.
    POLKU_DECL verdict overall() const noexcept;
};

/// Studies every decision table of a program: gaps, overlaps, rules that are never chosen (also because a decision
/// behind a column never yields their value), columns and literals that do not fit. docs/analysis.md says what each
/// verdict rests on. `sources` are the models that the program was compiled from, in that order; with them positions
/// have file, line and column of the cell, without them only names. Every witness was evaluated before it is reported.
POLKU_DECL analysis_report analyse(const program& of, std::span<const model> sources = {},
                                   const analysis_options& with = {});

/// `FILE:LINE:COLUMN: warning: decision, rule 3, input 2: message [gap]`, and on lines of their own what a gap is and
/// which cells could not be seen through. The input that shows the finding is not in it.
POLKU_DECL std::string to_string(const finding& of);

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/analysis.ipp>
#include <polku/impl/dmn/analysis_advice.ipp>
#include <polku/impl/dmn/analysis_atoms.ipp>
#include <polku/impl/dmn/analysis_classes.ipp>
#include <polku/impl/dmn/analysis_gaps.ipp>
#include <polku/impl/dmn/analysis_graph.ipp>
#include <polku/impl/dmn/analysis_literals.ipp>
#include <polku/impl/dmn/analysis_overlaps.ipp>
#include <polku/impl/dmn/analysis_rules.ipp>
#include <polku/impl/dmn/analysis_search.ipp>
#include <polku/impl/dmn/analysis_text.ipp>
#include <polku/impl/dmn/analysis_witness.ipp>
#endif

#endif
