// SPDX-License-Identifier: Apache-2.0
// Bytes choose calls of the C ABI in any order, with live, used-up and NULL handles and handles of another type.
// Nothing crashes or leaks, every output of a failed call is empty, and every failure has a text.
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
    polku_pack* pack = nullptr;
    polku_store* store = nullptr;

    ~handles() {
        polku_evaluation_destroy(evaluation);
        polku_program_destroy(program);
        polku_context_destroy(context);
        polku_store_destroy(store);
        polku_path_destroy(path);
        polku_pack_destroy(pack);
    }
};

/// The handle, or now and then another one in its place, which the call has to tell.
template <class Handle>
Handle* or_another(Handle* right, bytes& in, const void* other) {
    return in.byte() % 16 != 0 ? right : static_cast<Handle*>(const_cast<void*>(other));
}

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

constexpr const char* open_case =
    R"({"command":"open_case","case":"000000000000000000000000ca000001","command_id":"m-1",)"
    R"("now":"2026-01-12T09:01:00Z","actor":"worker-201","purpose":"service path","data":{"path":)"
    R"("tyokyky-kayttoon","client":"000000000000000000000000c1000001","entry":"social rehabilitation",)"
    R"("municipality":"698","sender":{"person":"worker-201","role":"own_worker","organisation":"county"},"reason":"r"}})";
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
            take(polku_feel_evaluate(or_another(have.context, in, have.program), text.data(), text.size(), nullptr, 0,
                                     &out, &err),
                 out, err);
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

void on_pack(handles& have, bytes& in, std::uint8_t call) {
    polku_error* err = nullptr;
    polku_string* out = nullptr;
    if (call == 0) {
        polku_pack_destroy(have.pack);
        have.pack = nullptr;
        const std::string id = in.byte() % 4 != 0 ? "deminimis" : in.text();
        const polku_status status = polku_pack_shipped(id.data(), id.size(), &have.pack, &err);
        expect(status, have.pack, err);
        return;
    }
    const polku_pack* const pack = or_another(have.pack, in, have.path);
    const std::string asked =
        in.byte() % 2 == 0 ? R"({"decision":"Single undertaking","decided":"2026-11-01"})" : in.text();
    const std::string language = in.byte() % 4 != 0 ? "fi" : in.text();
    switch (call) {
        case 1: take(polku_pack_decide(pack, asked.data(), asked.size(), &out, &err), out, err); break;
        case 2:
            take(
                polku_pack_explain_text(pack, asked.data(), asked.size(), language.data(), language.size(), &out, &err),
                out, err);
            break;
        case 3:
            take(polku_pack_missing(pack, asked.data(), asked.size(), language.data(), language.size(), &out, &err),
                 out, err);
            break;
        default: take(polku_store_adopt_pack(have.store, pack, asked.data(), asked.size(), &out, &err), out, err);
    }
}

/// What reads a store, with times, positions and readers that come from the bytes.
void read_store(handles& have, bytes& in, std::uint8_t call) {
    polku_error* err = nullptr;
    polku_string* out = nullptr;
    polku_store* const store = or_another(have.store, in, have.context);
    const std::string text = in.text();
    switch (call) {
        case 0: {
            polku_view_options view = POLKU_VIEW_OPTIONS_INIT;
            view.struct_size = in.byte() % 8 != 0 ? view.struct_size : in.byte() % sizeof view;
            view.flags = in.byte() % 4;
            view.as_of = "2026-02-01";
            view.reader = in.byte() % 2 == 0 ? nullptr : text.c_str();
            take(polku_store_case(store, "000000000000000000000000ca000001", POLKU_NUL_TERMINATED, &view, &out, &err),
                 out, err);
            break;
        }
        case 1: {
            std::uint64_t cursor = 1;
            take(polku_store_feed(store, in.byte(), in.byte(), nullptr, &out, &cursor, &err), out, err);
            break;
        }
        case 2: take(polku_store_cases(store, text.data(), text.size(), in.byte(), &out, &err), out, err); break;
        case 3: take(polku_store_registers(store, text.data(), text.size(), &out, &err), out, err); break;
        case 4: take(polku_store_circling(store, text.data(), text.size(), &out, &err), out, err); break;
        case 5: take(polku_store_check_decisions(store, text.data(), text.size(), &out, &err), out, err); break;
        default: {
            polku_store* other = nullptr;
            const polku_status status = polku_store_clone(store, &other, &err);
            expect(status, other, err);
            polku_store_destroy(other);
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
            const std::string text = in.byte() % 2 == 0 ? open_case : in.text();
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
        switch (call % 4) {
            case 0: on_rules(have, in, call / 4 % 5); break;
            case 1: on_store(have, in, call / 4 % 6); break;
            case 2: on_pack(have, in, call / 4 % 5); break;
            default: read_store(have, in, call / 4 % 7);
        }
    }
    return 0;
}
