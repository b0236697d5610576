// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_PACK_REGISTER_HPP
#define POLKU_PATH_PACK_REGISTER_HPP

#include <polku/path/stream_event.hpp>
#include <polku/time/date.hpp>

#include <boost/describe/class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// @file
/// Which rule packs a store has in use, and since when it has known them (docs/decisions.md): one stream of kind
/// programme, the same in every store. `type` is the stored name, or the command's in JSON.

namespace polku::inline POLKU_V::path {

/// Takes a rule pack into use, or another text of one that is in use. The store must have its bytes.
struct adopt_pack {
    static constexpr std::string_view type = "adopt_pack";
    std::string pack;                   ///< id
    std::string hash;                   ///< of its bytes: 64 hexadecimal digits
    std::optional<std::string> reason;  ///< in the words of whoever did it
};
BOOST_DESCRIBE_STRUCT(adopt_pack, (), (pack, hash, reason))

/// One of the commands to the register.
using pack_command = std::variant<adopt_pack>;

/// From the event's day on the bytes with `hash` are the rule pack `pack`; `reason` may say why. `personal` is empty:
/// nothing tells of a person.
struct pack_adopted {
    static constexpr std::string_view type = "pack_adopted";
    static constexpr no_members personal{};
    std::string pack;
    std::string hash;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(pack_adopted, (), (pack, hash, reason))

/// One of the events of the register.
using pack_event_body = std::variant<pack_adopted>;
/// An event of the register's stream.
using pack_event = stream_event<pack_event_body>;

/// A pack that was taken into use. `recorded_at_ms` is when the store came to know of it.
struct adopted_pack {
    std::string pack;  ///< id
    std::string hash;  ///< of its bytes: 64 hexadecimal digits
    time::date from;   ///< effective day
    std::int64_t recorded_at_ms = 0;
    std::optional<std::string> reason;  ///< if one was given
};

/// All that were, in the order of recording.
struct pack_register {
    std::vector<adopted_pack> packs;  ///< the newest last

    /// What a pack's text was by what was recorded up to a moment (UTC milliseconds; without one, by all); null pointer
    /// when it was not in use.
    const adopted_pack* find(std::string_view pack, std::optional<std::int64_t> known_ms = {}) const noexcept {
        for (auto each = packs.rbegin(); each != packs.rend(); ++each)
            if (each->pack == pack && (!known_ms || each->recorded_at_ms <= *known_ms)) return &*each;
        return nullptr;
    }
};

/// The register after an event. Never fails.
inline pack_register evolve_packs(pack_register before, const pack_event& happened) {
    const pack_adopted& what = std::get<pack_adopted>(happened.what);
    before.packs.push_back({what.pack, what.hash, happened.effective_date, happened.recorded_at_ms, what.reason});
    return before;
}

}  // namespace polku::inline POLKU_V::path

#endif
