// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_definition.hpp>
#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/equal_treatment.hpp>

#include <utility>
#include <vector>

namespace polku::inline POLKU_V {

namespace {

/// The files of a bundle: its own definition first, then what that extends.
std::vector<json::path_layer> layers_of(const feel::context& bundle) {
    const auto text_of = [](const feel::context& of, std::string_view name) {
        return std::string(of.find(name)->as_string());
    };
    std::vector<json::path_layer> made{{text_of(bundle, "name"), text_of(bundle, "definition")}};
    if (const feel::value* bases = bundle.find("bases"))
        for (const feel::value& each : bases->as_list())
            made.push_back({text_of(each.as_context(), "name"), text_of(each.as_context(), "text")});
    return made;
}

}  // namespace

result<path::path_variant> try_path_variant(const named_path& of) {
    POLKU_TRY(const feel::value bundle, json::try_parse(of.bundle.bytes));
    path::path_variant made;
    made.name = of.name;
    made.path = of.bundle.path;
    for (const auto& [name, text] : bundle.as_context().find("models")->as_context())
        made.models.emplace(name, std::string(text.as_string()));
    POLKU_TRY(made.document, json::try_parse(json::write_path(made.path.says())));
    // From the last file on, so that each has all below it in its identity.
    const std::vector<json::path_layer> layers = layers_of(bundle.as_context());
    std::string below;
    for (auto each = layers.rbegin(); each != layers.rend(); ++each) {
        POLKU_TRY(const feel::value says, json::try_parse(each->text));
        below = storage::to_hex(storage::blake2b(below + each->text));
        made.layers.insert(made.layers.begin(), {each->name, below, path::stated_pointers(says)});
    }
    return made;
}

result<path::equal_treatment> try_compare_treatment(std::span<const named_path> variants,
                                                    const path::treatment_options& with) {
    if (variants.size() < 2)
        return error(error_code::invalid_argument,
                     "a comparison takes two or more variants of a path, found " + std::to_string(variants.size()));
    std::vector<path::path_variant> made;
    for (const named_path& each : variants) {
        for (const path::path_variant& other : made)
            if (other.name == each.name)
                return error(error_code::invalid_argument,
                             "the variant '" + each.name + "' was given twice; each is compared with the others");
        POLKU_TRY(path::path_variant one, try_path_variant(each));
        made.push_back(std::move(one));
    }
    return path::compare_treatment(made, with);
}

}  // namespace polku::inline POLKU_V
