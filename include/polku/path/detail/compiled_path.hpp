// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_PATH_DETAIL_COMPILED_PATH_HPP
#define POLKU_PATH_DETAIL_COMPILED_PATH_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/expression.hpp>
#include <polku/path/service_path.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace polku::inline POLKU_V::path::detail {

/// A routing decision, ready to be evaluated.
struct compiled_routing {
    dmn::program program;
    dmn::decision_ref decision;
    std::string name;                  ///< the decision's, as `reasons` names it
    std::vector<std::string> targets;  ///< stages and exits that its table names as constants, in order of the rules
};

struct compiled_stage {
    time::period max;
    time::period escalate_every{7, time::period_unit::days};
    std::optional<compiled_routing> routing;
};

struct compiled_obligation {
    feel::expression due;
    std::optional<feel::expression> guard;
    time::roll_rule roll = time::roll_rule::none;
    time::period escalate_every{7, time::period_unit::days};
};

/// What `service_path` holds. Stages, obligations and exits stand in the order of the definition.
struct compiled_path {
    definition says;
    path::hash content_hash{};
    feel::scope scope;  ///< the facts, then the case inputs, then `event date`
    std::vector<compiled_stage> stages;
    std::vector<compiled_obligation> obligations;
    std::map<std::string, feel::expression> target_groups;  ///< those with a `when`, over the facts alone
    std::map<std::string, feel::expression> services;       ///< likewise

    static service_path wrap(std::shared_ptr<const compiled_path> data) {
        service_path made;
        made.data_ = std::move(data);
        return made;
    }
};

/// The findings of one check, up to a bound.
struct path_findings {
    std::string source;
    std::size_t max = 100;
    std::vector<diagnostic> found;

    void add(error_code code, std::string pointer, std::string message) {
        if (found.size() < max)
            found.push_back({severity::error, error(code, std::move(message), place(std::move(pointer)))});
    }
    void add(error what, std::string pointer, severity how = severity::error) {
        if (found.size() < max) found.push_back({how, std::move(what).at(place(std::move(pointer)))});
    }
    position place(std::string pointer) const {
        position at;
        at.source = source;
        at.pointer = std::move(pointer);
        return at;
    }
};

POLKU_DECL void check_definition(const definition& says, path_findings& into);
/// Compiles FEEL and DMN; adds what is wrong.
POLKU_DECL void compile_into(compiled_path& path, const std::map<std::string, std::string>& models,
                             path_findings& into);
/// True when `trigger` names an event type, and its qualifier (where it has one) something that the definition knows.
POLKU_DECL bool is_known_trigger(const definition& says, std::string_view trigger);

}  // namespace polku::inline POLKU_V::path::detail

#endif
