// SPDX-License-Identifier: Apache-2.0
#include <polku/report/labels.hpp>

#include <polku/path/service_path.hpp>

namespace polku::inline POLKU_V::report {

namespace {

struct label_words {
    std::string_view fi, sv, en, selko;
};

constexpr label_words label_table[] = {
#define X(name, fi, sv, en, selko) {fi, sv, en, selko},
#include <polku/report/labels.inc>
#undef X
};

constexpr std::string_view month_names[] = {"January", "February", "March",     "April",   "May",      "June",
                                            "July",    "August",   "September", "October", "November", "December"};

struct units {
    std::string_view one, many;
};

units unit_words(time::period_unit unit, std::string_view language) {
    const bool swedish = language == "sv";
    const bool english = language == "en";
    switch (unit) {
        case time::period_unit::days:
            return english ? units{"day", "days"} : swedish ? units{"dag", "dagar"} : units{"päivä", "päivää"};
        case time::period_unit::weeks:
            return english ? units{"week", "weeks"} : swedish ? units{"vecka", "veckor"} : units{"viikko", "viikkoa"};
        case time::period_unit::months:
            return english   ? units{"month", "months"}
                   : swedish ? units{"månad", "månader"}
                             : units{"kuukausi", "kuukautta"};
        case time::period_unit::years:
            return english ? units{"year", "years"} : swedish ? units{"år", "år"} : units{"vuosi", "vuotta"};
    }
    return {"", ""};
}

}  // namespace

std::string_view word(label which, std::string_view language) noexcept {
    const label_words& row = label_table[static_cast<unsigned char>(which)];
    if (language == "fi") return row.fi;
    if (language == "sv") return row.sv;
    if (language == "fi-selko") return row.selko;
    return row.en;
}

std::string date_text(time::date day, std::string_view language) {
    const std::string number = std::to_string(day.day());
    const std::string year = std::to_string(day.year());
    if (language == "en") return number + " " + std::string(month_names[day.month() - 1]) + " " + year;
    return number + "." + std::to_string(day.month()) + "." + year;
}

std::string period_text(std::string_view iso, std::string_view language) {
    const auto period = path::parse_period(iso);
    if (!period) return std::string(iso);
    const units names = unit_words(period->unit, language);
    return std::to_string(period->count) + " " + std::string(period->count == 1 ? names.one : names.many);
}

}  // namespace polku::inline POLKU_V::report
