// SPDX-License-Identifier: Apache-2.0
#include "situation_labels.hpp"

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>

#include <algorithm>

namespace polku::inline POLKU_V::report {

namespace {

struct situation_words {
    std::string_view id, fi, sv, en;
};

constexpr situation_words picture_words[] = {
#define W(id, fi, sv, en) {id, fi, sv, en},
#include "situation_words.inc"
#undef W
};

template <class Map>
std::string named(const Map& among, const path::definition& says, const std::string& id, std::string_view language) {
    const auto found = among.find(id);
    return found == among.end() ? path::name_in(says, id, language) : path::text_in(found->second.name, language);
}

template <class List>
std::string named_in_list(const List& among, const std::string& id, std::string_view language) {
    const auto found = std::find_if(among.begin(), among.end(), [&](const auto& each) { return each.id == id; });
    return found == among.end() ? id : path::text_in(found->name, language);
}

std::string worded(std::string_view section, const std::string& item, std::string_view language) {
    const std::string_view found = situation_word(std::string(section) + "." + item, language);
    return found.empty() ? item : std::string(found);
}

std::string question_name(const path::definition& says, const std::string& item, std::string_view language) {
    const std::size_t colon = item.find(": ");
    const auto known = says.experiences.find(item.substr(0, colon));
    if (known == says.experiences.end() || colon == std::string::npos) return item;
    const auto question = known->second.questions.find(item.substr(colon + 2));
    return question == known->second.questions.end() ? item : path::text_in(question->second, language);
}

std::string instrument_name(const path::definition& says, const std::string& item, std::string_view language) {
    const std::size_t colon = item.find(": ");
    const auto known = says.instruments.find(item.substr(0, colon));
    if (known == says.instruments.end() || colon == std::string::npos) return item;
    const std::string name = path::text_in(known->second.name, language);
    return known->second.scales.size() == 1 ? name
                                            : name + ": " + path::name_in(says, item.substr(colon + 2), language);
}

std::string giver_name(const path::definition& says, const std::string& from, std::string_view language) {
    const std::string_view found = situation_word("feedback." + from, language);
    return found.empty() ? named(says.roles, says, from, language) : std::string(found);
}

/// A listed value by its name in the definition; `true`, `false` and that it is known by the report's own words.
std::string fact_value_name(const path::definition& says, const figure_key& of, std::string_view language) {
    const auto known = says.facts.find(of.item);
    if (known != says.facts.end()) {
        const auto value = known->second.values.find(of.to);
        if (value != known->second.values.end()) return path::text_in(value->second, language);
    }
    return worded("fact", of.to.empty() ? "known" : of.to, language);
}

std::string with(std::string name, const std::string& more) { return std::move(name) + " (" + more + ")"; }

}  // namespace

std::string_view situation_word(std::string_view id, std::string_view language) noexcept {
    for (const situation_words& each : picture_words) {
        if (each.id != id) continue;
        if (language == "sv") return each.sv;
        return language == "fi" || language == "fi-selko" ? each.fi : each.en;
    }
    return {};
}

std::string layer_name(const situation& of, const std::string& layer, std::string_view language) {
    if (layer == layer_total || layer == layer_not_shown) return std::string(situation_word(layer, language));
    for (const path_situation& each : of.paths) {
        const auto known = each.path.says().municipalities.find(layer);
        if (known != each.path.says().municipalities.end()) return path::text_in(known->second, language);
    }
    return layer;
}

std::string move_from(const path_situation& in, const figure_key& of, std::string_view language) {
    const path::definition& says = in.path.says();
    if (of.section == "start") return named(says.entries, says, of.item, language);
    return of.section == "reopening" ? named_in_list(says.exits, of.item, language)
                                     : named_in_list(says.stages, of.item, language);
}

std::string move_to(const path_situation& in, const figure_key& of, std::string_view language) {
    const path::definition& says = in.path.says();
    return of.section == "ending" ? named_in_list(says.exits, of.to, language)
                                  : named_in_list(says.stages, of.to, language);
}

std::string figure_name(const path_situation& in, const figure_key& of, std::string_view language) {
    const path::definition& says = in.path.says();
    const std::string& section = of.section;
    if (is_move(of)) return move_from(in, of, language) + " → " + move_to(in, of, language);
    if (section == "stage" || section == "stay") return named_in_list(says.stages, of.item, language);
    if (section == "exit") return named_in_list(says.exits, of.item, language);
    if (section == "entry") return named(says.entries, says, of.item, language);
    if (section == "owner") return named(says.roles, says, of.item, language);
    if (section == "target_group") return named(says.target_groups, says, of.item, language);
    if (section == "service") return named(says.services, says, of.item, language);
    if (section == "package") return named(says.packages, says, of.item, language);
    if (section == "placement") return named(says.placements, says, of.item, language);
    if (section == "environment" || section == "environment_now")
        return named(says.environments, says, of.item, language);
    if (section == "assessment") {
        const std::string name = named(says.assessments, says, of.item, language);
        return of.measure == "periods" ? with(name, std::string(situation_word("periods", language))) : name;
    }
    if (section == "check") return period_text(of.item, language) + ": " + of.to;
    if (section == "support_needed") return period_text(of.item, language);
    if (section == "feedback") return giver_name(says, of.item, language);
    if (section == "feedback_aspect") return with(of.item, giver_name(says, of.to, language));
    if (section == "instrument") {
        const std::string name = instrument_name(says, of.item, language);
        return of.to.empty() ? name : name + ", " + worded(section, of.to, language);
    }
    if (section == "experience") {
        const std::string name = question_name(says, of.item, language);
        return of.to.empty() ? name : name + ", " + worded("instrument", of.to, language);
    }
    if (section == "fact")
        return named(says.facts, says, of.item, language) + ", " + fact_value_name(says, of, language);
    if (section == "criterion") {
        const auto known = says.criteria.find(of.item);
        const std::string name = known == says.criteria.end() ? of.item : path::text_in(known->second, language);
        return name + ", " + worded(section, of.to, language);
    }
    if (section == "path" && of.item != "all") return worded("outcome", of.item, language);
    return worded(section, of.item, language);
}

std::string number_text(const feel::number& of, std::string_view language) {
    std::string text = of.normalized().to_string();
    if (language != "en")
        if (const std::size_t point = text.find('.'); point != std::string::npos) text[point] = ',';
    return text;
}

std::string count_text(const protected_count& of, std::int64_t threshold, std::string_view language) {
    switch (of.shown) {
        case disclosure::exact: return std::to_string(of.value);
        case disclosure::small: return std::string(situation_word("under", language)) + " " + std::to_string(threshold);
        default: return "–";
    }
}

walk_place kind_from(const figure_key& move) noexcept {
    if (move.section == "start") return walk_place::entry;
    return move.section == "reopening" ? walk_place::exit : walk_place::stage;
}

walk_place kind_to(const figure_key& move) noexcept {
    return move.section == "ending" ? walk_place::exit : walk_place::stage;
}

int reading_order::rank(walk_place kind, const std::string& id) const {
    constexpr int of_a_kind = 10'000;
    int place = 0;
    if (kind == walk_place::stage)
        for (auto at = says_.stages.begin(); at != says_.stages.end() && at->id != id; ++at) ++place;
    if (kind == walk_place::exit)
        for (auto at = says_.exits.begin(); at != says_.exits.end() && at->id != id; ++at) ++place;
    return static_cast<int>(kind) * of_a_kind + place;
}

reading_order::ranks reading_order::rank(const figure_key& of) const {
    if (is_move(of)) return {rank(kind_from(of), of.item), rank(kind_to(of), of.to)};
    if (of.section == "stage" || of.section == "stay") return {rank(walk_place::stage, of.item), 0};
    if (of.section == "exit") return {rank(walk_place::exit, of.item), 0};
    const bool is_scale = of.section == "instrument" || of.section == "experience";
    const bool is_parted = is_scale || of.section == "criterion" || of.section == "fact";
    const std::string word = is_scale    ? "instrument." + of.to
                             : is_parted ? of.section + "." + (of.to.empty() ? "known" : of.to)
                                         : of.section + "." + of.item;
    int number = 0;
    for (const situation_words& each : picture_words) {
        if (each.id == word) return {0, is_parted ? 0 : number};
        ++number;
    }
    return {0, number};
}

bool is_move(const figure_key& of) noexcept {
    return of.section == "start" || of.section == "transition" || of.section == "ending" || of.section == "reopening";
}

}  // namespace polku::inline POLKU_V::report
