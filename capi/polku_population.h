/* SPDX-License-Identifier: Apache-2.0 */
#ifndef POLKU_POPULATION_H
#define POLKU_POPULATION_H

/*
 * The part of polku's C ABI about populations, which polku.h does not include: include it where you need it. What rules
 * decide of each row of a table of people, and what other rules or figures would change (docs/simulation.md). The rules
 * and the answers are those of one client; tables come and go by Arrow's C stream interface (polku_arrow.h). And what a
 * path makes of its clients month by month.
 */

#include "polku_arrow.h"
#include "polku_packs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is simulated: the rules of one side or two, the decision, the days. It keeps what it needs of the packs. One
 * thread at a time. Owned; polku_simulation_destroy. */
typedef struct polku_simulation polku_simulation;

/* Reads what is asked. `question_json` is the object of docs/simulation.md: {"decision":"...", "decided":"2026-11-01",
 * "until":"2027-10-01", "figures":{...}, "against":{"figures":{...}}, "by":["municipality"], "keep":["id"]}. `against`
 * may be NULL: the other side, where the question has one, is the same pack then. `columns`, which may be NULL, says
 * what polku_batch_options says of tables: POLKU_BATCH_ALLOW_FLOAT, the form of outputs, the name of the column of
 * errors; it has no `keep`. INVALID names the member that is wrong.
 * Out: owned, polku_simulation_destroy. Threads: any. Errors: INVALID. Since 1.0. */
POLKU_API polku_status polku_simulation_create(const polku_pack* pack, const polku_pack* against,
                                               const char* question_json, size_t question_length,
                                               const polku_batch_options* columns, polku_simulation** out,
                                               polku_error** err);
/* Decides for every row of a stream and gives the totals as the JSON of docs/simulation.md. `people` is taken over,
 * whether or not the call succeeds. Memory does not grow with rows. The cancel callback of `ctx` is asked after each
 * block of rows; what was done until then is no result. INVALID names the column that is missing or that nothing reads;
 * a cell that cannot be read is a fault of its row, and counted.
 * Out: owned, polku_string_destroy. Threads: one. Errors: INVALID, NOT_FOUND, CANCELLED. Since 1.0. */
POLKU_API polku_status polku_simulation_run(polku_simulation* simulation, polku_context* ctx,
                                            struct ArrowArrayStream* people, polku_string** out, polku_error** err);
/* The decision of each row as a stream of tables: `row` (from 1), `day`, the columns that are kept or counted by, as
 * texts, the members of the answer, those of the other side with " against" behind their names, `changed`, `rules
 * matched` where reasons are asked for, and `error`. Rows are decided as they are asked of *out. `people` is taken
 * over, whether or not the call succeeds. *out, which the caller releases, needs neither the simulation nor the
 * context; the cancel callback's user_data lives as long as the stream. Out: plain struct, released by the caller.
 * Threads: one. Errors: INVALID, NOT_FOUND. Since 1.0. */
POLKU_API polku_status polku_simulation_rows(polku_simulation* simulation, polku_context* ctx,
                                             struct ArrowArrayStream* people, struct ArrowArrayStream* out,
                                             polku_error** err);
/* The totals of the last stream of rows, once it was read to its end; MISUSE before that.
 * Out: owned, polku_string_destroy. Threads: one. Errors: none. Since 1.0. */
POLKU_API polku_status polku_simulation_report(polku_simulation* simulation, polku_string** out, polku_error** err);
/* Ends a simulation; its streams go on. Out: nothing. Threads: one. Errors: none. Since 1.0. */
POLKU_API void polku_simulation_destroy(polku_simulation* simulation);

/* Simulates clients along a path month by month from stated assumptions (docs/simulation.md, "Months along a path"):
 * where they are, who waits, how they leave, what it costs. `question_json` has "assumptions" (the object of that
 * page), and may have "against" (the assumptions of another side), "repeats" (1 to 10 000, 100 unless said), "seed"
 * (instead of the assumptions'), "threads" (1 to 256, 1 unless said; the figures do not depend on it). `versions` are
 * those of the path; with none (count 0) it is the shipped one. `against`, with a count, are the other side's, else it
 * has the same. `ladder` is the pack of the municipal share, NULL for the shipped one; it is asked where assumptions
 * speak of unemployment. The answer is the JSON of `polku simulate-path`. The cancel callback of `ctx` is asked all
 * along. INVALID names the member of the assumptions that is missing or that does not fit the path. Out: owned,
 * polku_string_destroy. Threads: one for the context. Errors: INVALID, NOT_FOUND, LIMIT, CANCELLED.
 * Since 1.0. */
POLKU_API polku_status polku_path_simulate(const polku_path* const* versions, size_t version_count,
                                           const polku_path* const* against, size_t against_count,
                                           const polku_pack* ladder, polku_context* ctx, const char* question_json,
                                           size_t question_length, polku_string** out, polku_error** err);

#ifdef __cplusplus
}
#endif

#endif
