// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_FIGURE_LABEL_HPP
#define POLKU_SRC_REPORT_FIGURE_LABEL_HPP

#include <polku/report/situation.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// What a figure of a case is: one in a count, in a spread one of its clients or one of its values, or the path version
/// that the case is pinned to.
enum class figure_kind : std::uint8_t { count, clients, value, path };

struct figure {
    figure_kind kind = figure_kind::count;
    std::string layer;
    figure_key key;  ///< of a path version: the item is its hash
    /// Of a value that is no number of days; days are counted beside the label, so that they need no label each.
    std::optional<feel::number> value;
    auto operator<=>(const figure&) const = default;
};

/// A figure of a path as the label of a counter: lines with `\\` and line ends escaped.
struct figure_label {
    std::string path;
    figure of;

    std::string text() const;
    /// Empty for another text.
    static std::optional<figure_label> from(std::string_view text);
};

}  // namespace polku::inline POLKU_V::report

#endif
