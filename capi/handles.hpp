// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_HANDLES_HPP
#define POLKU_CAPI_HANDLES_HPP

// What stands behind the handles of polku.h.

#include "guard.hpp"

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>

#include <string>
#include <vector>

namespace polku_capi {

/// A cancel callback of the host, asked through the C++ form.
struct cancel_hook {
    polku_cancel_callback ask = nullptr;
    void *user_data = nullptr;

    static bool asked(void *self) {
        const auto *hook = static_cast<const cancel_hook *>(self);
        return hook->ask != nullptr && hook->ask(hook->user_data) != 0;
    }
};

polku::result<polku::feel::limits> limits_in(const polku_context_options *options);
/// A named text of a `polku_file`; the text is borrowed from it.
struct named_text {
    std::string name;
    std::string_view text;
};
polku::result<std::vector<named_text>> files_in(const polku_file *files, std::size_t count);
polku::feel::value diagnostic_value(const polku::diagnostic &finding);
/// The target of a decision index, checked.
polku::result<const polku::dmn::decision_ref *> target_of(const polku_program *program, std::uint32_t decision);
/// Reads a date or date-time for `now()`.
polku::result<polku::time::date_time> now_in(const char *now, std::size_t length);

}  // namespace polku_capi

struct polku_context : polku_capi::exclusive {
    polku::feel::evaluation_context evaluation;
    polku_capi::cancel_hook cancel;
};

struct polku_program {
    polku::dmn::program program;
    std::vector<std::string> names;                     // of decisions, services and models, in file order
    std::vector<polku::dmn::decision_ref> targets;      // what each name stands for
    std::vector<std::vector<std::string>> input_types;  // text of each input's type, by target
};

#endif
