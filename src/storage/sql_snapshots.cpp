// SPDX-License-Identifier: Apache-2.0
#include "append_rules.hpp"
#include "sql_core.hpp"

namespace polku::inline POLKU_V::storage {

/// Under whose key a snapshot is: that of the one client the stream is about, else the stream's own.
std::string sql_core::snapshot_owner(std::int64_t stream_no, const path::stream_id& stream) {
    query sole(on_, sql::sole_subject, stream_no);
    return sole.step() && !sole.is_null(0) ? sole.text(0) : to_hex(stream.bytes);
}

void sql_core::write_snapshot(std::int64_t stream_no, const path::stream_id& stream, const std::string& of_class,
                              const snapshot& taken) {
    path::hash drawn{};
    settings().entropy->fill(drawn);
    const path::hash commitment = blake2b(taken.bytes, drawn);
    std::optional<path::hash> salt = drawn;
    std::optional<std::int64_t> key_no;
    std::optional<seal_nonce> nonce;
    sealed_bytes sealed;
    std::string_view bytes = taken.bytes;
    if (seals() != nullptr) {
        sealed = seals()->seal(snapshot_owner(stream_no, stream), of_class, drawn, taken.bytes,
                               snapshot_binding(stream, taken.version, taken.schema_version, of_class));
        salt.reset();
        key_no = sealed.key_no;
        nonce = sealed.nonce;
        bytes = sealed.bytes;
    }
    query(on_, sql::put_snapshot, stream_no, of_class, taken.version, taken.schema_version, commitment, salt,
          blob{bytes}, key_no, nonce)
        .run();
}

void sql_core::append_snapshot(const stream_place& place, const stream_append& from) {
    const std::optional<stream_place> beside = find_place(from.snapshot->beside);
    if ((beside ? beside->version : 0) != from.snapshot->beside_version) return;
    write_snapshot(place.number, from.stream, from.snapshot->retention_class,
                   {place.version, from.snapshot->schema_version, from.snapshot->bytes});
}

result<void> sql_core::put_snapshot(const path::stream_id& stream, std::string_view retention_class,
                                    const snapshot& taken) {
    POLKU_CHECK(check_keys());
    auto kept = guarded(on_, "keeping a snapshot", [&]() -> result<void> {
        transaction whole(on_, sql::begin_write);
        const std::optional<stream_place> place = find_place(stream);
        POLKU_CHECK(check_snapshot(stream, place ? place->version : 0, taken));
        if (seals() != nullptr) seals()->forget_erased();
        write_snapshot(place->number, stream, std::string(retention_class), taken);
        whole.commit();
        return {};
    });
    if (!kept && seals() != nullptr) seals()->forget();
    return kept;
}

result<std::optional<snapshot>> sql_core::get_snapshot(const path::stream_id& stream,
                                                       std::string_view retention_class) {
    return guarded(on_, "reading a snapshot", [&]() -> result<std::optional<snapshot>> {
        const std::string of_class(retention_class);
        query found(on_, sql::read_snapshot, stream.bytes, of_class);
        if (!found.step()) return std::optional<snapshot>();
        snapshot taken{found.natural(0), small_number(found, 1), found.text(5)};
        path::hash salt{};
        if (found.is_null(4)) {
            salt = found.bytes<32>(3);
        } else if (seals() == nullptr) {
            return error(error_code::store_key_missing, "the snapshot of stream " + to_hex(stream.bytes) +
                                                            " is encrypted; open the store with its master key");
        } else {
            seals()->forget_erased();
            const std::string sealed = std::move(taken.bytes);
            const seal_outcome outcome = seals()->open(
                found.integer(4), found.text(6), sealed,
                snapshot_binding(stream, taken.version, taken.schema_version, of_class), salt, taken.bytes);
            if (outcome == seal_outcome::destroyed) return std::optional<snapshot>();
            if (outcome == seal_outcome::broken) {
                return error(error_code::store_seal_broken, "the snapshot of stream " + to_hex(stream.bytes) +
                                                                " is not what was sealed; take it anew");
            }
        }
        if (blake2b(taken.bytes, salt) != found.bytes<32>(2)) {
            throw_corrupt_row("the snapshot of stream " + to_hex(stream.bytes) + " is not what was kept");
        }
        return std::optional(std::move(taken));
    });
}

}  // namespace polku::inline POLKU_V::storage
