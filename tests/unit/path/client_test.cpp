// SPDX-License-Identifier: Apache-2.0
#include <polku/path/client.hpp>

#include "small_path.hpp"

using namespace small_path;

TEST_SUITE_BEGIN("path");

TEST_CASE("path/client: details are set one by one and checked") {
    case_run run;
    path::client_details details;
    details.identity_code = "010180-9004";
    details.given_name = "Aino";
    run.tell(path::update_client{details}, "2026-02-02");
    path::client_details more;
    more.municipality = "698";
    run.tell(path::update_client{more}, "2026-02-03");
    CHECK(run.state.details.given_name == "Aino");
    CHECK(run.state.details.municipality == "698");
    details.identity_code = "290201A9012";
    CHECK(run.refusal(path::update_client{details}, "2026-02-03") == error_code::invalid_identity_code);
    more.municipality = "000";
    CHECK(run.refusal(path::update_client{more}, "2026-02-03") == error_code::unknown_municipality);
    CHECK(run.refusal(path::update_client{}, "2026-02-03") == error_code::missing_detail);
}

TEST_CASE("path/client: a consent is in force until it ends or is withdrawn") {
    case_run run;
    run.tell(path::give_consent{"health", {}, "written", {}}, "2026-02-02");
    CHECK(path::has_consent(run.state, "health", day("2027-02-02")));
    CHECK(!path::has_consent(run.state, "health", day("2027-02-03")));
    run.tell(path::withdraw_consent{"health"}, "2026-03-01");
    CHECK(path::has_consent(run.state, "health", day("2026-02-28")));
    CHECK(!path::has_consent(run.state, "health", day("2026-03-01")));
    CHECK(run.refusal(path::withdraw_consent{"health"}, "2026-03-02") == error_code::unknown_record);
    CHECK(run.refusal(path::give_consent{"wealth", {}, {}, {}}, "2026-03-02") == error_code::unknown_consent);
    CHECK(run.refusal(path::give_consent{"health", day("2026-03-01"), {}, {}}, "2026-03-02") ==
          error_code::command_too_early);
    CHECK(run.refusal(path::give_consent{"health", {}, {}, "nobody"}, "2026-03-02") == error_code::unknown_record);
}

TEST_CASE("path/client: a representative acts within dates and may give a consent") {
    case_run run;
    path::representative trustee{"t1", path::representative_kind::trustee, "e.trustee", {"economy"}, day("2026-01-01"),
                                 {}};
    run.tell(path::add_representative{trustee}, "2026-02-02");
    CHECK(run.refusal(path::add_representative{trustee}, "2026-02-02") == error_code::duplicate_record);
    run.tell(path::give_consent{"health", {}, {}, "t1"}, "2026-02-03");
    run.tell(path::end_representative{"t1", "trusteeship ended"}, "2026-02-10");
    CHECK(run.refusal(path::end_representative{"t1", {}}, "2026-02-11") == error_code::record_not_open);
    CHECK(run.refusal(path::end_representative{"t2", {}}, "2026-02-11") == error_code::unknown_record);
    CHECK(run.refusal(path::give_consent{"health", {}, {}, "t1"}, "2026-02-11") == error_code::record_not_open);
    trustee.id = "t3";
    trustee.until = day("2025-01-01");
    CHECK(run.refusal(path::add_representative{trustee}, "2026-02-11") == error_code::command_too_early);
}

TEST_CASE("path/client: a non-disclosure order holds from its day until it is lifted") {
    case_run run;
    CHECK(run.refusal(path::lift_non_disclosure{"over"}, "2026-02-02") == error_code::unknown_record);
    run.tell(path::set_non_disclosure{}, "2026-02-02");
    CHECK(!path::is_non_disclosed(run.state, day("2026-02-01")));
    CHECK(path::is_non_disclosed(run.state, day("2027-02-02")));
    run.tell(path::lift_non_disclosure{"over"}, "2026-03-01");
    CHECK(path::is_non_disclosed(run.state, day("2026-02-28")));
    CHECK(!path::is_non_disclosed(run.state, day("2026-03-01")));
    CHECK(run.refusal(path::set_non_disclosure{day("2026-03-01")}, "2026-03-02") == error_code::command_too_early);
}

TEST_SUITE_END();
