// SPDX-License-Identifier: Apache-2.0
#include <polku/report/figures.hpp>

#include "report/money_page.hpp"
#include "report/money_words.hpp"

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::string_view no_break_space = "\u00a0";

struct money_words {
    std::string_view fi, sv, en;
};

constexpr money_words money_table[] = {
#define X(name, fi, sv, en) {fi, sv, en},
#include "report/money_words.inc"
#undef X
};

bool is_northern(std::string_view language) { return language == "fi" || language == "sv" || language == "fi-selko"; }

/// Digits with a decimal point as people of the language write them, thousands apart.
std::string grouped(std::string_view digits, std::string_view language) {
    const bool northern = is_northern(language);
    const bool negative = digits.starts_with('-');
    if (negative) digits.remove_prefix(1);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string out(negative ? "−" : "");
    for (std::size_t at = 0; at < point; ++at) {
        if (at > 0 && (point - at) % 3 == 0) out += northern ? no_break_space : std::string_view(",");
        out += digits[at];
    }
    if (point < digits.size()) {
        out += northern ? ',' : '.';
        out += digits.substr(point + 1);
    }
    return out;
}

/// The number with exactly so many decimals.
std::string fixed(const feel::number& of, std::int32_t decimals) {
    std::string text = detail::rounded(of, decimals).to_string();
    if (decimals <= 0) return text;
    std::size_t point = text.find('.');
    if (point == std::string::npos) {
        point = text.size();
        text += '.';
    }
    text.append(static_cast<std::size_t>(decimals) - (text.size() - point - 1), '0');
    return text;
}

}  // namespace

namespace detail {

std::string word_of(figure_word which, std::string_view language) {
    const money_words& row = money_table[static_cast<unsigned char>(which)];
    return std::string(language == "sv" ? row.sv : is_northern(language) ? row.fi : row.en);
}

feel::number rounded(const feel::number& of, std::int32_t decimals) {
    return feel::quantize(of, decimals, feel::rounding::half_up).value_or(of).normalized();
}

page_cell cell_maker::money(const feel::number& of, std::int32_t decimals) const {
    return {money_text(of, language, decimals), fixed(of, decimals)};
}
page_cell cell_maker::money(const std::optional<feel::number>& of, std::int32_t decimals) const {
    return of ? money(*of, decimals) : page_cell{"–", ""};
}
page_cell cell_maker::percent(const feel::number& of, std::int32_t decimals) const {
    return {percent_text(of, language, decimals), fixed(of, decimals)};
}
page_cell cell_maker::percent(const std::optional<feel::number>& of, std::int32_t decimals) const {
    return of ? percent(*of, decimals) : page_cell{"–", ""};
}

}  // namespace detail

std::string money_text(const feel::number& euros, std::string_view language, std::int32_t decimals) {
    std::string text = grouped(fixed(euros, decimals), language);
    if (is_northern(language)) return text + std::string(no_break_space) + "€";
    const std::string_view minus = "−";
    if (text.starts_with(minus)) return std::string(minus) + "€" + text.substr(minus.size());
    return "€" + text;
}

std::string percent_text(const feel::number& percent, std::string_view language, std::int32_t decimals) {
    const std::string text = grouped(fixed(percent, decimals), language);
    return is_northern(language) ? text + std::string(no_break_space) + "%" : text + "%";
}

std::string count_text(std::int64_t count, std::string_view language) {
    return grouped(std::to_string(count), language);
}

}  // namespace polku::inline POLKU_V::report
