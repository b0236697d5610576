// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_POPULATION_PATH_CLIENTS_HPP
#define POLKU_SRC_POPULATION_PATH_CLIENTS_HPP

#include "path_router.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace polku::inline POLKU_V::population::detail {

using client_slot = std::uint32_t;
inline constexpr std::int32_t not_paid = -1;
/// What ends of a stay besides its services.
inline constexpr std::uint32_t own_time = UINT32_MAX;

/// The time of a stay or of a service of it that is over.
struct end_of_time {
    client_slot who = 0;
    std::uint32_t what = own_time;  ///< or the service's room
};

/// A client on the path.
struct path_client {
    std::uint64_t key = 0;  ///< the place of all that is drawn for the client
    std::uint32_t municipality = 0;
    std::uint32_t entry = 0;
    std::uint32_t stage = 0;
    std::uint32_t open = 0;  ///< times that still run in the stay: its own and those of services
    std::int32_t paid_since = not_paid;
    std::int32_t paid_days = 0;  ///< benefit days before that
    bool is_here = false;
};

/// Those who are on the path; the places of those who left are taken anew.
class path_clients {
public:
    path_clients(std::size_t stages, std::size_t facts) : stages_(stages), facts_(facts) {}

    client_slot add(std::uint64_t key) {
        client_slot slot = 0;
        if (left_.empty()) {
            slot = static_cast<client_slot>(all_.size());
            all_.emplace_back();
            visits_.resize(visits_.size() + stages_);
            drawn_.resize(drawn_.size() + facts_);
        } else {
            slot = left_.back();
            left_.pop_back();
            all_[slot] = {};
        }
        all_[slot].key = key;
        all_[slot].is_here = true;
        std::fill_n(visits_.begin() + static_cast<std::ptrdiff_t>(slot * stages_), stages_, std::uint16_t{0});
        std::fill_n(drawn_.begin() + static_cast<std::ptrdiff_t>(slot * facts_), facts_, undrawn);
        return slot;
    }
    void remove(client_slot who) {
        all_[who].is_here = false;
        left_.push_back(who);
    }

    client_slot size() const noexcept { return static_cast<client_slot>(all_.size()); }
    path_client& operator[](client_slot who) { return all_[who]; }
    const path_client& operator[](client_slot who) const { return all_[who]; }
    std::span<std::uint16_t> visits(client_slot who) { return {visits_.data() + who * stages_, stages_}; }
    std::span<const std::uint16_t> visits(client_slot who) const { return {visits_.data() + who * stages_, stages_}; }
    std::span<drawn_value> facts(client_slot who) { return {drawn_.data() + who * facts_, facts_}; }

private:
    std::size_t stages_, facts_;
    std::vector<path_client> all_;
    std::vector<std::uint16_t> visits_;
    std::vector<drawn_value> drawn_;
    std::vector<client_slot> left_;
};

}  // namespace polku::inline POLKU_V::population::detail

#endif
