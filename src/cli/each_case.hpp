// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_CLI_EACH_CASE_HPP
#define POLKU_SRC_CLI_EACH_CASE_HPP

#include <polku/workspace/workspace.hpp>

#include <functional>

namespace polku::cli {

/// Opens every case of the store in the order of creation and hands it to `visit`, one at a time; stops at the first
/// error. Progress is shown on standard error while a person watches.
result<void> each_case(workspace& in, const std::function<result<void>(const loaded_case&)>& visit);

}  // namespace polku::cli

#endif
