// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CLI_PACK_FILES_HPP
#define POLKU_CLI_PACK_FILES_HPP

#include <polku/result.hpp>
#include <polku/rules/pack.hpp>

#include <map>
#include <string>

namespace polku::cli {

/// `pack.json` and the models of a shipped pack (by its id) or of a folder, by their names; none for a pack that is not
/// shipped.
result<std::map<std::string, std::string>> try_pack_files(const std::string& name);

/// A shipped pack by its id, or one from a folder with its `pack.json` and models.
result<rules::pack> try_load_pack(const std::string& name);

}  // namespace polku::cli

#endif
