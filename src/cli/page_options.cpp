// SPDX-License-Identifier: Apache-2.0
#include "cli/page_options.hpp"

#include <CLI/CLI.hpp>

#include <fstream>

namespace polku::cli {

void add_page(CLI::App& command, page_options& with) {
    CLI::Option* const page =
        command.add_option("--page", with.file, "File to write a page of pictures and tables to (HTML)");
    command.add_option("--threshold", with.threshold, "The smallest count that the page shows; 1 shows all")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1000}))
        ->capture_default_str()
        ->needs(page);
}

result<void> write_page(const page_options& to, const std::string& page) {
    std::ofstream file(to.file, std::ios::binary);
    file << page;
    if (file.flush()) return {};
    return error(error_code::invalid_argument, "the page cannot be written; check the folder and your rights",
                 {.source = to.file});
}

}  // namespace polku::cli
