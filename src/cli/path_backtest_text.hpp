// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_CLI_PATH_BACKTEST_TEXT_HPP
#define POLKU_SRC_CLI_PATH_BACKTEST_TEXT_HPP

#include <polku/workspace/path_backtest.hpp>

#include <string>

namespace polku::cli {

/// The errors of a backtest as a table, first those of all municipalities together, then those of single ones.
std::string path_backtest_text(const backtest_report& of, const std::string& language);

/// All its figures as comma-separated values.
std::string path_backtest_csv(const backtest_report& of);

}  // namespace polku::cli

#endif
