// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_TIME_DEADLINE_HPP
#define POLKU_TIME_DEADLINE_HPP

#include <polku/config.hpp>
#include <polku/time/date.hpp>
#include <polku/time/duration.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

/// @file
/// Statutory deadlines after the Act on calculating time limits (laki säädettyjen määräaikain laskemisesta, 150/1930),
/// and the days on which a decision counts as received.

namespace polku::inline POLKU_V::time {

/// What a time limit is counted in: `days`, `weeks`, `months` or `years`.
enum class period_unit : std::uint8_t { days, weeks, months, years };

/// A length of a time limit. A negative count counts backwards from the start (section 4 of the Act).
struct period {
    std::int64_t count = 0;                ///< how many
    period_unit unit = period_unit::days;  ///< of what

    constexpr bool operator==(const period&) const noexcept = default;
};
/// FEEL's durations as periods; a days duration must be whole days.
POLKU_DECL period period_of(months_duration span) noexcept;
POLKU_DECL std::optional<period> period_of(days_duration span) noexcept;

/// Whether a last day that is no business day moves. `act_150_1930`: when it is a Sunday, Saturday, holiday,
/// Independence Day, May Day, Christmas Eve or Midsummer Eve, the act may be done on the first business day after it
/// (section 5). `none`: it never moves.
enum class roll_rule : std::uint8_t { none, act_150_1930 };

/// `none` and `150/1930`, as path definitions write them.
POLKU_DECL std::string_view name_of(roll_rule rule) noexcept;
/// The rule of that name; empty for any other text.
POLKU_DECL std::optional<roll_rule> parse_roll_rule(std::string_view text) noexcept;

/// A deadline and how it came about; both days are kept so that a decision can show the move.
struct deadline {
    date nominal;                      ///< the last day as sections 2 to 4 give it
    date last;                         ///< the day that counts
    roll_rule rule = roll_rule::none;  ///< by which it was moved

    /// True when the last day is not the nominal one.
    constexpr bool is_rolled() const noexcept { return nominal != last; }
    constexpr bool operator==(const deadline&) const noexcept = default;
};

/// The last day of a period that starts at `start`. Days: the start day is not counted (section 2). Weeks, months and
/// years: the day that matches the start by week day or number, or the month's last day where there is none (section
/// 3). Start and days between are never moved. Empty out of the range of years.
POLKU_DECL std::optional<date> nominal_deadline(date start, period length) noexcept;
/// The same with the roll of section 5. It is applied as the Act's text stands, to backward periods too: there it moves
/// the last day nearer to the start, so pass `none` where a minimum distance must be kept.
POLKU_DECL std::optional<deadline> statutory_deadline(date start, period length,
                                                      roll_rule rule = roll_rule::act_150_1930) noexcept;

/// How a decision was given notice of.
enum class notice_way : std::uint8_t {
    letter,               ///< ordinary letter: 7th day after sending (Administrative Procedure Act 434/2003 section 59)
    letter_to_authority,  ///< ordinary letter to an authority: the day it arrives (same section)
    electronic_message,   ///< ordinary electronic message: 3rd day after sending (Act 13/2003 section 19)
    verifiable_service,  ///< verifiable e-service: when the document is fetched, within 7 days (Act 13/2003 section 18)
    proof_of_receipt,    ///< receipt or process server: the date on the receipt (434/2003 section 60)
    online_minutes,  ///< member of a municipality: 7 days after publication (Local Government Act 410/2015 section 140)
};

/// One notice. `shown` is the day on which it was received, fetched or signed for, where that is known; it replaces a
/// presumption (for `online_minutes` the law knows no other day, so it is not looked at).
struct notice {
    notice_way way = notice_way::letter;  ///< how it was sent
    date sent;                            ///< day of sending or publication
    std::optional<date> shown;
};

/// When a notice counts as received.
struct receipt {
    date day;               ///< from which periods for appeal run
    bool presumed = false;  ///< true when it follows from the law's presumption, not from a shown day
};
/// Empty when there is no receipt yet: no shown day where the way needs one, or an e-service document that was not
/// fetched within 7 days (it must then be delivered in another way). A presumed day is not rolled. A shown day before
/// sending is no receipt either.
POLKU_DECL std::optional<receipt> receipt_of(const notice& of) noexcept;

}  // namespace polku::inline POLKU_V::time

#if defined(POLKU_HEADER_ONLY)
#include <polku/impl/time/deadline.ipp>
#endif

#endif
