// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/json/described.hpp>
#include <polku/json/equal_treatment.hpp>
#include <polku/json/path_proof.hpp>
#include <polku/json/text.hpp>
#include <polku/report/equal_treatment.hpp>
#include <polku/report/path_diagram.hpp>
#include <polku/report/path_proof.hpp>
#include <polku/report/svg.hpp>
#include <polku/workspace/equal_treatment.hpp>
#include <polku/workspace/path_proof.hpp>
#include <polku/workspace/schemas.hpp>

#include <memory>
#include <optional>

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

enum class treatment_form : std::uint8_t { json, text };
BOOST_DESCRIBE_ENUM(treatment_form, json, text)

struct treatment_members {
    std::optional<treatment_form> form;
    std::optional<std::string> language;
    std::optional<bool> declared;
    std::optional<std::vector<std::string>> names;
    std::optional<std::int64_t> max_regions, max_states, max_differences;
};
BOOST_DESCRIBE_STRUCT(treatment_members, (),
                      (form, language, declared, names, max_regions, max_states, max_differences))

enum class proof_form : std::uint8_t { json, text, page, certificate };
BOOST_DESCRIBE_ENUM(proof_form, json, text, page, certificate)

struct proof_members {
    std::optional<proof_form> form;
    std::optional<std::string> language;
    std::optional<std::int64_t> max_regions, max_states, max_findings;
};
BOOST_DESCRIBE_STRUCT(proof_members, (), (form, language, max_regions, max_states, max_findings))

struct diagram_members {
    std::optional<std::string> language;
    std::optional<std::vector<std::string>> way;
};
BOOST_DESCRIBE_STRUCT(diagram_members, (), (language, way))

/// The drawing with its look inside, so that it is a file of its own.
polku::result<std::string> draw(const polku::path_bundle& path, const diagram_members& asked) {
    const std::string wanted = asked.language.value_or("en");
    POLKU_TRY(const std::string language, language_in(wanted.data(), wanted.size()));
    const std::vector<std::string> way = asked.way.value_or(std::vector<std::string>());
    std::string made = polku::report::path_diagram(path.path, language, way);
    made.insert(made.find('>') + 1, "<style>" + std::string(polku::report::drawing_style()) + "</style>");
    return made;
}

/// A bound on the work of a proof that the question may say.
template <class Bound>
polku::result<void> bound_in(const std::optional<std::int64_t>& said, const char* name, Bound& into) {
    if (!said) return {};
    if (*said < 0)
        return polku::error(polku::error_code::invalid_argument,
                            "the bound is " + std::to_string(*said) + "; it must not be negative",
                            {.source = "question_json", .pointer = std::string("/") + name});
    into = static_cast<Bound>(*said);
    return {};
}

polku::result<std::string> prove(const polku::path_bundle& path, const proof_members& asked) {
    const proof_form form = asked.form.value_or(proof_form::json);
    const std::string wanted = asked.language.value_or("en");
    POLKU_TRY(const std::string language, language_in(wanted.data(), wanted.size()));
    polku::path::proof_options how;
    how.keep_states = form == proof_form::certificate;
    POLKU_CHECK(bound_in(asked.max_regions, "max_regions", how.max_regions));
    POLKU_CHECK(bound_in(asked.max_states, "max_states", how.max_states));
    POLKU_CHECK(bound_in(asked.max_findings, "max_findings", how.max_findings));
    POLKU_TRY(const polku::path::path_proof made, polku::try_prove(path, how));
    switch (form) {
        case proof_form::text: return polku::report::proof_text(path.path, made, language);
        case proof_form::page: return polku::report::proof_page(path.path, made, language);
        case proof_form::certificate: return polku::try_proof_certificate(path, made);
        case proof_form::json: break;
    }
    return polku::json::write(polku::json::proof_value(made));
}

/// The paths, called as the question says, else by their ids.
polku::result<std::vector<polku::named_path>> variants_in(const polku_path* const* paths, std::size_t count,
                                                          const std::optional<std::vector<std::string>>& names) {
    if (names && names->size() != count)
        return polku::error(
            polku::error_code::invalid_argument,
            std::to_string(names->size()) + " names for " + std::to_string(count) + " paths; each path has one",
            {.source = "question_json", .pointer = "/names"});
    if (count > most_bytes / sizeof *paths)
        return polku::error(polku::error_code::invalid_argument,
                            "path_count is " + std::to_string(count) + "; no memory is that large");
    std::vector<polku::named_path> variants;
    for (std::size_t i = 0; i < count; ++i) {
        POLKU_CAPI_HANDLE(paths[i]);
        variants.push_back({names ? (*names)[i] : paths[i]->bundle.id(), paths[i]->bundle});
    }
    return variants;
}

polku::result<std::string> compare(const std::vector<polku::named_path>& variants, const treatment_members& asked) {
    const std::string wanted = asked.language.value_or("en");
    POLKU_TRY(const std::string language, language_in(wanted.data(), wanted.size()));
    polku::path::treatment_options how;
    POLKU_CHECK(bound_in(asked.max_regions, "max_regions", how.max_regions));
    POLKU_CHECK(bound_in(asked.max_states, "max_states", how.max_states));
    POLKU_CHECK(bound_in(asked.max_differences, "max_differences", how.max_differences));
    POLKU_TRY(const polku::path::equal_treatment made, polku::try_compare_treatment(variants, how));
    if (asked.form.value_or(treatment_form::json) == treatment_form::json)
        return polku::json::write(polku::json::treatment_value(made));
    std::vector<polku::path::service_path> paths;
    for (const polku::named_path& each : variants) paths.push_back(each.bundle.path);
    return polku::report::treatment_text(paths, made, language, asked.declared.value_or(false));
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

const char* polku_path_id(const polku_path* path) { return usable(path) ? path->bundle.id().c_str() : ""; }

const char* polku_path_version(const polku_path* path) {
    return usable(path) ? path->bundle.path.says().version.c_str() : "";
}

const char* polku_path_hash(const polku_path* path) { return usable(path) ? path->hash.c_str() : ""; }

polku_status polku_path_prove(const polku_path* path, const char* question_json, size_t question_length,
                              polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(path);
        POLKU_CAPI_NEED(question_json);
        POLKU_TRY(const std::string_view json, text_in(question_json, question_length, "question_json"));
        POLKU_TRY(const auto asked, polku::json::try_read<proof_members>(json, {.source = "question_json"}));
        POLKU_TRY(std::string made, prove(path->bundle, asked));
        *out = text_out(made);
        return {};
    });
}

polku_status polku_path_diagram(const polku_path* path, const char* question_json, size_t question_length,
                                polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(path);
        POLKU_CAPI_NEED(question_json);
        POLKU_TRY(const std::string_view json, text_in(question_json, question_length, "question_json"));
        POLKU_TRY(const auto asked, polku::json::try_read<diagram_members>(json, {.source = "question_json"}));
        POLKU_TRY(std::string made, draw(path->bundle, asked));
        *out = text_out(made);
        return {};
    });
}

polku_status polku_path_compare_treatment(const polku_path* const* paths, size_t path_count, const char* question_json,
                                          size_t question_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(paths);
        POLKU_CAPI_NEED(question_json);
        POLKU_TRY(const std::string_view json, text_in(question_json, question_length, "question_json"));
        POLKU_TRY(const auto asked, polku::json::try_read<treatment_members>(json, {.source = "question_json"}));
        POLKU_TRY(const auto variants, variants_in(paths, path_count, asked.names));
        POLKU_TRY(std::string made, compare(variants, asked));
        *out = text_out(made);
        return {};
    });
}

void polku_path_destroy(polku_path* path) { destroy(path); }

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
