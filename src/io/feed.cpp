#include "io/feed.hpp"

#include <poll.h>

#include <utility>

namespace dechaff::io {

bool Feed::is_to_stop() {
  if (options_.stop < 0 || stopped_) return stopped_;
  pollfd stop{options_.stop, POLLIN, 0};
  stopped_ = ::poll(&stop, 1, 0) > 0;
  return stopped_;
}

std::optional<Job> Feed::next() {
  if (input_ != nullptr) return continued();
  for (;;) {
    if (is_to_stop()) return std::nullopt;
    std::optional<Result<BatchInput>> given = next_(options_.stop);
    if (!given) {
      (void)is_to_stop();  // which may be why
      return std::nullopt;
    }
    if (!*given) return failed(given->error());
    if (options_.resume && is_finished(**given)) continue;
    return open(std::move(**given));
  }
}

bool Feed::is_finished(const BatchInput& given) const {
  if (options_.target == Target::in_place) return finished_.holds_clean(given.path);
  if (!options_.ledger.empty() && !finished_.names(given.path)) return false;
  return is_newer(given.output, given.path);
}

/// A job of an input that is not there to be worked on.
Job Feed::failed(Error error) {
  Job job;
  auto input = std::make_shared<InputState>();
  input->given.path = error.pos.file;
  job.input = std::move(input);
  job.error = std::move(error);
  job.first = job.last = true;
  return job;
}

Job Feed::open(BatchInput given) {
  auto input = std::make_shared<InputState>();
  input->given = std::move(given);
  const std::string& path = input->given.path;
  if (path != "-") input->version = version_of(path);
  auto source = Source::open(path, options_.stop);
  if (!source) return failed(source.error());
  source_.emplace(std::move(*source));
  auto beginning = begin(*source_, options_.format);
  if (!beginning) return failed(beginning.error());
  input->format = beginning->format;
  cutter_ = cutter_for([this](std::string& out, std::size_t most) { return read(out, most); },
                       [this] { return source_->skip_damage(); }, std::move(*beginning), options_.format);
  bytes_ = position_ = 0;
  hasher_.reset();
  auto piece = cutter_->next();
  input->output_codec = options_.target == Target::in_place ? source_->codec()
                        : options_.target == Target::files  ? codec_of_name(input->given.output.string())
                                                            : codec_of_name(options_.stream_name);
  Job job;
  job.first = true;
  if (piece) {
    input->records = input->format != Format::text || !options_.format.separator.empty() || piece->window;
    job.piece = std::move(*piece);
  } else if (!source_->stopped()) {
    job.error = piece.error();
  }
  input_ = std::move(input);
  account(job);
  return job;
}

Job Feed::continued() {
  Job job;
  if (auto piece = cutter_->next()) {
    job.piece = std::move(*piece);
  } else if (!source_->stopped()) {
    job.error = piece.error();
  }
  account(job);
  return job;
}

/// An input that is broken off has no last record: what was begun of one is nobody's.
Result<bool> Feed::read(std::string& out, std::size_t most) {
  const auto more = source_->read(out, most);
  if (more && !*more && source_->stopped()) return Error{ErrorCode::io, {}, "broken off"};
  return more;
}

/// What all jobs of an open input have in common.
void Feed::account(Job& job) {
  job.input = input_;
  const bool is_recorded = !options_.ledger.empty();
  if (is_recorded) hasher_.add(job.piece.bytes);
  bytes_ += job.piece.bytes.size();
  job.read = source_->position() - std::exchange(position_, source_->position());
  job.broken_off = source_->stopped();
  stopped_ |= job.broken_off;
  job.last = job.piece.last || job.error || job.broken_off;
  if (!job.last) return;
  job.bytes = bytes_;
  if (is_recorded) job.hash = hasher_.text();
  cutter_.reset();
  source_.reset();
  input_.reset();
}

}  // namespace dechaff::io
