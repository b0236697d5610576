// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/supplement.hpp>

#include "supplement_loading.hpp"

#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/json/text.hpp>
#include <polku/storage/hash.hpp>

#include <algorithm>
#include <tuple>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

constexpr std::string_view shipped_folder_name = "tyollistamislisa";
constexpr std::string_view terms_prefix = "terms-";

/// Canonical JSON of the files.
std::string bytes_of(const named_text& definition, const std::map<std::string, std::string>& models) {
    feel::context texts;
    for (const auto& [name, text] : models) texts.set(name, text);
    return json::write(feel::value(feel::context{
        {"definition", definition.text}, {"models", feel::value(std::move(texts))}, {"name", definition.name}}));
}

result<terms_bundle> bundle_of(const named_text& definition, std::map<std::string, std::string> models) {
    json::parse_options options;
    options.source = definition.name;
    POLKU_TRY(path::terms_definition says, json::try_read<path::terms_definition>(definition.text, options));
    terms_bundle made;
    made.bytes = bytes_of(definition, models);
    path::terms_sources with{std::move(models), definition.name, storage::blake2b(made.bytes)};
    POLKU_TRY(made.terms, path::try_compile_terms(std::move(says), std::move(with)));
    return made;
}

error broken_bundle() {
    return error(error_code::json_invalid_value,
                 "the bytes are no terms as a store keeps them; they must be an "
                 "object with 'definition', 'models' and 'name'");
}

/// The document of one application.
feel::value application_document(const path::application& of) {
    feel::context made = json::to_value(of).as_context();
    made.set("sums", json::to_value(path::sums_of(of)));
    if (const auto until = path::supported_until(of)) made.set("supported_until", *until);
    made.set("open_steps", json::to_value(path::open_steps(of)));
    std::vector<feel::value> decisions;
    for (const path::decision_entry& each : of.decisions) {
        feel::context one = json::to_value(each).as_context();
        if (const auto period = path::contest_period_of(each)) one.set("contest_period", json::to_value(*period));
        decisions.emplace_back(std::move(one));
    }
    made.set("decisions", feel::value(std::move(decisions)));
    return feel::value(std::move(made));
}

result<std::vector<storage::stream_row>> employer_rows(workspace& in) {
    std::vector<storage::stream_row> all;
    storage::stream_query query;
    query.kind = path::stream_kind::employer;
    for (;;) {
        POLKU_TRY(const std::vector<storage::stream_row> page, in.store().try_find_streams(query));
        all.insert(all.end(), page.begin(), page.end());
        if (page.size() < query.limit) return all;
        query.after = page.back().number;
    }
}

}  // namespace

std::string terms_bundle::hash_text() const { return storage::to_hex(terms.content_hash()); }

result<terms_bundle> try_make_terms(std::span<const named_text> files) {
    if (files.empty()) return error(error_code::invalid_argument, "no file was given; the first is the definition");
    std::map<std::string, std::string> models;
    for (const named_text& model : files.subspan(1))
        if (!models.emplace(model.name, model.text).second)
            return error(error_code::invalid_argument, "the file '" + model.name + "' was given twice");
    return bundle_of(files[0], std::move(models));
}

result<terms_bundle> try_restore_terms(std::string_view bytes) {
    POLKU_TRY(const feel::value whole, json::try_parse(bytes));
    if (!whole.is(feel::kind::context)) return broken_bundle();
    const feel::value* const definition = whole.as_context().find("definition");
    const feel::value* const name = whole.as_context().find("name");
    const feel::value* const models = whole.as_context().find("models");
    if (definition == nullptr || !definition->is(feel::kind::string) || name == nullptr ||
        !name->is(feel::kind::string) || models == nullptr || !models->is(feel::kind::context))
        return broken_bundle();
    std::map<std::string, std::string> texts;
    for (const auto& each : models->as_context()) {
        if (!each.value.is(feel::kind::string)) return broken_bundle();
        texts.emplace(each.name, std::string(each.value.as_string()));
    }
    return bundle_of({std::string(name->as_string()), std::string(definition->as_string())}, std::move(texts));
}

std::vector<std::string> shipped_terms_versions() {
    std::vector<std::string> versions;
    const std::string prefix = std::string(shipped_folder_name) + "/" + std::string(terms_prefix);
    constexpr std::string_view suffix = ".json";
    for (const json::shipped_file& file : json::shipped_folder(shipped_folder_name))
        if (file.name.starts_with(prefix) && file.name.ends_with(suffix))
            versions.emplace_back(file.name.substr(prefix.size(), file.name.size() - prefix.size() - suffix.size()));
    return versions;
}

result<terms_bundle> try_shipped_terms(std::string_view version) {
    const std::string folder = std::string(shipped_folder_name) + "/";
    const std::string name = folder + std::string(terms_prefix) + std::string(version) + ".json";
    const auto definition = json::find_shipped(name);
    if (!definition) {
        std::string known;
        for (const std::string& each : shipped_terms_versions()) known += (known.empty() ? "'" : ", '") + each + "'";
        return error(error_code::not_found,
                     "no terms of version '" + std::string(version) + "' are shipped; known: " + known);
    }
    json::parse_options options;
    options.source = name;
    POLKU_TRY(const path::terms_definition says, json::try_read<path::terms_definition>(*definition, options));
    std::map<std::string, std::string> models;
    for (const std::string& each : {says.model, says.law})
        if (const auto text = json::find_shipped(folder + each)) models.emplace(each, std::string(*text));
    return bundle_of({name, std::string(*definition)}, std::move(models));
}

result<void> try_use_terms(workspace& in, const terms_bundle& terms) {
    POLKU_TRY(const path::hash kept, in.store().try_put_blob("terms", terms.bytes));
    if (kept != terms.terms.content_hash())
        return error(error_code::internal, "the terms' bytes do not have the terms' hash");
    return {};
}

const path::supplement_terms* loaded_employer::terms_of(const path::application& of) const noexcept {
    for (const path::supplement_terms& each : terms)
        if (storage::to_hex(each.content_hash()) == of.terms_hash) return &each;
    return nullptr;
}

result<path::programme_state> try_load_programme(workspace& in, std::string_view programme) {
    POLKU_TRY(const path::stream_id id, detail::supplement_stream(programme, "programme"));
    POLKU_TRY(auto folded, detail::fold_programme(in.store(), id));
    if (folded.version == 0)
        return error(error_code::not_found, "there is no programme '" + std::string(programme) + "'");
    return std::move(folded.state);
}

result<loaded_employer> try_load_employer(workspace& in, std::string_view employer) {
    POLKU_TRY(const path::stream_id id, detail::supplement_stream(employer, "employer"));
    POLKU_TRY(auto folded, detail::fold_employer(in.store(), id));
    if (folded.version == 0)
        return error(error_code::not_found, "there is no employer '" + std::string(employer) + "'");
    loaded_employer made;
    made.state = std::move(folded.state);
    for (const path::application& each : made.state.applications) {
        if (made.programmes.count(each.programme) > 0) continue;
        POLKU_TRY(path::programme_state programme, try_load_programme(in, each.programme));
        POLKU_TRY(const auto terms, in.terms().try_of(programme));
        made.terms.insert(made.terms.end(), terms.begin(), terms.end());
        made.programmes.emplace(each.programme, std::move(programme));
    }
    return made;
}

result<feel::value> try_employer(workspace& in, std::string_view employer, time::date as_of) {
    POLKU_TRY(const loaded_employer loaded, try_load_employer(in, employer));
    std::vector<feel::value> applications;
    for (const path::application& each : loaded.state.applications) applications.push_back(application_document(each));
    return feel::value(
        feel::context{{"employer", employer},
                      {"version", static_cast<std::int64_t>(loaded.state.version)},
                      {"details", json::to_value(loaded.state.details)},
                      {"applications", feel::value(std::move(applications))},
                      {"aid", json::to_value(path::aid_of(loaded.state))},
                      {"due", json::to_value(path::supplement_due_by(loaded.state, loaded.terms, as_of))}});
}

result<feel::value> try_programme(workspace& in, std::string_view programme) {
    POLKU_TRY(const path::programme_state state, try_load_programme(in, programme));
    feel::context made{{"programme", programme}, {"version", static_cast<std::int64_t>(state.version)}};
    const feel::value members = json::to_value(state);
    for (const auto& each : members.as_context()) made.append(each.name, each.value);
    made.set("reserved", path::reserved_in(state));
    made.set("free", path::free_budget(state));
    return feel::value(std::move(made));
}

result<feel::value> try_supplement_due(workspace& in, time::date by) {
    struct row {
        std::string employer;
        std::string name;
        path::supplement_due due;
    };
    std::vector<row> rows;
    POLKU_TRY(const auto streams, employer_rows(in));
    for (const storage::stream_row& each : streams) {
        const std::string id = storage::to_hex(each.stream.bytes);
        POLKU_TRY(const loaded_employer loaded, try_load_employer(in, id));
        for (path::supplement_due& due : path::supplement_due_by(loaded.state, loaded.terms, by))
            rows.push_back({id, loaded.state.details.name, std::move(due)});
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const row& left, const row& right) { return left.due.due < right.due.due; });
    std::vector<feel::value> out;
    for (const row& each : rows) {
        feel::context one{{"employer", each.employer}, {"name", each.name}};
        const feel::value members = json::to_value(each.due);
        for (const auto& member : members.as_context()) one.append(member.name, member.value);
        out.emplace_back(std::move(one));
    }
    return feel::value(std::move(out));
}

result<feel::value> try_employers(workspace& in) {
    std::vector<feel::value> out;
    POLKU_TRY(const auto streams, employer_rows(in));
    for (const storage::stream_row& each : streams) {
        POLKU_TRY(const auto folded, detail::fold_employer(in.store(), each.stream));
        std::vector<feel::value> applications;
        for (const path::application& one : folded.state.applications)
            applications.push_back(feel::context{{"application", one.id},
                                                 {"phase", json::to_value(one.phase)},
                                                 {"sums", json::to_value(path::sums_of(one))}});
        out.push_back(feel::context{{"employer", storage::to_hex(each.stream.bytes)},
                                    {"name", folded.state.details.name},
                                    {"business_id", folded.state.details.business_id},
                                    {"applications", feel::value(std::move(applications))}});
    }
    return feel::value(std::move(out));
}

}  // namespace polku::inline POLKU_V
