// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/dmn/detail/direct_table.hpp>
#include <polku/json/recent_texts.hpp>
#include <polku/json/text.hpp>
#include <polku/json/text_writer.hpp>

#include <algorithm>
#include <cstring>
#include <memory>
#include <unordered_map>

using namespace polku_capi;
namespace feel = polku::feel;

static_assert(sizeof(polku_input) == 32 && sizeof(polku_decimal) == 24 && sizeof(polku_date) == 16);
static_assert(sizeof(void*) != 8 || (sizeof(polku_time) == 32 && sizeof(polku_date_time) == 48));

struct polku_evaluation : marked<0x706b6576U>, exclusive {
    polku::dmn::program program;
    polku::dmn::decision_ref decision;
    feel::evaluation_context context;
    std::vector<feel::value> slots;
    std::vector<feel::value> symbols;
    std::unordered_map<std::string, std::uint64_t> symbol_of;
    polku::json::recent_texts recent_texts;
    polku::json::text_writer writer;
    std::vector<std::string> output_names;  // of the result's entries; empty when it is no context
    const polku::dmn::detail::direct_table* direct = nullptr;
    bool entries_in_order = false;             // the direct answers' entries are those of `output_names`
    std::vector<std::uint32_t> symbol_places;  // symbol by symbol, one for each column of `direct`
    std::vector<std::uint32_t> rows;           // of the columns of `direct`
    feel::value made;                          // the last answer, when it is nobody else's
    const feel::value* result = &made;         // the last answer: `made`, or a constant of the program
    std::unordered_map<const feel::value*, std::string> json_of;  // of constants
    // What borrowed outputs point to; cleared by the next run.
    std::vector<std::unique_ptr<std::string>> texts;
    std::vector<std::unique_ptr<polku_time>> times;
    std::vector<std::unique_ptr<polku_date_time>> date_times;
};

namespace {

polku::error bad_input(const polku_evaluation& evaluation, std::size_t slot, const polku::error& why) {
    const auto inputs = evaluation.program.inputs(evaluation.decision);
    const std::string name = slot < inputs.size() ? inputs[slot].name : std::to_string(slot);
    polku::error whole(why.code(), "input " + std::to_string(slot) + " ('" + name + "'): " + why.message());
    whole.positions() = why.positions();
    return whole;
}

polku::result<polku::time::clock_time> clock_in(const polku_time& given) {
    polku::time::clock_time clock;
    if (given.nanoseconds < 0 || given.nanoseconds >= polku::time::nanoseconds_per_day)
        return polku::error(polku::error_code::invalid_time, "nanoseconds are not within a day");
    clock.nanoseconds = given.nanoseconds;
    if (given.zone != nullptr) {
        POLKU_TRY(const std::string_view name, text_in(given.zone, given.zone_length, "zone"));
        clock.zone = {polku::time::zone::kind::named, 0, std::string(name)};
        if (!polku::time::builtin_zones().knows(clock.zone.name))
            return polku::error(polku::error_code::unknown_zone, "zone '" + clock.zone.name + "' is not known");
    } else if (given.has_offset != 0) {
        if (given.offset_seconds < -18 * 3600 || given.offset_seconds > 18 * 3600)
            return polku::error(polku::error_code::invalid_time, "the offset is past 18 hours");
        clock.zone = {polku::time::zone::kind::offset, given.offset_seconds, {}};
    }
    return clock;
}

polku::result<polku::time::date> date_in(const polku_date& given) {
    const auto date = polku::time::date::from_parts(given.year, given.month, given.day);
    if (!date)
        return polku::error(polku::error_code::invalid_date, std::to_string(given.year) + "-" +
                                                                 std::to_string(given.month) + "-" +
                                                                 std::to_string(given.day) + " is no calendar date");
    return *date;
}

polku::result<feel::value> days_duration_in(const polku_days_duration& given) {
    constexpr std::int32_t second = 1'000'000'000;
    const bool within = given.nanoseconds > -second && given.nanoseconds < second;
    const bool same_sign =
        (given.seconds >= 0 || given.nanoseconds <= 0) && (given.seconds <= 0 || given.nanoseconds >= 0);
    if (!within || !same_sign)
        return polku::error(polku::error_code::invalid_duration,
                            "the nanoseconds are a second or more, or of another sign than the seconds");
    return feel::value(polku::time::days_duration{given.seconds, given.nanoseconds});
}

polku::result<feel::value> container_in(const polku_input& input, feel::kind wanted) {
    POLKU_TRY(const std::string_view text, text_in(input.as.text.data, input.as.text.length, "as.text.data"));
    POLKU_TRY(feel::value read, polku::json::try_parse(text));
    if (!read.is(wanted))
        return polku::error(polku::error_code::feel_type,
                            std::string("the text is JSON of another kind than ") + std::string(feel::name_of(wanted)));
    return read;
}

polku::result<feel::value> rare_value_in(const polku_input& input) {
    switch (input.kind) {
        case POLKU_KIND_DATE: {
            POLKU_TRY(const polku::time::date date, date_in(input.as.date));
            return feel::value(date);
        }
        case POLKU_KIND_TIME: {
            if (input.as.time == nullptr) return null_argument("as.time");
            POLKU_TRY(const polku::time::clock_time clock, clock_in(*input.as.time));
            return feel::value(clock);
        }
        case POLKU_KIND_DATE_TIME: {
            if (input.as.date_time == nullptr) return null_argument("as.date_time");
            POLKU_TRY(const polku::time::date date, date_in(input.as.date_time->date));
            POLKU_TRY(const polku::time::clock_time clock, clock_in(input.as.date_time->time));
            return feel::value(polku::time::date_time{date, clock});
        }
        case POLKU_KIND_MONTHS_DURATION: return feel::value(polku::time::months_duration{input.as.months});
        case POLKU_KIND_DAYS_DURATION: return days_duration_in(input.as.days);
        case POLKU_KIND_LIST: return container_in(input, feel::kind::list);
        case POLKU_KIND_CONTEXT: return container_in(input, feel::kind::context);
        default:
            return polku::error(polku::error_code::invalid_argument,
                                "kind " + std::to_string(input.kind) + " cannot go in");
    }
}

polku::result<void> read_number(const polku_decimal& given, feel::value& slot) {
    const bool small = given.hi == static_cast<std::int64_t>(given.lo) >> 63 &&
                       given.scale >= feel::number::min_scale && given.scale <= feel::number::max_scale;
    if (POLKU_LIKELY(small)) {
        slot = feel::value(feel::number::from_scaled(static_cast<std::int64_t>(given.lo), given.scale));
        return {};
    }
    const auto wide = feel::number::from_words(given.lo, given.hi, given.scale);
    if (!wide)
        return polku::error(polku::error_code::invalid_argument,
                            "the number has more than 34 digits or an exponent out of range");
    slot = feel::value(*wide);
    return {};
}

polku::result<void> read_text(polku::json::recent_texts& recent, const char* data, std::size_t length,
                              feel::value& slot) {
    if (data == nullptr && length != 0) return null_argument("as.text.data");
    if (POLKU_UNLIKELY(length > most_bytes && length != POLKU_NUL_TERMINATED))
        return polku::error(polku::error_code::invalid_argument, "the length of the text is past all memory");
    const std::string_view text = data == nullptr                  ? std::string_view()
                                  : length == POLKU_NUL_TERMINATED ? std::string_view(data)
                                                                   : std::string_view(data, length);
    if (text.find('\0') != std::string_view::npos)
        return polku::error(polku::error_code::invalid_argument, "the text has a NUL byte inside");
    slot = recent.value_of(text);
    return {};
}

polku::result<void> read_symbol(const std::vector<feel::value>& symbols, std::uint64_t symbol, feel::value& slot) {
    if (symbol >= symbols.size())
        return polku::error(polku::error_code::invalid_argument, "the symbol was not made by this evaluation");
    slot = symbols[symbol];
    return {};
}

/// Puts an input into its slot; the kinds of the hot path need neither memory nor a `result` with a value.
polku::result<void> read_input(polku_evaluation& evaluation, const polku_input& input, feel::value& slot) {
    switch (input.kind) {
        case POLKU_KIND_UNKNOWN: slot = feel::value(feel::null_reason::unknown_input); return {};
        case POLKU_KIND_NULL: slot = feel::value(); return {};
        case POLKU_KIND_BOOLEAN: slot = feel::value(input.boolean != 0); return {};
        case POLKU_KIND_NUMBER: return read_number(input.as.number, slot);
        case POLKU_KIND_SYMBOL: return read_symbol(evaluation.symbols, input.as.symbol, slot);
        case POLKU_KIND_STRING:
            return read_text(evaluation.recent_texts, input.as.text.data, input.as.text.length, slot);
        default: break;
    }
    POLKU_TRY(slot, rare_value_in(input));
    return {};
}

polku_date date_out(polku::time::date date) {
    return {date.year(), static_cast<std::uint8_t>(date.month()), static_cast<std::uint8_t>(date.day()), {}};
}

void forget_outputs(polku_evaluation& keeper) {
    if (keeper.result == &keeper.made) keeper.made = feel::value();
    keeper.result = &keeper.made;
    if (POLKU_LIKELY(keeper.texts.empty() && keeper.times.empty() && keeper.date_times.empty())) return;
    keeper.texts.clear();
    keeper.times.clear();
    keeper.date_times.clear();
}

/// A text that the evaluation keeps until its next run.
void text_of(polku_evaluation& keeper, std::string text, polku_input* out) {
    keeper.texts.push_back(std::make_unique<std::string>(std::move(text)));
    out->as.text.data = keeper.texts.back()->c_str();
    out->as.text.length = keeper.texts.back()->size();
}

polku_time time_out(polku_evaluation& keeper, const polku::time::clock_time& clock) {
    polku_time out{};
    out.nanoseconds = clock.nanoseconds;
    if (clock.zone.is == polku::time::zone::kind::named) {
        keeper.texts.push_back(std::make_unique<std::string>(clock.zone.name));
        out.zone = keeper.texts.back()->c_str();
        out.zone_length = keeper.texts.back()->size();
    }
    out.offset_seconds = clock.zone.offset_seconds;
    out.has_offset = clock.zone.is == polku::time::zone::kind::offset ? 1 : 0;
    return out;
}

void temporal_out(polku_evaluation& keeper, const feel::value& value, polku_input* out) {
    if (value.is(feel::kind::date)) {
        out->as.date = date_out(value.as_date());
    } else if (value.is(feel::kind::time)) {
        keeper.times.push_back(std::make_unique<polku_time>(time_out(keeper, value.as_time())));
        out->as.time = keeper.times.back().get();
    } else if (value.is(feel::kind::date_time)) {
        const polku::time::date_time& when = value.as_date_time();
        keeper.date_times.push_back(
            std::make_unique<polku_date_time>(polku_date_time{date_out(when.date), time_out(keeper, when.clock)}));
        out->as.date_time = keeper.date_times.back().get();
    } else if (value.is(feel::kind::months_duration)) {
        out->as.months = value.as_months_duration().months;
    } else {
        out->as.days = {value.as_days_duration().seconds, value.as_days_duration().nanoseconds, 0};
    }
}

/// A text is borrowed from its value; only one that fills a value to the brim has no room there for its NUL.
void string_out(polku_evaluation& keeper, const feel::value& value, polku_input* out) {
    const std::string_view text = value.as_string();
    if (POLKU_UNLIKELY(text.size() == feel::value::short_text)) return text_of(keeper, std::string(text), out);
    out->as.text.data = text.data();
    out->as.text.length = text.size();
}

/// Values that share parts can have a text far longer than they are, so it is bounded like any text of the evaluation.
polku::result<std::string_view> json_text(polku_evaluation& keeper, const feel::value& value) {
    return keeper.writer.try_write(value, keeper.context.bounds().text_bytes);
}

polku::result<void> value_out(polku_evaluation& keeper, const feel::value& value, polku_input* out) {
    switch (value.kind()) {
        case feel::kind::null: break;
        case feel::kind::boolean: out->boolean = value.as_boolean() ? 1 : 0; break;
        case feel::kind::number: {
            const feel::number number = value.as_number();
            out->as.number = {number.lo(), number.hi(), number.scale(), 0};
            break;
        }
        case feel::kind::string: string_out(keeper, value, out); break;
        case feel::kind::list:
        case feel::kind::context:
        case feel::kind::range: {
            POLKU_TRY(const std::string_view json, json_text(keeper, value));
            text_of(keeper, std::string(json), out);
            break;
        }
        case feel::kind::function: break;
        default: temporal_out(keeper, value, out);
    }
    out->kind = static_cast<polku_kind>(value.kind());
    return {};
}

/// The whole result; JSON of a constant is written once.
polku::result<void> result_out(polku_evaluation& keeper, polku_input* out) {
    const feel::value& result = *keeper.result;
    const bool is_text = result.is(feel::kind::list) || result.is(feel::kind::context) || result.is(feel::kind::range);
    if (!is_text || keeper.result == &keeper.made) return value_out(keeper, result, out);
    std::string& known = keeper.json_of[keeper.result];
    if (known.empty()) {
        POLKU_TRY(const std::string_view json, json_text(keeper, result));
        known = json;
    }
    out->kind = static_cast<polku_kind>(result.kind());
    out->as.text.data = known.c_str();
    out->as.text.length = known.size();
    return {};
}

/// The entries of the result in declared order; a result that is no context where one is declared has only nulls.
polku::result<void> entries_out(polku_evaluation& keeper, polku_input* out) {
    if (keeper.output_names.empty()) return value_out(keeper, *keeper.result, out);
    if (!keeper.result->is(feel::kind::context)) return {};
    const feel::context& entries = keeper.result->as_context();
    const bool in_order = keeper.entries_in_order && keeper.result != &keeper.made;
    for (std::size_t at = 0; at < keeper.output_names.size(); ++at) {
        const feel::value* entry = in_order ? &entries.values()[at] : entries.find(keeper.output_names[at]);
        if (entry != nullptr) POLKU_CHECK(value_out(keeper, *entry, out + at));
    }
    return {};
}

/// A text with a NUL byte inside is for the general way, which refuses it.
std::uint32_t place_of_text(const polku::dmn::detail::direct_column& column, const polku_input& input) {
    const char* data = input.as.text.data;
    if (data == nullptr || (input.as.text.length > most_bytes && input.as.text.length != POLKU_NUL_TERMINATED))
        return polku::dmn::detail::direct_column::none;
    const std::string_view text = input.as.text.length == POLKU_NUL_TERMINATED
                                      ? std::string_view(data)
                                      : std::string_view(data, input.as.text.length);
    if (!text.empty() && std::memchr(data, 0, text.size()) != nullptr) return polku::dmn::detail::direct_column::none;
    return column.place_of_text(text);
}

/// Where an input stands in a column of the direct table; `none` for all that the general way has to look at.
inline std::uint32_t place_of(const polku_evaluation& evaluation, const polku::dmn::detail::direct_column& column,
                              std::size_t at, std::size_t width, const polku_input& input) {
    constexpr std::uint32_t none = polku::dmn::detail::direct_column::none;
    switch (input.kind) {
        case POLKU_KIND_NUMBER: {
            const polku_decimal& given = input.as.number;
            const bool small = given.hi == static_cast<std::int64_t>(given.lo) >> 63 &&
                               given.scale >= feel::number::min_scale && given.scale <= feel::number::max_scale;
            return POLKU_LIKELY(small) ? column.place_of_number(static_cast<std::int64_t>(given.lo), given.scale)
                                       : none;
        }
        case POLKU_KIND_SYMBOL: {
            const std::uint64_t symbol = input.as.symbol;
            return POLKU_LIKELY(symbol < evaluation.symbols.size()) ? evaluation.symbol_places[symbol * width + at]
                                                                    : none;
        }
        case POLKU_KIND_BOOLEAN: return column.place_of_boolean(input.boolean != 0);
        case POLKU_KIND_STRING: return place_of_text(column, input);
        case POLKU_KIND_NULL:
        case POLKU_KIND_UNKNOWN: return column.place_of_null();
        case POLKU_KIND_DATE: {
            const auto day = polku::time::date::from_parts(input.as.date.year, input.as.date.month, input.as.date.day);
            return day ? column.place_of_date(*day) : none;
        }
        default: return none;
    }
}

/// The answer of the decision's direct table; null pointer when the general way has to be gone, also to say what is
/// wrong with an input.
const feel::value* direct_answer(polku_evaluation& evaluation, const polku_input* inputs) {
    const polku::dmn::detail::direct_table& direct = *evaluation.direct;
    const auto columns = direct.columns();
    if (direct.is_narrow()) {
        std::uint64_t joined = ~std::uint64_t{0};
        for (std::size_t at = 0; at < columns.size(); ++at) {
            const std::uint32_t place =
                place_of(evaluation, columns[at], at, columns.size(), inputs[columns[at].input]);
            if (POLKU_UNLIKELY(place == polku::dmn::detail::direct_column::none)) return nullptr;
            joined &= columns[at].word(place);
        }
        return direct.answer(joined);
    }
    for (std::size_t at = 0; at < columns.size(); ++at) {
        const std::uint32_t place = place_of(evaluation, columns[at], at, columns.size(), inputs[columns[at].input]);
        if (POLKU_UNLIKELY(place == polku::dmn::detail::direct_column::none)) return nullptr;
        evaluation.rows[columns[at].column] = columns[at].row(place);
    }
    return direct.answer(evaluation.rows);
}

/// Runs the decision; `result` is the answer.
polku::result<void> run(polku_evaluation& evaluation, const polku_input* inputs, std::size_t count) {
    forget_outputs(evaluation);
    if (POLKU_UNLIKELY(count != evaluation.slots.size()))
        return polku::error(polku::error_code::invalid_argument,
                            "the decision has " + std::to_string(evaluation.slots.size()) + " inputs, " +
                                std::to_string(count) + " were given");
    if (count != 0) POLKU_CAPI_NEED(inputs);
    if (POLKU_LIKELY(evaluation.direct != nullptr)) {
        if (const feel::value* known = direct_answer(evaluation, inputs)) {
            evaluation.result = known;
            return {};
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        auto read = read_input(evaluation, inputs[i], evaluation.slots[i]);
        if (POLKU_UNLIKELY(!read)) return bad_input(evaluation, i, read.error());
    }
    POLKU_TRY(evaluation.made, polku::dmn::try_evaluate_slots(evaluation.program, evaluation.decision, evaluation.slots,
                                                              evaluation.context));
    return {};
}

/// The symbol of a text; nothing is left half done when memory runs out.
std::uint64_t symbol_for(polku_evaluation& evaluation, const std::string& text) {
    if (const auto known = evaluation.symbol_of.find(text); known != evaluation.symbol_of.end()) return known->second;
    const std::uint64_t symbol = evaluation.symbols.size();
    const std::size_t columns = evaluation.direct != nullptr ? evaluation.direct->columns().size() : 0;
    feel::value value(text);
    if (symbol == evaluation.symbols.capacity()) {
        evaluation.symbols.reserve(2 * symbol + 8);
        evaluation.symbol_places.reserve((2 * symbol + 8) * columns);
    }
    evaluation.symbol_of.emplace(text, symbol);
    evaluation.symbols.push_back(std::move(value));
    for (std::size_t at = 0; at < columns; ++at)
        evaluation.symbol_places.push_back(evaluation.direct->columns()[at].place_of_text(text));
    return symbol;
}

/// Names of the entries when the decision's result is declared to be a context, or is that of a table with several
/// outputs.
void name_outputs(polku_evaluation& made) {
    made.output_names = entry_names(made.program, made.decision);
    made.direct = polku::dmn::detail::direct_table_of(made.program, made.decision);
    // The general way looks at every input, also at one that no column reads.
    if (made.direct != nullptr &&
        (!made.direct->unread_inputs().empty() || !polku::dmn::detail::direct_table::within(made.context.bounds())))
        made.direct = nullptr;
    if (made.direct == nullptr) return;
    made.rows.resize(made.direct->table_columns());
    const auto& outputs = made.direct->table().outputs;
    made.entries_in_order =
        made.direct->answers_contexts() &&
        std::equal(outputs.begin(), outputs.end(), made.output_names.begin(), made.output_names.end(),
                   [](const auto& output, const std::string& name) { return output.name == name; });
}

}  // namespace

polku_status polku_evaluation_create(const polku_program* program, uint32_t decision,
                                     const polku_context_options* options, polku_evaluation** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const polku::dmn::decision_ref* target, target_of(program, decision));
        POLKU_TRY(const feel::limits bounds, limits_in(options));
        auto made = std::make_unique<polku_evaluation>();
        made->program = program->program;
        made->decision = *target;
        made->context.set_limits(bounds);
        made->slots.resize(program->program.inputs(*target).size());
        name_outputs(*made);
        *out = made.release();
        return {};
    });
}

polku_status polku_evaluation_set_now(polku_evaluation* evaluation, const char* now, size_t now_length,
                                      polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_HANDLE(evaluation);
        const hold held(evaluation);
        if (!held.ok()) return held.why();
        POLKU_TRY(polku::time::date_time when, now_in(now, now_length));
        evaluation->context.set_now(std::move(when));
        return {};
    });
}

polku_status polku_evaluation_symbol(polku_evaluation* evaluation, const char* text, size_t length, uint64_t* out,
                                     polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = 0;
        POLKU_CAPI_HANDLE(evaluation);
        POLKU_CAPI_NEED(text);
        const hold held(evaluation);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view given, text_in(text, length, "text"));
        *out = symbol_for(*evaluation, std::string(given));
        return {};
    });
}

polku_status polku_evaluation_run(polku_evaluation* evaluation, const polku_input* inputs, size_t count,
                                  polku_input* out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        std::memset(out, 0, sizeof *out);
        POLKU_CAPI_HANDLE(evaluation);
        const hold held(evaluation);
        if (!held.ok()) return held.why();
        POLKU_CHECK(run(*evaluation, inputs, count));
        return result_out(*evaluation, out);
    });
}

polku_status polku_evaluation_run_entries(polku_evaluation* evaluation, const polku_input* inputs, size_t count,
                                          polku_input* entries, size_t entry_count, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(entries);
        if (POLKU_UNLIKELY(entry_count > most_bytes / sizeof *entries))
            return polku::error(polku::error_code::invalid_argument,
                                "entry_count is " + std::to_string(entry_count) + "; no memory is that large");
        std::memset(entries, 0, entry_count * sizeof *entries);
        POLKU_CAPI_HANDLE(evaluation);
        const hold held(evaluation);
        if (!held.ok()) return held.why();
        const std::size_t has = std::max<std::size_t>(evaluation->output_names.size(), 1);
        if (POLKU_UNLIKELY(entry_count != has)) {
            std::memset(entries, 0, entry_count * sizeof *entries);
            return polku::error(polku::error_code::invalid_argument, "the decision has " + std::to_string(has) +
                                                                         " outputs, room for " +
                                                                         std::to_string(entry_count) + " was given");
        }
        POLKU_CHECK(run(*evaluation, inputs, count));
        auto done = entries_out(*evaluation, entries);
        if (POLKU_UNLIKELY(!done)) std::memset(entries, 0, entry_count * sizeof *entries);
        return done;
    });
}

polku_status polku_evaluation_entry(polku_evaluation* evaluation, const char* name, size_t name_length,
                                    polku_input* out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        std::memset(out, 0, sizeof *out);
        POLKU_CAPI_HANDLE(evaluation);
        POLKU_CAPI_NEED(name);
        const hold held(evaluation);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view wanted, text_in(name, name_length, "name"));
        const feel::value* entry =
            evaluation->result->is(feel::kind::context) ? evaluation->result->as_context().find(wanted) : nullptr;
        if (entry == nullptr)
            return polku::error(polku::error_code::not_found, "the result has no entry '" + std::string(wanted) + "'");
        return value_out(*evaluation, *entry, out);
    });
}

void polku_evaluation_destroy(polku_evaluation* evaluation) { destroy(evaluation); }
