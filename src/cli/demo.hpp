// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_CLI_DEMO_HPP
#define POLKU_SRC_CLI_DEMO_HPP

#include <polku/report/cases_page.hpp>
#include <polku/workspace/workspace.hpp>

#include <functional>
#include <string>
#include <vector>

namespace polku::cli {

/// The example clients of a shipped path, run through their commands.
struct demo_result {
    path::service_path path;
    path::texts notice;
    time::date as_of;
    std::vector<report::page_case> cases;
    std::size_t commands = 0;
};

/// Runs every example client of `clients.json` beside the path in the store. `progress` hears of each command. A client
/// whose case does not end where the file says is an error.
result<demo_result> run_demo(workspace& in, std::string_view path_id,
                             const std::function<void(std::size_t done, std::size_t of)>& progress);

/// The table of where each client is and why, as text for a terminal.
std::string demo_table(const demo_result& of, std::string_view language);

}  // namespace polku::cli

#endif
