// SPDX-License-Identifier: Apache-2.0
#include "cli/path_files.hpp"

#include "cli/session.hpp"

#include <algorithm>
#include <filesystem>

namespace polku::cli {

result<std::vector<named_text>> read_path_files(const std::string& definition) {
    POLKU_TRY(std::string text, read_file(definition));
    std::vector<named_text> files{{definition, std::move(text)}};
    std::error_code unreadable;
    const std::filesystem::path folder = std::filesystem::path(definition).parent_path() / ".";
    for (const auto& each : std::filesystem::directory_iterator(folder, unreadable)) {
        const std::filesystem::path extension = each.path().extension();
        if (extension != ".dmn" && extension != ".json") continue;
        if (each.path().filename() == std::filesystem::path(definition).filename()) continue;
        POLKU_TRY(std::string model, read_file(each.path().string()));
        files.push_back({each.path().filename().string(), std::move(model)});
    }
    // Folders list their files in any order; what is made of them is the same.
    std::sort(files.begin() + 1, files.end(),
              [](const auto& left, const auto& right) { return left.name < right.name; });
    return files;
}

result<path_bundle> try_path_named(const std::string& name) {
    if (!name.ends_with(".json")) return try_shipped_path(name);
    POLKU_TRY(const std::vector<named_text> files, read_path_files(name));
    return try_make_path(files);
}

exit_status status_of(path::proof_verdict of) noexcept {
    if (of == path::proof_verdict::proved) return exit_status::fine;
    return of == path::proof_verdict::refuted ? exit_status::findings : exit_status::unknown;
}

}  // namespace polku::cli
