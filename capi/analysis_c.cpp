// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/dmn/analysis.hpp>
#include <polku/json/analysis_report.hpp>
#include <polku/json/text.hpp>

using namespace polku_capi;

polku_status polku_program_analyse(const polku_program* program, const char* options_json, size_t options_length,
                                   polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(program);
        polku::dmn::analysis_options options;
        if (options_json != nullptr) {
            POLKU_TRY(const std::string_view text, text_in(options_json, options_length, "options_json"));
            POLKU_TRY(const polku::feel::value document, polku::json::try_parse(text));
            POLKU_TRY(options, polku::json::try_analysis_options(document));
        }
        const polku::dmn::analysis_report report = polku::dmn::analyse(program->program, {}, options);
        *out = text_out(polku::json::write(polku::json::analysis_value(report)));
        return {};
    });
}
