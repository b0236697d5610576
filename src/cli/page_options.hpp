// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_PAGE_OPTIONS_HPP
#define POLKU_CLI_PAGE_OPTIONS_HPP

#include <polku/result.hpp>

#include <CLI/App.hpp>

#include <cstdint>
#include <string>

namespace polku::cli {

/// A page beside what a command prints.
struct page_options {
    std::string file;  ///< empty: none
    std::int64_t threshold = 5;
};

/// `--page` and `--threshold`.
void add_page(CLI::App& command, page_options& with);

/// Writes the page; `invalid_argument` where the file cannot be written.
result<void> write_page(const page_options& to, const std::string& page);

}  // namespace polku::cli

#endif
