// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/feel/expression.hpp>
#include <polku/json/text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>

namespace polku_capi {

polku::result<void> options_in(const void* given, const char* name, void* known, std::size_t size, std::size_t oldest) {
    constexpr std::uint32_t most = 4096;
    std::uint32_t says = 0;
    std::memcpy(&says, given, sizeof says);
    if (says < oldest || says > most)
        return polku::error(
            polku::error_code::invalid_argument,
            std::string(name) + ".struct_size is " + std::to_string(says) + "; start from the INIT macro of polku.h");
    const auto* bytes = static_cast<const unsigned char*>(given);
    if (std::any_of(bytes + std::min<std::size_t>(says, size), bytes + says, [](unsigned char each) { return each; }))
        return polku::error(polku::error_code::invalid_argument,
                            std::string(name) + " sets an option that this version of polku does not know");
    std::memcpy(known, given, std::min<std::size_t>(says, size));
    return {};
}

polku::result<polku::feel::limits> limits_in(const polku_context_options* options) {
    polku::feel::limits bounds;
    POLKU_TRY(const polku_context_options given,
              options_in(options, "polku_context_options", POLKU_CONTEXT_OPTIONS_SIZE_1));
    if (given.max_depth != 0) bounds.depth = given.max_depth;
    if (given.max_steps != 0) bounds.steps = given.max_steps;
    if (given.max_items != 0) bounds.list_length = given.max_items;
    if (given.max_bytes != 0) bounds.text_bytes = given.max_bytes;
    return bounds;
}

polku::result<polku::time::date_time> now_in(const char* now, std::size_t length) {
    POLKU_TRY(const std::string_view text, text_in(now, length, "now"));
    const auto when = polku::time::parse_date_time(text, polku::time::builtin_zones());
    if (!when)
        return polku::error(polku::error_code::invalid_date, "'" + std::string(text) +
                                                                 "' is no date and time; write 2026-03-02 or "
                                                                 "2026-03-02T10:00:00+02:00");
    return *when;
}

}  // namespace polku_capi

using namespace polku_capi;

polku_status polku_context_create(const polku_context_options* options, polku_context** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const polku::feel::limits bounds, limits_in(options));
        auto made = std::make_unique<polku_context>();
        made->evaluation.set_limits(bounds);
        *out = made.release();
        return {};
    });
}

polku_status polku_context_set_now(polku_context* ctx, const char* now, size_t now_length, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_HANDLE(ctx);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        POLKU_TRY(polku::time::date_time when, now_in(now, now_length));
        ctx->evaluation.set_now(std::move(when));
        return {};
    });
}

polku_status polku_context_set_cancel(polku_context* ctx, polku_cancel_callback ask, void* user_data,
                                      polku_cancel_callback* out_ask, void** out_user_data, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        if (out_ask != nullptr) *out_ask = nullptr;
        if (out_user_data != nullptr) *out_user_data = nullptr;
        POLKU_CAPI_HANDLE(ctx);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        ctx->cancel.replace(ask, user_data, out_ask, out_user_data);
        ctx->evaluation.set_cancel(ask == nullptr ? nullptr : &cancel_hook::asked, &ctx->cancel);
        return {};
    });
}

polku_status polku_context_set_numbers(polku_context* ctx, uint32_t form, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_HANDLE(ctx);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        if (form > POLKU_NUMBERS_AS_STRINGS)
            return polku::error(polku::error_code::invalid_argument,
                                "form " + std::to_string(form) + " is none of POLKU_NUMBERS_AS_...");
        polku::json::write_options options;
        if (form == POLKU_NUMBERS_AS_STRINGS) options.numbers = polku::json::number_form::string;
        ctx->writer.set_options(options);
        return {};
    });
}

void polku_context_destroy(polku_context* ctx) { destroy(ctx); }

polku_status polku_feel_evaluate(polku_context* ctx, const char* expression, size_t expression_length,
                                 const char* names_json, size_t names_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(ctx);
        POLKU_CAPI_NEED(expression);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        POLKU_TRY(const std::string_view text, text_in(expression, expression_length, "expression"));
        polku::feel::value names{polku::feel::context()};
        if (names_json != nullptr) {
            POLKU_TRY(const std::string_view json, text_in(names_json, names_length, "names_json"));
            POLKU_TRY(names, polku::json::try_parse(json));
            if (!names.is(polku::feel::kind::context))
                return polku::error(polku::error_code::feel_type, "names_json is no JSON object of names and values");
        }
        polku::feel::scope scope;
        std::vector<polku::feel::value> slots;
        for (const auto& entry : names.as_context()) {
            scope.add(entry.name);
            slots.push_back(entry.value);
        }
        POLKU_TRY(const polku::feel::expression compiled, polku::feel::try_compile(text, scope));
        ctx->evaluation.reset();
        const polku::feel::value answer = compiled.evaluate(ctx->evaluation, slots);
        if (ctx->evaluation.faulted()) return *ctx->evaluation.fault();
        POLKU_TRY(const std::string_view made, ctx->writer.try_write(answer, ctx->evaluation.bounds().text_bytes));
        *out = text_out(made);
        return {};
    });
}
