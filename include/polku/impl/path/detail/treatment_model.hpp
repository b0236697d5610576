// SPDX-License-Identifier: Apache-2.0
// In front of the guard: in header-only mode this pulls in bodies that need the declarations below.
#include <polku/path/equal_treatment.hpp>

#ifndef POLKU_IMPL_PATH_DETAIL_TREATMENT_MODEL_HPP
#define POLKU_IMPL_PATH_DETAIL_TREATMENT_MODEL_HPP

// What a comparison of variants works on (docs/proofs.md, "Equal treatment").

#include <polku/impl/path/detail/proof_model.hpp>

#include <array>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// One variant. The abstract model is made when a pair first asks for it, once for all pairs.
struct treatment_side {
    const path_variant& of;
    proof_model model;
    bool is_studied = false;
    std::optional<proof_reach> reach;

    treatment_side(const path_variant& variant, const proof_options& with)
        : of(variant), model{variant.path, variant.models, with, {}, {}, {}, {}} {}
    const definition& says() const { return of.path.says(); }
    POLKU_DECL const proof_model& studied();
    POLKU_DECL const proof_reach& reached();
};

/// The pair at work.
struct treatment_work {
    std::array<treatment_side*, 2> sides;
    std::array<std::set<std::string>, 2> declared;  ///< pointers by ids of the two deltas
    const treatment_options& with;
    treatment_pair& into;

    /// Which deltas say something at, above or below a pointer by ids.
    POLKU_DECL std::array<bool, 2> declared_by(const std::string& pointer) const;
    POLKU_DECL void add(treatment_difference what) const;
};

inline bool is_declared(const treatment_difference& of) { return of.declared_by[0] || of.declared_by[1]; }

/// Lists places where the merged definitions differ; pointers by ids of those places come along for what rests on them.
struct structure_difference {
    std::string by_id;
    treatment_difference what;
};
POLKU_DECL std::vector<structure_difference> structure_differences(const treatment_work& of);

/// Decisions that no delta names but that wait for, or read, something that one does.
POLKU_DECL void compare_what_decisions_rest_on(const treatment_work& of,
                                               const std::vector<structure_difference>& differences);

/// The routing of each stage that both have, over the product of its inputs' values.
POLKU_DECL void compare_routing(const treatment_work& of);

/// The product of the values that two routing decisions read, and which of them may arise in which variant.
struct joint_study {
    stage_study study;                                     ///< axes alone
    std::array<std::vector<std::vector<bool>>, 2> arises;  ///< by axis and value
    std::size_t visits = 1;
    std::vector<std::string> obstacles;
    std::map<std::size_t, std::vector<proof_point>> differing;  ///< by visit, the first ones
    std::uint64_t count = 0;                                    ///< of all that differ
    std::array<std::string, 2> first_says;                      ///< what the two answer at the first
};

// Clients. A story is carried out in one variant and then given to the other from the start.

/// A client who is routed differently in a stage; false when none was found.
POLKU_DECL bool find_routed_client(const treatment_work& of, const std::string& stage, const joint_study& joint,
                                   treatment_difference& into);
/// Clients who walk through all stages, for differences that no delta says: those that they meet get their story.
POLKU_DECL void find_walking_clients(const treatment_work& of, std::vector<structure_difference>& differences);
/// A client whose fact has run out in one of the variants when the stage is to be left.
POLKU_DECL bool find_waiting_client(const treatment_work& of, const std::string& stage, const std::string& fact,
                                    treatment_difference& into);

}  // namespace polku::inline POLKU_V::path::detail

#endif
