// SPDX-License-Identifier: Apache-2.0
// A program that took only the headers of time/: dates, business days, deadlines and zones without any library.
#include <polku/time/calendar.hpp>
#include <polku/time/deadline.hpp>
#include <polku/time/zone.hpp>

#include <cstdint>
#include <cstdio>

#if !defined(POLKU_HEADER_ONLY) || __has_include(<polku/feel/value.hpp>)
#error "this program has the headers of time/ alone, without compiled code"
#endif

int main() {
    namespace time = polku::time;
    const time::date sent = time::parse_date("2026-11-24").value();
    const auto due = time::statutory_deadline(sent, {.count = 12, .unit = time::period_unit::days});
    // 6 December 2026 is Independence Day, and a Sunday.
    const bool rolled =
        due && time::to_string(due->nominal) == "2026-12-06" && time::to_string(due->last) == "2026-12-07";
    std::int32_t offset = 0;
    const bool zones =
        time::builtin_zones().offset_at_local("Europe/Helsinki", sent.to_days(), 12 * 3600, offset) && offset == 7200;
    if (!rolled || !zones) std::fprintf(stderr, "deadline: %d, zones: %d\n", rolled, zones);
    return rolled && zones ? 0 : 1;
}
