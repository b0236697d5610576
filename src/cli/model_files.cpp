// SPDX-License-Identifier: Apache-2.0
#include "cli/model_files.hpp"

#include "cli/session.hpp"

#include <polku/dmn/xml_reader.hpp>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace polku::cli {

namespace {

namespace fs = std::filesystem;

bool has_namespace(const std::vector<dmn::model>& models, const std::string& wanted) {
    return std::any_of(models.begin(), models.end(),
                       [&](const dmn::model& each) { return each.model_namespace == wanted; });
}

/// The other DMN files of a folder, sorted by name so that runs are the same everywhere.
std::vector<fs::path> siblings_of(const fs::path& file) {
    std::vector<fs::path> out;
    std::error_code ignored;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    for (const auto& each : fs::directory_iterator(folder, ignored))
        if (each.path().extension() == ".dmn" && each.path().filename() != file.filename()) out.push_back(each.path());
    std::sort(out.begin(), out.end());
    return out;
}

std::optional<dmn::read_report> read_if_namespace(const fs::path& file, const std::string& wanted) {
    const auto text = read_file(file.string());
    // Looking for the text first spares parsing files that cannot be it.
    if (!text || text->find(wanted) == std::string::npos) return std::nullopt;
    dmn::read_report read = dmn::read_model_report(*text, file.string());
    if (read.read.model_namespace != wanted) return std::nullopt;
    return read;
}

void add_import(const dmn::import& from, const fs::path& main_file, const std::vector<fs::path>& siblings,
                model_files& into) {
    std::vector<fs::path> candidates = siblings;
    if (!from.location.empty()) candidates.insert(candidates.begin(), main_file.parent_path() / from.location);
    for (const fs::path& each : candidates) {
        auto read = read_if_namespace(each, from.model_namespace);
        if (!read) continue;
        into.models.push_back(std::move(read->read));
        std::move(read->diagnostics.begin(), read->diagnostics.end(), std::back_inserter(into.diagnostics));
        return;
    }
}

}  // namespace

result<model_files> read_models(const std::string& path) {
    POLKU_TRY(const std::string text, read_file(path));
    model_files out;
    dmn::read_report main = dmn::read_model_report(text, path);
    out.diagnostics = std::move(main.diagnostics);
    out.models.push_back(std::move(main.read));
    if (path == "-") return out;
    std::vector<fs::path> siblings;
    for (std::size_t at = 0; at < out.models.size(); ++at) {
        const std::vector<dmn::import> imports = out.models[at].imports;
        if (!imports.empty() && siblings.empty()) siblings = siblings_of(path);
        for (const dmn::import& each : imports)
            if (!has_namespace(out.models, each.model_namespace)) add_import(each, path, siblings, out);
    }
    return out;
}

result<dmn::program> load_program(const std::string& path) {
    POLKU_TRY(model_files files, read_models(path));
    for (diagnostic& each : files.diagnostics)
        if (each.severity == severity::error) return std::move(each.what);
    return dmn::try_compile(std::move(files.models));
}

}  // namespace polku::cli
