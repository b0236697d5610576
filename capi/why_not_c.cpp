// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/dmn/why_not.hpp>
#include <polku/json/decision_inputs.hpp>
#include <polku/json/decision_trace.hpp>
#include <polku/json/text.hpp>

#include <string>

using namespace polku_capi;
namespace dmn = polku::dmn;
namespace feel = polku::feel;

polku_status polku_program_why_not_json(const polku_program* program, polku_context* ctx, uint32_t decision,
                                        const char* input_json, size_t input_length, const char* rule,
                                        size_t rule_length, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(ctx);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        POLKU_TRY(const dmn::decision_ref* target, target_of(program, decision));
        POLKU_CAPI_NEED(input_json);
        POLKU_TRY(const std::string_view text, text_in(input_json, input_length, "input_json"));
        dmn::trace_options options;
        if (rule != nullptr) {
            POLKU_TRY(options.rule, text_in(rule, rule_length, "rule"));
        }
        POLKU_TRY(const feel::value document, polku::json::try_parse(text));
        ctx->evaluation.reset();
        POLKU_TRY(const feel::context inputs,
                  polku::json::try_decision_inputs(program->program, *target, document, ctx->evaluation));
        POLKU_TRY(const dmn::why_not_report report,
                  dmn::try_why_not(program->program, *target, inputs, ctx->evaluation, options));
        POLKU_TRY(const std::string_view made,
                  ctx->writer.try_write(polku::json::why_not_value(report), ctx->evaluation.bounds().text_bytes));
        *out = text_out(made);
        return {};
    });
}
