// SPDX-License-Identifier: Apache-2.0
#include "case_loading.hpp"
#include "client_reads.hpp"
#include "command_envelope.hpp"
#include "feed.hpp"

#include <polku/json/access.hpp>
#include <polku/json/described.hpp>
#include <polku/json/path_case.hpp>
#include <polku/path/explain.hpp>
#include <polku/path/queries.hpp>
#include <polku/storage/hash.hpp>
#include <polku/workspace/workspace.hpp>

#include <algorithm>

namespace polku::inline POLKU_V {

namespace {

feel::value optional_date(const std::optional<time::date>& day) { return day ? feel::value(*day) : feel::value(); }

feel::value finding_value(const diagnostic& finding) {
    const position where = finding.what.positions().empty() ? position{} : finding.what.positions().front();
    return feel::value(feel::context{{"severity", finding.severity == severity::error     ? "error"
                                                  : finding.severity == severity::warning ? "warning"
                                                                                          : "note"},
                                     {"code", static_cast<std::int64_t>(finding.what.code())},
                                     {"message", finding.what.message()},
                                     {"element", where.element}});
}

result<storage::stream_row> row_of(storage::event_store& store, const path::stream_id& wanted) {
    storage::stream_query query;
    query.stream = wanted;
    query.kind = path::stream_kind::case_;
    POLKU_TRY(const auto rows, store.try_find_streams(query));
    if (rows.empty())
        return error(error_code::case_not_opened, "the case " + storage::to_hex(wanted.bytes) + " has not been opened");
    return rows.front();
}

}  // namespace

result<feel::value> workspace::try_case(std::string_view case_id, const view_options& how) {
    POLKU_CHECK(check_reader());
    POLKU_TRY(const loaded_case loaded, try_fold(case_id, case_history::whole));
    json::case_view_options options{how.as_of, how.language, how.show_protected};
    std::set<std::string> categories = detail::categories_of(loaded.state);
    path::visibility seen;
    std::string decided_by;
    if (how.reader) {
        POLKU_TRY(seen, try_decide_access(loaded, *how.reader, how.as_of));
        options.reader = &seen;
        decided_by = seen.says().id + " " + seen.says().version;
        for (const path::access_answer& each : seen.answers())
            if (!each.allowed) categories.erase(each.category);
    }
    POLKU_TRY(const feel::value view, json::try_view_case(loaded.path, loaded.state, options));
    POLKU_CHECK(try_log_reads({{loaded.state.client, std::move(categories)}}, decided_by));
    feel::context document = view.as_context();
    document.set("case", case_id);
    return feel::value(std::move(document));
}

result<path::visibility> workspace::try_decide_access(const loaded_case& of, const path::reader& who, time::date on) {
    if (!access_) {
        POLKU_TRY(access_, json::try_shipped_access());
    }
    return access_.try_decide(of.path.says(), of.state, who, on);
}

result<feel::value> workspace::try_access(std::string_view case_id, const path::reader& who, time::date on,
                                          const std::string& language) {
    POLKU_TRY(const loaded_case loaded, try_fold(case_id));
    POLKU_TRY(const path::visibility seen, try_decide_access(loaded, who, on));
    std::vector<feel::value> answers;
    for (const path::access_answer& each : seen.answers()) {
        feel::context answer = json::to_value(each).as_context();
        const auto reason = seen.says().reasons.find(each.rule);
        if (reason != seen.says().reasons.end()) {
            answer.append("reason", path::text_in(reason->second.text, language));
            answer.append("source", reason->second.source);
        }
        answers.emplace_back(std::move(answer));
    }
    return feel::value(feel::context{{"case", case_id},
                                     {"relation", json::to_value(seen.relation())},
                                     {"rules", seen.says().id + " " + seen.says().version},
                                     {"answers", feel::value(std::move(answers))}});
}

result<feel::value> workspace::try_due(time::date by) {
    POLKU_CHECK(check_reader());
    client_reads reads;
    struct due_row {
        time::date day;
        std::string case_id;
        feel::value document;
    };
    std::vector<due_row> found;
    storage::due_query query;
    query.by = by;
    for (;;) {
        POLKU_TRY(const auto rows, store_->try_find_due(query));
        for (const storage::stream_row& row : rows) {
            const std::string id = storage::to_hex(row.stream.bytes);
            POLKU_TRY(const loaded_case loaded, try_fold(id));
            if (log_) reads[loaded.state.client].merge(detail::categories_of(loaded.state));
            for (const path::due_item& item : path::due(loaded.path, loaded.state, by, by)) {
                feel::context document = json::to_value(item).as_context();
                document.set("case", id);
                found.push_back({item.due, id, feel::value(std::move(document))});
            }
        }
        if (rows.size() < query.limit) break;
        query.after_date = rows.back().projection->next_due_on;
        query.after = rows.back().number;
    }
    POLKU_CHECK(try_log_reads(reads));
    std::stable_sort(found.begin(), found.end(), [](const due_row& a, const due_row& b) {
        return a.day != b.day ? a.day < b.day : a.case_id < b.case_id;
    });
    std::vector<feel::value> documents;
    for (due_row& each : found) documents.push_back(std::move(each.document));
    return feel::value(std::move(documents));
}

result<feel::value> workspace::try_cases(std::string_view after, std::uint32_t limit) {
    POLKU_CHECK(check_reader());
    storage::stream_query query;
    query.kind = path::stream_kind::case_;
    query.limit = limit;
    if (!after.empty()) {
        const auto id = storage::stream_id_from_hex(after);
        if (!id)
            return error(error_code::invalid_argument,
                         "'" + std::string(after) + "' is no case id; it must be 32 hexadecimal digits");
        POLKU_TRY(const storage::stream_row row, row_of(*store_, *id));
        query.after = row.number;
    }
    POLKU_TRY(const auto rows, store_->try_find_streams(query));
    client_reads reads;
    if (log_) {
        for (const storage::stream_row& row : rows) {
            POLKU_TRY(const std::string client, try_client_of(row.stream));
            if (!client.empty()) reads[client].insert("case");
        }
    }
    POLKU_CHECK(try_log_reads(reads));
    std::vector<feel::value> documents;
    for (const storage::stream_row& row : rows) {
        const storage::case_projection place = row.projection.value_or(storage::case_projection{});
        documents.emplace_back(feel::context{{"case", storage::to_hex(row.stream.bytes)},
                                             {"stage", place.stage},
                                             {"municipality", place.municipality},
                                             {"owner", place.owner_role},
                                             {"status", place.status},
                                             {"opened", optional_date(place.opened_on)},
                                             {"closed", optional_date(place.closed_on)},
                                             {"next_due", optional_date(place.next_due_on)}});
    }
    return feel::value(std::move(documents));
}

result<feel::value> workspace::try_events_since(std::uint64_t position, std::uint32_t limit, std::uint64_t& next,
                                                const feed_options& how) {
    POLKU_CHECK(check_reader());
    POLKU_TRY(const storage::feed_page page, store_->try_events_since(position, limit));
    detail::feed_sight sight{how.personal, {}};
    std::string decided_by;
    if (how.reader)
        sight.of_case = [&](const std::string& case_id, time::date on) -> result<path::visibility> {
            POLKU_TRY(const loaded_case loaded, try_fold(case_id));
            POLKU_TRY(path::visibility seen, try_decide_access(loaded, *how.reader, on));
            decided_by = seen.says().id + " " + seen.says().version;
            return seen;
        };
    POLKU_TRY(feel::value documents, detail::cloud_events(*store_, page.events, sight));
    if (log_) {
        POLKU_TRY(const client_reads reads, try_reads_of(page.events, how.personal));
        POLKU_CHECK(try_log_reads(reads, decided_by));
    }
    next = page.next;
    return documents;
}

result<feel::value> workspace::try_verify(std::string_view anchor) {
    storage::verify_options options;
    if (!anchor.empty()) {
        options.anchor = storage::chain_head_from(anchor);
        if (!options.anchor)
            return error(error_code::invalid_argument, "'" + std::string(anchor) +
                                                           "' is no anchor; it must be what `store head` printed: "
                                                           "<position>:<64 hexadecimal digits>");
    }
    POLKU_TRY(const storage::verify_report report, store_->try_verify(options));
    std::vector<feel::value> findings;
    for (const diagnostic& each : report.findings) findings.push_back(finding_value(each));
    return feel::value(feel::context{{"ok", report.sound()},
                                     {"streams", static_cast<std::int64_t>(report.streams)},
                                     {"events", static_cast<std::int64_t>(report.events)},
                                     {"checkpoints", static_cast<std::int64_t>(report.checkpoints)},
                                     {"parts_checked", static_cast<std::int64_t>(report.parts_checked)},
                                     {"parts_sealed", static_cast<std::int64_t>(report.parts_sealed)},
                                     {"sealed", report.sealed},
                                     {"head", to_string(report.head)},
                                     {"findings", feel::value(std::move(findings))}});
}

}  // namespace polku::inline POLKU_V
