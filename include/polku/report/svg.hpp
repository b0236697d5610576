// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_SVG_HPP
#define POLKU_REPORT_SVG_HPP

#include <polku/config.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// Text for HTML and SVG: the five characters that have a meaning there are escaped.
std::string escaped(std::string_view text);

/// A drawing that grows by shapes; coordinates are CSS pixels. Every text is escaped. Self-contained: styles by class
/// names come from `drawing_style`.
class drawing {
public:
    /// `title` is what a screen reader says.
    drawing(int width, int height, std::string_view title);

    /// What a screen reader says beside the title; comes before the first shape.
    drawing& describe(std::string_view what);
    /// A rectangle with its upper left corner at x and y; `tip` is shown over it.
    drawing& box(int x, int y, int width, int height, std::string_view css_class, std::string_view tip = {});
    /// A circle around x and y; `tip` is shown over it.
    drawing& circle(int x, int y, int radius, std::string_view css_class, std::string_view tip = {});
    /// A straight line between two points.
    drawing& line(int x1, int y1, int x2, int y2, std::string_view css_class);
    /// `data` is an SVG path.
    drawing& path(std::string_view data, std::string_view css_class, std::string_view tip = {});
    /// `anchor`: start, middle or end.
    drawing& text(int x, int y, std::string_view what, std::string_view css_class, std::string_view anchor = "start");
    /// Text broken into lines of at most `columns` characters at white space (a longer word stays whole), centred.
    drawing& centred(int x, int y, std::string_view what, std::size_t columns, std::string_view css_class);
    /// The drawing as one SVG element; this object is used up.
    std::string finish() &&;

private:
    std::string out_;
};

/// Number of characters (code points) of UTF-8 text.
std::size_t width_of(std::string_view text) noexcept;
/// The text cut to `columns` characters, the last an ellipsis where it was cut.
std::string shortened(std::string_view text, std::size_t columns);

/// The style sheet of the drawings of this room.
std::string_view drawing_style() noexcept;

}  // namespace polku::inline POLKU_V::report

#endif
