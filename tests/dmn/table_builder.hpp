// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TESTS_DMN_TABLE_BUILDER_HPP
#define POLKU_TESTS_DMN_TABLE_BUILDER_HPP

#include <polku/dmn/decision_table.hpp>

#include <string>
#include <utility>
#include <vector>

namespace polku::tests {

/// Makes decision tables from texts: columns `in1`, `in2`, ... are the slots, outputs are `out1`, `out2`, ...
class table_builder {
public:
    table_builder(dmn::hit_policy policy, std::size_t inputs, std::size_t outputs) {
        made_.hit_policy = policy;
        for (std::size_t each = 1; each <= inputs; ++each) names_.add("in" + std::to_string(each));
        for (std::size_t each = 1; each <= inputs; ++each) {
            dmn::compiled_table::input& column = made_.inputs.emplace_back();
            column.expression = feel::try_compile("in" + std::to_string(each), names_).value();
        }
        for (std::size_t each = 1; each <= outputs; ++each)
            made_.outputs.emplace_back().name = "out" + std::to_string(each);
    }
    table_builder& rule(const std::vector<std::string>& cells, const std::vector<std::string>& outputs) {
        made_.rules.add("rule" + std::to_string(made_.rules.size() + 1));
        for (const std::string& each : cells) {
            made_.cells.push_back(made_.distinct_cells.add(tests_of(each)));
        }
        for (std::size_t column = 0; column < outputs.size(); ++column)
            made_.output_cells.push_back(made_.add_output(feel::try_compile(outputs[column], names_).value(), column));
        return *this;
    }
    table_builder& otherwise(std::size_t output, const std::string& text) {
        made_.outputs[output].default_entry = feel::try_compile(text, names_).value();
        return *this;
    }
    table_builder& values(std::size_t output, const std::string& text) {
        made_.outputs[output].values = tests_of(text);
        return *this;
    }
    table_builder& input_values(std::size_t input, const std::string& text) {
        made_.inputs[input].values = tests_of(text);
        return *this;
    }
    table_builder& aggregate(dmn::aggregation how) {
        made_.aggregation = how;
        return *this;
    }
    table_builder& reference() {
        made_.use_index = false;
        return *this;
    }
    dmn::compiled_table finish() const {
        dmn::compiled_table out = made_;
        feel::evaluation_context with;
        out.finish(with);
        return out;
    }

private:
    feel::unary_tests tests_of(const std::string& text) const {
        return feel::try_compile_unary_tests(text, names_, feel::type::any()).value();
    }

    dmn::compiled_table made_;
    feel::scope names_;
};

}  // namespace polku::tests

#endif
