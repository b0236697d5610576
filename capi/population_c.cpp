// SPDX-License-Identifier: Apache-2.0
#include "arrow_people.hpp"
#include "arrow_stream.hpp"
#include "polku_population.h"
#include "simulated_rows.hpp"

#include <polku/json/described.hpp>
#include <polku/json/text.hpp>
#include <polku/population/simulation.hpp>

#include <memory>
#include <mutex>
#include <optional>
#include <utility>

using namespace polku_capi;
namespace json = polku::json;
namespace population = polku::population;

namespace {

polku::error bad_columns(std::string why) { return {polku::error_code::invalid_argument, std::move(why)}; }

/// The totals of a stream of rows; the simulation and the stream share it, and may be on two threads.
struct report_place {
    std::mutex guard;
    std::optional<std::string> text;
};

/// What a stream of rows is made of. The simulation calls into the rest, so nothing of it moves.
struct row_stream {
    std::optional<simulated_rows> rows;
    cancel_hook cancel;
    std::optional<population::simulation_run> run;
    std::shared_ptr<report_place> report;
    std::string error;
    int failed = 0;
    bool ended = false;
};

int fail_rows(row_stream& self, const polku::error& why) {
    self.error = why.to_string();
    return errno_of(why);
}

int rows_get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    *out = {};
    return guarded_stream<row_stream>(stream, [out](row_stream& self) {
        self.rows->make_schema(*out);
        return 0;
    });
}

int rows_get_next(ArrowArrayStream* stream, ArrowArray* out) {
    *out = {};
    return guarded_stream<row_stream>(stream, [out](row_stream& self) {
        if (self.ended) return 0;
        const polku::result<bool> is_more = self.run->try_next();
        if (!is_more) return fail_rows(self, is_more.error());
        if (*is_more) {
            const polku::result<void> done = self.rows->take(*out);
            return done ? 0 : fail_rows(self, done.error());
        }
        std::string told = json::write(json::to_value(self.run->take_report()));
        self.ended = true;
        const std::lock_guard<std::mutex> held(self.report->guard);
        self.report->text = std::move(told);
        return 0;
    });
}

}  // namespace

struct polku_simulation : marked<0x706b7369U>, exclusive {
    population::simulation_options what;
    std::vector<answer_column> answers;
    std::string error_column = "error";
    bool allow_float = false;
    std::shared_ptr<report_place> report = std::make_shared<report_place>();
};

namespace {

polku::result<void> take_columns(const polku_batch_options* columns, polku_simulation& into) {
    POLKU_TRY(const polku_batch_options given, options_in(columns, "polku_batch_options", POLKU_BATCH_OPTIONS_SIZE_1));
    if ((given.flags & ~POLKU_BATCH_ALLOW_FLOAT) != 0)
        return bad_columns("flags " + std::to_string(given.flags) +
                           " of a simulation; only POLKU_BATCH_ALLOW_FLOAT is one");
    if (given.keep_count != 0) return bad_columns("keep_count is not 0; the columns to keep stand in the question");
    if (given.output_count != 0) POLKU_CAPI_NEED(given.outputs);
    into.allow_float = (given.flags & POLKU_BATCH_ALLOW_FLOAT) != 0;
    if (given.error_column != nullptr) {
        POLKU_TRY(into.error_column, text_in(given.error_column, given.error_column_length, "error_column"));
    }
    POLKU_TRY(const polku::feel::type type,
              population::try_answer_type(into.what.is, into.what.decision, into.what.days.front()));
    into.answers = declared_columns(type, "answer");
    return set_forms(std::span(given.outputs, given.output_count), into.answers);
}

polku::result<std::unique_ptr<population::people_reader>> reader_of(const polku_simulation& of,
                                                                    ArrowArrayStream* people) {
    POLKU_TRY(std::unique_ptr<arrow_people> made,
              arrow_people::try_open(owned<ArrowArrayStream>(people), of.allow_float));
    return std::unique_ptr<population::people_reader>(std::move(made));
}

std::function<bool(std::size_t)> asks(const cancel_hook& cancel) {
    return [&cancel](std::size_t) { return !cancel_hook::asked(const_cast<cancel_hook*>(&cancel)); };
}

/// Both handles, for the length of a call; a stream that came in is released where the call fails.
polku::result<void> check_handles(const hold& one, const hold& other) {
    if (!one.ok()) return one.why();
    if (!other.ok()) return other.why();
    return {};
}

}  // namespace

polku_status polku_simulation_create(const polku_pack* pack, const polku_pack* against, const char* question_json,
                                     size_t question_length, const polku_batch_options* columns, polku_simulation** out,
                                     polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(pack);
        if (bundle_of(pack) == nullptr) return wrong_handle("pack");
        if (against != nullptr && bundle_of(against) == nullptr) return wrong_handle("against");
        POLKU_CAPI_NEED(question_json);
        POLKU_TRY(const std::string_view text, text_in(question_json, question_length, "question_json"));
        POLKU_TRY(const polku::feel::value says, json::try_parse(text, {.source = "question_json"}));
        auto made = std::make_unique<polku_simulation>();
        POLKU_TRY(made->what,
                  population::try_read_simulation(says, bundle_of(pack)->pack,
                                                  against == nullptr ? nullptr : &bundle_of(against)->pack));
        POLKU_CHECK(take_columns(columns, *made));
        *out = made.release();
        return {};
    });
}

polku_status polku_simulation_run(polku_simulation* simulation, polku_context* ctx, struct ArrowArrayStream* people,
                                  polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_NEED(people);
        owned<ArrowArrayStream> taken(people);
        POLKU_CAPI_HANDLE(simulation);
        POLKU_CAPI_HANDLE(ctx);
        const hold held(simulation);
        const hold held_context(ctx);
        POLKU_CHECK(check_handles(held, held_context));
        POLKU_TRY(const auto reader, reader_of(*simulation, taken.get()));
        population::simulation_options what = simulation->what;
        what.progress = asks(ctx->cancel);
        POLKU_TRY(const population::simulation_report made, population::try_simulate(what, *reader));
        *out = text_out(json::write(json::to_value(made)));
        return {};
    });
}

polku_status polku_simulation_rows(polku_simulation* simulation, polku_context* ctx, struct ArrowArrayStream* people,
                                   struct ArrowArrayStream* out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = {};
        POLKU_CAPI_NEED(people);
        owned<ArrowArrayStream> taken(people);
        POLKU_CAPI_HANDLE(simulation);
        POLKU_CAPI_HANDLE(ctx);
        const hold held(simulation);
        const hold held_context(ctx);
        POLKU_CHECK(check_handles(held, held_context));
        POLKU_TRY(auto reader, reader_of(*simulation, taken.get()));
        auto made = std::make_unique<row_stream>();
        made->cancel = ctx->cancel;
        made->rows.emplace(simulation->what, reader->columns(), simulation->answers, simulation->error_column);
        POLKU_CHECK(made->rows->check_names());
        population::simulation_options what = simulation->what;
        what.progress = asks(made->cancel);
        what.each_row = [&rows = *made->rows](const population::simulated_row& row) -> polku::result<void> {
            rows.add(row);
            return {};
        };
        POLKU_TRY(made->run, population::simulation_run::try_begin(std::move(what), std::move(reader)));
        made->report = simulation->report = std::make_shared<report_place>();
        *out = {rows_get_schema, rows_get_next, stream_last_error<row_stream>, release_stream<row_stream>,
                made.release()};
        return {};
    });
}

polku_status polku_simulation_report(polku_simulation* simulation, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(simulation);
        const hold held(simulation);
        if (!held.ok()) return held.why();
        const std::lock_guard<std::mutex> reading(simulation->report->guard);
        if (!simulation->report->text)
            return polku::error(polku::error_code::misuse, "no stream of rows was read to its end yet");
        *out = text_out(*simulation->report->text);
        return {};
    });
}

void polku_simulation_destroy(polku_simulation* simulation) { destroy(simulation); }
