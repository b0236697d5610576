// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_PATH_PROOF_HPP
#define POLKU_WORKSPACE_PATH_PROOF_HPP

#include <polku/path/proof.hpp>
#include <polku/result.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <string>

namespace polku::inline POLKU_V {

/// Asks whether a client can fall between the services of a path (docs/proofs.md). Errors: those of reading the bundle.
result<path::path_proof> try_prove(const path_bundle& of, const path::proof_options& with = {});

/// The certificate of a proof that kept its states: canonical JSON with a line end, which `scripts/check_certificate`
/// accepts. It binds the SHA-256 of the texts that the path was made of, and of itself. Error `invalid_argument`
/// when nothing is proved or the states were not kept.
result<std::string> try_proof_certificate(const path_bundle& of, const path::path_proof& proof);

}  // namespace polku::inline POLKU_V

#endif
