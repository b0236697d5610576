// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_IMPL_RULES_PACK_EXPLANATION_IPP
#define POLKU_IMPL_RULES_PACK_EXPLANATION_IPP

#include <polku/feel/context.hpp>
#include <polku/impl/rules/detail/explanation_frames.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/rules/pack_explanation.hpp>

#include <algorithm>
#include <set>

namespace polku::inline POLKU_V::rules {

namespace detail {

/// The few words that values bring with them.
struct value_vocabulary {
    std::string_view yes;
    std::string_view no;
    std::string_view unknown;
    std::string_view none;
    std::string_view nothing;  ///< there is no such value
    bool comma = true;         ///< decimal comma, groups of three behind no-break spaces
    bool short_dates = true;   ///< 1.6.2026
};

inline value_vocabulary vocabulary_of(std::string_view language) noexcept {
    if (language == "fi" || language == "fi-selko")
        return {"kyllä", "ei", "ei tiedossa", "ei mitään", "ei ole", true, true};
    if (language == "sv") return {"ja", "nej", "inte känt", "inget", "finns inte", true, true};
    return {"yes", "no", "not known", "none", "none", false, false};
}

/// `1260.5` with the decimal sign and the groups of a language.
inline std::string number_words(const std::string& plain, const value_vocabulary& words) {
    const std::size_t sign = plain.front() == '-' ? 1 : 0;
    const std::size_t point = std::min(plain.find('.'), plain.size());
    if (plain.find_first_not_of("0123456789.", sign) != std::string::npos) return plain;
    std::string text = plain.substr(0, sign);
    for (std::size_t at = sign; at < point; ++at) {
        const std::size_t left = point - at;
        if (at != sign && left % 3 == 0 && point - sign > 3) text += words.comma ? "\u00a0" : ",";
        text += plain[at];
    }
    if (point < plain.size()) text += (words.comma ? "," : ".") + plain.substr(point + 1);
    return text;
}

inline std::string date_words(time::date of, const value_vocabulary& words) {
    if (!words.short_dates) return time::to_string(of);
    return std::to_string(of.day()) + "." + std::to_string(of.month()) + "." + std::to_string(of.year());
}

/// One of a unit, and many of it, as they stand behind a number.
struct unit_words {
    std::string_view one;
    std::string_view many;
};

inline std::string counted_words(std::int64_t count, const unit_words& unit) {
    return std::to_string(count) + " " + std::string(count == 1 || count == -1 ? unit.one : unit.many);
}

/// `7 päivää`, `3 kuukautta`, `2 vuotta`; empty for a duration that is none of whole days, months or years.
inline std::string duration_words(const feel::value& of, std::string_view language) {
    constexpr unit_words finnish[] = {{"päivä", "päivää"}, {"kuukausi", "kuukautta"}, {"vuosi", "vuotta"}};
    constexpr unit_words swedish[] = {{"dag", "dagar"}, {"månad", "månader"}, {"år", "år"}};
    constexpr unit_words english[] = {{"day", "days"}, {"month", "months"}, {"year", "years"}};
    constexpr std::int64_t day_seconds = 86'400;
    const unit_words* const units = language == "fi" || language == "fi-selko" ? finnish
                                    : language == "sv"                         ? swedish
                                                                               : english;
    if (of.kind() == feel::kind::months_duration) {
        const std::int64_t months = of.as_months_duration().months;
        return months != 0 && months % 12 == 0 ? counted_words(months / 12, units[2]) : counted_words(months, units[1]);
    }
    const time::days_duration days = of.as_days_duration();
    const bool is_whole = days.nanoseconds == 0 && days.seconds % day_seconds == 0;
    return is_whole ? counted_words(days.seconds / day_seconds, units[0]) : std::string();
}

/// The texts of a value; null pointer where it has none.
inline const texts* label_of(const value_labels& labels, std::string_view name, std::string_view value) {
    const auto named = labels.find(std::string(name));
    if (named == labels.end()) return nullptr;
    const auto found = named->second.find(std::string(value));
    return found != named->second.end() ? &found->second : nullptr;
}

inline bool is_label(const value_labels& labels, std::string_view name, std::string_view text,
                     std::string_view language) {
    const auto named = labels.find(std::string(name));
    return named != labels.end() && std::any_of(named->second.begin(), named->second.end(), [&](const auto& each) {
               return text_in(each.second, language) == text;
           });
}

/// The text with each `{name}` replaced by its value.
inline std::string filled(const std::string& text, const feel::context& values, std::string_view language,
                          const value_labels& labels) {
    std::string made;
    std::size_t at = 0;
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{', at)) {
        const std::size_t close = text.find('}', open);
        if (close == std::string::npos) break;
        const std::string name = text.substr(open + 1, close - open - 1);
        const feel::value* const found = values.find(name);
        made +=
            text.substr(at, open - at) + value_words(found != nullptr ? *found : feel::value(), language, labels, name);
        at = close + 1;
    }
    return made + text.substr(at);
}

inline std::string quoted(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made = "\"";
    for (const char each : text) {
        const auto code = static_cast<unsigned char>(each);
        if (code < 0x20U) {
            made += std::string("\\u00") + digits[code >> 4U] + digits[code & 15U];
        } else {
            if (each == '"' || each == '\\') made += '\\';
            made += each;
        }
    }
    return made + "\"";
}

/// A text that can be taken for nothing else: it begins with a letter, has no marks that lists, contexts or lines use,
/// and is none of the words for other values.
inline bool is_plain(std::string_view text, const value_vocabulary& words) {
    const auto is_letter = [](char of) {
        return (of >= 'a' && of <= 'z') || (of >= 'A' && of <= 'Z') || static_cast<unsigned char>(of) >= 0x80U;
    };
    if (text.empty() || !is_letter(text.front()) || text.back() == ' ') return false;
    for (const std::string_view each : {words.yes, words.no, words.unknown, words.none})
        if (text == each) return false;
    return std::all_of(text.begin(), text.end(), [&](char each) {
        return is_letter(each) || (each >= '0' && each <= '9') || each == ' ' || each == '_' || each == '-' ||
               each == '/';
    });
}

inline std::string exact_text(std::string_view of, std::string_view language, const value_labels& labels,
                              std::string_view name) {
    if (const texts* const known = label_of(labels, name, of); known != nullptr) return text_in(*known, language);
    const bool is_clear = is_plain(of, vocabulary_of(language)) && !is_label(labels, name, of, language);
    return is_clear ? std::string(of) : quoted(of);
}

/// What is said of the parts of a value beside its own words.
template <class Called>
struct part_words {
    Called called;                               ///< what a member is called
    std::span<const std::string> settled_nulls;  ///< names under which a null is "none"
};

/// As `exact_words`; lists that stand inside others are in brackets.
template <class Called>
std::string exact_words_in(const feel::value& of, std::string_view language, const value_labels& labels,
                           std::string_view name, bool is_inside, const part_words<Called>& parts) {
    std::string all;
    switch (of.kind()) {
        case feel::kind::null: {
            const bool is_settled =
                std::find(parts.settled_nulls.begin(), parts.settled_nulls.end(), name) != parts.settled_nulls.end();
            return is_settled ? std::string(vocabulary_of(language).nothing) : value_words(of, language);
        }
        case feel::kind::string: return exact_text(of.as_string(), language, labels, name);
        case feel::kind::list:
            for (const feel::value& each : of.as_list())
                all += (all.empty() ? "" : ", ") + exact_words_in(each, language, labels, name, true, parts);
            return is_inside ? "[" + all + "]" : all.empty() ? std::string(vocabulary_of(language).none) : all;
        case feel::kind::context:
            for (const feel::context::entry& each : of.as_context())
                all += (all.empty() ? "" : ", ") + parts.called(each.name) + ": " +
                       exact_words_in(each.value, language, labels, each.name, true, parts);
            return "(" + all + ")";
        default: return value_words(of, language);
    }
}

}  // namespace detail

POLKU_DECL std::string value_words(const feel::value& of, std::string_view language) {
    const detail::value_vocabulary words = detail::vocabulary_of(language);
    switch (of.kind()) {
        case feel::kind::null: return std::string(words.unknown);
        case feel::kind::boolean: return std::string(of.as_boolean() ? words.yes : words.no);
        case feel::kind::number: return detail::number_words(feel::to_string(of), words);
        case feel::kind::date: return detail::date_words(of.as_date(), words);
        case feel::kind::string: return std::string(of.as_string());
        case feel::kind::list: {
            std::string all;
            for (const feel::value& each : of.as_list()) all += (all.empty() ? "" : ", ") + value_words(each, language);
            return all.empty() ? std::string(words.none) : all;
        }
        case feel::kind::months_duration:
        case feel::kind::days_duration: {
            const std::string text = detail::duration_words(of, language);
            return text.empty() ? feel::to_string(of) : text;
        }
        default: return feel::to_string(of);
    }
}

POLKU_DECL std::string value_words(const feel::value& of, std::string_view language, const value_labels& labels,
                                   std::string_view name) {
    if (of.is(feel::kind::string))
        if (const texts* const known = detail::label_of(labels, name, of.as_string()); known != nullptr)
            return text_in(*known, language);
    if (!of.is(feel::kind::list) || of.as_list().empty()) return value_words(of, language);
    std::string all;
    for (const feel::value& each : of.as_list())
        all += (all.empty() ? "" : ", ") + value_words(each, language, labels, name);
    return all;
}

POLKU_DECL std::string exact_words(const feel::value& of, std::string_view language) {
    return exact_words(of, language, {}, {});
}

POLKU_DECL std::string exact_words(const feel::value& of, std::string_view language, const value_labels& labels,
                                   std::string_view name) {
    const auto as_it_is = [](const std::string& each) { return each; };
    return detail::exact_words_in(of, language, labels, name, false,
                                  detail::part_words<decltype(as_it_is)>{as_it_is, {}});
}

POLKU_DECL std::string answer_words(const feel::value& of, std::string_view language, const pack_labels& labels,
                                    std::string_view name, std::span<const std::string> settled_nulls) {
    const auto called = [&](const std::string& each) { return member_words(each, language, labels); };
    return detail::exact_words_in(of, language, labels.by_name, name, false,
                                  detail::part_words<decltype(called)>{called, settled_nulls});
}

POLKU_DECL std::string member_words(const std::string& name, std::string_view language, const pack_labels& labels) {
    const auto found = labels.members.find(name);
    return found == labels.members.end() ? name : text_in(found->second, language);
}

POLKU_DECL bool is_plain_words(std::string_view text, std::string_view language) {
    return detail::is_plain(text, detail::vocabulary_of(language));
}

POLKU_DECL std::string source_text(const source& of) { return of.act + " " + of.section; }

POLKU_DECL std::vector<std::string> source_texts(const pack_definition& says, const std::vector<std::string>& keys) {
    std::vector<std::string> all;
    for (const std::string& key : keys)
        if (const auto found = says.sources.find(key); found != says.sources.end())
            all.push_back(source_text(found->second));
    return all;
}

POLKU_DECL std::vector<std::string> rule_sources(const pack_definition& says, std::string_view version,
                                                 const rule_text& of) {
    std::set<std::string_view> own;
    std::set<std::string_view> of_others;
    for (const auto* list : {&says.versions, &says.variants})
        for (const pack_version& each : *list)
            for (const std::string& key : each.sources)
                (each.id == version ? own : of_others).insert(says.sources.find(key)->second.act);
    std::vector<std::string> all;
    std::vector<std::string> ruling;
    for (const std::string& key : of.sources) {
        const source& each = says.sources.find(key)->second;
        all.push_back(source_text(each));
        if (own.count(each.act) > 0 || of_others.count(each.act) == 0) ruling.push_back(all.back());
    }
    return ruling.empty() ? all : ruling;
}

POLKU_DECL std::vector<reason> explain(const pack_answer& of, const pack& from, std::string_view language) {
    std::vector<reason> reasons;
    const pack_definition& says = from.says();
    for (const std::string& id : of.rules) {
        const auto told =
            std::find_if(reasons.begin(), reasons.end(), [&](const reason& each) { return each.rule == id; });
        const auto text = says.rules.find(id);
        if (told != reasons.end() || text == says.rules.end()) continue;
        reasons.push_back({id, detail::filled(text_in(text->second.text, language), of.values, language, says.labels),
                           rule_sources(says, of.version, text->second)});
    }
    return reasons;
}

}  // namespace polku::inline POLKU_V::rules

#endif
