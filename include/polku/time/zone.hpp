// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TIME_ZONE_HPP
#define POLKU_TIME_ZONE_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace polku::inline POLKU_V::time {

/// The largest offset from UTC that FEEL and XML Schema 1.1 (section 3.3.7) allow, either way: 14 hours.
constexpr std::int32_t max_offset_seconds = 14 * 3600;

/// What a FEEL time or date-time says of its zone: nothing, an offset from UTC, or a named zone of the tz database.
///
struct zone {
    /// What is said: `none`, an `offset` or a `named` zone.
    enum class kind : std::uint8_t { none, offset, named };

    zone::kind is = kind::none;       ///< which of the three
    std::int32_t offset_seconds = 0;  ///< for `offset`; within ±`max_offset_seconds`
    std::string name;                 ///< for `named`, such as `Europe/Helsinki`

    /// The offset of zero, written `Z`.
    static zone utc() { return {kind::offset, 0, {}}; }
    bool operator==(const zone&) const = default;
};

/// Answers which offset a named zone has at a moment. Implementations are immutable and shared by threads.
class zone_source {
public:
    virtual ~zone_source() = default;
    /// True when the name is known (names are compared exactly, as the tz database spells them).
    virtual bool knows(std::string_view name) const noexcept = 0;
    /// Offset from UTC in seconds at a local civil time (days since 1970-01-01 and second of that day). In a gap the
    /// offset before it applies, in an overlap the earlier of the two (RFC 5545 section 3.3.5). False when the name is
    /// unknown.
    virtual bool offset_at_local(std::string_view name, std::int64_t days, std::int32_t second_of_day,
                                 std::int32_t& offset_seconds) const noexcept = 0;
    /// Offset from UTC in seconds at a moment of UTC (seconds since 1970-01-01T00:00:00Z).
    virtual bool offset_at_utc(std::string_view name, std::int64_t utc_seconds,
                               std::int32_t& offset_seconds) const noexcept = 0;
    /// The version of the data, such as `2025b`; recorded with decisions that used a zone.
    virtual std::string_view version() const noexcept = 0;
};

/// The zone data that is built in: made from the system's tzdata package when polku was built. Never fails, no I/O.
POLKU_DECL const zone_source& builtin_zones() noexcept;

}  // namespace polku::inline POLKU_V::time

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/time/zone.ipp>
#endif

#endif
