// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_PATH_FILES_HPP
#define POLKU_CLI_PATH_FILES_HPP

#include "cli/session.hpp"

#include <polku/path/proof.hpp>
#include <polku/result.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <string>
#include <vector>

namespace polku::cli {

/// A path definition first, then the DMN files of its folder and the definitions beside it that it may extend.
result<std::vector<named_text>> read_path_files(const std::string& definition);

/// A shipped path by its id, or the path that a definition file (`.json`) and the files beside it make.
result<path_bundle> try_path_named(const std::string& name);

/// How a command that asks for a proof ends.
exit_status status_of(path::proof_verdict of) noexcept;

}  // namespace polku::cli

#endif
