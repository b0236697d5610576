// SPDX-License-Identifier: Apache-2.0
#include <polku/workspace/simulation_page.hpp>

#include "report/charts.hpp"
#include "report/picture_page.hpp"
#include "report/situation_labels.hpp"
#include "simulation_counts.hpp"
#include "simulation_page_parts.hpp"

#include <polku/report/labels.hpp>
#include <polku/rules/labels.hpp>
#include <polku/rules/municipality.hpp>
#include <polku/rules/pack_definition.hpp>

#include <algorithm>
#include <set>

namespace polku::inline POLKU_V {

namespace {

using detail::shown_day;
using detail::shown_member;
using detail::shown_sum;
using report::protected_count;
using report::word_table;

/// Groups that a bar chart and tiles have room for.
constexpr std::size_t most_drawn_groups = 400;
constexpr std::size_t most_bars = 40;

class simulation_page_writer {
public:
    simulation_page_writer(const population::simulation_report& of, const population::simulation_options& asked,
                           const simulation_page_options& how)
        : of_(of),
          asked_(asked),
          how_(how),
          labels_{asked.is.pack.says().labels, asked.is.pack.says().members},
          page_(word("title") + ": " + of.pack + ", " + of.decision, how.language) {
        const std::string column = how.municipality.empty() ? asked.municipality.value_or("") : how.municipality;
        const auto found = std::find(of.by.begin(), of.by.end(), column);
        municipality_ = static_cast<std::size_t>(found - of.by.begin());
        for (const population::simulated_day& day : of.days) {
            std::vector<const population::group_total*> groups;
            for (const population::group_total& each : of.totals)
                if (each.day == day.day) groups.push_back(&each);
            days_.push_back(detail::show_day(groups, how.threshold));
            days_.back().day = day.day;
        }
    }

    std::string write() {
        page_.paragraph(word("lead"));
        if (how_.threshold > 1)
            page_.notice(word("hidden") + ": " + std::to_string(how_.threshold) + ". " + word("hidden_marks"));
        tell_asked();
        if (days_.size() > 1) tell_months();
        for (const shown_day& each : days_) tell_day(each);
        return std::move(page_).finish();
    }

private:
    std::string word(std::string_view id) const { return detail::simulation_word(id, how_.language); }
    std::string other(std::string_view id) const { return word(id) + ", " + word("against"); }
    bool has_other() const { return asked_.against.has_value(); }
    std::string number(const feel::number& of) const { return report::number_text(of, how_.language); }
    std::string count(const protected_count& of) const { return report::count_text(of, how_.threshold, how_.language); }
    std::string day_words(time::date day) const { return report::date_text(day, how_.language); }
    std::string member_words(const std::string& name) const {
        return name.empty() ? of_.decision : rules::member_words(name, how_.language, labels_);
    }
    std::string value_words(const std::string& value, const std::string& member) const {
        return value.empty() ? word("no_value") : counted_value_words(value, member, asked_.is.pack, how_.language);
    }
    std::string group_words(const std::vector<std::string>& group) const {
        std::string made;
        for (std::size_t each = 0; each < group.size(); ++each) {
            if (each > 0) made += ", ";
            if (group[each].empty())
                made += word("empty");
            else
                made += each == municipality_ ? detail::municipality_words(group[each], how_.language) : group[each];
        }
        return made.empty() ? word("all") : made;
    }
    std::string layer_words(const shown_day& in, std::size_t layer) const {
        return layer < in.groups.size() ? group_words(in.groups[layer]) : word("all");
    }
    std::string group_column() const {
        if (of_.by.size() == 1 && municipality_ == 0) return word("municipality");
        std::string made;
        for (const std::string& each : of_.by) made += (made.empty() ? "" : ", ") + each;
        return made.empty() ? word("group") : made;
    }
    /// Layers that tables have: of each group and of all, or of all alone.
    std::vector<std::size_t> layers_of(const shown_day& in, std::size_t count) const {
        std::vector<std::size_t> made;
        const bool has_groups =
            !of_.by.empty() && in.groups.size() <= detail::most_shown_groups && count == in.groups.size() + 1;
        for (std::size_t each = has_groups ? 0 : count - 1; each < count; ++each) made.push_back(each);
        return made;
    }

    void tell_asked() {
        page_.begin_section(word("asked"));
        word_table what{{}, word("asked"), 2, {word("what"), word("value")}, {}};
        what.rows = {{word("pack"), of_.pack},
                     {word("decision"), of_.decision},
                     {word("table_rows"), days_.empty() ? std::to_string(of_.rows) : count(days_.front().rows.back())}};
        if (has_other() && asked_.against->pack.says().id != of_.pack)
            what.rows.push_back({other("pack"), asked_.against->pack.says().id});
        if (!of_.by.empty()) what.rows.push_back({word("counted_by"), listed(of_.by)});
        if (!of_.unknown.empty()) what.rows.push_back({word("unknown"), listed(of_.unknown)});
        if (asked_.is.decided) what.rows.push_back({word("law_day"), day_words(*asked_.is.decided)});
        if (has_other() && asked_.against->decided && asked_.against->decided != asked_.is.decided)
            what.rows.push_back({other("law_day"), day_words(*asked_.against->decided)});
        page_.table(what);
        tell_figures();
        page_.heading(word("versions"));
        word_table versions{{}, word("versions"), 3, {word("day"), word("first_side")}, {}};
        if (has_other()) versions.head.push_back(word("other_side"));
        for (const population::simulated_day& each : of_.days) {
            versions.rows.push_back({day_words(each.day), each.version});
            if (has_other()) versions.rows.back().push_back(each.against.value_or(""));
        }
        page_.table(versions).end_section();
    }

    static std::string listed(const std::vector<std::string>& of) {
        std::string made;
        for (const std::string& each : of) made += (made.empty() ? "" : ", ") + each;
        return made;
    }

    void tell_figures() {
        std::set<std::string> names;
        for (const auto& each : asked_.is.figures) names.insert(each.name);
        if (has_other())
            for (const auto& each : asked_.against->figures) names.insert(each.name);
        if (names.empty()) return;
        page_.heading(word("figures"));
        word_table made{{}, word("figures"), 3, {word("figure"), word("first_side")}, {}};
        if (has_other()) made.head.push_back(word("other_side"));
        for (const std::string& each : names) {
            made.rows.push_back({each, figure_words(asked_.is.figures, each)});
            if (has_other()) made.rows.back().push_back(figure_words(asked_.against->figures, each));
        }
        page_.table(made);
    }
    std::string figure_words(const feel::context& in, const std::string& name) const {
        const feel::value* const found = in.find(name);
        if (found == nullptr) return word("as_law");
        return rules::value_words(*found, how_.language, labels_.by_name, name);
    }

    void tell_day(const shown_day& of) {
        page_.begin_part(word("decisions_of") + ": " + day_words(of.day), &of == &days_.front());
        tell_rows(of);
        for (const shown_member& each : of.members) {
            if (each.has_numbers) tell_sums(of, each);
            if (each.has_numbers) tell_numbers(of, each);
            if (!each.values.empty()) tell_values(of, each);
        }
        if (!of.benefit.empty()) tell_benefit(of);
        page_.end_part();
    }

    void tell_rows(const shown_day& of) {
        page_.heading(word("who"));
        if (of.groups.size() > detail::most_shown_groups) page_.notice(word("too_many_groups"));
        const std::vector<std::size_t> layers = layers_of(of, of.rows.size());
        if (&of == &days_.front() && layers.size() <= most_bars) {
            std::vector<report::chart_bar> bars;
            for (const std::size_t layer : layers) {
                const protected_count& dark = has_other() ? of.changed[layer] : of.decided[layer];
                bars.push_back(
                    {layer_words(of, layer), dark, of.rows[layer], count(dark) + " / " + count(of.rows[layer])});
            }
            const std::string text = word(has_other() ? "who_text" : "who_one_text");
            page_.figure(report::bar_chart(bars, word("who"), text), text);
        }
        word_table made{{}, word("who"), 1, {group_column(), word("rows"), word("decided")}, {}};
        std::vector<const detail::layered_counts*> columns{&of.rows, &of.decided};
        const auto add = [&](std::string head, const detail::layered_counts& counts) {
            made.head.push_back(std::move(head));
            columns.push_back(&counts);
        };
        if (has_other()) add(other("decided"), of.decided_against);
        add(word("undecided"), of.undecided);
        if (has_other()) add(other("undecided"), of.undecided_against);
        add(word("faults"), of.faults);
        if (has_other()) add(word("changed"), of.changed);
        for (const std::size_t layer : layers) {
            made.rows.push_back({layer_words(of, layer)});
            for (const detail::layered_counts* const each : columns) made.rows.back().push_back(count((*each)[layer]));
        }
        page_.table(made);
    }

    std::string sum_words(const shown_sum& of, const std::optional<feel::number>& amount) const {
        return of.is_hidden ? word("hidden_sum") : amount ? number(*amount) : word("no_sum");
    }
    std::string difference_words(const shown_sum& of) const {
        const bool is_more = !of.is_hidden && of.difference && *of.difference > feel::number(0);
        return (is_more ? "+" : "") + sum_words(of, of.difference);
    }

    void tell_sums(const shown_day& of, const shown_member& member) {
        page_.heading(word("sums") + ": " + member_words(member.name));
        const std::vector<std::size_t> layers = layers_of(of, member.sums.size());
        if (&of == &days_.front() && has_other() && layers.size() > 1 && layers.size() <= most_drawn_groups) {
            std::vector<report::chart_tile> tiles;
            for (const std::size_t layer : layers) {
                if (layer == of.groups.size()) continue;
                const shown_sum& sum = member.sums[layer];
                tiles.push_back(
                    {layer_words(of, layer), sum.is_hidden ? std::nullopt : sum.difference, difference_words(sum)});
            }
            const std::string title = word(municipality_ == 0 && of_.by.size() == 1 ? "tiles_municipality" : "tiles") +
                                      ": " + member_words(member.name);
            page_.figure(report::tile_chart(tiles, title, word("tiles_text")), title + ". " + word("tiles_text"));
        }
        word_table made{{}, word("sums") + ": " + member_words(member.name), 1, {group_column(), word("sum")}, {}};
        if (has_other()) made.head.insert(made.head.end(), {other("sum"), word("difference")});
        for (const std::size_t layer : layers) {
            const shown_sum& sum = member.sums[layer];
            made.rows.push_back({layer_words(of, layer), sum_words(sum, sum.is)});
            if (!has_other()) continue;
            made.rows.back().push_back(sum_words(sum, sum.against));
            made.rows.back().push_back(difference_words(sum));
        }
        page_.table(made);
        if (!member.mean_is && !member.mean_against) return;
        std::string means = word("mean") + ": " + (member.mean_is ? number(*member.mean_is) : word("no_value"));
        if (has_other())
            means +=
                "; " + word("against") + ": " + (member.mean_against ? number(*member.mean_against) : word("no_value"));
        page_.notice(means);
    }

    void tell_benefit(const shown_day& of) {
        page_.heading(word("benefit")).notice(word("benefit_text"));
        word_table made{{}, word("benefit"), 1, {group_column(), word("benefit_all"), word("benefit_is")}, {}};
        if (has_other()) made.head.push_back(word("benefit_against"));
        for (const std::size_t layer : layers_of(of, of.benefit.size())) {
            const detail::shown_benefit& share = of.benefit[layer];
            made.rows.push_back({layer_words(of, layer), sum_words(share.granted, share.all),
                                 sum_words(share.granted, share.granted.is)});
            if (has_other()) made.rows.back().push_back(sum_words(share.granted, share.granted.against));
        }
        page_.table(made);
    }

    /// A bar and a row of the distribution of a member over all groups.
    struct value_line {
        std::string name;
        protected_count is;
        protected_count against;
    };
    void tell_lines(const shown_day& of, const shown_member& member, const std::vector<value_line>& lines) {
        const std::string title = word("distribution") + ": " + member_words(member.name);
        const std::string text = word(has_other() ? "distribution_text" : "distribution_one_text");
        page_.heading(title);
        if (&of == &days_.front() && lines.size() <= most_bars) {
            std::vector<report::chart_bar> bars;
            for (const value_line& each : lines)
                bars.push_back({each.name, each.is, each.against,
                                count(each.is) + (has_other() ? " / " + count(each.against) : "")});
            page_.figure(report::bar_chart(bars, title, text), text);
        }
        word_table made{{}, title, 1, {word("value"), word("first_side")}, {}};
        if (has_other()) made.head.push_back(word("other_side"));
        for (const value_line& each : lines) {
            made.rows.push_back({each.name, count(each.is)});
            if (has_other()) made.rows.back().push_back(count(each.against));
        }
        page_.table(made);
    }

    void tell_numbers(const shown_day& of, const shown_member& member) {
        if (!member.has_distribution) {
            page_.notice(word("too_many_numbers"));
            return;
        }
        std::vector<value_line> lines;
        for (const detail::shown_number& each : member.numbers)
            lines.push_back({each.value ? number(*each.value) : word("others"),
                             {each.is, report::disclosure::exact},
                             {each.against, report::disclosure::exact}});
        tell_lines(of, member, lines);
    }

    void tell_values(const shown_day& of, const shown_member& member) {
        std::vector<value_line> lines;
        for (const detail::shown_value& each : member.values)
            lines.push_back({value_words(each.value, member.name), each.is.back(),
                             has_other() ? each.against.back() : protected_count{}});
        tell_lines(of, member, lines);
        if (!member.by_group || of_.by.empty() || of.groups.size() > detail::most_shown_groups) return;
        const std::string title = word("distribution") + ": " + member_words(member.name) + ", " + group_column();
        word_table made{{}, title, 2, {group_column(), word("value"), word("first_side")}, {}};
        if (has_other()) made.head.push_back(word("other_side"));
        const auto is_nothing = [](const protected_count& one) {
            return one.shown == report::disclosure::exact && one.value == 0;
        };
        for (std::size_t layer = 0; layer < of.groups.size(); ++layer)
            for (const detail::shown_value& each : member.values) {
                if (is_nothing(each.is[layer]) && (!has_other() || is_nothing(each.against[layer]))) continue;
                made.rows.push_back(
                    {layer_words(of, layer), value_words(each.value, member.name), count(each.is[layer])});
                if (has_other()) made.rows.back().push_back(count(each.against[layer]));
            }
        page_.heading(title).table(made);
    }

    void tell_months() {
        std::vector<std::string> members;
        for (const shown_day& day : days_)
            for (const shown_member& each : day.members)
                if (each.has_numbers && std::find(members.begin(), members.end(), each.name) == members.end())
                    members.push_back(each.name);
        if (members.empty()) return;
        page_.begin_section(word("by_month"));
        page_.notice(word("by_month_text"));
        for (const std::string& each : members) tell_course(each);
        if (asked_.benefit) tell_benefit_months();
        page_.end_section();
    }

    /// Of those to whom a side grants something.
    void tell_benefit_months() {
        page_.heading(word("benefit")).notice(word("benefit_text"));
        tell_months_of(word("benefit"), [](const shown_day& in) -> const shown_sum* {
            return in.benefit.empty() ? nullptr : &in.benefit.back().granted;
        });
    }

    const shown_sum* total_of(const shown_day& in, const std::string& name) const {
        for (const shown_member& each : in.members)
            if (each.name == name && !each.sums.empty()) return &each.sums.back();
        return nullptr;
    }

    /// The sums of a side, day by day, and what they have come to; a hidden day ends what they come to.
    struct course {
        std::vector<std::optional<feel::number>> sums;
        std::vector<std::optional<feel::number>> so_far;
        void add(const std::optional<feel::number>& sum) {
            const bool goes_on = so_far.empty() || so_far.back();
            sums.push_back(sum);
            if (!sum || !goes_on)
                so_far.emplace_back();
            else
                so_far.push_back(so_far.empty() ? sum : feel::add(*so_far.back(), *sum));
        }
    };

    void tell_course(const std::string& name) {
        page_.heading(member_words(name));
        tell_months_of(member_words(name), [&](const shown_day& in) { return total_of(in, name); });
    }

    template <class Sum>
    void tell_months_of(const std::string& called, Sum sum_of) {
        course is;
        course against;
        std::vector<std::string> places;
        for (const shown_day& each : days_) {
            const shown_sum* const sum = sum_of(each);
            const bool is_shown = sum == nullptr || !sum->is_hidden;
            const feel::number none(0);
            is.add(!is_shown ? std::nullopt : sum == nullptr ? std::optional(none) : sum->is);
            against.add(!is_shown ? std::nullopt : sum == nullptr ? std::optional(none) : sum->against);
            places.push_back(to_string(each.day).substr(0, 7));
        }
        draw_course(called, is.sums, against.sums, places);
        draw_course(called + ", " + word("cumulative"), is.so_far, against.so_far, places);
        word_table made{{}, word("by_month") + ": " + called, 1, {word("day"), word("sum")}, {}};
        if (has_other()) made.head.insert(made.head.end(), {other("sum"), word("difference")});
        made.head.push_back(word("sum") + ", " + word("cumulative"));
        if (has_other()) made.head.push_back(other("sum") + ", " + word("cumulative"));
        const auto cell = [&](const std::optional<feel::number>& of) { return of ? number(*of) : word("hidden_sum"); };
        for (std::size_t at = 0; at < days_.size(); ++at) {
            made.rows.push_back({day_words(days_[at].day), cell(is.sums[at])});
            if (has_other()) {
                const auto difference =
                    is.sums[at] && against.sums[at] ? feel::subtract(*against.sums[at], *is.sums[at]) : std::nullopt;
                made.rows.back().push_back(cell(against.sums[at]));
                made.rows.back().push_back(cell(difference));
            }
            made.rows.back().push_back(cell(is.so_far[at]));
            if (has_other()) made.rows.back().push_back(cell(against.so_far[at]));
        }
        page_.table(made);
    }

    void draw_course(const std::string& called, const std::vector<std::optional<feel::number>>& is,
                     const std::vector<std::optional<feel::number>>& against, const std::vector<std::string>& places) {
        std::vector<report::chart_line> lines(has_other() ? 2 : 1);
        for (std::size_t side = 0; side < lines.size(); ++side) {
            lines[side].name = word(side == 0 ? "first_side" : "other_side");
            const auto& sums = side == 0 ? is : against;
            for (std::size_t at = 0; at < sums.size(); ++at) {
                lines[side].points.emplace_back();
                if (sums[at])
                    lines[side].points.back() = {*sums[at], *sums[at], *sums[at],
                                                 places[at] + ", " + lines[side].name + ": " + number(*sums[at])};
            }
        }
        page_.figure(report::line_chart(lines, places, called, how_.language, word("by_month") + ": " + called,
                                        word("by_month_text")),
                     called);
    }

    const population::simulation_report& of_;
    const population::simulation_options& asked_;
    const simulation_page_options& how_;
    rules::pack_labels labels_;
    report::picture_page page_;
    std::size_t municipality_ = 0;
    std::vector<shown_day> days_;
};

}  // namespace

namespace detail {

std::string simulation_word(std::string_view id, std::string_view language) {
#define W(name, fi, sv, en) \
    if (id == (name)) return language == "sv" ? sv : language.substr(0, 2) == "fi" ? fi : en;
#include "simulation_page_words.inc"
#undef W
    return std::string(id);
}

std::string municipality_words(const std::string& code, std::string_view language) {
    if (code == report::layer_not_shown) return std::string(report::situation_word(code, language));
    const rules::municipality* const known = rules::find_municipality(code);
    if (known == nullptr) return code;
    return code + " " + std::string(language == "sv" ? known->name_sv : known->name_fi);
}

}  // namespace detail

std::string counted_value_words(const std::string& value, const std::string& member, const rules::pack& by,
                                std::string_view language) {
    const rules::value_labels& labels = by.says().labels;
    if (value == "true" || value == "false")
        return rules::value_words(feel::value(value == "true"), language, labels, member);
    if (value.empty() || std::string_view("[{\"(").find(value.front()) != std::string_view::npos) return value;
    return rules::value_words(feel::value(value), language, labels, member);
}

std::string simulation_page(const population::simulation_report& of, const population::simulation_options& asked,
                            const simulation_page_options& how) {
    return simulation_page_writer(of, asked, how).write();
}

}  // namespace polku::inline POLKU_V
