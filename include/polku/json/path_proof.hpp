// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_PATH_PROOF_HPP
#define POLKU_JSON_PATH_PROOF_HPP

#include <polku/feel/context.hpp>
#include <polku/feel/value.hpp>
#include <polku/path/proof.hpp>

namespace polku::inline POLKU_V::json {

/// The answer of a proof as docs/proofs.md describes it: `path`, `version`, `verdict`, `properties`, `counts`. A story
/// is a list of commands, as `polku case execute` reads them but for the case.
feel::value proof_value(const path::path_proof& of);

/// What a certificate claims (docs/proofs.md): the properties that are proved, and what the proofs rest on. The proof
/// must have kept its states. Empty when nothing is proved, or the states are not there.
feel::context certificate_claims(const path::service_path& path, const path::path_proof& of);

}  // namespace polku::inline POLKU_V::json

#endif
