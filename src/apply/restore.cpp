#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "apply/hash.hpp"
#include "apply/json_line.hpp"
#include "apply/ledger_reader.hpp"
#include "apply/rebuild.hpp"
#include "dechaff/ledger.hpp"

namespace dechaff {

namespace apply {
namespace {

/// Follows a ledger and restores the document that was asked for.
class Restorer {
 public:
  Restorer(std::istream& ledger, std::string_view name, std::string_view clean, std::string_view wanted)
      : reader_(ledger, name), name_(name), clean_(clean), clean_hash_(hash_of(clean)), wanted_(wanted) {}

  Result<std::string> run() {
    for (;;) {
      const Result<LedgerLine> line = reader_.next();
      if (!line) return line.error();
      if (std::holds_alternative<FootLine>(*line)) return conclude();
      if (const auto* begin = std::get_if<BeginLine>(&*line)) look_at(*begin);
      const auto* change = std::get_if<ChangeLine>(&*line);
      if (change != nullptr && rebuild_ && !rebuild_->undo(*change)) {
        return reader_.error("the change at offset " + std::to_string(change->offset) +
                             " does not fit the clean text");
      }
      if (!std::holds_alternative<EndLine>(*line) || !rebuild_) continue;
      original_ = rebuild_->finish();
      rebuild_.reset();
      if (!original_)
        return reader_.error("the changes do not lead to the original: size or hash do not match");
    }
  }

 private:
  void look_at(const BeginLine& begin) {
    ++documents_;
    constexpr std::size_t most = 5;
    std::string name = in_quotes(begin.document);
    if (names_.size() <= most && std::ranges::find(names_, name) == names_.end())
      names_.push_back(std::move(name));
    if (wanted_.empty() ? documents_ > 1 : begin.document != wanted_) return;
    ++found_;
    if (original_) return;
    if (begin.clean_bytes == clean_.size() && begin.clean_hash == clean_hash_) {
      rebuild_.emplace(begin, clean_);
    } else if (!other_text_) {
      other_text_ =
          reader_.error("the clean text is another than the one this ledger was written for (its hash is " +
                        clean_hash_ + ", not " + in_quotes(begin.clean_hash) + ")");
    }
  }

  /// The whole ledger was read and is sound.
  Result<std::string> conclude() {
    if (documents_ == 0) return error("the ledger holds no document");
    if (wanted_.empty() && documents_ > 1) {
      return error("the ledger holds " + std::to_string(documents_) +
                   " documents, name one of them: " + names());
    }
    if (original_) return std::move(*original_);
    if (found_ == 0)
      return error("the ledger holds no document " + in_quotes(wanted_) + ", it holds " + names());
    if (found_ == 1) return *other_text_;
    return error("none of the " + std::to_string(found_) + " documents " + in_quotes(wanted_) +
                 " was cleaned to this text (its hash is " + clean_hash_ + ")");
  }

  Error error(std::string message) const {
    return {ErrorCode::bad_ledger, {std::string(name_), 0, 0}, std::move(message)};
  }

  std::string names() const {
    constexpr std::size_t most = 5;
    std::string out;
    for (std::size_t i = 0; i < std::min(names_.size(), most); ++i) out += (i == 0 ? "" : ", ") + names_[i];
    return names_.size() > most ? out + ", …" : out;
  }

  LedgerReader reader_;
  std::string_view name_;
  std::string_view clean_;
  std::string clean_hash_;
  std::string_view wanted_;

  std::uint64_t documents_ = 0;
  std::uint64_t found_ = 0;         // those that were asked for
  std::vector<std::string> names_;  // different ones, as messages show them: the first few and one more
  std::optional<Rebuild> rebuild_;
  std::optional<std::string> original_;
  std::optional<Error> other_text_;
};

}  // namespace
}  // namespace apply

Result<std::string> restore(std::istream& ledger, std::string_view ledger_name, std::string_view clean,
                            std::string_view document) {
  return apply::Restorer(ledger, ledger_name, clean, document).run();
}

}  // namespace dechaff
