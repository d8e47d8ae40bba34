#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "io/cutter.hpp"

namespace dechaff::io {

/// Cuts a WARC file into pieces of whole records. What is damaged is named and passed on as it is, and so is
/// a record longer than `max_record`; behind compressed data that is damaged it goes on where `skip` finds
/// the next member.
std::unique_ptr<Cutter> warc_cutter(Read read, std::function<bool()> skip, std::string_view begun,
                                    std::uint64_t max_record);

}  // namespace dechaff::io
