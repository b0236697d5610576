// SPDX-License-Identifier: Apache-2.0
#include "arrow_answers.hpp"
#include "arrow_columns.hpp"
#include "arrow_people.hpp"
#include "arrow_stream.hpp"
#include "arrow_structs.hpp"

#include <polku/feel/lexer.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

using namespace polku_capi;
namespace dmn = polku::dmn;
namespace feel = polku::feel;

namespace {

/// What a batch is asked to do; shared with its streams.
struct batch_plan {
    dmn::program program;
    dmn::decision_ref decision;
    std::vector<answer_column> answers;
    std::vector<std::string> keep;
    std::string error_column;
    std::uint32_t flags = 0;
};

polku::error bad(std::string why) { return {polku::error_code::invalid_argument, std::move(why)}; }

/// Rows that are decided at a time: what is laid out anew for the decision stays in the cache.
constexpr std::size_t block_rows = 65'536;

/// Where the columns of a schema go: to inputs, and beside the answers.
class table_reader {
public:
    static polku::result<table_reader> try_create(std::shared_ptr<const batch_plan> plan, const ArrowSchema& schema);

    void make_schema_of_answers(ArrowSchema& out);
    polku::result<void> decide(owned<ArrowArray> rows, feel::evaluation_context& with, ArrowArray& out);

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    table_reader(std::shared_ptr<const batch_plan> plan, dmn::batch_evaluator evaluator)
        : plan_(std::move(plan)), evaluator_(std::move(evaluator)) {}
    polku::result<std::size_t> column_of(const std::string& name) const;
    polku::result<void> take_inputs();
    polku::result<void> take_kept(const ArrowSchema& schema);
    polku::result<void> check(const ArrowArray& rows) const;
    polku::result<void> decide_block(const ArrowArray& rows, std::size_t first, std::size_t count,
                                     feel::evaluation_context& with, std::span<std::string> errors);
    void move_kept(ArrowArray& rows, std::vector<ArrowArray>& into);

    std::shared_ptr<const batch_plan> plan_;
    dmn::batch_evaluator evaluator_;
    column_type type_;
    std::vector<std::string> names_;      // of the columns, in normal form
    std::vector<std::size_t> sources_;    // of each input, its column or `none`
    std::vector<column_reader> readers_;  // one for each input
    std::vector<std::size_t> kept_;       // columns
    std::vector<owned<ArrowSchema>> kept_schemas_;
    // Room for a block.
    std::vector<dmn::batch_column> columns_;
    std::vector<cell_fault> faults_;
    dmn::batch_result result_;
};

polku::result<table_reader> table_reader::try_create(std::shared_ptr<const batch_plan> plan,
                                                     const ArrowSchema& schema) {
    POLKU_TRY(dmn::batch_evaluator evaluator, dmn::batch_evaluator::try_create(plan->program, plan->decision));
    table_reader made(std::move(plan), std::move(evaluator));
    POLKU_TRY(made.type_, column_type_of(schema));
    if (made.type_.is != column_type::layout::record)
        return bad("the table's format is '" + made.type_.format +
                   "', not a struct ('+s') with one child for each column");
    // Columns are named by themselves.
    for (column_type& each : made.type_.children) {
        POLKU_TRY(each, column_type_of(*schema.children[&each - made.type_.children.data()]));
        made.names_.push_back(feel::detail::normalize_nfc(each.member));
    }
    POLKU_CHECK(made.take_inputs());
    POLKU_CHECK(made.take_kept(schema));
    return made;
}

polku::result<std::size_t> table_reader::column_of(const std::string& name) const {
    const auto at = std::find(names_.begin(), names_.end(), name);
    if (at == names_.end()) return none;
    if (std::find(at + 1, names_.end(), name) != names_.end())
        return bad("the table has more than one column '" + name + "'");
    return static_cast<std::size_t>(at - names_.begin());
}

polku::result<void> table_reader::take_inputs() {
    const bool may_miss = (plan_->flags & POLKU_BATCH_MISSING_UNKNOWN) != 0;
    for (const dmn::input_info& input : plan_->program.inputs(plan_->decision)) {
        POLKU_TRY(const std::size_t column, column_of(input.name));
        if (column == none && !may_miss)
            return bad("the table has no column '" + input.name + "' for the input of that name");
        column_type type;
        type.is = column_type::layout::none;
        if (column != none) type = type_.children[column];
        const std::string wrong = misfit(type, input, (plan_->flags & POLKU_BATCH_ALLOW_FLOAT) != 0);
        if (!wrong.empty()) return bad("input '" + input.name + "': " + wrong);
        sources_.push_back(column);
        readers_.emplace_back(std::move(type), input);
    }
    columns_.resize(readers_.size());
    if (!may_miss) return {};
    for (std::size_t column = 0; column < names_.size(); ++column) {
        const bool is_kept = std::find(plan_->keep.begin(), plan_->keep.end(), names_[column]) != plan_->keep.end();
        if (!is_kept && std::find(sources_.begin(), sources_.end(), column) == sources_.end())
            return bad("no input takes the column '" + names_[column] +
                       "'; where columns may be missing, keep it or leave it out");
    }
    return {};
}

polku::result<void> table_reader::take_kept(const ArrowSchema& schema) {
    for (const std::string& name : plan_->keep) {
        POLKU_TRY(const std::size_t column, column_of(name));
        if (column == none) return bad("the table has no column '" + name + "' to keep");
        kept_.push_back(column);
        copy_schema(*schema.children[column], *kept_schemas_.emplace_back());
    }
    return {};
}

void table_reader::make_schema_of_answers(ArrowSchema& out) {
    std::vector<ArrowSchema> columns(kept_.size() + plan_->answers.size() + 1);
    std::size_t at = 0;
    for (owned<ArrowSchema>& each : kept_schemas_) copy_schema(*each, columns[at++]);
    for (const answer_column& each : plan_->answers) make_schema(each, columns[at++]);
    make_text_schema(plan_->error_column, columns[at]);
    make_record_schema(std::move(columns), out);
}

/// The columns that are read; others may be whatever they are.
polku::result<void> table_reader::check(const ArrowArray& rows) const {
    if (rows.length < 0 || rows.offset < 0 || rows.n_children != static_cast<std::int64_t>(type_.children.size()) ||
        (rows.n_children > 0 && rows.children == nullptr))
        return bad("the table has " + std::to_string(rows.n_children) + " columns and " + std::to_string(rows.length) +
                   " rows, its schema " + std::to_string(type_.children.size()) + " columns");
    if (rows.n_buffers > 0 && rows.buffers != nullptr && rows.buffers[0] != nullptr && rows.null_count != 0) {
        const auto* bits = static_cast<const std::uint8_t*>(rows.buffers[0]);
        for (std::int64_t at = rows.offset; at < rows.offset + rows.length; ++at)
            if (((bits[at / 8] >> (at % 8)) & 1U) == 0)
                return bad("row " + std::to_string(at - rows.offset) + " of the table is null as a whole");
    }
    for (std::size_t input = 0; input < readers_.size(); ++input) {
        if (sources_[input] == none) continue;
        const ArrowArray* column = rows.children[sources_[input]];
        if (column == nullptr) return bad("the column '" + type_.children[sources_[input]].name + "' is NULL");
        POLKU_CHECK(check_array(readers_[input].type(), *column, rows.offset, rows.length));
    }
    for (const std::size_t column : kept_) {
        const ArrowArray* kept = rows.children[column];
        if (kept == nullptr || kept->release == nullptr || kept->length - rows.offset < rows.length)
            return bad("the column '" + type_.children[column].name + "' is not there, or has too few rows");
    }
    return {};
}

polku::result<void> table_reader::decide_block(const ArrowArray& rows, std::size_t first, std::size_t count,
                                               feel::evaluation_context& with, std::span<std::string> errors) {
    faults_.clear();
    for (std::size_t input = 0; input < readers_.size(); ++input) {
        if (sources_[input] == none) {
            columns_[input] = {};
            continue;
        }
        POLKU_CHECK(readers_[input].read(*rows.children[sources_[input]],
                                         rows.offset + static_cast<std::int64_t>(first), count, with, columns_[input],
                                         faults_));
    }
    POLKU_CHECK(evaluator_.try_evaluate(columns_, count, with, result_));
    for (const auto& fault : result_.faults) errors[fault.row] = fault.what.message();
    if (faults_.empty()) return {};
    const auto null_answer = static_cast<std::uint32_t>(result_.distinct.size());
    result_.distinct.emplace_back();
    for (const cell_fault& fault : faults_) {
        result_.codes[fault.row] = null_answer;
        if (!errors[fault.row].empty()) errors[fault.row] += "; ";
        errors[fault.row] += fault.what;
    }
    return {};
}

/// Children may be moved out of their parent; the parent's offset and length are theirs from then on.
void table_reader::move_kept(ArrowArray& rows, std::vector<ArrowArray>& into) {
    for (const std::size_t column : kept_) {
        ArrowArray& from = *rows.children[column];
        ArrowArray& moved = into.emplace_back(from);
        from.release = nullptr;
        if (rows.offset != 0 || moved.length != rows.length) moved.null_count = moved.null_count == 0 ? 0 : -1;
        moved.offset += rows.offset;
        moved.length = rows.length;
    }
}

polku::result<void> table_reader::decide(owned<ArrowArray> rows, feel::evaluation_context& with, ArrowArray& out) {
    if (!rows) return bad("the table was released");
    POLKU_CHECK(check(*rows));
    const auto count = static_cast<std::size_t>(rows->length);
    std::vector<answer_builder> builders;
    builders.reserve(plan_->answers.size());
    for (const answer_column& each : plan_->answers) builders.emplace_back(each, with.bounds().text_bytes);
    std::vector<std::string> errors(count);
    for (std::size_t input = 0; input < readers_.size(); ++input)
        if (sources_[input] != none) readers_[input].start(*rows->children[sources_[input]]);
    for (std::size_t first = 0; first < count; first += block_rows) {
        const std::size_t size = std::min(block_rows, count - first);
        const std::span<std::string> of_block = std::span(errors).subspan(first, size);
        POLKU_CHECK(decide_block(*rows, first, size, with, of_block));
        for (answer_builder& each : builders) POLKU_CHECK(each.add(result_, of_block));
    }
    std::vector<ArrowArray> columns;
    columns.reserve(kept_.size() + builders.size() + 1);
    move_kept(*rows, columns);
    for (answer_builder& each : builders) each.finish(columns.emplace_back());
    errors_column(errors, columns.emplace_back());
    make_record(std::move(columns), rows->length, out);
    return {};
}

// ------------------------------------------------------------------------------------------------- options

constexpr std::size_t most_columns = 100'000;

polku::result<void> take_options(const polku_batch_options& options, batch_plan& into) {
    constexpr std::uint32_t known = POLKU_BATCH_ALLOW_FLOAT | POLKU_BATCH_MISSING_UNKNOWN;
    if ((options.flags & ~known) != 0)
        return bad("flags " + std::to_string(options.flags) + " has one that this version of polku does not know");
    into.flags = options.flags;
    if (options.output_count != 0) POLKU_CAPI_NEED(options.outputs);
    if (options.keep_count != 0) POLKU_CAPI_NEED(options.keep);
    if (options.output_count > most_columns || options.keep_count > most_columns)
        return bad("output_count or keep_count is past " + std::to_string(most_columns) + "; no decision has so many");
    POLKU_CHECK(set_forms(std::span(options.outputs, options.output_count), into.answers));
    for (const polku_batch_column& each : std::span(options.keep, options.keep_count)) {
        if (each.name == nullptr) return null_argument("keep[].name");
        POLKU_TRY(const std::string_view name, text_in(each.name, each.name_length, "keep[].name"));
        into.keep.push_back(feel::detail::normalize_nfc(name));
    }
    if (options.error_column == nullptr) {
        into.error_column = "error";
        return {};
    }
    POLKU_TRY(into.error_column, text_in(options.error_column, options.error_column_length, "error_column"));
    return {};
}

/// Two columns of one name could not be told apart.
polku::result<void> check_names(const batch_plan& plan) {
    std::vector<std::string> names = plan.keep;
    for (const answer_column& each : plan.answers) names.push_back(each.name);
    names.push_back(plan.error_column);
    std::sort(names.begin(), names.end());
    const auto twice = std::adjacent_find(names.begin(), names.end());
    if (twice == names.end()) return {};
    return bad("two columns of the answers would be called '" + *twice +
               "'; keep another, or name error_column otherwise");
}

// ------------------------------------------------------------------------------------------------- streams

/// What a stream of answers is made of.
struct answer_stream {
    owned<ArrowArrayStream> rows;
    table_reader reader;
    feel::evaluation_context context;
    cancel_hook cancel;
    std::string error;
    int failed = 0;
};

int stream_get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
    *out = {};
    return guarded_stream<answer_stream>(stream, [out](answer_stream& self) {
        self.reader.make_schema_of_answers(*out);
        return 0;
    });
}

int stream_get_next(ArrowArrayStream* stream, ArrowArray* out) {
    *out = {};
    return guarded_stream<answer_stream>(stream, [out](answer_stream& self) {
        owned<ArrowArray> rows;
        const int failed = self.rows->get_next(self.rows.get(), rows.get());
        if (failed != 0) {
            self.error = why_failed(*self.rows, failed);
            return failed;
        }
        if (!rows) return 0;  // the end
        const polku::result<void> done = self.reader.decide(std::move(rows), self.context, *out);
        if (done) return 0;
        self.error = done.error().to_string();
        return errno_of(done.error());
    });
}

}  // namespace

struct polku_batch : marked<0x706b6261U>, exclusive {
    std::shared_ptr<const batch_plan> plan;
};

polku_status polku_batch_create(const polku_program* program, uint32_t decision, const polku_batch_options* options,
                                polku_batch** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const dmn::decision_ref* target, target_of(program, decision));
        POLKU_TRY(const polku_batch_options given,
                  options_in(options, "polku_batch_options", POLKU_BATCH_OPTIONS_SIZE_1));
        auto plan = std::make_shared<batch_plan>();
        plan->program = program->program;
        plan->decision = *target;
        plan->answers = declared_columns(*program, decision);
        POLKU_CHECK(take_options(given, *plan));
        POLKU_CHECK(check_names(*plan));
        auto made = std::make_unique<polku_batch>();
        made->plan = std::move(plan);
        *out = made.release();
        return {};
    });
}

polku_status polku_batch_evaluate(polku_batch* batch, polku_context* ctx, const struct ArrowSchema* schema,
                                  struct ArrowArray* rows, struct ArrowSchema* out_schema, struct ArrowArray* out,
                                  polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = {};
        POLKU_CAPI_NEED(out_schema);
        *out_schema = {};
        POLKU_CAPI_NEED(rows);
        owned<ArrowArray> taken(rows);
        POLKU_CAPI_HANDLE(batch);
        POLKU_CAPI_HANDLE(ctx);
        POLKU_CAPI_NEED(schema);
        const hold held(batch);
        if (!held.ok()) return held.why();
        const hold held_context(ctx);
        if (!held_context.ok()) return held_context.why();
        POLKU_TRY(table_reader reader, table_reader::try_create(batch->plan, *schema));
        owned<ArrowSchema> made_schema;
        reader.make_schema_of_answers(*made_schema);
        POLKU_CHECK(reader.decide(std::move(taken), ctx->evaluation, *out));
        made_schema.move_to(out_schema);
        return {};
    });
}

polku_status polku_batch_stream(polku_batch* batch, polku_context* ctx, struct ArrowArrayStream* rows,
                                struct ArrowArrayStream* out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = {};
        POLKU_CAPI_NEED(rows);
        owned<ArrowArrayStream> taken(rows);
        POLKU_CAPI_HANDLE(batch);
        POLKU_CAPI_HANDLE(ctx);
        const hold held(batch);
        if (!held.ok()) return held.why();
        const hold held_context(ctx);
        if (!held_context.ok()) return held_context.why();
        if (!taken) return bad("the stream of rows was released");
        POLKU_TRY(owned<ArrowSchema> schema, schema_of(taken));
        POLKU_TRY(table_reader reader, table_reader::try_create(batch->plan, *schema));
        auto made = std::make_unique<answer_stream>(
            answer_stream{std::move(taken), std::move(reader), feel::evaluation_context(), ctx->cancel, {}, 0});
        made->context.set_limits(ctx->evaluation.bounds());
        if (ctx->evaluation.has_now()) made->context.set_now(ctx->evaluation.now());
        made->context.set_cancel(&cancel_hook::asked, &made->cancel);
        *out = {stream_get_schema, stream_get_next, stream_last_error<answer_stream>, release_stream<answer_stream>,
                made.release()};
        return {};
    });
}

void polku_batch_destroy(polku_batch* batch) { destroy(batch); }
