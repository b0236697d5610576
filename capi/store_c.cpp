// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/json/access.hpp>
#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/workspace/workspace.hpp>

#include <workspace/named_store.hpp>

#include <memory>

using namespace polku_capi;

struct polku_store : marked<0x706b736fU>, exclusive {
    std::unique_ptr<polku::workspace> workspace;
    cancel_hook cancel;
    std::string file;                       // what to open again for a clone
    polku::workspace_options opened_with;   // without the callback, which is each handle's own
    std::vector<polku::path_bundle> paths;  // made known so far; a clone knows them too
};

namespace {

constexpr const char* in_memory = ":memory:";

polku::result<polku::workspace_options> store_options_in(const polku_store_options* options) {
    POLKU_TRY(const polku_store_options given, options_in(options, "polku_store_options", POLKU_STORE_OPTIONS_SIZE_1));
    if ((given.flags & ~POLKU_STORE_MUST_EXIST) != 0 || given.reserved32 != 0)
        return polku::error(polku::error_code::invalid_argument,
                            "polku_store_options has flags that this version of polku does not know");
    polku::workspace_options made;
    made.create = (given.flags & POLKU_STORE_MUST_EXIST) == 0;
    if (given.busy_timeout_ms != 0) made.busy_timeout_ms = given.busy_timeout_ms;
    return made;
}

polku::result<std::unique_ptr<polku_store>> open_store(std::string file, const polku::workspace_options& with) {
    auto made = std::make_unique<polku_store>();
    polku::workspace_options own = with;
    own.cancel = [hook = &made->cancel] { return cancel_hook::asked(hook); };
    POLKU_TRY(made->workspace, polku::detail::try_open_named(file, std::move(own)));
    made->file = std::move(file);
    made->opened_with = with;
    return made;
}

polku::result<void> use_path(polku_store& store, const polku::path_bundle& path) {
    POLKU_CHECK(store.workspace->try_use(path));
    for (polku::path_bundle& known : store.paths) {
        if (known.id() != path.id()) continue;
        known = path;
        return {};
    }
    store.paths.push_back(path);
    return {};
}

polku::result<polku::time::date> day_in(std::string_view text, const char* name) {
    const auto day = polku::time::parse_date(text);
    if (day) return *day;
    return polku::error(polku::error_code::invalid_date, std::string(name) + " is '" + std::string(text) +
                                                             "', which is no calendar date; write it as 2026-03-02");
}

polku::result<std::optional<polku::path::reader>> reader_in(const char* given, std::size_t length) {
    if (given == nullptr) return std::optional<polku::path::reader>();
    POLKU_TRY(const std::string_view json, text_in(given, length, "options.reader"));
    POLKU_TRY(const polku::feel::value reader, polku::json::try_parse(json, {.source = "options.reader"}));
    POLKU_TRY(polku::path::reader who, polku::json::try_read_reader(reader));
    return std::optional(std::move(who));
}

polku::result<polku::view_options> view_in(const polku_view_options* options) {
    if (options == nullptr) return null_argument("options");
    POLKU_TRY(const polku_view_options given, options_in(options, "polku_view_options", POLKU_VIEW_OPTIONS_SIZE_1));
    if ((given.flags & ~POLKU_VIEW_PROTECTED) != 0)
        return polku::error(polku::error_code::invalid_argument,
                            "polku_view_options has flags that this version of polku does not know");
    if (given.as_of == nullptr) return null_argument("options.as_of");
    polku::view_options made;
    POLKU_TRY(const std::string_view day, text_in(given.as_of, given.as_of_length, "options.as_of"));
    POLKU_TRY(made.as_of, day_in(day, "options.as_of"));
    if (given.language != nullptr) {
        POLKU_TRY(made.language, text_in(given.language, given.language_length, "options.language"));
    }
    made.show_protected = (given.flags & POLKU_VIEW_PROTECTED) != 0;
    POLKU_TRY(made.reader, reader_in(given.reader, given.reader_length));
    return made;
}

/// What the JSON of a question about registers says (docs/registers.md).
struct register_members {
    std::optional<std::string> path, register_;
    polku::time::date as_of;
    std::optional<std::string> about, owner;
    std::optional<polku::time::date> due_by;
    std::optional<bool> ended, contacts;
    std::optional<polku::feel::value> reader;
};
BOOST_DESCRIBE_STRUCT(register_members, (), (path, register_, as_of, about, owner, due_by, ended, contacts, reader))

struct circling_members {
    polku::time::date as_of;
    std::optional<std::string> path;
    std::optional<std::int64_t> returns, months;
};
BOOST_DESCRIBE_STRUCT(circling_members, (), (as_of, path, returns, months))

polku::result<polku::feel::value> registers(polku::workspace& in, const register_members& asked) {
    const std::string path = asked.path.value_or("");
    if (!asked.register_) {
        if (!asked.about && !asked.owner && !asked.due_by && !asked.ended && !asked.contacts && !asked.reader)
            return in.try_registers(path, asked.as_of);
        return polku::error(polku::error_code::json_missing_member,
                            "'register' is missing: entries are asked of one register, with 'path' and 'register'; "
                            "'path' and 'as_of' alone list all registers",
                            {.pointer = "/register"});
    }
    if (!asked.path)
        return polku::error(polku::error_code::json_missing_member,
                            "'path' is missing: a register is named by its path and its id", {.pointer = "/path"});
    polku::register_query how;
    how.as_of = asked.as_of;
    how.about = asked.about.value_or("");
    how.owner = asked.owner.value_or("");
    how.due_by = asked.due_by;
    how.ended = asked.ended.value_or(false);
    how.personal = asked.contacts.value_or(false);
    if (asked.reader) {
        POLKU_TRY(how.reader, polku::json::try_read_reader(*asked.reader));
    }
    return in.try_register(path, *asked.register_, how);
}

polku::result<polku::feed_options> feed_in(const polku_feed_options* options) {
    POLKU_TRY(const polku_feed_options given, options_in(options, "polku_feed_options", POLKU_FEED_OPTIONS_SIZE_1));
    if ((given.flags & ~POLKU_FEED_PERSONAL) != 0)
        return polku::error(polku::error_code::invalid_argument,
                            "polku_feed_options has flags that this version of polku does not know");
    polku::feed_options made;
    made.personal = (given.flags & POLKU_FEED_PERSONAL) != 0;
    POLKU_TRY(made.reader, reader_in(given.reader, given.reader_length));
    return made;
}

polku::error no_limit() { return {polku::error_code::invalid_argument, "limit is 0; ask for one row at least"}; }

void write_out(const polku::feel::value& document, polku_string** out) {
    *out = text_out(polku::json::write(document));
}

}  // namespace

polku_status polku_store_open(const char* path, size_t path_length, const polku_store_options* options,
                              polku_store** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(path);
        POLKU_TRY(const std::string_view file, text_in(path, path_length, "path"));
        if (file.empty())
            return polku::error(polku::error_code::invalid_argument,
                                "path is empty; name a file, or :memory: for a store in memory");
        POLKU_TRY(const polku::workspace_options with, store_options_in(options));
        POLKU_TRY(std::unique_ptr<polku_store> opened, open_store(std::string(file), with));
        *out = opened.release();
        return {};
    });
}

polku_status polku_store_clone(polku_store* store, polku_store** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        if (store->file == in_memory)
            return polku::error(polku::error_code::invalid_argument,
                                "a store in memory has one connection only; a file can be cloned");
        polku::workspace_options with = store->opened_with;
        with.create = false;
        POLKU_TRY(std::unique_ptr<polku_store> opened, open_store(store->file, with));
        for (const polku::path_bundle& known : store->paths) POLKU_CHECK(use_path(*opened, known));
        *out = opened.release();
        return {};
    });
}

polku_status polku_store_set_cancel(polku_store* store, polku_cancel_callback ask, void* user_data,
                                    polku_cancel_callback* out_ask, void** out_user_data, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        if (out_ask != nullptr) *out_ask = nullptr;
        if (out_user_data != nullptr) *out_user_data = nullptr;
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        store->cancel.replace(ask, user_data, out_ask, out_user_data);
        return {};
    });
}

polku_status polku_store_use_path(polku_store* store, const polku_path* path, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_HANDLE(path);
        const hold held(store);
        if (!held.ok()) return held.why();
        return use_path(*store, path->bundle);
    });
}

polku_status polku_store_execute(polku_store* store, const char* command_json, size_t command_length,
                                 polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(command_json);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view json, text_in(command_json, command_length, "command_json"));
        POLKU_TRY(const polku::feel::value command, polku::json::try_parse(json));
        POLKU_TRY(const polku::feel::value answer, store->workspace->try_execute(command));
        write_out(answer, out);
        return {};
    });
}

polku_status polku_store_case(polku_store* store, const char* case_id, size_t case_id_length,
                              const polku_view_options* options, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(case_id);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view wanted, text_in(case_id, case_id_length, "case_id"));
        POLKU_TRY(const polku::view_options how, view_in(options));
        POLKU_TRY(const polku::feel::value view, store->workspace->try_case(wanted, how));
        write_out(view, out);
        return {};
    });
}

polku_status polku_store_due(polku_store* store, const char* by_date, size_t by_date_length, polku_string** out,
                             polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(by_date);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view text, text_in(by_date, by_date_length, "by_date"));
        POLKU_TRY(const polku::time::date by, day_in(text, "by_date"));
        POLKU_TRY(const polku::feel::value rows, store->workspace->try_due(by));
        write_out(rows, out);
        return {};
    });
}

polku_status polku_store_cases(polku_store* store, const char* after, size_t after_length, uint32_t limit,
                               polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view last, optional_text_in(after, after_length, "after"));
        if (limit == 0) return no_limit();
        POLKU_TRY(const polku::feel::value rows, store->workspace->try_cases(last, limit));
        write_out(rows, out);
        return {};
    });
}

polku_status polku_store_feed(polku_store* store, uint64_t position, uint32_t limit, const polku_feed_options* options,
                              polku_string** out, uint64_t* out_cursor, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        if (out != nullptr) *out = nullptr;
        if (out_cursor != nullptr) *out_cursor = 0;
        POLKU_CAPI_NEED(out);
        POLKU_CAPI_NEED(out_cursor);
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        if (limit == 0) return no_limit();
        POLKU_TRY(const polku::feed_options how, feed_in(options));
        std::uint64_t next = position;
        POLKU_TRY(const polku::feel::value rows, store->workspace->try_events_since(position, limit, next, how));
        write_out(rows, out);
        *out_cursor = next;
        return {};
    });
}

polku_status polku_store_places(polku_store* store, const char* book, size_t book_length, const char* as_of,
                                size_t as_of_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(as_of);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view wanted, optional_text_in(book, book_length, "book"));
        POLKU_TRY(const std::string_view text, text_in(as_of, as_of_length, "as_of"));
        POLKU_TRY(const polku::time::date day, day_in(text, "as_of"));
        auto places =
            book == nullptr ? store->workspace->try_place_books({}, day) : store->workspace->try_places(wanted, day);
        if (!places) return std::move(places).error();
        write_out(*places, out);
        return {};
    });
}

polku_status polku_store_suggest_places(polku_store* store, const char* case_id, size_t case_id_length,
                                        const char* wanted_json, size_t wanted_length,
                                        const polku_view_options* options, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(case_id);
        POLKU_CAPI_NEED(wanted_json);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view id, text_in(case_id, case_id_length, "case_id"));
        POLKU_TRY(const std::string_view json, text_in(wanted_json, wanted_length, "wanted_json"));
        POLKU_TRY(const polku::view_options how, view_in(options));
        POLKU_TRY(const auto wanted, polku::json::try_read<polku::path::place_terms>(json, {.source = "wanted_json"}));
        POLKU_TRY(const polku::feel::value found, store->workspace->try_suggest_places(id, wanted, how));
        write_out(found, out);
        return {};
    });
}

polku_status polku_store_registers(polku_store* store, const char* query_json, size_t query_length, polku_string** out,
                                   polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(query_json);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view json, text_in(query_json, query_length, "query_json"));
        POLKU_TRY(const auto asked, polku::json::try_read<register_members>(json, {.source = "query_json"}));
        POLKU_TRY(const polku::feel::value found, registers(*store->workspace, asked));
        write_out(found, out);
        return {};
    });
}

polku_status polku_store_registers_due(polku_store* store, const char* path, size_t path_length, const char* by_date,
                                       size_t by_date_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(by_date);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view wanted, optional_text_in(path, path_length, "path"));
        POLKU_TRY(const std::string_view text, text_in(by_date, by_date_length, "by_date"));
        POLKU_TRY(const polku::time::date day, day_in(text, "by_date"));
        POLKU_TRY(const polku::feel::value found, store->workspace->try_registers_due(wanted, day));
        write_out(found, out);
        return {};
    });
}

polku_status polku_store_circling(polku_store* store, const char* query_json, size_t query_length, polku_string** out,
                                  polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(query_json);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view json, text_in(query_json, query_length, "query_json"));
        POLKU_TRY(const auto asked, polku::json::try_read<circling_members>(json, {.source = "query_json"}));
        polku::circling_query how{.as_of = asked.as_of, .path = asked.path.value_or(""), .rule = {}};
        if (asked.returns) how.rule.returns = *asked.returns;
        if (asked.months) how.rule.months = *asked.months;
        POLKU_TRY(const polku::feel::value found, store->workspace->try_circling(how));
        write_out(found, out);
        return {};
    });
}

polku_status polku_store_adopt_pack(polku_store* store, const polku_pack* pack, const char* adoption_json,
                                    size_t adoption_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        POLKU_CAPI_NEED(pack);
        const polku::pack_bundle* const bundle = bundle_of(pack);
        if (bundle == nullptr) return wrong_handle("pack");
        POLKU_CAPI_NEED(adoption_json);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view json, text_in(adoption_json, adoption_length, "adoption_json"));
        POLKU_TRY(const auto by, polku::json::try_read<polku::pack_adoption>(json, {.source = "adoption_json"}));
        POLKU_TRY(const polku::feel::value done, polku::try_adopt_pack(*store->workspace, *bundle, by));
        write_out(done, out);
        return {};
    });
}

polku_status polku_store_check_decisions(polku_store* store, const char* query_json, size_t query_length,
                                         polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view json, optional_text_in(query_json, query_length, "query_json"));
        polku::decision_query which;
        if (!json.empty()) {
            POLKU_TRY(const polku::feel::value asked, polku::json::try_parse(json, {.source = "query_json"}));
            POLKU_TRY(which, polku::try_read_decision_query(asked));
        }
        std::vector<polku::feel::value> rows;
        const auto keep = [&](const polku::feel::value& one) -> polku::result<void> {
            rows.push_back(one);
            return {};
        };
        POLKU_CHECK(polku::try_check_decisions(*store->workspace, which, keep));
        write_out(polku::feel::value(std::move(rows)), out);
        return {};
    });
}

polku_status polku_store_head(polku_store* store, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(std::string head, store->workspace->try_head());
        *out = text_out(std::move(head));
        return {};
    });
}

polku_status polku_store_verify(polku_store* store, const char* anchor, size_t anchor_length, polku_string** out,
                                polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view kept, optional_text_in(anchor, anchor_length, "anchor"));
        POLKU_TRY(const polku::feel::value report, store->workspace->try_verify(kept));
        write_out(report, out);
        return {};
    });
}

polku_status polku_store_checkpoint(polku_store* store, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_HANDLE(store);
        const hold held(store);
        if (!held.ok()) return held.why();
        return store->workspace->try_checkpoint();
    });
}

void polku_store_destroy(polku_store* store) {
    if (!usable(store)) return;
    // SQLite must not be touched by a child of fork, not even to close it; the parent still has the connection.
    if (store->generation != fork_generation()) (void)store->workspace.release();
    delete store;
}
