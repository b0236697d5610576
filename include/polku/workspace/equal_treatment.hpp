// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_WORKSPACE_EQUAL_TREATMENT_HPP
#define POLKU_WORKSPACE_EQUAL_TREATMENT_HPP

#include <polku/path/equal_treatment.hpp>
#include <polku/result.hpp>
#include <polku/workspace/path_bundle.hpp>

#include <span>
#include <string>

namespace polku::inline POLKU_V {

/// A path and what the caller calls it.
struct named_path {
    std::string name;    ///< stands in the answer
    path_bundle bundle;  ///< definition and models
};

/// What a comparison needs of a path: its models, its merged definition and what each of its files says. Errors: those
/// of reading the bundle.
result<path::path_variant> try_path_variant(const named_path& of);

/// Asks whether two or more variants of a path treat clients equally outside of what their own files declare
/// (docs/proofs.md). Error `invalid_argument` for fewer than two, or two of the same name; else those of reading the
/// bundles.
result<path::equal_treatment> try_compare_treatment(std::span<const named_path> variants,
                                                    const path::treatment_options& with = {});

}  // namespace polku::inline POLKU_V

#endif
