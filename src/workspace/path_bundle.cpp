// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_definition.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/path_bundle.hpp>

namespace polku::inline POLKU_V {

namespace {

constexpr std::string_view definition_file = "path.json";

/// The checks of a path know JSON pointers; where these are in the text is filled in here.
error with_lines(const error& what, std::string_view text, const std::string& name) {
    error out(what.code(), what.message());
    for (position each : what.positions()) {
        if (each.source == name && each.line == 0 && !each.pointer.empty()) {
            const position found = json::position_of(text, each.pointer);
            each.line = found.line;
            each.column = found.column;
        }
        out.at(std::move(each));
    }
    for (const error& cause : what.causes()) out.because(with_lines(cause, text, name));
    return out;
}

result<path_bundle> bundle_of(std::string name, std::string_view text, path::path_sources sources) {
    POLKU_TRY(path::definition says, json::try_read_path(text, name));
    feel::context models;
    for (const auto& [model, bytes] : sources.models) models.set(model, bytes);
    std::string bytes = json::write(
        feel::value(feel::context{{"definition", text}, {"models", feel::value(std::move(models))}, {"name", name}}));
    sources.name = name;
    sources.content_hash = storage::blake2b(bytes);
    auto compiled = path::try_compile(std::move(says), std::move(sources));
    if (!compiled) return with_lines(compiled.error(), text, name);
    return path_bundle{std::move(compiled).value(), std::move(bytes)};
}

}  // namespace

std::string path_bundle::hash_text() const { return storage::to_hex(path.content_hash()); }

result<path_bundle> try_make_path(std::span<const named_text> files) {
    if (files.empty()) return error(error_code::invalid_argument, "no file was given; the first is the definition");
    path::path_sources sources;
    for (const named_text& model : files.subspan(1)) {
        if (!sources.models.emplace(model.name, model.text).second)
            return error(error_code::invalid_argument, "the model '" + model.name + "' was given twice");
    }
    return bundle_of(files[0].name, files[0].text, std::move(sources));
}

result<path_bundle> try_restore_path(std::string_view bytes) {
    POLKU_TRY(const feel::value document, json::try_parse(bytes));
    const feel::context& members = document.as_context();
    path::path_sources sources;
    for (const auto& [name, text] : members.find("models")->as_context())
        sources.models.emplace(name, std::string(text.as_string()));
    return bundle_of(std::string(members.find("name")->as_string()), members.find("definition")->as_string(),
                     std::move(sources));
}

std::vector<std::string> shipped_path_ids() {
    std::vector<std::string> ids;
    for (const json::shipped_file& file : json::shipped_files()) {
        const std::size_t slash = file.name.rfind('/');
        if (slash != std::string_view::npos && file.name.substr(slash + 1) == definition_file)
            ids.emplace_back(file.name.substr(0, slash));
    }
    return ids;
}

result<path_bundle> try_shipped_path(std::string_view id) {
    const std::string folder(id);
    std::vector<named_text> files;
    for (const json::shipped_file& file : json::shipped_folder(folder)) {
        named_text one{std::string(file.name.substr(folder.size() + 1)), std::string(file.bytes)};
        if (one.name == definition_file) {
            files.insert(files.begin(), std::move(one));
        } else if (one.name.ends_with(".dmn")) {
            files.push_back(std::move(one));
        }
    }
    if (!files.empty() && files[0].name == definition_file) return try_make_path(files);
    std::string known;
    for (const std::string& each : shipped_path_ids()) known += (known.empty() ? "" : ", ") + each;
    return error(error_code::not_found, "no shipped path is called '" + folder + "'; there are: " + known);
}

}  // namespace polku::inline POLKU_V
