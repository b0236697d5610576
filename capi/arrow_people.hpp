// SPDX-License-Identifier: Apache-2.0
#ifndef POLKU_CAPI_ARROW_PEOPLE_HPP
#define POLKU_CAPI_ARROW_PEOPLE_HPP

// An Arrow stream as a table of people.

#include "arrow_columns.hpp"
#include "arrow_structs.hpp"

#include <polku/population/people.hpp>

#include <memory>
#include <string>
#include <vector>

namespace polku_capi {

/// Why a stream failed, in its own words or those of its error number.
std::string why_failed(ArrowArrayStream& stream, int failed);
/// The schema of a stream that came in.
polku::result<owned<ArrowSchema>> schema_of(owned<ArrowArrayStream>& rows);

/// Cells go on as the texts that a file would have: an array at a time, whatever its length.
class arrow_people final : public polku::population::people_reader {
public:
    /// Errors name the column: of a format that is not read, or binary floating point where it is not allowed.
    static polku::result<std::unique_ptr<arrow_people>> try_open(owned<ArrowArrayStream> rows, bool allow_float);

    const std::vector<std::string>& columns() const noexcept override { return names_; }
    polku::result<bool> try_next(polku::population::people_block& into, std::size_t most) override;

private:
    explicit arrow_people(owned<ArrowArrayStream> rows) : rows_(std::move(rows)) {}
    polku::result<bool> try_fetch();
    polku::result<void> add_cell(std::size_t column, std::int64_t row, polku::population::text_column& into) const;

    owned<ArrowArrayStream> rows_;
    std::vector<column_type> types_;
    std::vector<std::string> names_;
    owned<ArrowArray> array_;
    std::int64_t at_ = 0;  ///< rows of the array that were given
    std::size_t given_ = 0;
};

}  // namespace polku_capi

#endif
