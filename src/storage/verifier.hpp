// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_STORAGE_VERIFIER_HPP
#define POLKU_SRC_STORAGE_VERIFIER_HPP

#include "chain.hpp"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace polku::inline POLKU_V::storage {

/// Walks all events of a store in the order of their positions and computes everything again that can be computed.
class chain_verifier {
public:
    chain_verifier(const path::stream_id& system, const verify_options& options);

    void add(const stored_event& event);
    /// Adds a finding of the caller's own.
    void find(error what, severity how = severity::error);
    verify_report finish();

private:
    struct id_hash {
        std::size_t operator()(const path::stream_id& id) const noexcept;
    };
    struct link {
        std::uint64_t version = 0;
        path::hash hash{};
    };

    void check_order(const stored_event& event, const link& last);
    void check_parts(const stored_event& event);
    void check_checkpoint(const stored_event& event);
    chain_head head_now() const;
    void check_anchor(std::uint64_t position);

    path::stream_id system_;
    verify_options options_;
    verify_report report_;
    std::unordered_map<path::stream_id, link, id_hash> last_;
    changed_heads changed_;
    std::uint64_t position_ = 0;
    std::uint64_t checkpoint_position_ = 0;
    path::hash checkpoint_hash_{};
    std::int64_t newest_ = INT64_MIN;
    bool anchor_seen_ = false;
};

}  // namespace polku::inline POLKU_V::storage

#endif
