// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_SHIPPED_HPP
#define POLKU_JSON_SHIPPED_HPP

#include <polku/config.hpp>

#include <optional>
#include <span>
#include <string_view>

namespace polku::inline POLKU_V::json {

/// A data file that is part of the library itself (service paths, rule packs, their models and example clients).
struct shipped_file {
    std::string_view name;   ///< path below `src/packs`, with `/`, such as `tyokyky-kayttoon/path.json`
    std::string_view bytes;  ///< the file as it is; lives as long as the program
};

/// All shipped files, sorted by name in byte order. Safe from any thread.
std::span<const shipped_file> shipped_files();

/// Those whose name begins with `folder` and a slash, still sorted; empty when there is no such folder.
std::span<const shipped_file> shipped_folder(std::string_view folder);

/// The bytes of one shipped file, or nothing when no file has that name.
std::optional<std::string_view> find_shipped(std::string_view name);

}  // namespace polku::inline POLKU_V::json

#endif
