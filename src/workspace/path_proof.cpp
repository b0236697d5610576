// SPDX-License-Identifier: Apache-2.0
#include <polku/json/path_proof.hpp>
#include <polku/json/text.hpp>
#include <polku/storage/sha256.hpp>
#include <polku/workspace/path_proof.hpp>

#include <map>
#include <utility>

namespace polku::inline POLKU_V {

namespace {

std::string text_of(const feel::context& of, std::string_view name) { return std::string(of.find(name)->as_string()); }

/// The document that `path_bundle::bytes` is: `definition` and `name`, `bases` where it extends others, `models`.
result<feel::value> try_texts(const path_bundle& of) { return json::try_parse(of.bytes); }

}  // namespace

result<path::path_proof> try_prove(const path_bundle& of, const path::proof_options& with) {
    POLKU_TRY(const feel::value texts, try_texts(of));
    std::map<std::string, std::string> models;
    for (const auto& [name, text] : texts.as_context().find("models")->as_context())
        models.emplace(name, std::string(text.as_string()));
    return path::prove(of.path, models, with);
}

result<std::string> try_proof_certificate(const path_bundle& of, const path::path_proof& proof) {
    feel::context claims = json::certificate_claims(of.path, proof);
    if (claims.size() == 0)
        return error(error_code::invalid_argument,
                     "there is no certificate: nothing is proved, or the states of the path were not kept");
    POLKU_TRY(const feel::value texts, try_texts(of));
    const feel::context& all = texts.as_context();
    feel::context sources;
    sources.set("definition", feel::value(storage::sha256_hex(text_of(all, "definition"))));
    if (const feel::value* bases = all.find("bases"))
        for (const feel::value& base : bases->as_list())
            sources.set("base " + text_of(base.as_context(), "name"),
                        feel::value(storage::sha256_hex(text_of(base.as_context(), "text"))));
    for (const auto& [name, text] : all.find("models")->as_context())
        sources.set("model " + std::string(name), feel::value(storage::sha256_hex(text.as_string())));
    claims.set("sources", feel::value(std::move(sources)));
    const std::string claimed = json::write(feel::value(claims));
    claims.set("sha256", feel::value(storage::sha256_hex(claimed)));
    return json::write(feel::value(std::move(claims))) + "\n";
}

}  // namespace polku::inline POLKU_V
