// SPDX-License-Identifier: Apache-2.0
#include <polku/storage/hash.hpp>

#include <polku/storage/entropy.hpp>
#include <polku/storage/records.hpp>

#include <doctest/doctest.h>

using namespace polku;
using namespace polku::storage;

TEST_CASE("storage/hash: BLAKE2b-256 of known texts, with and without key") {
    // Values of Python's hashlib.blake2b(b"abc", digest_size=32[, key=bytes(range(32))]).
    CHECK(to_hex(blake2b("abc")) == "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    CHECK(to_hex(blake2b("")) == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    path::hash key;
    for (std::size_t i = 0; i < key.size(); ++i) key[i] = static_cast<std::uint8_t>(i);
    CHECK(to_hex(blake2b("abc", key)) == "d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f");
}

TEST_CASE("storage/hash: hexadecimal reads back, and nothing else does") {
    const path::hash hash = blake2b("abc");
    CHECK(hash_from_hex(to_hex(hash)) == hash);
    CHECK_FALSE(hash_from_hex(to_hex(hash) + "0"));
    CHECK_FALSE(hash_from_hex(to_hex(hash).substr(1)));
    CHECK_FALSE(hash_from_hex(std::string(64, 'g')));
    CHECK(stream_id_from_hex("A00000000000000000000000000000Ff")->bytes[15] == 0xFF);
    CHECK_FALSE(stream_id_from_hex("-"));
}

TEST_CASE("storage/records: a head reads back from its text, and nothing else does") {
    const chain_head head{12, blake2b("abc")};
    CHECK(chain_head_from(to_string(head)) == head);
    for (const char* text : {"", ":", "12", "12:", "x:00", "-1:00"}) CHECK_FALSE(chain_head_from(text));
    CHECK_FALSE(chain_head_from(to_string(head).substr(2)));
    CHECK_FALSE(chain_head_from("99999999999999999999" + to_string(head).substr(2)));
}

TEST_CASE("storage/entropy: fixed bytes repeat by seed, the system's do not") {
    path::hash a{};
    path::hash b{};
    fixed_entropy(1)->fill(a);
    fixed_entropy(1)->fill(b);
    CHECK(a == b);
    fixed_entropy(2)->fill(b);
    CHECK(a != b);
    const auto system = system_entropy();
    system->fill(a);
    system->fill(b);
    CHECK(a != b);
}
