// SPDX-License-Identifier: Apache-2.0
#include <polku/json/described.hpp>
#include <polku/json/shipped.hpp>
#include <polku/storage/hash.hpp>
#include <polku/storage/keyed_store.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>

namespace polku::inline POLKU_V {

namespace {

template <class Rule>
bool holds(const Rule& rule, time::date on) {
    return rule.in_force <= on && (!rule.in_force_until || on <= *rule.in_force_until);
}

error negative(std::string_view source, std::string pointer) {
    return error(error_code::json_invalid_value, "a period of the retention rules is negative; expected 0 or more",
                 {.source = std::string(source), .pointer = std::move(pointer)});
}

result<storage::keyed_store*> file_of(storage::event_store& store) {
    if (auto* file = dynamic_cast<storage::keyed_store*>(&store); file != nullptr) return file;
    return error(error_code::invalid_argument,
                 "the workspace is in memory, which keeps nothing and has nothing to erase; open a store file");
}

/// One class of one client, or the attributions of one stream.
struct retention_item {
    std::string subject;
    std::string retention_class;
};

std::vector<retention_item> items_of(const storage::ended_subject& ended) {
    std::vector<retention_item> items;
    for (const std::string& each : ended.classes) {
        if (each != "none") items.push_back({ended.subject, each});
    }
    for (const std::string& stream : ended.streams) items.push_back({stream, "attribution"});
    return items;
}

feel::value erasure_value(const storage::erase_answer& done) {
    return feel::value(feel::context{{"number", static_cast<std::int64_t>(done.entry.number)},
                                     {"subject", done.entry.subject},
                                     {"retention_class", done.entry.retention_class},
                                     {"reason", done.entry.reason},
                                     {"on", done.entry.on},
                                     {"parts", static_cast<std::int64_t>(done.parts)},
                                     {"keys", static_cast<std::int64_t>(done.keys)},
                                     {"snapshots", static_cast<std::int64_t>(done.snapshots)},
                                     {"pending", done.pending}});
}

}  // namespace

const retention_rule* retention_rules::rule_of(std::string_view retention_class, time::date on) const noexcept {
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const retention_rule& each) {
        return each.retention_class == retention_class && holds(each, on);
    });
    return found == classes.end() ? nullptr : &*found;
}

const use_log_rule* retention_rules::log_rule(time::date on) const noexcept {
    const auto found =
        std::find_if(use_log.begin(), use_log.end(), [&](const use_log_rule& each) { return holds(each, on); });
    return found == use_log.end() ? nullptr : &*found;
}

result<retention_rules> try_read_retention_rules(std::string_view text, std::string_view source) {
    json::parse_options options;
    options.source = std::string(source);
    POLKU_TRY(const feel::value document, json::try_parse(text, options));
    POLKU_TRY(retention_rules rules, json::try_from_value<retention_rules>(document));
    for (std::size_t i = 0; i < rules.classes.size(); ++i) {
        if (rules.classes[i].years < 0) return negative(source, "/classes/" + std::to_string(i) + "/years");
    }
    for (std::size_t i = 0; i < rules.use_log.size(); ++i) {
        const use_log_rule& each = rules.use_log[i];
        if (std::min({each.years, each.extract_years, each.answer_months}) < 0)
            return negative(source, "/use_log/" + std::to_string(i));
    }
    return rules;
}

const retention_rules& shipped_retention_rules() {
    static const retention_rules rules = [] {
        auto read =
            try_read_retention_rules(json::find_shipped("retention/rules.json").value_or(""), "retention/rules.json");
        return read ? std::move(read).value() : retention_rules{};
    }();
    return rules;
}

result<feel::value> workspace::try_retention(time::date by) {
    POLKU_TRY(storage::keyed_store* const file, file_of(*store_));
    POLKU_TRY(const std::vector<storage::ended_subject> ended, file->try_find_ended(by));
    std::vector<feel::value> rows;
    for (const storage::ended_subject& each : ended) {
        for (const retention_item& item : items_of(each)) {
            feel::context row{{"client", each.subject},
                              {"subject", item.subject},
                              {"retention_class", item.retention_class},
                              {"ended", each.ended}};
            const retention_rule* rule = rules_->rule_of(item.retention_class, by);
            if (rule == nullptr) {
                // Without a rule nothing is erased, and somebody must see that a rule is missing.
                row.set("rule", feel::value());
                rows.emplace_back(std::move(row));
                continue;
            }
            const auto erase_from = each.ended.plus_months(12 * rule->years);
            if (!erase_from || *erase_from > by) continue;
            row.set("erase_from", *erase_from);
            row.set("rule", rule->source);
            row.set("years", rule->years);
            rows.emplace_back(std::move(row));
        }
    }
    return feel::value(std::move(rows));
}

result<feel::value> workspace::try_erase(const storage::erase_request& request) {
    POLKU_TRY(storage::keyed_store* const file, file_of(*store_));
    POLKU_TRY(const storage::erase_answer done, file->try_erase(request));
    return erasure_value(done);
}

result<feel::value> workspace::try_erase_due(time::date by) {
    POLKU_TRY(const feel::value due, try_retention(by));
    std::vector<feel::value> done;
    for (const feel::value& row : due.as_list()) {
        const feel::context& item = row.as_context();
        if (item.find("erase_from") == nullptr) continue;
        storage::erase_request request;
        request.subject = std::string(item.find("subject")->as_string());
        request.retention_class = std::string(item.find("retention_class")->as_string());
        request.reason = "retention";
        request.on = by;
        POLKU_TRY(feel::value erased, try_erase(request));
        done.push_back(std::move(erased));
    }
    return feel::value(std::move(done));
}

result<std::uint64_t> workspace::try_finish_erasures() {
    POLKU_TRY(storage::keyed_store* const file, file_of(*store_));
    return file->try_finish_erasures();
}

result<std::string> workspace::try_ledger() {
    POLKU_TRY(storage::keyed_store* const file, file_of(*store_));
    POLKU_TRY(const storage::erasure_ledger ledger, file->try_ledger());
    return storage::write_ledger(ledger);
}

result<std::uint64_t> workspace::try_rotate_master(const std::string& id) {
    POLKU_TRY(storage::keyed_store* const file, file_of(*store_));
    return file->try_rotate_master(id);
}

}  // namespace polku::inline POLKU_V
