// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_MONEY_PAGE_HPP
#define POLKU_SRC_REPORT_MONEY_PAGE_HPP

#include "report/money_words.hpp"

#include <polku/report/figures.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report::detail {

/// One value of a table: as people read it, and as a program does.
struct page_cell {
    std::string shown;
    std::string plain;
};

struct page_column {
    std::string name;   ///< in tables for programs
    std::string label;  ///< for people
    bool is_number = false;
};

struct page_table {
    std::string id;
    std::string heading;
    std::vector<page_column> columns;
    std::vector<std::vector<page_cell>> rows;
    bool last_is_total = false;
};

/// A report before it is text, a page or a table for programs.
struct figures_page {
    std::string language;
    std::string title;
    std::vector<std::string> lead;
    std::string chart_heading;
    std::string chart;  ///< SVG, or empty
    std::vector<page_table> tables;
    std::vector<std::string> notice;
    std::vector<std::string> sources;
};

/// Makes cells in one language.
struct cell_maker {
    std::string_view language;

    page_cell text(const std::string& what) const { return {what, what}; }
    page_cell text(figure_word what, const std::string& plain) const { return {word_of(what, language), plain}; }
    page_cell count(std::int64_t of) const { return {count_text(of, language), std::to_string(of)}; }
    page_cell count(const std::optional<std::int64_t>& of) const { return of ? count(*of) : page_cell{"–", ""}; }
    page_cell money(const feel::number& of, std::int32_t decimals = 2) const;
    page_cell money(const std::optional<feel::number>& of, std::int32_t decimals = 2) const;
    page_cell percent(const feel::number& of, std::int32_t decimals = 2) const;
    page_cell percent(const std::optional<feel::number>& of, std::int32_t decimals = 2) const;
    page_column column(figure_word label, std::string name, bool is_number = true) const {
        return {std::move(name), word_of(label, language), is_number};
    }
};

/// The number rounded half up to so many decimals; itself where 34 digits cannot hold it so.
feel::number rounded(const feel::number& of, std::int32_t decimals);

std::string page_as_text(const figures_page& of);
std::string page_as_html(const figures_page& of);
/// The first table, and the rows of those with the same columns; there is at least one.
std::string page_as_csv(const figures_page& of);

}  // namespace polku::inline POLKU_V::report::detail

#endif
