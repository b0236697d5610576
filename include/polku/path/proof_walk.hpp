// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PROOF_WALK_HPP
#define POLKU_PATH_PROOF_WALK_HPP

#include <polku/path/proof.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// @file
/// Cases by chance in the real case engine, each state and each answer held against what a proof says of its path.

namespace polku::inline POLKU_V::path {

struct case_state;
namespace detail {
struct walk_map;
}

/// What walks have come to.
struct proof_walk_counts {
    std::uint64_t walks = 0;         ///< that were begun
    std::uint64_t steps = 0;         ///< commands that were asked
    std::uint64_t accepted = 0;      ///< of these
    std::uint64_t routed = 0;        ///< of the accepted: routed to a stage or exit
    std::uint64_t states = 0;        ///< states of the proof in which a case was seen
    std::uint64_t answers = 0;       ///< answers of `may` that were seen
    std::uint64_t failures = 0;      ///< things that the proof says do not happen
    std::vector<std::string> first;  ///< the first ten failures, each with its seed, as sentences
};

/// Walks along a path and looks for what its proof says does not happen: a state that is not of the model, an answer
/// that is not of `may`, a route refused by a closed exit, a stage's cap, a gap or a place that is not there, a duty
/// without a date, a stage without a deadline. Nothing is written anywhere. One thread at a time.
class proof_walker {
public:
    /// `proof` is of this path, all proved and with its states (`proof_options::keep_states`); both must outlive this.
    POLKU_DECL proof_walker(const service_path& path, const path_proof& proof);
    /// One walk of so many commands. The same seed gives the same walk.
    POLKU_DECL void walk(std::uint64_t seed, std::uint64_t steps);
    /// Sums of all walks so far.
    const proof_walk_counts& counts() const { return counts_; }
    /// Whether a case was seen in a state, by its number in the proof.
    bool has_seen(std::size_t state) const { return seen_[state]; }

private:
    void fail(std::uint64_t seed, const std::string& what);
    void look_at_refusal(std::uint64_t seed, const command_body& asked, const error& refusal);
    void look_at_state(std::uint64_t seed, const case_state& now);
    std::optional<std::size_t> answers_in(const case_state& of) const;
    void look_at_answer(std::uint64_t seed, std::optional<std::size_t> answers, const std::string& to);

    const service_path& path_;
    const path_proof& proof_;
    std::shared_ptr<const detail::walk_map> map_;
    std::vector<bool> seen_;                        ///< by the proof's states
    std::vector<std::vector<std::uint64_t>> went_;  ///< by the proof's answers: how often each was given
    proof_state here_;                              ///< kept so that its memory is used again
    std::size_t at_ = 0;                            ///< number of the state in which the case is
    proof_walk_counts counts_;
};

}  // namespace polku::inline POLKU_V::path

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/path/proof_walk.ipp>
#endif

#endif
