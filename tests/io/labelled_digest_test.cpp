#include "io/labelled_digest.hpp"

#include <gtest/gtest.h>

#include "case_name.hpp"

namespace dechaff::io {
namespace {

struct DigestCase {
  const char* name;
  std::string like, bytes;
  std::optional<std::string> want;
};

const std::string zeros32(32, 'A');

// FIPS 180-4 and RFC 1321 give those of "" and "abc" in hex; base32 of the same bytes is from Python's
// base64.
const DigestCase digest_cases[] = {
    {"sha1_base32", "sha1:" + zeros32, "", "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"},
    {"sha1_base32_of_abc", "sha1:" + zeros32, "abc", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"},
    {"sha1_base32_lower_case", "sha1:" + std::string(32, 'b'), "abc",
     "sha1:vgmt4nsha2awvor6evyxqugcnsonbwe5"},
    {"sha1_hex", "sha1:" + std::string(40, 'a'), "abc", "sha1:a9993e364706816aba3e25717850c26c9cd0d89d"},
    {"sha1_hex_upper_case", "SHA1:" + std::string(40, 'A'), "abc",
     "SHA1:A9993E364706816ABA3E25717850C26C9CD0D89D"},
    {"label_with_hyphen", "Sha-1:" + zeros32, "abc", "Sha-1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5"},
    {"md5_hex", "md5:" + std::string(32, 'd'), "abc", "md5:900150983cd24fb0d6963f7d28e17f72"},
    {"md5_base32", "md5:" + std::string(26, 'A'), "abc", "md5:SAAVBGB42JH3BVUWH56SRYL7OI"},
    {"md5_base32_padded", "md5:" + std::string(26, 'A') + "======", "abc",
     "md5:SAAVBGB42JH3BVUWH56SRYL7OI======"},
    {"sha256_hex", "sha256:" + std::string(64, 'e'), "abc",
     "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"sha256_base32_padded", "sha256:" + std::string(52, 'A') + "====", "abc",
     "sha256:XJ4BNP4PAHH6UQKBIDPF3LRCEOYAGYNDSYLXVHFUCD7WD4QACWWQ===="},
    {"sha512_hex", "sha512:" + std::string(128, 'f'), "abc",
     "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
     "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"},
    {"sha512_base32", "sha512:" + std::string(103, 'A'), "abc",
     "sha512:"
     "3WXTLIMTMF5LVTCBONE24ICBGEJON6SORGUX5IQKT3XOMS2V2ONCDEUZFITU7QNIG25DYI5D73V32RKNIQRWIPHIBYVJVSKPUVGKJH"
     "Y"},
    {"unknown_algorithm", "blake3:" + std::string(64, 'a'), "abc", {}},
    {"no_algorithm", std::string(40, 'a'), "abc", {}},
    {"no_value", "sha1:", "abc", {}},
    {"empty", "", "abc", {}},
    {"value_of_another_length", "sha1:" + std::string(39, 'a'), "abc", {}},
    {"value_in_base64", "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "abc", {}},
    {"value_of_no_digits", "sha1:" + std::string(32, '!'), "abc", {}},
    {"value_of_padding", "md5:" + std::string(32, '='), "abc", {}},
    {"space_before_the_value", "sha1: " + zeros32, "abc", {}},
};

class DigestLike : public testing::TestWithParam<DigestCase> {};

TEST_P(DigestLike, IsSpelledAsTheOther) {
  EXPECT_EQ(digest_like(GetParam().like, GetParam().bytes), GetParam().want);
}

INSTANTIATE_TEST_SUITE_P(Digests, DigestLike, testing::ValuesIn(digest_cases), case_name);

}  // namespace
}  // namespace dechaff::io
