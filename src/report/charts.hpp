// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_CHARTS_HPP
#define POLKU_SRC_REPORT_CHARTS_HPP

#include <polku/feel/number.hpp>
#include <polku/report/suppression.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// @file
/// Charts as SVG, for pages that have `chart_style` and the colours of `picture_page`. Each has a title and a
/// description for those who do not see it, and each shape tells its numbers; a number that is hidden has no length.
/// Empty where there is nothing to draw.

namespace polku::inline POLKU_V::report {

/// One line of a bar chart: a narrow dark bar upon a wide light one.
struct chart_bar {
    std::string name;
    protected_count dark;
    protected_count light;
    std::string text;  ///< behind the bars
};

std::string bar_chart(const std::vector<chart_bar>& lines, const std::string& title, const std::string& text);

/// A band of a flow chart, between two of its ends by number.
struct chart_band {
    std::size_t from = 0;
    std::size_t to = 0;
    protected_count count;
    std::string tip;
};

/// Bands from ends on the left to ends on the right, in the order in which they are drawn.
struct chart_flow {
    std::vector<std::string> left;
    std::vector<std::string> right;
    std::vector<chart_band> bands;
};

/// The number of a name among ends; the name is added where it is new.
std::size_t chart_end(std::vector<std::string>& among, const std::string& name);
std::string flow_chart(const chart_flow& of, const std::string& title, const std::string& text);

/// A municipality as a tile: how far its colour is from "the same" tells how great the difference is.
struct chart_tile {
    std::string name;
    std::optional<feel::number> difference;  ///< none: hidden
    std::string text;                        ///< the difference as it is told
};

/// Tiles in rows, in the order in which they come: an order, and no map of where places are.
std::string tile_chart(const std::vector<chart_tile>& tiles, const std::string& title, const std::string& text);

/// What a line shows at one place of its axis; none: hidden or not there, and the line is broken.
struct chart_point {
    feel::number value;
    feel::number low;   ///< of the band around the line; the value where there is none
    feel::number high;  ///< of the band
    std::string tip;    ///< all of it in words
};
struct chart_line {
    std::string name;
    std::vector<std::optional<chart_point>> points;  ///< one for each place
};

/// At most two lines over the same places, the second one dashed and with diamonds. `unit` stands above the axis.
std::string line_chart(const std::vector<chart_line>& lines, const std::vector<std::string>& places,
                       const std::string& unit, std::string_view language, const std::string& title,
                       const std::string& text);

/// 1, 2 or 5 with zeros, not below the amount; an axis ends there.
feel::number axis_top(const feel::number& most);
/// The pixels of an amount on an axis that reaches `top`.
int pixels_of(const feel::number& amount, const feel::number& top, int pixels);

/// The style of the charts, by the page's colours.
std::string_view chart_style() noexcept;

// Measures of charts with names at their left side.
inline constexpr int chart_width = 960;
inline constexpr int chart_name_width = 330;
inline constexpr std::size_t chart_name_letters = 40;
inline constexpr int chart_bar_right = chart_width - 70;

/// Pixels of a number on an axis from 0 to `most`.
int scaled(std::int64_t value, std::int64_t most, int pixels);

}  // namespace polku::inline POLKU_V::report

#endif
