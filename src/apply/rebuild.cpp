#include "apply/rebuild.hpp"

#include "apply/hash.hpp"

namespace dechaff::apply {

bool Rebuild::undo(const ChangeLine& change) {
  const std::uint64_t kept = change.offset - out_.size();
  if (kept > clean_.size() - at_) return false;
  keep(static_cast<std::size_t>(kept));
  if (!clean_.substr(at_).starts_with(change.added)) return false;
  at_ += change.added.size();
  out_ += change.removed;
  return true;
}

std::optional<std::string> Rebuild::finish() {
  keep(clean_.size() - at_);
  if (out_.size() != bytes_ || hash_of(out_) != hash_) return std::nullopt;
  return std::move(out_);
}

void Rebuild::keep(std::size_t size) {
  out_ += clean_.substr(at_, size);
  at_ += size;
}

}  // namespace dechaff::apply
