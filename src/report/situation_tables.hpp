// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_SITUATION_TABLES_HPP
#define POLKU_SRC_REPORT_SITUATION_TABLES_HPP

#include <polku/report/situation_output.hpp>

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

/// The tables of one path, in the order in which they are read. Those without rows are left out.
std::vector<word_table> tables_of(const situation& of, const path_situation& in, picture_part part,
                                  std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
