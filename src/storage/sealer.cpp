// SPDX-License-Identifier: Apache-2.0
#include "sealer.hpp"

#include "encoding.hpp"

#include <polku/storage/hash.hpp>

#include <sodium.h>

#include <cstring>
#include <vector>

namespace polku::inline POLKU_V::storage {

namespace {

constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(std::tuple_size_v<seal_nonce> == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
static_assert(std::tuple_size_v<key_bytes> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

constexpr std::size_t most_masters = 8;
// A case needs a handful; when all slots are in use the keys are unwrapped again, a few microseconds each.
constexpr std::size_t most_keys = 1024;

// The key by which a wrong master key is found as the store is opened.
constexpr const char* nobody = "-";
constexpr const char* check_class = "store";
// The key that tells that sealing was begun and is not finished; nothing is under it.
constexpr const char* sealing_class = "sealing";
// The key of the hashes of identifiers.
constexpr const char* index_class = "index";

const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string encrypt(std::string_view plain, const std::string& binding, const seal_nonce& nonce,
                    const std::uint8_t* key) {
    std::string sealed(plain.size() + tag_size, '\0');
    unsigned long long size = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(sealed), &size, raw(plain), plain.size(), raw(binding),
                                               binding.size(), nullptr, nonce.data(), key);
    return sealed;
}

bool decrypt(std::string_view sealed, const std::string& binding, std::string_view nonce, const std::uint8_t* key,
             unsigned char* into) {
    if (sealed.size() < tag_size || nonce.size() != std::tuple_size_v<seal_nonce>) return false;
    unsigned long long size = 0;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(into, &size, nullptr, raw(sealed), sealed.size(), raw(binding),
                                                      binding.size(), raw(nonce), key) == 0;
}

[[noreturn]] void throw_failure(error_code code, std::string what) {
    throw store_failure{polku::error(code, std::move(what))};
}

}  // namespace

secret_slots::secret_slots(std::size_t count) : bytes_(nullptr), count_(count) {
    if (sodium_init() >= 0) bytes_ = static_cast<std::uint8_t*>(sodium_malloc(count * sizeof(key_bytes)));
    if (bytes_ == nullptr) throw std::bad_alloc();
}

secret_slots::~secret_slots() { sodium_free(bytes_); }

void secret_slots::wipe() noexcept { sodium_memzero(bytes_, count_ * sizeof(key_bytes)); }

bool is_sealed_content(std::string_view subject, std::string_view retention_class) noexcept {
    return subject != nobody || retention_class != "none";
}

std::string owner_of(std::string_view subject, const path::stream_id& stream) {
    return subject == nobody ? to_hex(stream.bytes) : std::string(subject);
}

std::string part_binding(const path::event_envelope& event, std::uint64_t part_no, std::string_view retention_class) {
    byte_writer out("polku.part.1");
    out.raw(event.stream.bytes);
    out.number(event.version, 8);
    out.number(part_no, 4);
    out.text(retention_class);
    return out.take();
}

std::string snapshot_binding(const path::stream_id& stream, std::uint64_t version, std::uint32_t schema_version,
                             std::string_view retention_class) {
    byte_writer out("polku.snapshot.1");
    out.raw(stream.bytes);
    out.number(version, 8);
    out.number(schema_version, 4);
    out.text(retention_class);
    return out.take();
}

sealer::sealer(connection& on, const path::stream_id& store, key_options keys)
    : on_(on), store_(store), keys_(std::move(keys)), masters_(most_masters), slots_(most_keys) {}

const std::uint8_t* sealer::master_bytes(const std::string& id) {
    if (const auto known = master_slots_.find(id); known != master_slots_.end()) return masters_.at(known->second);
    if (!keys_.find) throw_failure(error_code::store_key_missing, "the key options have no `find`; expected one");
    if (master_slots_.size() == masters_.count()) {
        throw_failure(error_code::store_key_unusable, "the store has keys under more than " +
                                                          std::to_string(most_masters) + " master keys; rotate them");
    }
    auto found = keys_.find(id);
    if (!found) throw store_failure{std::move(found).error()};
    std::uint8_t* slot = masters_.at(master_slots_.size());
    std::memcpy(slot, found->data(), found->size());
    sodium_memzero(found->data(), found->size());
    master_slots_.emplace(id, master_slots_.size());
    return slot;
}

std::string sealer::current_master() {
    query meta(on_, sql::read_master);
    if (!meta.step() || meta.is_null(0)) throw_corrupt_row("a sealed store names no master key");
    return meta.text(0);
}

std::string sealer::key_binding(const std::string& subject, const std::string& retention_class,
                                std::int64_t key_no) const {
    byte_writer out("polku.key.1");
    out.raw(store_.bytes);
    out.text(subject);
    out.text(retention_class);
    out.number(static_cast<std::uint64_t>(key_no), 8);
    return out.take();
}

seal_nonce sealer::draw_nonce() {
    seal_nonce nonce{};
    on_.settings().entropy->fill(nonce);
    return nonce;
}

sealed_bytes sealer::wrap(const std::uint8_t* key, const std::string& master, const std::string& binding) {
    sealed_bytes made;
    made.nonce = draw_nonce();
    const std::string_view plain(reinterpret_cast<const char*>(key), sizeof(key_bytes));
    made.bytes = encrypt(plain, binding, made.nonce, master_bytes(master));
    return made;
}

std::uint8_t* sealer::fresh_slot(std::int64_t key_no) {
    if (cached_.size() == slots_.count()) forget();
    const std::size_t slot = cached_.size();
    cached_[key_no] = slot;
    return slots_.at(slot);
}

std::int64_t sealer::make_key(const std::string& subject, const std::string& retention_class, const path::hash* given) {
    const std::string master = current_master();
    std::int64_t key_no = 0;
    {
        query last(on_, sql::last_key);
        last.step();
        key_no = last.integer(0) + 1;
    }
    std::uint8_t* key = fresh_slot(key_no);
    if (given != nullptr) {
        std::memcpy(key, given->data(), given->size());
    } else {
        on_.settings().entropy->fill(std::span(key, sizeof(key_bytes)));
    }
    const sealed_bytes wrapped = wrap(key, master, key_binding(subject, retention_class, key_no));
    query(on_, sql::insert_key, key_no, subject, retention_class, master, wrapped.nonce, blob{wrapped.bytes}).run();
    return key_no;
}

std::int64_t sealer::live_key(const std::string& subject, const std::string& retention_class) {
    {
        query found(on_, sql::find_live_key, subject, retention_class);
        if (found.step()) return found.integer(0);
    }
    return make_key(subject, retention_class);
}

std::optional<sealer::key_row> sealer::read_key(std::int64_t key_no) {
    query found(on_, sql::read_key, key_no);
    if (!found.step() || found.is_null(4)) return std::nullopt;
    return key_row{found.text(0), found.text(1), found.text(2), found.text(3), found.text(4)};
}

bool sealer::unwrap(std::int64_t key_no, const key_row& row, std::uint8_t* into) {
    if (row.wrapped.size() != sizeof(key_bytes) + tag_size) return false;
    const std::string binding = key_binding(row.subject, row.retention_class, key_no);
    return decrypt(row.wrapped, binding, row.nonce, master_bytes(row.master), into);
}

const std::uint8_t* sealer::key_at(std::int64_t key_no, bool& broken) {
    if (const auto known = cached_.find(key_no); known != cached_.end()) return slots_.at(known->second);
    const auto row = read_key(key_no);
    if (!row) return nullptr;
    std::uint8_t* slot = fresh_slot(key_no);
    if (unwrap(key_no, *row, slot)) return slot;
    // Slots are given by count, so the one just taken is given back.
    cached_.erase(key_no);
    broken = true;
    return nullptr;
}

void sealer::adopt() {
    query(on_, sql::set_master, keys_.master).run();
    make_key(nobody, check_class);
}

void sealer::read_index_key(path::hash& into) {
    bool broken = false;
    const std::int64_t key_no = live_key(nobody, index_class);
    const std::uint8_t* key = key_at(key_no, broken);
    if (key == nullptr) {
        throw_failure(error_code::store_seal_broken,
                      "the key " + std::to_string(key_no) + " is not what was wrapped; restore the store from a copy");
    }
    std::memcpy(into.data(), key, into.size());
}

void sealer::take_index_key(const path::hash& key) { make_key(nobody, index_class, &key); }

void sealer::mark_sealing() { make_key(nobody, sealing_class); }

void sealer::check(const std::string& master) {
    const std::string subject(nobody);  // what is bound is not copied: it must live as long as the query
    const std::string retention_class(check_class);
    query found(on_, sql::find_live_key, subject, retention_class);
    if (!found.step()) throw_corrupt_row("a sealed store has no key to check its master key by");
    bool broken = false;
    if (key_at(found.integer(0), broken) != nullptr) return;
    throw_failure(error_code::store_key_wrong, "the master key given as '" + master +
                                                   "' does not open the store's keys; expected the one that the "
                                                   "store was made with or last rotated to");
}

const std::uint8_t* sealer::live_key_bytes(std::int64_t key_no) {
    bool broken = false;
    const std::uint8_t* key = key_at(key_no, broken);
    if (key == nullptr) {
        throw_failure(error_code::store_seal_broken,
                      "the key " + std::to_string(key_no) + " is not what was wrapped; restore the store from a copy");
    }
    return key;
}

path::hash sealer::keyed_hash(const std::string& owner, const std::string& retention_class, std::string_view content) {
    path::hash key{};
    std::memcpy(key.data(), live_key_bytes(live_key(owner, retention_class)), key.size());
    const path::hash made = blake2b(content, key);
    sodium_memzero(key.data(), key.size());
    return made;
}

sealed_bytes sealer::seal(const std::string& owner, const std::string& retention_class, const path::hash& salt,
                          std::string_view content, const std::string& binding) {
    sealed_bytes made;
    made.key_no = live_key(owner, retention_class);
    const std::uint8_t* key = live_key_bytes(made.key_no);
    std::string plain(reinterpret_cast<const char*>(salt.data()), salt.size());
    plain += content;
    made.nonce = draw_nonce();
    made.bytes = encrypt(plain, binding, made.nonce, key);
    return made;
}

seal_outcome sealer::open(std::int64_t key_no, std::string_view nonce, std::string_view sealed,
                          const std::string& binding, path::hash& salt, std::string& content) {
    bool broken = false;
    const std::uint8_t* key = key_at(key_no, broken);
    if (key == nullptr) return broken ? seal_outcome::broken : seal_outcome::destroyed;
    if (sealed.size() < salt.size() + tag_size) return seal_outcome::broken;
    std::string plain(sealed.size() - tag_size, '\0');
    if (!decrypt(sealed, binding, nonce, key, raw(plain))) return seal_outcome::broken;
    std::memcpy(salt.data(), plain.data(), salt.size());
    plain.erase(0, salt.size());
    content = std::move(plain);
    return seal_outcome::opened;
}

std::uint64_t sealer::rotate(const std::string& id) {
    std::vector<std::int64_t> all;
    {
        query live(on_, sql::live_keys);
        while (live.step()) all.push_back(live.integer(0));
    }
    secret_slots one(1);
    for (const std::int64_t key_no : all) {
        const auto row = read_key(key_no);
        if (!row || !unwrap(key_no, *row, one.at(0))) {
            throw_failure(error_code::store_seal_broken,
                          "the key " + std::to_string(key_no) + " is not what was wrapped; nothing was rotated");
        }
        const sealed_bytes wrapped = wrap(one.at(0), id, key_binding(row->subject, row->retention_class, key_no));
        query(on_, sql::rewrap_key, key_no, id, wrapped.nonce, blob{wrapped.bytes}).run();
    }
    query(on_, sql::set_master, id).run();
    return all.size();
}

void sealer::forget() noexcept {
    slots_.wipe();
    cached_.clear();
}

void sealer::forget_erased() {
    query last(on_, sql::last_erasure);
    last.step();
    const std::int64_t seen = last.integer(0);
    if (seen == erasures_seen_) return;
    erasures_seen_ = seen;
    forget();
}

}  // namespace polku::inline POLKU_V::storage
