// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_CLI_PATH_MONTHS_TEXT_HPP
#define POLKU_SRC_CLI_PATH_MONTHS_TEXT_HPP

#include <polku/path/service_path.hpp>
#include <polku/population/path_simulation.hpp>

#include <string>
#include <vector>

namespace polku::cli {

/// What `polku simulate-path` prints for people: a table for the path, for each stage and service, and of the exits; of
/// all municipalities, or of those that are asked for.
std::string path_months_text(const population::path_simulation_report& of, const path::service_path& path,
                             const std::vector<std::string>& municipalities, const std::string& language);

/// All figures as comma-separated values.
std::string path_months_csv(const population::path_simulation_report& of);

/// A word of these texts, in a language.
std::string path_months_word(std::string_view name, std::string_view language);

}  // namespace polku::cli

#endif
