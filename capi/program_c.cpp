// SPDX-License-Identifier: Apache-2.0
#include "handles.hpp"

#include <polku/dmn/xml_reader.hpp>
#include <polku/json/decision_trace.hpp>
#include <polku/json/text.hpp>

#include <memory>
#include <span>

using namespace polku_capi;
namespace dmn = polku::dmn;
namespace feel = polku::feel;

namespace polku_capi {

feel::value diagnostic_value(const polku::diagnostic& finding) {
    feel::context entry;
    const polku::severity how = finding.severity;
    entry.set("severity", how == polku::severity::error     ? "error"
                          : how == polku::severity::warning ? "warning"
                                                            : "note");
    entry.set("code", static_cast<std::int64_t>(finding.what.code()));
    entry.set("message", finding.what.message());
    const polku::position where = finding.what.positions().empty() ? polku::position{} : finding.what.positions()[0];
    entry.set("source", where.source);
    entry.set("element", where.element);
    entry.set("pointer", where.pointer);
    entry.set("line", static_cast<std::int64_t>(where.line));
    entry.set("column", static_cast<std::int64_t>(where.column));
    return feel::value(std::move(entry));
}

polku::result<std::vector<named_text>> files_in(const polku_file* files, std::size_t count) {
    if (count == 0)
        return polku::error(polku::error_code::invalid_argument, "no file was given; the first is the main one");
    POLKU_CAPI_NEED(files);
    if (count > most_bytes / sizeof(polku_file))
        return polku::error(polku::error_code::invalid_argument,
                            "file_count is " + std::to_string(count) + "; no memory is that large");
    std::vector<named_text> given;
    for (const polku_file& file : std::span(files, count)) {
        if (file.name == nullptr) return null_argument("files[].name");
        POLKU_TRY(const std::string_view name, text_in(file.name, file.name_length, "files[].name"));
        POLKU_TRY(const std::string_view text, text_in(file.data, file.data_length, "files[].data"));
        given.push_back({std::string(name), text});
    }
    return given;
}

polku::result<const dmn::decision_ref*> target_of(const polku_program* program, std::uint32_t decision) {
    POLKU_CAPI_HANDLE(program);
    if (decision >= program->targets.size())
        return polku::error(polku::error_code::not_found,
                            "decision index " + std::to_string(decision) + " is past the " +
                                std::to_string(program->targets.size()) + " decisions of the program");
    return &program->targets[decision];
}

std::vector<std::string> entry_names(const dmn::program& program, dmn::decision_ref target) {
    std::vector<std::string> names;
    const polku::feel::type& type = program.info(target).result_type;
    if (type.is() == polku::feel::type::form::context)
        for (const auto& member : type.members()) names.push_back(member.name);
    return names;
}

}  // namespace polku_capi

namespace {

polku::result<feel::value> evaluate_in(const polku_program* program, polku_context* ctx, std::uint32_t decision,
                                       const char* input_json, std::size_t input_length, dmn::trace* into) {
    POLKU_TRY(const dmn::decision_ref* target, target_of(program, decision));
    if (input_json == nullptr) return null_argument("input_json");
    POLKU_TRY(const std::string_view text, text_in(input_json, input_length, "input_json"));
    POLKU_TRY(const std::span<const feel::value> slots,
              ctx->reader.try_read(program->plans[decision], text, ctx->evaluation));
    auto made = dmn::try_evaluate_slots(program->program, *target, slots, ctx->evaluation, into);
    ctx->reader.clear();
    return made;
}

}  // namespace

polku_status polku_program_compile(const polku_file* files, size_t file_count, polku_program** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_TRY(const std::vector<named_text> given, files_in(files, file_count));
        std::vector<dmn::model> models;
        for (const named_text& file : given) {
            POLKU_TRY(dmn::model model, dmn::try_read_model(file.text, file.name));
            models.push_back(std::move(model));
        }
        POLKU_TRY(dmn::program program, dmn::try_compile(std::move(models)));
        auto made = std::make_unique<polku_program>();
        for (const dmn::decision_info& each : program.decisions()) {
            made->names.push_back(each.name);
            made->targets.push_back(each.ref);
            std::vector<std::string> types;
            for (const dmn::input_info& input : program.inputs(each.ref)) types.push_back(input.type.to_string());
            made->input_types.push_back(std::move(types));
            made->outputs.push_back(entry_names(program, each.ref));
            if (made->outputs.back().empty()) made->outputs.back().emplace_back();
            made->plans.emplace_back(program, each.ref);
        }
        made->program = std::move(program);
        *out = made.release();
        return {};
    });
}

polku_status polku_program_check(const polku_program* program, polku_string** out, polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(program);
        std::vector<feel::value> findings;
        for (const polku::diagnostic& each : program->program.diagnostics()) findings.push_back(diagnostic_value(each));
        *out = text_out(polku::json::write(feel::value(std::move(findings))));
        return {};
    });
}

size_t polku_program_decision_count(const polku_program* program) {
    return usable(program) ? program->names.size() : 0;
}

const char* polku_program_decision_name(const polku_program* program, size_t index) {
    return usable(program) && index < program->names.size() ? program->names[index].c_str() : nullptr;
}

polku_status polku_program_find(const polku_program* program, const char* name, size_t name_length, uint32_t* out,
                                polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = 0;
        POLKU_CAPI_HANDLE(program);
        POLKU_CAPI_NEED(name);
        POLKU_TRY(const std::string_view wanted, text_in(name, name_length, "name"));
        const auto found = program->program.find(wanted);
        if (!found)
            return polku::error(polku::error_code::not_found,
                                "the model has no decision, service or knowledge model '" + std::string(wanted) + "'");
        for (std::uint32_t i = 0; i < program->targets.size(); ++i) {
            if (program->targets[i] == *found) *out = i;
        }
        return {};
    });
}

size_t polku_program_input_count(const polku_program* program, uint32_t decision) {
    return usable(program) && decision < program->targets.size() ? program->input_types[decision].size() : 0;
}

const char* polku_program_input_name(const polku_program* program, uint32_t decision, size_t index) {
    if (index >= polku_program_input_count(program, decision)) return nullptr;
    return program->program.inputs(program->targets[decision])[index].name.c_str();
}

const char* polku_program_input_type(const polku_program* program, uint32_t decision, size_t index) {
    if (index >= polku_program_input_count(program, decision)) return nullptr;
    return program->input_types[decision][index].c_str();
}

size_t polku_program_output_count(const polku_program* program, uint32_t decision) {
    return usable(program) && decision < program->targets.size() ? program->outputs[decision].size() : 0;
}

const char* polku_program_output_name(const polku_program* program, uint32_t decision, size_t index) {
    if (index >= polku_program_output_count(program, decision)) return nullptr;
    return program->outputs[decision][index].c_str();
}

polku_status polku_program_evaluate_json(const polku_program* program, polku_context* ctx, uint32_t decision,
                                         const char* input_json, size_t input_length, polku_string** out,
                                         polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(ctx);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        POLKU_TRY(const feel::value answer, evaluate_in(program, ctx, decision, input_json, input_length, nullptr));
        POLKU_TRY(const std::string_view text, ctx->writer.try_write(answer, ctx->evaluation.bounds().text_bytes));
        *out = text_out(text);
        return {};
    });
}

polku_status polku_program_explain_json(const polku_program* program, polku_context* ctx, uint32_t decision,
                                        const char* input_json, size_t input_length, polku_string** out,
                                        polku_error** err) {
    return guarded(err, [&]() -> polku::result<void> {
        POLKU_CAPI_NEED(out);
        *out = nullptr;
        POLKU_CAPI_HANDLE(ctx);
        const hold held(ctx);
        if (!held.ok()) return held.why();
        dmn::trace trace;
        POLKU_TRY(feel::value answer, evaluate_in(program, ctx, decision, input_json, input_length, &trace));
        const feel::value both(feel::context{{"value", std::move(answer)}, {"trace", polku::json::trace_value(trace)}});
        POLKU_TRY(const std::string_view text, ctx->writer.try_write(both, ctx->evaluation.bounds().text_bytes));
        *out = text_out(text);
        return {};
    });
}

void polku_program_destroy(polku_program* program) { destroy(program); }
