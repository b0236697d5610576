// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/workspace/schemas.hpp>

#include <memory>

using namespace polku_capi;

namespace {

const std::vector<std::string>& path_ids() {
    static const std::vector<std::string> ids = polku::shipped_path_ids();
    return ids;
}

polku_path* handle_of(polku::path_bundle bundle) {
    auto made = std::make_unique<polku_path>();
    made->hash = bundle.hash_text();
    made->bundle = std::move(bundle);
    return made.release();
}

}  // namespace

polku_status polku_path_compile(const polku_file* files, size_t file_count, polku_path** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const std::vector<named_text> given, files_in(files, file_count));
        std::vector<polku::named_text> owned;
        for (const named_text& file : given) owned.push_back({file.name, std::string(file.text)});
        POLKU_TRY(polku::path_bundle bundle, polku::try_make_path(owned));
        *out = handle_of(std::move(bundle));
        return {};
    });
}

polku_status polku_path_shipped(const char* id, size_t id_length, polku_path** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(id);
        POLKU_TRY(const std::string_view wanted, text_in(id, id_length, "id"));
        POLKU_TRY(polku::path_bundle bundle, polku::try_shipped_path(wanted));
        *out = handle_of(std::move(bundle));
        return {};
    });
}

size_t polku_path_shipped_count(void) {
    size_t count = 0;
    guarded(nullptr, [&]() -> polku::result<void> {
        count = path_ids().size();
        return {};
    });
    return count;
}

const char* polku_path_shipped_id(size_t index) {
    return index < polku_path_shipped_count() ? path_ids()[index].c_str() : nullptr;
}

const char* polku_path_id(const polku_path* path) { return path == nullptr ? "" : path->bundle.id().c_str(); }

const char* polku_path_version(const polku_path* path) {
    return path == nullptr ? "" : path->bundle.path.says().version.c_str();
}

const char* polku_path_hash(const polku_path* path) { return path == nullptr ? "" : path->hash.c_str(); }

void polku_path_destroy(polku_path* path) { delete path; }

polku_status polku_schema(const char* name, size_t name_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(name);
        POLKU_TRY(const std::string_view wanted, text_in(name, name_length, "name"));
        POLKU_TRY(std::string schema, polku::try_schema(wanted));
        *out = text_out(std::move(schema));
        return {};
    });
}
