// SPDX-License-Identifier: Apache-2.0
// Bytes choose calls of the C ABI in any order, with live, used-up and NULL handles. Nothing crashes or leaks, every
// output of a failed call is empty, and every failure has a text.
#include <polku.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

class bytes {
public:
    bytes(const std::uint8_t* data, std::size_t size) : at_(data), left_(size) {}
    bool empty() const { return left_ == 0; }
    std::uint8_t byte() {
        if (left_ == 0) return 0;
        --left_;
        return *at_++;
    }
    std::string text() {
        std::string out;
        for (std::size_t count = byte(); count > 0 && left_ > 0; --count) out += static_cast<char>(byte());
        return out;
    }

private:
    const std::uint8_t* at_;
    std::size_t left_;
};

struct handles {
    polku_context* context = nullptr;
    polku_program* program = nullptr;
    polku_evaluation* evaluation = nullptr;
    polku_path* path = nullptr;
    polku_store* store = nullptr;

    ~handles() {
        polku_evaluation_destroy(evaluation);
        polku_program_destroy(program);
        polku_context_destroy(context);
        polku_store_destroy(store);
        polku_path_destroy(path);
    }
};

void expect(polku_status status, const void* out, polku_error* err) {
    if (status != POLKU_STATUS_OK && out != nullptr) std::abort();
    if (status != POLKU_STATUS_OK && (err == nullptr || *polku_error_message(err) == '\0')) std::abort();
    if (status == POLKU_STATUS_INTERNAL) std::abort();
    polku_error_destroy(err);
}

void take(polku_status status, polku_string* out, polku_error* err) {
    expect(status, out, err);
    polku_string_destroy(out);
}

constexpr const char* model_text =
    R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" name="m" namespace="n" id="d">)"
    R"(<inputData name="x" id="i"><variable name="x" typeRef="number"/></inputData><decision name="y" id="e">)"
    R"(<variable name="y"/><informationRequirement><requiredInput href="#i"/></informationRequirement>)"
    R"(<literalExpression><text>x + 1</text></literalExpression></decision></definitions>)";

void on_rules(handles& have, bytes& in, std::uint8_t call) {
    polku_error* err = nullptr;
    polku_string* out = nullptr;
    switch (call) {
        case 0: {
            const std::string text = in.text();
            take(polku_feel_evaluate(have.context, text.data(), text.size(), nullptr, 0, &out, &err), out, err);
            break;
        }
        case 1: {
            polku_program_destroy(have.program);
            have.program = nullptr;
            const std::string text = in.byte() % 2 == 0 ? model_text : in.text();
            const polku_file file{"m.dmn", POLKU_NUL_TERMINATED, text.data(), text.size()};
            const polku_status status = polku_program_compile(&file, 1, &have.program, &err);
            expect(status, have.program, err);
            break;
        }
        case 2: {
            const std::string text = in.byte() % 2 == 0 ? R"({"x":1})" : in.text();
            take(polku_program_evaluate_json(have.program, have.context, in.byte() % 3U, text.data(), text.size(), &out,
                                             &err),
                 out, err);
            break;
        }
        case 3:
            polku_evaluation_destroy(have.evaluation);
            have.evaluation = nullptr;
            {
                const polku_status status =
                    polku_evaluation_create(have.program, in.byte() % 3U, nullptr, &have.evaluation, &err);
                expect(status, have.evaluation, err);
            }
            break;
        default: {
            polku_input input{};
            input.kind = in.byte() % 36U;
            if (input.kind == POLKU_KIND_STRING || input.kind > POLKU_KIND_DAYS_DURATION) input.kind = POLKU_KIND_NULL;
            if (input.kind == POLKU_KIND_TIME || input.kind == POLKU_KIND_DATE_TIME) input.kind = POLKU_KIND_UNKNOWN;
            input.as.number = {in.byte(), in.byte() % 2 == 0 ? 0 : -1, in.byte() - 100, 0};
            polku_input result{};
            expect(polku_evaluation_run(have.evaluation, &input, in.byte() % 3U, &result, &err), nullptr, err);
        }
    }
}

void on_store(handles& have, bytes& in, std::uint8_t call) {
    polku_error* err = nullptr;
    polku_string* out = nullptr;
    switch (call) {
        case 0: {
            polku_store_destroy(have.store);
            have.store = nullptr;
            const polku_status status = polku_store_open(":memory:", POLKU_NUL_TERMINATED, nullptr, &have.store, &err);
            expect(status, have.store, err);
            break;
        }
        case 1: {
            polku_path_destroy(have.path);
            have.path = nullptr;
            const std::string id = in.byte() % 4 != 0 ? "tyokyky-kayttoon" : in.text();
            const polku_status status = polku_path_shipped(id.data(), id.size(), &have.path, &err);
            expect(status, have.path, err);
            break;
        }
        case 2: expect(polku_store_use_path(have.store, have.path, &err), nullptr, err); break;
        case 3: {
            const std::string text = in.text();
            take(polku_store_execute(have.store, text.data(), text.size(), &out, &err), out, err);
            break;
        }
        case 4: {
            const std::string date = in.text();
            take(polku_store_due(have.store, date.data(), date.size(), &out, &err), out, err);
            break;
        }
        default: take(polku_store_verify(have.store, nullptr, 0, &out, &err), out, err);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    bytes in(data, size);
    handles have;
    const polku_context_options options{sizeof(polku_context_options), 100, 20'000, 5'000, 65'536, {0, 0, 0, 0}};
    polku_error* err = nullptr;
    expect(polku_context_create(in.byte() % 8 != 0 ? &options : nullptr, &have.context, &err), nullptr, err);
    for (int turns = 0; turns < 30 && !in.empty(); ++turns) {
        const std::uint8_t call = in.byte();
        if (call % 2 == 0)
            on_rules(have, in, call / 2 % 5);
        else
            on_store(have, in, call / 2 % 6);
    }
    return 0;
}
