// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_DMN_TRACE_HPP
#define POLKU_DMN_TRACE_HPP

#include <polku/dmn/model.hpp>
#include <polku/feel/value.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::dmn {

/// A rule that took part in a table's answer.
struct rule_trace {
    std::uint32_t index = 0;  ///< from 1
    std::string id;
    std::vector<std::pair<std::string, std::string>>
        annotations;     ///< column name and text; unnamed columns are `annotation`
    feel::value output;  ///< a context where the table has several outputs
};

/// One evaluation of a decision table.
struct table_trace {
    std::string id;     ///< of the table's element
    std::string owner;  ///< name of the decision or business knowledge model around it
    dmn::hit_policy hit_policy = dmn::hit_policy::unique;
    std::vector<std::pair<std::string, feel::value>> inputs;  ///< text of each input expression, and its value
    std::vector<rule_trace> matched;                          ///< in the order of the rules
    bool used_default = false;
    feel::value result;
};

/// One evaluated decision, after those that it requires.
struct trace_step {
    std::string id;
    std::string name;
    feel::value value;
    std::vector<table_trace> tables;  ///< those that ran for it, also inside business knowledge models
};

/// What happened in an evaluation, in order. Handed to `try_evaluate`; costs nothing when it is not.
struct trace {
    std::vector<trace_step> steps;
    std::vector<table_trace> open;  ///< tables of the decision that is being evaluated; empty afterwards
};

}  // namespace polku::inline POLKU_V::dmn

#endif
