// SPDX-License-Identifier: Apache-2.0
// The typed call of the C ABI with inputs made before: numbers as decimals, texts as bytes or as interned symbols.
#ifndef POLKU_BENCH_CAPI_ROWS_HPP
#define POLKU_BENCH_CAPI_ROWS_HPP

#include "workload_files.hpp"

#include <polku.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace polku_bench {

inline void need(polku_status status) {
    if (status != POLKU_STATUS_OK) throw std::runtime_error(std::string("C ABI: ") + polku_status_name(status));
}

class capi_rows {
public:
    capi_rows(const workload& from, const std::string& decision) {
        const polku_file file{"model.dmn", POLKU_NUL_TERMINATED, from.xml.data(), from.xml.size()};
        need(polku_program_compile(&file, 1, &program_, nullptr));
        need(polku_program_find(program_, decision.data(), decision.size(), &decision_, nullptr));
        need(polku_evaluation_create(program_, decision_, nullptr, &evaluation_, nullptr));
        need(polku_context_create(nullptr, &context_, nullptr));
        width_ = polku_program_input_count(program_, decision_);
        entries_.resize(polku_program_output_count(program_, decision_));
    }
    ~capi_rows() {
        polku_evaluation_destroy(evaluation_);
        polku_context_destroy(context_);
        polku_program_destroy(program_);
    }
    capi_rows(const capi_rows&) = delete;
    capi_rows& operator=(const capi_rows&) = delete;

    /// Makes the typed inputs of all rows, which must be flat.
    void prepare(const workload& from) {
        for (const polku::feel::value& row : from.parsed)
            for (std::size_t at = 0; at < width_; ++at)
                add(*row.as_context().find(polku_program_input_name(program_, decision_, at)));
    }
    /// Runs one row; the result is borrowed until the next.
    polku_input run(const std::vector<polku_input>& rows, std::size_t row) {
        polku_input out;
        need(polku_evaluation_run(evaluation_, rows.data() + row * width_, width_, &out, nullptr));
        return out;
    }
    /// Runs one row and reads all outputs of the table in one call.
    const std::vector<polku_input>& run_entries(const std::vector<polku_input>& rows, std::size_t row) {
        need(polku_evaluation_run_entries(evaluation_, rows.data() + row * width_, width_, entries_.data(),
                                          entries_.size(), nullptr));
        return entries_;
    }
    std::int64_t entry(const char* name, std::size_t length) {
        polku_input out;
        need(polku_evaluation_entry(evaluation_, name, length, &out, nullptr));
        return static_cast<std::int64_t>(out.as.number.lo);
    }
    polku_string* run_json(const std::string& row) {
        polku_string* out = nullptr;
        need(polku_program_evaluate_json(program_, context_, decision_, row.data(), row.size(), &out, nullptr));
        return out;
    }

    std::vector<polku_input> texts;
    std::vector<polku_input> symbols;

private:
    void add(const polku::feel::value& given) {
        polku_input in{};
        if (given.is(polku::feel::kind::boolean)) {
            in.kind = POLKU_KIND_BOOLEAN;
            in.boolean = given.is_true() ? 1 : 0;
        } else if (given.is(polku::feel::kind::number)) {
            const polku::feel::number number = given.as_number();
            in.kind = POLKU_KIND_NUMBER;
            in.as.number = {number.lo(), number.hi(), number.scale(), 0};
        } else {
            in.kind = POLKU_KIND_STRING;
            in.as.text.data = given.as_string().data();
            in.as.text.length = given.as_string().size();
        }
        texts.push_back(in);
        if (in.kind == POLKU_KIND_STRING) {
            std::uint64_t symbol = 0;
            need(polku_evaluation_symbol(evaluation_, in.as.text.data, in.as.text.length, &symbol, nullptr));
            in.kind = POLKU_KIND_SYMBOL;
            in.as.symbol = symbol;
        }
        symbols.push_back(in);
    }

    polku_program* program_ = nullptr;
    polku_evaluation* evaluation_ = nullptr;
    polku_context* context_ = nullptr;
    std::uint32_t decision_ = 0;
    std::size_t width_ = 0;
    std::vector<polku_input> entries_;
};

}  // namespace polku_bench

#endif
