// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_DECISION_INPUTS_HPP
#define POLKU_JSON_DECISION_INPUTS_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/value.hpp>
#include <polku/result.hpp>

namespace polku::inline POLKU_V::json {

/// A JSON object as the inputs of a decision: each member gets the type that the model declares for it, so that an ISO
/// text becomes a date where a date is declared. Members that are no input pass as they are; `dmn::try_evaluate` says
/// what is wrong with them. Errors: `dmn_input_type`, with the JSON pointer.
result<feel::context> try_decision_inputs(const dmn::program& program, dmn::decision_ref decision,
                                          const feel::value& document, const feel::evaluation_context& with);

}  // namespace polku::inline POLKU_V::json

#endif
