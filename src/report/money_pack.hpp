// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_SRC_REPORT_MONEY_PACK_HPP
#define POLKU_SRC_REPORT_MONEY_PACK_HPP

#include <polku/dmn/program.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/type.hpp>
#include <polku/result.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/time/date.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace polku::inline POLKU_V::report::detail {

/// A version of a rule pack with its model, to answer many rows: `rules::pack::try_decide` tells the rules of each
/// answer, which sums of thousands of days do not need.
class pack_model {
public:
    pack_model() = default;
    /// The version is one of the pack's.
    pack_model(rules::pack of, const rules::pack_version& version)
        : pack_(std::move(of)), version_(&version), program_(&pack_.program_of(version)) {}

    const rules::pack& pack() const noexcept { return pack_; }
    const rules::pack_version& version() const noexcept { return *version_; }
    const dmn::program& program() const noexcept { return *program_; }

private:
    rules::pack pack_;
    const rules::pack_version* version_ = nullptr;
    const dmn::program* program_ = nullptr;
};

/// One decision of a compiled model, with facts by name and parameters by day.
class pack_decision {
public:
    /// `pack_not_in_force` where the model has no such decision. A fact that the version does not look at is passed
    /// over. The parameters are those of the day.
    static result<pack_decision> try_make(const pack_model& from, std::string_view name,
                                          std::initializer_list<std::string_view> facts, time::date day);
    /// Gives the parameters their values of another day.
    result<void> set_day(time::date day);
    /// Facts in the order of the names that it was made with.
    result<feel::value> try_evaluate(std::initializer_list<feel::value> facts);

private:
    struct parameter_place {
        std::string name;
        std::size_t at;
        feel::type type;
    };

    pack_model model_;
    dmn::decision_ref what_;
    std::vector<std::size_t> places_;
    std::vector<parameter_place> parameters_;
    time::date from_;                   ///< the parameters hold from this day on
    std::optional<time::date> before_;  ///< and before this one
    std::vector<feel::value> slots_;
    feel::evaluation_context with_;
};

/// The last day of a version; none where it is open.
std::optional<time::date> last_day(const rules::pack_version& of);

/// `kuntarahoitus-2025: 1290/2002 ..., voimassa 1.1.2025–30.4.2026`.
std::string source_line(const rules::pack& of, const rules::pack_version& version, std::string_view language);

/// An entry of a decision's answer; null where there is none.
const feel::value& entry_of(const feel::value& of, std::string_view name);

}  // namespace polku::inline POLKU_V::report::detail

#endif
