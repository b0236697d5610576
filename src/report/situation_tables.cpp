// SPDX-License-Identifier: Apache-2.0
#include "situation_tables.hpp"

#include "situation_labels.hpp"

#include <polku/path/explain.hpp>
#include <polku/report/labels.hpp>

#include <algorithm>
#include <array>

namespace polku::inline POLKU_V::report {

namespace {

constexpr std::array<std::string_view, 5> used_sections = {"service", "assessment", "package", "environment",
                                                           "placement"};

class table_writer {
public:
    table_writer(const situation& of, const path_situation& in, std::string_view language)
        : of_(of), in_(in), language_(language) {
        layers_.push_back(of.layers.size() - 1);
        for (std::size_t at = 0; at + 1 < of.layers.size(); ++at) layers_.push_back(at);
        for (const count_row& each : in.counts) counts_.push_back(&each);
        for (const spread_row& each : in.spreads) spreads_.push_back(&each);
        const reading_order before(in);
        const auto by_key = [&](const auto* left, const auto* right) { return before(left->key, right->key); };
        std::stable_sort(counts_.begin(), counts_.end(), by_key);
        std::stable_sort(spreads_.begin(), spreads_.end(), by_key);
    }

    void counts(std::string_view section) {
        word_table made = begun(section);
        for (const std::size_t at : layers_) made.head.push_back(layer_name(of_, of_.layers[at], language_));
        for (const count_row* each : counts_) {
            if (is_move(each->key) ? section != "transitions" : section != each->key.section) continue;
            std::vector<std::string> row{figure_name(in_, each->key, language_)};
            for (const std::size_t at : layers_) row.push_back(count_text(each->layers[at], of_.threshold, language_));
            made.rows.push_back(std::move(row));
        }
        keep(std::move(made));
    }

    /// Quartiles, one line for each item and layer that has them.
    template <class Sections>
    void spreads(std::string_view title, const Sections& sections, std::string_view measure) {
        word_table made = begun(title);
        made.title += " (" + word(measure) + ")";
        made.names = 2;
        made.head.push_back(word("municipality"));
        for (const std::string_view each : {"lower_quartile", "median", "upper_quartile"})
            made.head.push_back(word(each));
        for (const spread_row* each : spreads_) {
            if (each->key.measure != measure ||
                std::find(sections.begin(), sections.end(), each->key.section) == sections.end())
                continue;
            for (const std::size_t at : layers_)
                if (const std::optional<quartiles>& found = each->layers[at])
                    made.rows.push_back({figure_name(in_, each->key, language_),
                                         layer_name(of_, of_.layers[at], language_), number(found->lower),
                                         number(found->median), number(found->upper)});
        }
        keep(std::move(made));
    }

    /// Moves as rows, with how long the client was where he or she left.
    void transition_rows() {
        word_table made = begun("transitions");
        made.names = 3;
        made.head = {word("municipality"), word("from"),          word("to"), word("moves"), word("lower_quartile"),
                     word("median"),       word("upper_quartile")};
        for (const std::size_t at : layers_) {
            for (const count_row* each : counts_) {
                if (!is_move(each->key) || is_nobody(each->layers[at])) continue;
                const std::optional<quartiles> days = days_of(each->key, at);
                const auto text = [&](feel::number quartiles::*which) { return days ? number((*days).*which) : "–"; };
                made.rows.push_back({layer_name(of_, of_.layers[at], language_), move_from(in_, each->key, language_),
                                     move_to(in_, each->key, language_),
                                     count_text(each->layers[at], of_.threshold, language_), text(&quartiles::lower),
                                     text(&quartiles::median), text(&quartiles::upper)});
            }
        }
        keep(std::move(made));
    }

    void caseload() {
        word_table made = begun("caseload");
        made.names = 2;
        made.head = {word("environment_label"), word("municipality"), word("clients_now"), word("places"),
                     word("coaches")};
        const auto text = [](const std::optional<std::int64_t>& count) {
            return count ? std::to_string(*count) : std::string();
        };
        for (const caseload_row& each : in_.caseload)
            made.rows.push_back({figure_name(in_, {"environment", each.environment, {}, {}}, language_),
                                 each.municipality.empty() ? "" : layer_name(of_, each.municipality, language_),
                                 count_text(each.clients, of_.threshold, language_), text(each.places),
                                 text(each.coaches)});
        keep(std::move(made));
    }

    /// Published figures, each with the own one beside it where the picture has it.
    void comparison() {
        word_table made = begun("comparison");
        made.names = 5;
        made.head = {word("item"),   word("area"),      word("as_of"), word("source"),
                     word("method"), word("published"), word("own")};
        for (const comparison_figure& each : of_.compared) {
            if (each.own && each.own->path != in_.path.says().id) continue;
            const protected_count* own = find_own(in_, each);
            made.rows.push_back({path::text_in(each.name, language_), each.area, date_text(each.on, language_),
                                 each.source, each.method.value_or(""), number(each.value) + " " + each.unit,
                                 own ? count_text(*own, of_.threshold, language_) : std::string()});
        }
        keep(std::move(made));
    }

    std::vector<word_table> finish() && { return std::move(made_); }

private:
    std::string word(std::string_view id) const { return std::string(situation_word(id, language_)); }
    std::string number(const feel::number& of) const { return number_text(of, language_); }

    word_table begun(std::string_view section) const {
        return {std::string(section), word(section), 1, {word("item")}, {}};
    }
    void keep(word_table made) {
        if (!made.rows.empty()) made_.push_back(std::move(made));
    }
    static bool is_nobody(const protected_count& of) { return of.shown == disclosure::exact && of.value == 0; }

    std::optional<quartiles> days_of(const figure_key& move, std::size_t layer) const {
        for (const spread_row& each : in_.spreads)
            if (each.key.section == move.section && each.key.item == move.item && each.key.to == move.to)
                return each.layers[layer];
        return std::nullopt;
    }

    const situation& of_;
    const path_situation& in_;
    std::string_view language_;
    std::vector<std::size_t> layers_;  ///< the total first
    std::vector<const count_row*> counts_;
    std::vector<const spread_row*> spreads_;
    std::vector<word_table> made_;
};

}  // namespace

std::vector<word_table> tables_of(const situation& of, const path_situation& in, picture_part part,
                                  std::string_view language) {
    table_writer made(of, in, language);
    if (part == picture_part::transitions) {
        made.transition_rows();
        return std::move(made).finish();
    }
    for (const std::string_view section : count_sections) made.counts(section);
    made.counts("instrument");
    made.counts("experience");
    made.counts("fact");
    made.counts("criterion");
    made.caseload();
    made.spreads("path_days", std::array<std::string_view, 1>{"path"}, "days");
    made.spreads("stay", std::array<std::string_view, 1>{"stay"}, "days");
    made.spreads("durations", used_sections, "days");
    made.spreads("changes", std::array<std::string_view, 2>{"instrument", "experience"}, "change");
    made.spreads("scores", std::array<std::string_view, 2>{"coping", "feedback_aspect"}, "score");
    made.comparison();
    return std::move(made).finish();
}

}  // namespace polku::inline POLKU_V::report
