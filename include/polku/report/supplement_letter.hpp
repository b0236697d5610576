// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_REPORT_SUPPLEMENT_LETTER_HPP
#define POLKU_REPORT_SUPPLEMENT_LETTER_HPP

#include <polku/path/supplement.hpp>

#include <string>
#include <string_view>

namespace polku::inline POLKU_V::report {

/// A decision on an employment supplement as a page to print and send: self-contained HTML (no script, nothing
/// fetched) in `fi`, `sv`, `en` or `fi-selko` (others are told in English). It says what was decided, why (the text of
/// each rule that took part), what aid counts, under which terms, how and when notice was given, and how the decision
/// can be contested: by whom, with which authority, until when, how the time is counted, and what a claim or an appeal
/// must contain. Nothing in it tells of the employee. The wording rests on the Local Government Act (410/2015) sections
/// 134 to 141, the Administrative Procedure Act (434/2003) sections 59 and 60, Act 13/2003 sections 18 and 19 and Act
/// 150/1930; an authority checks it before use.
std::string supplement_letter(const path::supplement_terms& terms, const path::employer_state& employer,
                              const path::application& about, const path::decision_entry& decision,
                              std::string_view language);

}  // namespace polku::inline POLKU_V::report

#endif
