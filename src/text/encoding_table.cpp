#include "text/encoding_table.hpp"

namespace dechaff::text {

namespace {

// https://encoding.spec.whatwg.org/#names-and-labels, but for x-user-defined, which is no encoding of text,
// and "replacement": the encodings that it keeps from browsers for safety decode as what they are.
constexpr EncodingRow rows[] = {
    {{"utf-8", ""}, "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
    {{"ibm866", "ibm-866_P100-1995"}, "866 cp866 csibm866 ibm866"},
    {{"iso-8859-2", "ibm-912_P100-1995"},
     "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"},
    {{"iso-8859-3", "ibm-913_P100-2000"},
     "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"},
    {{"iso-8859-4", "ibm-914_P100-1995"},
     "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"},
    {{"iso-8859-5", "ibm-915_P100-1995"},
     "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"},
    {{"iso-8859-6", "ibm-1089_P100-1995"},
     "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e "
     "iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
    {{"iso-8859-7", "ibm-9005_X110-2007"},
     "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 "
     "iso_8859-7 iso_8859-7:1987 sun_eu_greek"},
    {{"iso-8859-8", "ibm-5012_P100-1999"},
     "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 "
     "iso_8859-8 iso_8859-8:1988 visual"},
    {{"iso-8859-8-i", "ibm-5012_P100-1999"}, "csiso88598i iso-8859-8-i logical"},
    {{"iso-8859-10", "iso-8859_10-1998"},
     "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {{"iso-8859-13", "ibm-921_P100-1995"}, "iso-8859-13 iso8859-13 iso885913"},
    {{"iso-8859-14", "iso-8859_14-1998"}, "iso-8859-14 iso8859-14 iso885914"},
    {{"iso-8859-15", "ibm-923_P100-1998"}, "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
    {{"iso-8859-16", "ISO-8859-1"}, "iso-8859-16"},
    {{"koi8-r", "ibm-878_P100-1996"}, "cskoi8r koi koi8 koi8-r koi8_r"},
    {{"koi8-u", "ibm-1168_P100-2002"}, "koi8-ru koi8-u"},
    {{"macintosh", "macos-0_2-10.2"}, "csmacintosh mac macintosh x-mac-roman"},
    {{"windows-874", "windows-874-2000"}, "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
    {{"windows-1250", "ibm-5346_P100-1998"}, "cp1250 windows-1250 x-cp1250"},
    {{"windows-1251", "ibm-5347_P100-1998"}, "cp1251 windows-1251 x-cp1251"},
    {{"windows-1252", "ibm-5348_P100-1997"},
     "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 "
     "iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"},
    {{"windows-1253", "ibm-5349_P100-1998"}, "cp1253 windows-1253 x-cp1253"},
    {{"windows-1254", "ibm-5350_P100-1998"},
     "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 "
     "windows-1254 x-cp1254"},
    {{"windows-1255", "ibm-9447_P100-2002"}, "cp1255 windows-1255 x-cp1255"},
    {{"windows-1256", "ibm-9448_X100-2005"}, "cp1256 windows-1256 x-cp1256"},
    {{"windows-1257", "ibm-9449_P100-2002"}, "cp1257 windows-1257 x-cp1257"},
    {{"windows-1258", "ibm-5354_P100-1998"}, "cp1258 windows-1258 x-cp1258"},
    {{"x-mac-cyrillic", "macos-7_3-10.2"}, "x-mac-cyrillic x-mac-ukrainian"},
    {{"gbk", "gb18030"}, "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"},
    {{"gb18030", "gb18030"}, "gb18030"},
    {{"big5", "ibm-1375_P100-2008"}, "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
    {{"euc-jp", "euc-jp-2007"}, "cseucpkdfmtjapanese euc-jp x-euc-jp"},
    {{"iso-2022-jp", "ISO_2022,locale=ja,version=0"}, "csiso2022jp iso-2022-jp"},
    {{"shift_jis", "ibm-943_P15A-2003"},
     "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"},
    {{"euc-kr", "windows-949-2000"},
     "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 "
     "windows-949"},
    {{"utf-16be", "UTF-16BE"}, "unicodefffe utf-16be"},
    {{"utf-16le", "UTF-16LE"}, "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
    {{"iso-2022-kr", "ISO_2022,locale=ko,version=0"}, "csiso2022kr iso-2022-kr"},
    {{"iso-2022-cn", "ISO_2022,locale=zh,version=0"}, "iso-2022-cn iso-2022-cn-ext"},
    {{"hz-gb-2312", "HZ"}, "hz-gb-2312"},
    {{"utf-32be", "UTF-32BE"}, "utf-32be"},
    {{"utf-32le", "UTF-32LE"}, "utf-32 utf-32le"},
};

// Where ICU's tables differ from https://encoding.spec.whatwg.org/#indexes. ICU has no ISO-8859-16, so it is
// ISO-8859-1 with another upper half. Its Shift_JIS swaps three controls.
constexpr BytePatch patches[] = {
    {"iso-8859-16", 0xA0,
     U"\u00A0ĄąŁ€„Š§š©Ș«Ź\u00ADźŻ"
     U"°±ČłŽ”¶·žčș»ŒœŸż"
     U"ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏ"
     U"ĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚß"
     U"àáâăäćæçèéêëìíîï"
     U"đńòóôőöśűùúûüęțÿ"},
    {"koi8-u", 0xAE, U"ў"},
    {"koi8-u", 0xBE, U"Ў"},
    {"windows-874", 0xDB, U"\uFFFD\uFFFD\uFFFD\uFFFD"},
    {"windows-874", 0xFC, U"\uFFFD\uFFFD\uFFFD\uFFFD"},
    {"windows-1253", 0xAA, U"\uFFFD"},
    {"windows-1255", 0xCA, U"\u05BA"},
    {"gbk", 0x80, U"€"},
    {"gb18030", 0x80, U"€"},
    {"euc-jp", 0x80, U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
    {"euc-jp", 0x90, U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
    {"euc-jp", 0x98, U"\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD"},
    {"shift_jis", 0x1A, U"\x1A"},
    {"shift_jis", 0x1C, U"\x1C"},
    {"shift_jis", 0x7F, U"\x7F\x80"},
    {"euc-kr", 0x80, U"\uFFFD"},
    {"euc-kr", 0xFF, U"\uFFFD"},
};

}  // namespace

std::span<const EncodingRow> encoding_rows() { return rows; }

std::span<const BytePatch> byte_patches() { return patches; }

}  // namespace dechaff::text
