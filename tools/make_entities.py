#!/usr/bin/env python3
"""Writes src/text/entities_table.cpp: HTML's named character references that end in ';'.

The names are those of the HTML standard (https://html.spec.whatwg.org/multipage/named-characters.html), which Python
carries in html.entities. Run it at the root of the sources:

    python3 tools/make_entities.py > src/text/entities_table.cpp
"""

from html.entities import html5

HEAD = """// Made by tools/make_entities.py; change that and run it.
#include "text/entities.hpp"

namespace dechaff::text {

namespace {

// clang-format off
constexpr NamedEntity entities[] = {
"""

TAIL = """};
// clang-format on

}  // namespace

std::span<const NamedEntity> named_entities() { return entities; }

}  // namespace dechaff::text
"""


def literal(text):
    """`text` as a C++ string of UTF-8 in octal escapes, which cannot run into what follows."""
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode()) + '"'


def main():
    print(HEAD, end="")
    for name, text in sorted((name[:-1], text) for name, text in html5.items() if name.endswith(";")):
        print(f'  {{"{name}", {literal(text)}}},')
    print(TAIL, end="")


if __name__ == "__main__":
    main()
