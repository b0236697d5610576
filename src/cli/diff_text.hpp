// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_DIFF_TEXT_HPP
#define POLKU_CLI_DIFF_TEXT_HPP

#include <polku/error.hpp>
#include <polku/feel/value.hpp>
#include <polku/rules/difference.hpp>
#include <polku/rules/pack_definition.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace polku::cli {

/// Lines of facts in one region.
struct diff_count {
    std::size_t lines = 0;
    std::size_t changed = 0;  ///< answered differently
    std::size_t open = 0;     ///< of which it is not known: other facts are unknown
};

/// Where lines of facts lie; lines are counted from 1.
struct diff_counts {
    std::size_t lines = 0;
    std::size_t unchanged = 0;
    std::size_t other = 0;  ///< in regions that are not told
    std::vector<diff_count> regions;
    std::vector<std::size_t> undecided;
    std::vector<std::pair<std::size_t, error>> errors;
};

/// Whose texts of inputs are told, and in which language.
struct diff_words {
    const rules::pack_definition& was;
    const rules::pack_definition& is;
    const std::string& language;
};

feel::value diff_document(const rules::difference_answer& of, const std::optional<diff_counts>& counts);
std::string diff_text(const rules::difference_answer& of, const std::optional<diff_counts>& counts,
                      const diff_words& words);

}  // namespace polku::cli

#endif
