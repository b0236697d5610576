// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_HANDLES_HPP
#define POLKU_CAPI_HANDLES_HPP

// What stands behind the handles of polku.h.

#include "guard.hpp"

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/json/decision_reader.hpp>
#include <polku/json/text_writer.hpp>

#include <polku/workspace/path_bundle.hpp>
#include <polku/workspace/rule_packs.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace polku_capi {

/// A cancel callback of the host, asked through the C++ form.
struct cancel_hook {
    polku_cancel_callback ask = nullptr;
    void* user_data = nullptr;

    /// The callback and what belongs to it come out where they are wanted, and new ones take their place.
    void replace(polku_cancel_callback next, void* next_data, polku_cancel_callback* out_ask, void** out_user_data) {
        if (out_ask != nullptr) *out_ask = ask;
        if (out_user_data != nullptr) *out_user_data = user_data;
        ask = next;
        user_data = next_data;
    }

    static bool asked(void* self) {
        const auto* hook = static_cast<const cancel_hook*>(self);
        return hook->ask != nullptr && hook->ask(hook->user_data) != 0;
    }
};

/// An options struct of a caller that was built against an older header (shorter: what it lacks is zero) or a newer one
/// (longer: what this library does not know must be zero). `known` starts with the defaults.
polku::result<void> options_in(const void* given, const char* name, void* known, std::size_t size, std::size_t oldest);
template <class Options>
polku::result<Options> options_in(const Options* given, const char* name, std::size_t oldest) {
    Options known{};
    known.struct_size = sizeof(Options);
    if (given != nullptr) POLKU_CHECK(options_in(given, name, &known, sizeof known, oldest));
    for (const std::uint64_t word : known.reserved) {
        if (word != 0)
            return polku::error(polku::error_code::invalid_argument,
                                std::string(name) + ".reserved must be zero; start from the INIT macro");
    }
    return known;
}
polku::result<polku::feel::limits> limits_in(const polku_context_options* options);
/// A named text of a `polku_file`; the text is borrowed from it.
struct named_text {
    std::string name;
    std::string_view text;
};
polku::result<std::vector<named_text>> files_in(const polku_file* files, std::size_t count);
polku::feel::value diagnostic_value(const polku::diagnostic& finding);
/// Names of the entries that a target's result is declared to have; none when it is no context.
std::vector<std::string> entry_names(const polku::dmn::program& program, polku::dmn::decision_ref target);
/// The target of a decision index, checked.
polku::result<const polku::dmn::decision_ref*> target_of(const polku_program* program, std::uint32_t decision);
/// Reads a date or date-time for `now()`.
polku::result<polku::time::date_time> now_in(const char* now, std::size_t length);

/// The pack behind a handle, with the bytes that a store keeps; NULL when it is no live pack.
const polku::pack_bundle* bundle_of(const polku_pack* pack) noexcept;

}  // namespace polku_capi

struct polku_context : polku_capi::marked<0x706b6378U>, polku_capi::exclusive {
    polku::feel::evaluation_context evaluation;
    polku_capi::cancel_hook cancel;
    polku::json::decision_reader reader;
    polku::json::text_writer writer;
};

struct polku_program : polku_capi::marked<0x706b7072U> {
    polku::dmn::program program;
    std::vector<std::string> names;                     // of decisions, services and models, in file order
    std::vector<polku::dmn::decision_ref> targets;      // what each name stands for
    std::vector<polku::json::input_plan> plans;         // the inputs of each target
    std::vector<std::vector<std::string>> input_types;  // text of each input's type, by target
    std::vector<std::vector<std::string>> outputs;      // names of the entries of each target's result; one at least
};

struct polku_path : polku_capi::marked<0x706b7061U> {
    polku::path_bundle bundle;
    std::string hash;
};

#endif
