// SPDX-License-Identifier: Apache-2.0
#include "cli/workspace_options.hpp"

#include <polku/json/text.hpp>

#include <iostream>

#if defined(_WIN32)
#include <io.h>
#else
#include <unistd.h>
#endif

namespace polku::cli {

bool watched_by_a_person() noexcept {
#if defined(_WIN32)
    return _isatty(_fileno(stderr)) != 0;
#else
    return isatty(STDERR_FILENO) != 0;
#endif
}

result<std::unique_ptr<workspace>> open_store(const std::string& path) {
    workspace_options options;
    options.create = false;
    POLKU_TRY(std::unique_ptr<workspace> opened, workspace::try_open(path, std::move(options)));
    return opened;
}

void print_document(const session& in, const feel::value& document) {
    json::write_options how;
    how.indent = in.json ? 0 : 2;
    std::cout << json::write(document, how) << "\n";
}

result<time::date> day_of(const std::string& text, const std::string& option) {
    const auto day = time::parse_date(text);
    if (day) return *day;
    return error(error_code::invalid_date, option + " is '" + text + "', which is no date; write it as 2026-03-02");
}

}  // namespace polku::cli
