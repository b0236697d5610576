// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_TRACE_HPP
#define POLKU_DMN_TRACE_HPP

#include <polku/dmn/model.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// A rule that took part in a table's answer.
struct rule_trace {
    std::uint32_t index = 0;  ///< from 1
    std::string id;           ///< empty for a rule without one
    std::vector<std::pair<std::string, std::string>>
        annotations;     ///< column name and text; unnamed columns are `annotation`
    feel::value output;  ///< a context where the table has several outputs
};

/// A cell that kept a rule from being met.
struct failing_cell {
    std::uint32_t column = 0;  ///< of the table's inputs, from 1
    std::string expression;    ///< text of the input expression
    feel::value found;         ///< its value
    std::string cell;          ///< text of the unary tests that do not accept the value
    bool is_null = false;      ///< the tests answer null (a value of another kind, for one), not false
};

/// A rule that was not met, with all cells that do not accept; none of them: the rule accepts.
struct near_rule {
    std::uint32_t index = 0;            ///< from 1
    std::string id;                     ///< empty for a rule without one
    std::vector<failing_cell> failing;  ///< in the order of the columns
};

/// One evaluation of a decision table.
struct table_trace {
    std::string id;     ///< of the table's element
    std::string owner;  ///< name of the decision or business knowledge model around it
    dmn::hit_policy hit_policy = dmn::hit_policy::unique;     ///< that of the table
    std::vector<std::pair<std::string, feel::value>> inputs;  ///< text of each input expression, and its value
    std::vector<rule_trace> matched;                          ///< in the order of the rules
    bool used_default = false;                                ///< no rule matched, and the default answered
    feel::value result;                                       ///< what the table answered
    /// Without a match: the rules with the fewest failing cells, then in the order of the rules.
    std::vector<near_rule> nearest;
    /// The rule that `trace_options::rule` asks for, matched or not; empty when the table has no such rule.
    std::vector<near_rule> asked;
    /// The column, from 1, whose value is outside its input values, so that no rule was tried; 0: none.
    std::uint32_t refused = 0;
};

/// Where a null first arose.
enum class null_origin : std::uint8_t {
    input_not_given,       ///< an input (or an entry of one) that nobody gave
    input_null,            ///< an input (or an entry of one) that was given as null
    input_refused,         ///< an input outside its type or its allowed values
    no_rule_matched,       ///< a table without a match and without a default
    hit_policy_violated,   ///< a table whose hit policy does not allow the rules that matched
    outside_input_values,  ///< a table's input outside its input values
    rule_output,           ///< the output of a rule that matched
    expression,            ///< an expression whose operands were known
    type_refused,          ///< a value outside the declared type of the decision, entry or output that takes it
    no_logic,              ///< a decision without usable logic
};
/// As JSON spells it, such as `input_not_given`; static text.
POLKU_DECL std::string_view text_of(null_origin of) noexcept;

/// Why an evaluated decision, or an entry of it, is null.
struct null_cause {
    std::string path;                ///< of the entry: `a.b[2]`, items counted from 1; empty: the whole value
    std::vector<std::string> chain;  ///< the decisions along which the null came: this one first, last its origin
    null_origin origin = null_origin::expression;  ///< where it arose
    std::string element;  ///< name of the input, id or owner of the table, or text of the expression
    feel::null_reason reason = feel::null_reason::none;  ///< that of the null itself
};

/// One evaluated decision, after those that it requires.
struct trace_step {
    std::string id;                   ///< of the decision
    std::string name;                 ///< of the decision
    feel::value value;                ///< what it answered
    std::vector<table_trace> tables;  ///< those that ran for it, also inside business knowledge models
    std::vector<null_cause> nulls;    ///< for each null in the value; the first eight
    std::uint32_t node = 0;           ///< `decision_ref::index` of the decision
    std::uint32_t run = 0;            ///< 0; each call of a decision service counts on
};

/// What a trace records besides the steps, the tables and the rules that matched. It is worked out beside the
/// evaluation, so that answers and limits are the same as without a trace.
struct trace_options {
    std::size_t nearest = 3;           ///< rules with their failing cells, for each table without a match
    bool nulls = true;                 ///< the causes of nulls
    std::string rule;                  ///< also the failing cells of this rule (id, or number from 1), in each table
    std::size_t records = 10'000;      ///< tables, and steps inside services; later ones are left out and counted
    std::uint64_t steps = 10'000'000;  ///< work on nearest rules and causes of nulls; what is past it is left out
};

/// What happened in an evaluation, in order. Handed to `try_evaluate`; costs nothing when it is not.
struct trace {
    trace_options with;             ///< set before the evaluation
    std::vector<trace_step> steps;  ///< one for each evaluated decision, those that others need first
    std::vector<table_trace> open;  ///< tables of the decision that is being evaluated; empty afterwards
    std::uint32_t run = 0;          ///< which call of a service is being evaluated
    std::uint32_t runs = 0;         ///< calls of services so far
    std::size_t recorded = 0;       ///< tables and steps that count towards `trace_options::records`
    std::size_t omitted = 0;        ///< those that were left out
    std::uint64_t spent = 0;        ///< of `trace_options::steps`
};

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/trace.ipp>
#endif

#endif
