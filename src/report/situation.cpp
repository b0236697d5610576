// SPDX-License-Identifier: Apache-2.0
#include <polku/report/situation.hpp>

#include "figure_label.hpp"
#include "situation_counter.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace polku::inline POLKU_V::report {

namespace {

/// Builds one graph of counts; an arc without a key is known to the reader only as the rest of a total.
struct graph_maker {
    count_graph graph;
    std::vector<figure_key> keys;
    std::map<std::string, std::size_t> names;

    std::size_t node(const std::string& name) {
        const auto found = names.emplace(name, graph.nodes);
        if (found.second) ++graph.nodes;
        return found.first->second;
    }
    count_graph::arc& arc(const figure_key& key, const std::string& from, const std::string& to,
                          std::vector<protected_count> layers) {
        graph.arcs.push_back({node(from), node(to), false, std::move(layers)});
        keys.push_back(key);
        return graph.arcs.back();
    }
    void give(std::vector<count_row>& into) {
        for (std::size_t at = 0; at < keys.size(); ++at)
            if (!keys[at].section.empty()) into.push_back({keys[at], std::move(graph.arcs[at].layers)});
    }
};

/// Sections of which each item counts some of the clients who are open now, or of all.
constexpr std::array<std::string_view, 3> of_open = {"target_group", "waiting", "environment_now"};
constexpr std::array<std::string_view, 11> of_all = {"overdue",     "service",         "assessment", "package",
                                                     "environment", "placement",       "check",      "support_needed",
                                                     "feedback",    "feedback_aspect", "coping"};
/// Sections whose items are words of the host's own choice: one that few clients have might be about a person.
constexpr std::array<std::string_view, 4> of_free_words = {"check", "feedback", "feedback_aspect", "coping"};

template <class List>
bool has(const List& among, std::string_view wanted) {
    return std::find(among.begin(), among.end(), wanted) != among.end();
}

/// Of two that bear the same version the one is taken that does not depend on the order of the cases.
void newer(path::service_path& known, const path::service_path& seen) {
    const auto rank = [](const path::service_path& of) { return std::tie(of.says().version, of.content_hash()); };
    if (!known || rank(known) < rank(seen)) known = seen;
}

}  // namespace

/// Makes the picture of one path.
class situation_finisher {
public:
    using counters = situation_builder::counters;

    situation_finisher(const counters& of, const std::vector<std::string>& layers, time::date as_of,
                       std::int64_t threshold)
        : of_(of), layers_(layers), as_of_(as_of), threshold_(threshold) {}

    path_situation run() {
        made_.path = of_.path;
        clients();
        for (const auto& each : of_.counts) {
            if (each.first.measure != "clients") continue;
            if (has(of_open, each.first.section)) part_of("open", each.first);
            if (has(of_all, each.first.section)) part_of("all", each.first);
        }
        for (const std::string_view section : {"instrument", "experience"})
            partitions(section, "measured", [](const std::string&) { return scale_parts(); });
        partitions("criterion", "asked", [](const std::string&) { return criterion_parts(); });
        partitions("fact", "", [this](const std::string& fact) { return fact_parts(fact); });
        goals();
        periods();
        for (const auto& each : of_.spreads) spread(each.first, each.second);
        caseload();
        std::sort(made_.counts.begin(), made_.counts.end(),
                  [](const count_row& left, const count_row& right) { return left.key < right.key; });
        return std::move(made_);
    }

    static std::optional<quartiles> quartiles_of(const situation_builder::values& of) {
        std::int64_t count = 0;
        for (const auto& each : of.times) count += each.second;
        const auto at = [&](std::int64_t quarters) -> std::optional<feel::number> {
            const std::int64_t place = count * quarters;
            const feel::number& low = nth(of, (place + 3) / 4);
            if (place % 4 != 0) return low;
            const auto sum = feel::add(low, nth(of, place / 4 + 1));
            return sum ? feel::divide(*sum, 2) : std::nullopt;
        };
        if (count == 0) return std::nullopt;
        const auto lower = at(1);
        const auto median = at(2);
        const auto upper = at(3);
        if (!lower || !median || !upper) return std::nullopt;
        return quartiles{*lower, *median, *upper};
    }

private:
    /// The value of that rank, counted from 1.
    static const feel::number& nth(const situation_builder::values& of, std::int64_t rank) {
        auto at = of.times.begin();
        while (rank > at->second) {
            rank -= at->second;
            ++at;
        }
        return at->first;
    }

    std::vector<protected_count> counted(const figure_key& key) const {
        std::vector<protected_count> found(layers_.size());
        const auto row = of_.counts.find(key);
        if (row == of_.counts.end()) return found;
        for (std::size_t at = 0; at + 1 < layers_.size(); ++at) {
            const auto cell = row->second.find(layers_[at]);
            if (cell == row->second.end()) continue;
            found[at].value = cell->second;
            found.back().value += cell->second;
        }
        return found;
    }

    /// Counts of things, hidden also where they are of few clients.
    std::vector<protected_count> counted_things(figure_key key) const {
        std::vector<protected_count> things = counted(key);
        key.measure = "clients";
        const std::vector<protected_count> clients = counted(key);
        for (std::size_t at = 0; at < things.size(); ++at)
            if (0 < clients[at].value && clients[at].value < threshold_)
                things[at].shown = things[at].value < threshold_ ? disclosure::small : disclosure::hidden;
        return things;
    }

    /// Where the clients came from, are and went: at each place as many come as go or stay.
    void clients() {
        graph_maker made;
        for (const auto& each : of_.counts) {
            const figure_key& key = each.first;
            const auto arc = [&](const std::string& from, const std::string& to) {
                made.arc(key, from, to, key.measure == "moves" ? counted_things(key) : counted(key));
            };
            if (key.section == "clients") {
                if (key.item == "all") arc("outside", "inside");
                if (key.item == "open") arc("now", "open");
                if (key.item == "ended") arc("over", "outside");
            }
            if (key.section == "entry") arc("inside", "entry " + key.item);
            if (key.section == "stage") arc("stage " + key.item, "now");
            if (key.section == "owner") arc("open", "outside");
            if (key.section == "exit") arc("exit " + key.item, "outcome " + key.to);
            if (key.section == "outcome") arc("outcome " + key.item, "over");
            if (key.measure != "moves") continue;
            if (key.section == "start") arc("entry " + key.item, "stage " + key.to);
            if (key.section == "transition") arc("stage " + key.item, "stage " + key.to);
            if (key.section == "ending") arc("stage " + key.item, "exit " + key.to);
            if (key.section == "reopening") arc("exit " + key.item, "stage " + key.to);
        }
        protect(made.graph, threshold_);
        made.give(made_.counts);
        for (const std::string_view item : {"all", "open", "ended"})
            totals_.emplace(item, total_row({"clients", std::string(item), {}, "clients"}));
    }

    std::vector<protected_count> total_row(const figure_key& key) const {
        for (const count_row& each : made_.counts)
            if (each.key == key) return each.layers;
        return std::vector<protected_count>(layers_.size());
    }

    /// What is known to the reader of a part of a total whose number is not shown: nothing, not even a zero.
    void hide_with(std::vector<protected_count>& part, const std::vector<protected_count>& total) const {
        for (std::size_t at = 0; at < part.size(); ++at)
            if (total[at].shown != disclosure::exact) part[at].shown = disclosure::withheld;
    }

    std::vector<protected_count> rest_of(const std::vector<protected_count>& total,
                                         const std::vector<const std::vector<protected_count>*>& parts) const {
        std::vector<protected_count> rest = total;
        for (protected_count& each : rest) each.shown = disclosure::exact;
        for (const auto* part : parts)
            for (std::size_t at = 0; at < rest.size(); ++at) rest[at].value -= (*part)[at].value;
        return rest;
    }

    bool is_left_out(const figure_key& key, const std::vector<protected_count>& layers) const {
        return has(of_free_words, key.section) && layers.back().value < threshold_;
    }

    /// Clients of whom something holds, out of all or out of those who are open.
    void part_of(const std::string& population, const figure_key& key) {
        const std::vector<protected_count>& total = totals_.at(population);
        std::vector<protected_count> part = counted(key);
        if (is_left_out(key, part)) return;
        std::vector<protected_count> rest = rest_of(total, {&part});
        hide_with(part, total);
        hide_with(rest, total);
        graph_maker made;
        made.arc(key, "from", "to", std::move(part));
        made.arc({}, "from", "to", std::move(rest));
        made.arc({}, "to", "from", total).fixed = true;
        protect(made.graph, threshold_);
        made.give(made_.counts);
    }

    static std::vector<std::string> criterion_parts() { return {"met", "waiting", "missed"}; }
    static std::vector<std::string> scale_parts() { return {"rose", "stayed", "fell", "once"}; }

    /// The listed values of a fact, and any that an older version of the path listed.
    std::vector<std::string> fact_parts(const std::string& fact) const {
        std::set<std::string> values;
        const auto says = of_.path.says().facts.find(fact);
        if (says != of_.path.says().facts.end()) {
            for (const auto& each : says->second.values) values.insert(each.first);
            if (says->second.type == "boolean") values.insert({"true", "false"});
        }
        for (const auto& each : of_.counts)
            if (each.first.section == "fact" && each.first.item == fact && !each.first.to.empty())
                values.insert(each.first.to);
        return {values.begin(), values.end()};
    }

    /// Items each of which parts the clients whom it concerns: a scale by how it changed since, a fact by its values.
    /// `whole` names all of them; the other clients are the rest.
    template <class Parts>
    void partitions(std::string_view section_name, std::string_view whole, Parts&& parts_of) {
        const std::string section(section_name);
        std::set<std::string> items;
        for (const auto& each : of_.counts)
            if (each.first.section == section) items.insert(each.first.item);
        for (const std::string& item : items) {
            const std::vector<protected_count>& total = totals_.at("all");
            graph_maker made;
            for (const std::string& part : parts_of(item)) {
                const figure_key key{section, item, part, "clients"};
                std::vector<protected_count> layers = counted(key);
                hide_with(layers, total);
                made.arc(key, "from", "measured", std::move(layers));
            }
            const figure_key key{section, item, std::string(whole), "clients"};
            std::vector<protected_count> measured = counted(key);
            std::vector<protected_count> rest = rest_of(total, {&measured});
            hide_with(measured, total);
            hide_with(rest, total);
            made.arc(key, "measured", "to", std::move(measured));
            made.arc({}, "from", "to", std::move(rest));
            made.arc({}, "to", "from", total).fixed = true;
            protect(made.graph, threshold_);
            made.give(made_.counts);
        }
    }

    /// Goals, not clients: each is scored once at most, or has risen, stayed or fallen; and some are met.
    void goals() {
        const auto key = [](std::string_view item) { return figure_key{"goal", std::string(item), {}, "goals"}; };
        if (of_.counts.count(key("set")) == 0) return;
        graph_maker made;
        for (const std::string& how : scale_parts()) made.arc(key(how), "from", "changed", counted_things(key(how)));
        const std::vector<protected_count> all = counted_things(key("set"));
        const std::vector<protected_count> met = counted_things(key("met"));
        made.arc(key("met"), "changed", "met", met);
        made.arc({}, "changed", "met", rest_of(all, {&met}));
        made.arc(key("set"), "met", "from", all);
        protect(made.graph, threshold_);
        made.give(made_.counts);
    }

    /// Assessment periods, hidden where their clients are.
    void periods() {
        std::vector<count_row> found;
        for (const count_row& clients : made_.counts) {
            if (clients.key.section != "assessment") continue;
            figure_key key = clients.key;
            key.measure = "periods";
            std::vector<protected_count> layers = counted(key);
            for (std::size_t at = 0; at < layers.size(); ++at) {
                if (clients.layers[at].shown == disclosure::exact) continue;
                const bool is_small = 0 < layers[at].value && layers[at].value < threshold_;
                layers[at].shown = clients.layers[at].shown == disclosure::withheld ? disclosure::withheld
                                   : is_small                                       ? disclosure::small
                                                                                    : disclosure::hidden;
            }
            graph_maker made;
            made.arc(key, "periods", "periods", std::move(layers));
            protect(made.graph, threshold_);
            made.give(found);
        }
        made_.counts.insert(made_.counts.end(), found.begin(), found.end());
    }

    void spread(const figure_key& key, const std::map<std::string, situation_builder::values>& of) {
        spread_row row{key, std::vector<std::optional<quartiles>>(layers_.size())};
        situation_builder::values all;
        const auto shown = [this](const situation_builder::values& values) {
            return values.clients < threshold_ ? std::nullopt : quartiles_of(values);
        };
        for (std::size_t at = 0; at + 1 < layers_.size(); ++at) {
            const auto found = of.find(layers_[at]);
            if (found == of.end()) continue;
            row.layers[at] = shown(found->second);
            all.clients += found->second.clients;
            for (const auto& each : found->second.times) all.times[each.first] += each.second;
        }
        row.layers.back() = shown(all);
        if (!has(of_free_words, key.section) || row.layers.back()) made_.spreads.push_back(std::move(row));
    }

    void caseload() {
        for (const auto& [id, place] : of_.path.says().environments) {
            if (place.valid && !in_force(*place.valid, as_of_)) continue;
            const figure_key key{"environment_now", id, {}, "clients"};
            caseload_row row{id, place.municipality.value_or(""), place.places, place.coaches, {}};
            row.clients = total_row(key).back();
            if (totals_.at("open").back().shown != disclosure::exact) row.clients.shown = disclosure::withheld;
            made_.caseload.push_back(std::move(row));
        }
    }

    const counters& of_;
    const std::vector<std::string>& layers_;
    time::date as_of_;
    std::int64_t threshold_;
    path_situation made_;
    std::map<std::string, std::vector<protected_count>> totals_;
};

void situation_builder::add(const path::service_path& path, const case_record& one) {
    add_path(path);
    situation_counter(paths_[path.says().id], one).run();
}

void situation_builder::add_path(const path::service_path& path) { newer(paths_[path.says().id].path, path); }

result<void> situation_builder::add_counted(const std::string& label,
                                            const std::vector<std::pair<std::int64_t, std::int64_t>>& sums) {
    const std::optional<figure_label> read = figure_label::from(label);
    if (!read)
        return error(error_code::invalid_argument,
                     "the label '" + label + "' of a counter is none of a case's figures");
    if (sums.empty() || read->of.kind == figure_kind::path) return {};
    counters& into = paths_[read->path];
    const figure& of = read->of;
    for (const auto& [value, count] : sums) {
        if (of.kind == figure_kind::count) into.counts[of.key][of.layer] += count;
        if (of.kind == figure_kind::clients) into.spreads[of.key][of.layer].clients += count;
        if (of.kind == figure_kind::value)
            into.spreads[of.key][of.layer].times[of.value ? *of.value : feel::number(value)] += count;
    }
    return {};
}

namespace {

template <class Cell>
void keep_layer(std::vector<Cell>& layers, std::optional<std::size_t> at) {
    layers = {at ? layers[*at] : Cell{}};
}

void keep_layer(situation& of, const std::string& municipality) {
    const auto found = std::find(of.layers.begin(), of.layers.end(), municipality);
    std::optional<std::size_t> at;
    if (found != of.layers.end()) at = static_cast<std::size_t>(found - of.layers.begin());
    of.layers = {municipality};
    for (path_situation& each : of.paths) {
        for (count_row& row : each.counts) keep_layer(row.layers, at);
        for (spread_row& row : each.spreads) keep_layer(row.layers, at);
        std::erase_if(each.caseload, [&](const caseload_row& row) {
            return !row.municipality.empty() && row.municipality != municipality;
        });
    }
}

}  // namespace

situation situation_builder::finish(const situation_options& with) const {
    situation made;
    made.as_of = as_of_;
    made.threshold = std::max<std::int64_t>(1, with.threshold);
    std::set<std::string> municipalities;
    for (const auto& each : paths_) {
        const auto all = each.second.counts.find({"clients", "all", {}, "clients"});
        for (const auto& layer : all->second) municipalities.insert(layer.first);
    }
    const bool some_hidden = municipalities.erase(std::string(layer_not_shown)) > 0;
    made.layers.assign(municipalities.begin(), municipalities.end());
    if (some_hidden) made.layers.emplace_back(layer_not_shown);
    made.layers.emplace_back(layer_total);
    for (const auto& each : paths_)
        made.paths.push_back(situation_finisher(each.second, made.layers, as_of_, made.threshold).run());
    if (!with.municipality.empty()) keep_layer(made, with.municipality);
    made.compared = with.compared;
    return made;
}

const protected_count* find_own(const path_situation& in, const comparison_figure& of) noexcept {
    if (!of.own || of.own->path != in.path.says().id) return nullptr;
    const figure_key wanted{of.own->section, of.own->item, of.own->to.value_or(""),
                            of.own->measure.value_or("clients")};
    const auto found =
        std::find_if(in.counts.begin(), in.counts.end(), [&](const count_row& each) { return each.key == wanted; });
    return found == in.counts.end() || found->layers.empty() ? nullptr : &found->layers.back();
}

}  // namespace polku::inline POLKU_V::report
