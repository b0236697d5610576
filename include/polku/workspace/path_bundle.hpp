// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_PATH_BUNDLE_HPP
#define POLKU_WORKSPACE_PATH_BUNDLE_HPP

#include <polku/error.hpp>
#include <polku/path/service_path.hpp>
#include <polku/result.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace polku::inline POLKU_V {

/// A named text: a file of a path.
struct named_text {
    std::string name;  ///< of the file, with its ending
    std::string text;  ///< UTF-8
};

/// A compiled path together with the bytes that it was made of, as a store keeps them: canonical JSON of the
/// definition's text and the models by name, under its BLAKE2b-256 hash. Cheap enough to copy; shared freely by
/// threads.
struct path_bundle {
    path::service_path path;  ///< compiled, with the content hash of `bytes`
    std::string bytes;        ///< canonical JSON

    /// Of the definition; lives as long as the bundle.
    const std::string& id() const noexcept { return path.says().id; }
    /// The content hash as 64 hexadecimal digits.
    std::string hash_text() const;
};

/// Compiles a path: the first file is the definition (JSON), the others are the DMN models that it names, and the
/// definitions that it extends (a local variant says only what differs, json/path_definition.hpp). A definition that
/// is not among the files is looked for among those that the library ships, by a name such as
/// `tyokyky-kayttoon/path.json`, and brings the models beside it unless files of the same name were given. Errors of
/// the JSON, path, DMN and FEEL families, each with file and place.
result<path_bundle> try_make_path(std::span<const named_text> files);
/// All that is wrong with the path that these files make, with places; empty when it compiles.
std::vector<diagnostic> check_path(std::span<const named_text> files);
/// Compiles a path from the bytes that a bundle of it had.
result<path_bundle> try_restore_path(std::string_view bytes);

/// Ids of the paths that are part of the library, sorted.
std::vector<std::string> shipped_path_ids();
/// One of them; `not_found` names the others.
result<path_bundle> try_shipped_path(std::string_view id);

}  // namespace polku::inline POLKU_V

#endif
