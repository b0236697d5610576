// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_PICTURE_PAGE_HPP
#define POLKU_SRC_REPORT_PICTURE_PAGE_HPP

#include <polku/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V::report {

/// A table as people read it: the first `names` columns are words, the others numbers.
struct word_table {
    std::string section;
    std::string title;
    std::size_t names = 1;
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;
};

/// A self-contained page of headings, tables and charts, light or dark as the reader has it. It grows from its top to
/// its end; every text is escaped, but for the drawings.
class picture_page {
public:
    picture_page(std::string_view title, std::string_view language);

    picture_page& notice(std::string_view text);
    picture_page& paragraph(std::string_view text);
    picture_page& begin_section(std::string_view title);
    picture_page& end_section();
    /// A part that the reader folds in and out by its heading.
    picture_page& begin_part(std::string_view title, bool is_open);
    picture_page& end_part();
    picture_page& heading(std::string_view text);
    /// Nothing where nothing was drawn.
    picture_page& figure(const std::string& drawn, std::string_view caption);
    picture_page& table(const word_table& of);
    /// The page; this object is used up.
    std::string finish() &&;

private:
    std::string out_;
};

}  // namespace polku::inline POLKU_V::report

#endif
