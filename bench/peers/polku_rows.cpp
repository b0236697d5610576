// SPDX-License-Identifier: Apache-2.0
// polku's doors, and hand-written code as their floor, behind the line protocol of README.md.
//
//     polku_rows DOOR FOLDER WORKLOAD DECISION
//
// DOOR: c-symbols and c-texts (the typed call of the C ABI, every output read), c-json (JSON text in and out), cpp
// (typed slots of the C++ library), columns (a batch for each pass, tables alone), by-hand (w1, w2, w3, six).
#include "columns_door.hpp"
#include "floor_rows.hpp"
#include "rows_protocol.hpp"

#include <polku/dmn/program.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/json/text.hpp>
#include <polku/time/date.hpp>

#include <polku.h>

#include <memory>

namespace {

using namespace polku;
using namespace polku_bench;

void need(polku_status status) {
    if (status != POLKU_STATUS_OK) throw std::runtime_error(std::string("C ABI: ") + polku_status_name(status));
}

/// A model compiled through the C ABI, and its decision.
struct c_program {
    polku_program* program = nullptr;
    std::uint32_t decision = 0;

    c_program(const std::string& xml, const std::string& name) {
        const polku_file file{"model.dmn", POLKU_NUL_TERMINATED, xml.data(), xml.size()};
        need(polku_program_compile(&file, 1, &program, nullptr));
        need(polku_program_find(program, name.data(), name.size(), &decision, nullptr));
    }
    c_program(const c_program&) = delete;
    c_program& operator=(const c_program&) = delete;
    ~c_program() { polku_program_destroy(program); }
};

class json_door final : public engine {
public:
    json_door(const std::string& xml, const std::string& decision) : from_(xml, decision) {
        need(polku_context_create(nullptr, &context_, nullptr));
    }
    ~json_door() override { polku_context_destroy(context_); }
    void add(const std::string& row) override { rows_.push_back(row); }
    std::uint64_t pass(std::size_t from, std::size_t to) override {
        return hits_of(from, to, [this](std::size_t row) {
            polku_string* out = run(row);
            const bool hit = polku_string_data(out)[0] != 'n';
            polku_string_destroy(out);
            return hit;
        });
    }
    std::string text(std::size_t row) override {
        polku_string* out = run(row);
        std::string made(polku_string_data(out), polku_string_size(out));
        polku_string_destroy(out);
        return made;
    }

private:
    polku_string* run(std::size_t row) {
        polku_string* out = nullptr;
        need(polku_program_evaluate_json(from_.program, context_, from_.decision, rows_[row].data(), rows_[row].size(),
                                         &out, nullptr));
        return out;
    }

    c_program from_;
    polku_context* context_ = nullptr;
    std::vector<std::string> rows_;
};

class typed_door final : public engine {
public:
    typed_door(const std::string& xml, const std::string& decision, bool symbols)
        : from_(xml, decision), width_(polku_program_input_count(from_.program, from_.decision)), symbols_(symbols) {
        need(polku_evaluation_create(from_.program, from_.decision, nullptr, &evaluation_, nullptr));
        outputs_.resize(polku_program_output_count(from_.program, from_.decision));
    }
    ~typed_door() override { polku_evaluation_destroy(evaluation_); }

    void add(const std::string& row) override {
        kept_.push_back(std::make_unique<feel::value>(json::try_parse(row).value()));
        for (std::size_t at = 0; at < width_; ++at) {
            const feel::value* given =
                kept_.back()->as_context().find(polku_program_input_name(from_.program, from_.decision, at));
            if (given == nullptr) throw std::runtime_error("a row has not all inputs");
            inputs_.push_back(
                input_of(*given, polku_program_input_type(from_.program, from_.decision, at) == std::string("date")));
        }
    }
    std::uint64_t pass(std::size_t from, std::size_t to) override {
        return hits_of(from, to, [this](std::size_t row) {
            run(row);
            return outputs_[0].kind != POLKU_KIND_NULL;
        });
    }
    std::string text(std::size_t row) override {
        run(row);
        if (outputs_.size() == 1 || is_null()) return text_of(outputs_[0]);
        std::string made;
        for (std::size_t at = 0; at < outputs_.size(); ++at)
            made += (made.empty() ? "{\"" : ",\"") +
                    std::string(polku_program_output_name(from_.program, from_.decision, at)) +
                    "\":" + text_of(outputs_[at]);
        return made + '}';
    }

private:
    void run(std::size_t row) {
        need(polku_evaluation_run_entries(evaluation_, inputs_.data() + row * width_, width_, outputs_.data(),
                                          outputs_.size(), nullptr));
    }
    bool is_null() const {
        for (const polku_input& each : outputs_)
            if (each.kind != POLKU_KIND_NULL) return false;
        return true;
    }
    polku_input input_of(const feel::value& given, bool date) {
        polku_input made{};
        if (given.is(feel::kind::boolean)) {
            made.kind = POLKU_KIND_BOOLEAN;
            made.boolean = given.is_true() ? 1 : 0;
        } else if (given.is(feel::kind::number)) {
            const feel::number number = given.as_number();
            made.kind = POLKU_KIND_NUMBER;
            made.as.number = {number.lo(), number.hi(), number.scale(), 0};
        } else if (given.is(feel::kind::string) && date) {
            const time::date told = time::parse_date(given.as_string()).value();
            made.kind = POLKU_KIND_DATE;
            made.as.date = {
                told.year(), static_cast<std::uint8_t>(told.month()), static_cast<std::uint8_t>(told.day()), {}};
        } else {
            const bool text = given.is(feel::kind::string);
            texts_.push_back(std::make_unique<std::string>(text ? std::string(given.as_string()) : json::write(given)));
            made.kind = text ? POLKU_KIND_STRING : given.is(feel::kind::list) ? POLKU_KIND_LIST : POLKU_KIND_CONTEXT;
            made.as.text.data = texts_.back()->data();
            made.as.text.length = texts_.back()->size();
            if (text && symbols_) intern(made);
        }
        return made;
    }
    void intern(polku_input& text) {
        std::uint64_t symbol = 0;
        need(polku_evaluation_symbol(evaluation_, text.as.text.data, text.as.text.length, &symbol, nullptr));
        text.kind = POLKU_KIND_SYMBOL;
        text.as.symbol = symbol;
    }
    static std::string text_of(const polku_input& out) {
        if (out.kind == POLKU_KIND_CONTEXT || out.kind == POLKU_KIND_LIST)
            return {out.as.text.data, out.as.text.length};
        return json::write(value_of(out));
    }
    static feel::value value_of(const polku_input& out) {
        switch (out.kind) {
            case POLKU_KIND_NULL: return {};
            case POLKU_KIND_BOOLEAN: return feel::value(out.boolean != 0);
            case POLKU_KIND_NUMBER:
                return feel::number::from_words(out.as.number.lo, out.as.number.hi, out.as.number.scale).value();
            case POLKU_KIND_STRING: return feel::value(std::string_view(out.as.text.data, out.as.text.length));
            case POLKU_KIND_DATE:
                return feel::value(
                    time::date::from_parts(out.as.date.year, out.as.date.month, out.as.date.day).value());
            default: throw std::runtime_error("an output of a kind that the workloads do not have");
        }
    }

    c_program from_;
    std::size_t width_;
    bool symbols_;
    polku_evaluation* evaluation_ = nullptr;
    std::vector<std::unique_ptr<feel::value>> kept_;
    std::vector<std::unique_ptr<std::string>> texts_;
    std::vector<polku_input> inputs_;
    std::vector<polku_input> outputs_;
};

class cpp_door final : public engine {
public:
    cpp_door(const std::string& xml, const std::string& decision)
        : program_(dmn::try_compile({dmn::try_read_model(xml, "model.dmn").value()}).value()),
          decision_(program_.find(decision).value()) {}
    void add(const std::string& row) override {
        const feel::value parsed = json::try_parse(row).value();
        std::vector<feel::value>& slots = slots_.emplace_back();
        for (const dmn::input_info& input : program_.inputs(decision_))
            slots.push_back(
                dmn::try_typed(*parsed.as_context().find(input.name), input.type, "/" + input.name, with_).value());
    }
    std::uint64_t pass(std::size_t from, std::size_t to) override {
        return hits_of(from, to, [this](std::size_t row) { return !run(row).is_null(); });
    }
    std::string text(std::size_t row) override { return json::write(run(row)); }

private:
    feel::value run(std::size_t row) {
        return dmn::try_evaluate_slots(program_, decision_, slots_[row], with_).value();
    }

    dmn::program program_;
    dmn::decision_ref decision_;
    feel::evaluation_context with_;
    std::vector<std::vector<feel::value>> slots_;
};

std::unique_ptr<engine> made(const std::string& door, const std::string& workload, const std::string& xml,
                             const std::string& decision) {
    if (door == "c-json") return std::make_unique<json_door>(xml, decision);
    if (door == "c-symbols") return std::make_unique<typed_door>(xml, decision, true);
    if (door == "c-texts") return std::make_unique<typed_door>(xml, decision, false);
    if (door == "cpp") return std::make_unique<cpp_door>(xml, decision);
    if (door == "columns") return std::make_unique<columns_door>(xml, decision);
    if (door == "by-hand") return by_hand(workload);
    throw std::runtime_error("no such door: " + door);
}

}  // namespace

int main(int count, char** given) {
    if (count != 5) {
        std::cerr << "usage: polku_rows DOOR FOLDER WORKLOAD DECISION\n";
        return 2;
    }
    try {
        const std::string base = std::string(given[2]) + "/" + given[3];
        const std::string xml = file_text(base + ".dmn");
        rows_session session(base + ".rows.jsonl");
        const std::string first = session.first_row();
        const double started = rows_session::seconds();
        const std::unique_ptr<engine> with = made(given[1], given[3], xml, given[4]);
        with->add(first);
        with->pass(0, 1);
        std::cout << "{\"load\":" << rows_session::seconds() - started << "}" << std::endl;
        session.serve(*with);
        return 0;
    } catch (const std::exception& fault) {
        std::cerr << fault.what() << '\n';
        return 1;
    }
}
