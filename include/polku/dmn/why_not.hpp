// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_WHY_NOT_HPP
#define POLKU_DMN_WHY_NOT_HPP

#include <polku/dmn/program.hpp>
#include <polku/dmn/trace.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

#include <string>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// A decision table that was asked about: one without a match, or one that has the rule asked for.
struct why_not_table {
    std::string decision;  ///< the decision for which the table ran; `table.owner` names what the table belongs to
    table_trace table;     ///< with its nearest rules, or the rule asked for
};

/// Why a decision did not answer what was hoped for.
struct why_not_report {
    feel::value value;                  ///< what it answers
    std::vector<why_not_table> tables;  ///< in the order of evaluation, those of required decisions included
    std::vector<null_cause> nulls;      ///< for each null in the value
};

/// Evaluates a decision, a service or a knowledge model, required decisions as usual, and reports each table without a
/// match with its nearest rules and their failing cells, each table that has the rule `options.rule` with the cells
/// that keep it from being met, and where the nulls of the answer came from. Errors: those of `try_evaluate`, and
/// `not_found` when no table that ran has the rule asked for.
POLKU_DECL result<why_not_report> try_why_not(const program& from, decision_ref what, const feel::context& inputs,
                                              feel::evaluation_context& with, const trace_options& options = {});

}  // namespace polku::inline POLKU_V::dmn

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/dmn/why_not.ipp>
#endif

#endif
