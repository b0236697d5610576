// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_DETAIL_GROUND_FINDER_HPP
#define POLKU_IMPL_RULES_DETAIL_GROUND_FINDER_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/value.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::rules::detail {

/// Finds the inputs that a decision rests on. An input stays when, with all others as given, the answer (value and set
/// of matched rules) is another with it unknown or with one of its trial values. Of the others one leaves when the
/// answer is the same in the same way beside those that have not left; what is left is gone through again until nothing
/// leaves.
class ground_finder {
public:
    /// `given` has one typed value for each of `of.inputs(what)`.
    POLKU_DECL ground_finder(const dmn::program& of, dmn::decision_ref what, std::vector<feel::value> given);

    /// For each input whether it is a ground. `later` are tried to leave after the others (figures of law: the facts
    /// should be few first).
    POLKU_DECL std::vector<bool> find(const std::vector<bool>& later);

private:
    struct outcome {
        feel::value value;
        std::vector<std::string> rules;  // sorted, each once
        bool failed = false;
    };

    POLKU_DECL void add_figure(const feel::value& of);
    POLKU_DECL outcome evaluate() const;
    POLKU_DECL bool differs(const feel::value& with_value, std::size_t at);
    POLKU_DECL bool matters(std::size_t at);

    const dmn::program& program_;
    dmn::decision_ref what_;
    std::vector<feel::value> slots_;
    std::vector<feel::value> witnesses_;  // by input: the value that made a difference
    std::vector<bool> has_witness_;
    std::vector<feel::value> figures_;  // numbers, dates and sizes of lists of all inputs, at which others may turn
    outcome answer_;
};

/// Other values of the kind of `own`, at which a decision may turn: around it, far from it, the values that `allowed`
/// (FEEL text) and `figures` name.
POLKU_DECL std::vector<feel::value> trial_values(const feel::value& own, const std::string& allowed,
                                                 const std::vector<feel::value>& figures);

}  // namespace polku::inline POLKU_V::rules::detail

#endif
