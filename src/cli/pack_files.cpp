// SPDX-License-Identifier: Apache-2.0
#include "cli/pack_files.hpp"

#include "cli/session.hpp"

#include <polku/json/rule_pack.hpp>
#include <polku/json/shipped.hpp>

#include <filesystem>

namespace polku::cli {

result<std::map<std::string, std::string>> try_pack_files(const std::string& name) {
    std::map<std::string, std::string> files;
    const auto is_part = [](const std::string& file) { return file == "pack.json" || file.ends_with(".dmn"); };
    std::error_code none;
    const std::filesystem::path folder(name);
    if (!std::filesystem::is_directory(folder, none)) {
        for (const json::shipped_file& each : json::shipped_folder(name)) {
            const std::string file(each.name.substr(name.size() + 1));
            if (is_part(file)) files.emplace(file, std::string(each.bytes));
        }
        return files;
    }
    for (const auto& each : std::filesystem::directory_iterator(folder, none)) {
        const std::string file = each.path().filename().string();
        if (!is_part(file)) continue;
        POLKU_TRY(std::string text, read_file(each.path().string()));
        files.emplace(file, std::move(text));
    }
    return files;
}

result<rules::pack> try_load_pack(const std::string& name) {
    std::error_code none;
    if (!std::filesystem::is_directory(name, none)) return json::try_shipped_pack(name);
    const std::string definition = (std::filesystem::path(name) / "pack.json").string();
    POLKU_TRY(const std::string text, read_file(definition));
    POLKU_TRY(auto files, try_pack_files(name));
    files.erase("pack.json");
    return json::try_read_pack(text, std::move(files), definition);
}

}  // namespace polku::cli
