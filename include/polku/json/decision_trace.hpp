// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_JSON_DECISION_TRACE_HPP
#define POLKU_JSON_DECISION_TRACE_HPP

#include <polku/dmn/trace.hpp>
#include <polku/dmn/why_not.hpp>
#include <polku/feel/value.hpp>

namespace polku::inline POLKU_V::json {

/// The steps of a trace as a list of contexts, ready to be written as JSON (docs/tracing.md has the form).
feel::value trace_value(const dmn::trace& from);

/// `{"value":..., "tables":[...], "nulls":[...]}`.
feel::value why_not_value(const dmn::why_not_report& from);

}  // namespace polku::inline POLKU_V::json

#endif
