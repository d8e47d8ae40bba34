#include "io/json_pointer.hpp"

namespace dechaff::io {

std::optional<JsonPath> json_path(std::string_view name) {
  if (!name.starts_with('/')) return JsonPath{std::string(name)};
  JsonPath out;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name[at] == '/') {
      out.emplace_back();
    } else if (name[at] != '~') {
      out.back() += name[at];
    } else {
      const std::string_view escape = name.substr(at++, 2);
      if (escape != "~0" && escape != "~1") return std::nullopt;
      out.back() += escape == "~0" ? '~' : '/';
    }
  }
  return out;
}

}  // namespace dechaff::io
