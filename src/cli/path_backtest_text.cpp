// SPDX-License-Identifier: Apache-2.0
#include "cli/path_backtest_text.hpp"

#include "cli/path_months_text.hpp"

#include <boost/describe/enum_to_string.hpp>

#include <algorithm>

namespace polku::cli {

namespace {

/// Spaces up to a width in letters.
std::string wide(const std::string& text, std::size_t width, bool is_right) {
    const auto letters = static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) != 0x80U; }));
    const std::string space(width > letters ? width - letters : 0, ' ');
    return is_right ? space + text : text + space;
}

}  // namespace

std::string path_backtest_text(const backtest_report& of, const std::string& language) {
    const auto word = [&](std::string_view name) { return path_months_word(name, language); };
    constexpr std::size_t figure_width = 16;
    constexpr std::size_t name_width = 34;
    std::string made = of.path + ", " + to_string(of.until) + " -> " + of.months.front() + " .. " + of.months.back() +
                       ", " + std::to_string(of.cases) + " " + word("cases") + "\n";
    for (const bool by_municipality : {false, true}) {
        made += "\n" + word(by_municipality ? "each" : "all") + "\n  " + wide(word("measure"), name_width, false);
        for (const char* const each : {"figures", "real", "error", "absolute", "share", "covered"})
            made += wide(word(each), figure_width, true);
        made += "\n";
        for (const backtest_measure& each : of.measures) {
            if (each.by_municipality != by_municipality) continue;
            const std::string name =
                word(boost::describe::enum_to_string(each.kind, "")) + (each.of.empty() ? "" : " " + each.of) + ": ";
            made += "  " + wide(name + word(each.measure), name_width, false) +
                    wide(std::to_string(each.figures), figure_width, true) +
                    wide(each.real.to_string(), figure_width, true) + wide(each.error.to_string(), figure_width, true) +
                    wide(each.absolute.to_string(), figure_width, true) +
                    wide(each.of_level ? each.of_level->to_string() + " %" : "-", figure_width, true) +
                    wide(each.covered.to_string() + " %", figure_width, true) + "\n";
        }
    }
    return made;
}

std::string path_backtest_csv(const backtest_report& of) {
    std::string made = "month,municipality,kind,of,measure,median,low,high,real\n";
    for (const backtest_figure& each : of.figures)
        made += each.month + "," + each.municipality + "," + boost::describe::enum_to_string(each.kind, "") + "," +
                each.of + "," + each.measure + "," + each.simulated.median.to_string() + "," +
                each.simulated.low.to_string() + "," + each.simulated.high.to_string() + "," +
                std::to_string(each.real) + "\n";
    return made;
}

}  // namespace polku::cli
