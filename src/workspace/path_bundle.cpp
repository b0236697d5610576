// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_definition.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <algorithm>
#include <map>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

constexpr std::string_view path_file = "path.json";
constexpr std::size_t max_layers = 16;

/// What a path is made of: its definition and what that extends, nearest first, and its models by name.
struct path_texts {
    std::vector<json::path_layer> layers;
    std::map<std::string, std::string> models;
};

/// The checks of a path know JSON pointers; where these are in the texts is filled in here.
error with_lines(const error& what, std::span<const json::path_layer> layers) {
    error out(what.code(), what.message());
    for (position each : what.positions()) {
        if (each.source == layers[0].name && each.line == 0 && !each.pointer.empty()) {
            position found = json::position_in(layers, each.pointer);
            found.element = std::move(each.element);
            each = std::move(found);
        }
        out.at(std::move(each));
    }
    for (const error& cause : what.causes()) out.because(with_lines(cause, layers));
    return out;
}

std::string_view folder_of(std::string_view name) { return name.substr(0, std::min(name.rfind('/'), name.size())); }

/// The models that lie beside a shipped definition, except those that are there already.
void add_shipped_models(std::string_view definition, path_texts& into) {
    const std::string_view folder = folder_of(definition);
    for (const json::shipped_file& file : json::shipped_folder(folder))
        if (file.name.ends_with(".dmn"))
            into.models.emplace(file.name.substr(folder.size() + 1), std::string(file.bytes));
}

error unknown_base(const json::path_layer& of, const std::string& base) {
    position where = json::position_of(of.text, "/extends");
    where.source = of.name;
    return error(error_code::not_found,
                 "the definition extends '" + base + "', which is neither among the given files nor shipped",
                 std::move(where));
}

/// Follows `extends` from the last layer on.
result<void> add_bases(std::span<const named_text> files, path_texts& into) {
    for (;;) {
        const json::path_layer& last = into.layers.back();
        POLKU_TRY(const std::string base, json::try_read_extends(last));
        if (base.empty()) return {};
        const auto same = [&base](const auto& each) { return each.name == base; };
        if (into.layers.size() == max_layers || std::any_of(into.layers.begin(), into.layers.end(), same)) {
            position where = json::position_of(last.text, "/extends");
            where.source = last.name;
            return error(error_code::path_structure,
                         "the definition extends '" + base + "', which leads back to itself or through more than " +
                             std::to_string(max_layers) + " definitions",
                         std::move(where));
        }
        const auto given = std::find_if(files.begin(), files.end(), same);
        const auto shipped = json::find_shipped(base);
        if (given != files.end()) {
            into.layers.push_back({base, given->text});
        } else if (shipped) {
            add_shipped_models(base, into);
            into.layers.push_back({base, std::string(*shipped)});
        } else {
            return unknown_base(last, base);
        }
    }
}

result<path_texts> gathered(std::span<const named_text> files) {
    if (files.empty()) return error(error_code::invalid_argument, "no file was given; the first is the definition");
    path_texts texts;
    for (const named_text& model : files.subspan(1)) {
        if (!texts.models.emplace(model.name, model.text).second)
            return error(error_code::invalid_argument, "the file '" + model.name + "' was given twice");
    }
    texts.layers.push_back({files[0].name, files[0].text});
    POLKU_CHECK(add_bases(files, texts));
    std::erase_if(texts.models, [](const auto& each) { return each.first.ends_with(".json"); });
    return texts;
}

/// Canonical JSON of the texts; the layers below the definition stand in the order in which they are extended.
std::string bytes_of(const path_texts& of) {
    feel::context models;
    for (const auto& [model, text] : of.models) models.set(model, text);
    feel::context all{
        {"definition", of.layers[0].text}, {"models", feel::value(std::move(models))}, {"name", of.layers[0].name}};
    std::vector<feel::value> bases;
    for (std::size_t i = 1; i < of.layers.size(); ++i)
        bases.push_back(feel::context{{"name", of.layers[i].name}, {"text", of.layers[i].text}});
    if (!bases.empty()) all.append("bases", feel::value(std::move(bases)));
    return json::write(feel::value(std::move(all)));
}

result<path_bundle> bundle_of(path_texts texts) {
    POLKU_TRY(path::definition says, json::try_read_path(texts.layers));
    path::path_sources sources;
    std::string bytes = bytes_of(texts);
    sources.models = std::move(texts.models);
    sources.name = texts.layers[0].name;
    sources.content_hash = storage::blake2b(bytes);
    auto compiled = path::try_compile(std::move(says), std::move(sources));
    if (!compiled) return with_lines(compiled.error(), texts.layers);
    return path_bundle{std::move(compiled).value(), std::move(bytes)};
}

}  // namespace

std::string path_bundle::hash_text() const { return storage::to_hex(path.content_hash()); }

result<path_bundle> try_make_path(std::span<const named_text> files) {
    POLKU_TRY(path_texts texts, gathered(files));
    return bundle_of(std::move(texts));
}

std::vector<diagnostic> check_path(std::span<const named_text> files) {
    auto texts = gathered(files);
    if (!texts) return {{severity::error, std::move(texts).error()}};
    auto says = json::try_read_path(texts->layers);
    if (!says) return {{severity::error, std::move(says).error()}};
    path::path_sources sources;
    sources.models = std::move(texts->models);
    sources.name = texts->layers[0].name;
    std::vector<diagnostic> found = path::check(*says, sources);
    for (diagnostic& each : found) each.what = with_lines(each.what, texts->layers);
    return found;
}

result<path_bundle> try_restore_path(std::string_view bytes) {
    POLKU_TRY(const feel::value document, json::try_parse(bytes));
    const feel::context& members = document.as_context();
    const auto text_of = [](const feel::context& of, std::string_view name) {
        return std::string(of.find(name)->as_string());
    };
    path_texts texts;
    for (const auto& [name, text] : members.find("models")->as_context())
        texts.models.emplace(name, std::string(text.as_string()));
    texts.layers.push_back({text_of(members, "name"), text_of(members, "definition")});
    if (const feel::value* bases = members.find("bases"))
        for (const feel::value& base : bases->as_list())
            texts.layers.push_back({text_of(base.as_context(), "name"), text_of(base.as_context(), "text")});
    return bundle_of(std::move(texts));
}

std::vector<std::string> shipped_path_ids() {
    std::vector<std::string> ids;
    for (const json::shipped_file& file : json::shipped_files()) {
        const std::size_t slash = file.name.rfind('/');
        if (slash != std::string_view::npos && file.name.substr(slash + 1) == path_file)
            ids.emplace_back(file.name.substr(0, slash));
    }
    return ids;
}

result<path_bundle> try_shipped_path(std::string_view id) {
    const std::string folder(id);
    std::vector<named_text> files;
    for (const json::shipped_file& file : json::shipped_folder(folder)) {
        named_text one{std::string(file.name.substr(folder.size() + 1)), std::string(file.bytes)};
        if (one.name == path_file) {
            files.insert(files.begin(), std::move(one));
        } else if (one.name.ends_with(".dmn")) {
            files.push_back(std::move(one));
        }
    }
    if (!files.empty() && files[0].name == path_file) return try_make_path(files);
    std::string known;
    for (const std::string& each : shipped_path_ids()) known += (known.empty() ? "" : ", ") + each;
    return error(error_code::not_found, "no shipped path is called '" + folder + "'; there are: " + known);
}

}  // namespace polku::inline POLKU_V
