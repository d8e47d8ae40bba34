#include "dechaff/error.hpp"

namespace dechaff {

std::string to_string(const Error& error) {
  std::string out = error.pos.file;
  if (error.pos.line != 0) out += ":" + std::to_string(error.pos.line);
  if (error.pos.column != 0) out += ":" + std::to_string(error.pos.column);
  if (!out.empty()) out += ": ";
  return out + error.message;
}

}  // namespace dechaff
