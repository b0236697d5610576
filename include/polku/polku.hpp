// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_POLKU_HPP
#define POLKU_POLKU_HPP

/// @file
/// All of polku that most programs need: time, FEEL, DMN, rules and service paths, and in compiled mode also JSON texts
/// and the workspace (a store with the paths that run in it). Rooms that only some need have headers of their own:
/// polku/json/described.hpp, polku/path/matching.hpp, polku/rules/pack_explanation.hpp, polku/storage/, polku/report/.

#include <polku/config.hpp>
#include <polku/dmn/decision_table.hpp>
#include <polku/dmn/external.hpp>
#include <polku/dmn/item_type.hpp>
#include <polku/dmn/model.hpp>
#include <polku/dmn/program.hpp>
#include <polku/dmn/read_report.hpp>
#include <polku/dmn/trace.hpp>
#include <polku/dmn/xml_reader.hpp>
#include <polku/error.hpp>
#include <polku/feel/evaluation_context.hpp>
#include <polku/feel/expression.hpp>
#include <polku/feel/function.hpp>
#include <polku/feel/number.hpp>
#include <polku/feel/operations.hpp>
#include <polku/feel/type.hpp>
#include <polku/feel/value.hpp>
#include <polku/fwd.hpp>
#include <polku/path/assessment.hpp>
#include <polku/path/case.hpp>
#include <polku/path/case_inputs.hpp>
#include <polku/path/case_on.hpp>
#include <polku/path/client.hpp>
#include <polku/path/coaching.hpp>
#include <polku/path/commands.hpp>
#include <polku/path/consent.hpp>
#include <polku/path/definition.hpp>
#include <polku/path/event.hpp>
#include <polku/path/events.hpp>
#include <polku/path/explain.hpp>
#include <polku/path/fact.hpp>
#include <polku/path/follow_up.hpp>
#include <polku/path/network.hpp>
#include <polku/path/obligation.hpp>
#include <polku/path/placement.hpp>
#include <polku/path/plan.hpp>
#include <polku/path/queries.hpp>
#include <polku/path/referral.hpp>
#include <polku/path/service_path.hpp>
#include <polku/result.hpp>
#include <polku/rules/explanation.hpp>
#include <polku/rules/identifiers.hpp>
#include <polku/rules/municipality.hpp>
#include <polku/rules/pack.hpp>
#include <polku/rules/pack_definition.hpp>
#include <polku/time/calendar.hpp>
#include <polku/time/date.hpp>
#include <polku/time/date_time.hpp>
#include <polku/time/deadline.hpp>
#include <polku/time/duration.hpp>
#include <polku/time/interval.hpp>
#include <polku/time/zone.hpp>
#include <polku/version.hpp>

#if !defined(POLKU_HEADER_ONLY)
#include <polku/json/path_definition.hpp>
#include <polku/json/path_events.hpp>
#include <polku/json/text.hpp>
#include <polku/workspace/path_bundle.hpp>
#include <polku/workspace/schemas.hpp>
#include <polku/workspace/workspace.hpp>
#endif

#endif
