#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace dechaff::io {

/// How much a pipeline takes on at once.
struct PipelineLimits {
  unsigned workers = 1;
  std::size_t weight = 0;  ///< of all jobs between reading and taking; one heavier than that goes alone
  std::size_t jobs = 0;    ///< number of them
};

/// Works jobs side by side and hands the results back in the order of the jobs.
///
/// - `next()` gives the next job, or nothing at the end: `std::optional<Job>`. A job has `weight()`, in
///   bytes, and `ends_input()`: there may be no other.
/// - `work(Job, unsigned worker)` gives a Result; several at the same time, each with a number of its own.
/// - `take(Result)` gets them one after another, in order; false ends the pipeline early.
/// - `wake()` is called at the end, whatever led to it: a `next` that waits for input has to return.
///
/// With one worker everything happens on the calling thread, a job after the other. With more, `next` runs on
/// a thread of its own, `work` on `workers` threads, and `take` on the calling one: a slow job delays only
/// what stands behind it, and a reader that waits for input delays nobody. `run` returns when `next` has
/// returned. One worker is enough where the system has no room for more. What is thrown on any of the threads
/// (memory that is not to be had) ends the pipeline and is thrown by `run`.
template <class Job, class Result>
class Pipeline {
 public:
  explicit Pipeline(const PipelineLimits& limits) : limits_(limits) {}

  /// Whether all jobs were taken.
  template <class Next, class Work, class Take, class Wake>
  bool run(Next next, Work work, Take take, Wake wake) {
    if (limits_.workers <= 1) return run_alone(next, work, take);
    std::optional<Job> first = next();
    // One small input is done before threads would have started.
    if (first && first->ends_input() && first->weight() <= small) {
      if (!take(work(std::move(*first), 0U))) return false;
      first = next();
    }
    if (!first) return true;
    add(std::move(*first));
    std::vector<std::jthread> threads;
    threads.reserve(limits_.workers + 1);
    const AtEnd stop{[&] {  // before the threads are waited for
      end(&Pipeline::stopped_);
      wake();
    }};
    threads.emplace_back([&] { guarded([&] { read(next); }); });
    for (unsigned worker = 0; worker < limits_.workers; ++worker) {
      try {
        threads.emplace_back([this, &work, worker] { guarded([&] { work_on(work, worker); }); });
      } catch (const std::system_error&) {
        if (worker == 0) throw;
        break;  // the system has no room for more; those that are there do all of it
      }
    }
    const bool all = take_all(take);
    if (failure_ != nullptr) std::rethrow_exception(failure_);
    return all;
  }

 private:
  static constexpr std::size_t small = std::size_t{64} << 10U;

  /// A job's place in the order: first it holds the job, then the result.
  struct Slot {
    std::optional<Job> job;
    std::optional<Result> result;
    std::size_t weight = 0;
  };

  template <class F>
  struct AtEnd {
    F run;
    ~AtEnd() { run(); }
  };
  template <class F>
  AtEnd(F) -> AtEnd<F>;

  void end(bool Pipeline::*how) {
    const std::lock_guard lock(mutex_);
    this->*how = true;
    room_.notify_all();
    work_there_.notify_all();
    done_.notify_all();
  }

  template <class F>
  void guarded(F run) {
    try {
      run();
    } catch (...) {
      {
        const std::lock_guard lock(mutex_);
        failure_ = std::current_exception();
      }
      end(&Pipeline::stopped_);
    }
  }

  template <class Next, class Work, class Take>
  bool run_alone(Next& next, Work& work, Take& take) {
    while (std::optional<Job> job = next()) {
      if (!take(work(std::move(*job), 0U))) return false;
    }
    return true;
  }

  template <class Next>
  void read(Next& next) {
    for (;;) {
      std::optional<Job> job;
      {
        std::unique_lock lock(mutex_);
        room_.wait(lock, [&] { return stopped_ || has_room(); });
        if (stopped_) break;
      }
      job = next();
      if (!job) break;
      const std::lock_guard lock(mutex_);
      add(std::move(*job));
      work_there_.notify_one();
    }
    end(&Pipeline::ended_);
  }

  void add(Job job) {
    Slot& slot = slots_.emplace_back();
    slot.weight = job.weight();
    slot.job = std::move(job);
    weight_ += slot.weight;
  }

  bool has_room() const {
    return slots_.empty() || (weight_ < limits_.weight && slots_.size() < limits_.jobs);
  }

  template <class Work>
  void work_on(Work& work, unsigned worker) {
    for (;;) {
      Slot* slot = nullptr;
      std::optional<Job> job;
      {
        std::unique_lock lock(mutex_);
        work_there_.wait(lock, [&] { return stopped_ || ended_ || next_ < slots_.size(); });
        if (stopped_ || next_ >= slots_.size()) return;
        slot = &slots_[next_++];
        job = std::exchange(slot->job, std::nullopt);
      }
      Result result = work(std::move(*job), worker);
      const std::lock_guard lock(mutex_);
      slot->result = std::move(result);
      if (slot == &slots_.front()) done_.notify_one();
    }
  }

  template <class Take>
  bool take_all(Take& take) {
    for (;;) {
      std::optional<Result> result;
      {
        std::unique_lock lock(mutex_);
        done_.wait(lock,
                   [&] { return stopped_ || (slots_.empty() ? ended_ : slots_.front().result.has_value()); });
        if (stopped_) return false;
        if (slots_.empty()) return true;
        result = std::move(slots_.front().result);
      }
      const bool goes_on = take(std::move(*result));
      result.reset();
      const std::lock_guard lock(mutex_);
      weight_ -= slots_.front().weight;
      slots_.pop_front();
      --next_;
      room_.notify_one();
      if (!goes_on) return false;
    }
  }

  const PipelineLimits limits_;
  std::mutex mutex_;
  std::condition_variable room_, work_there_, done_;
  std::deque<Slot> slots_;  // a slot keeps its address while others come and go
  std::size_t next_ = 0;    // the first slot that no worker has
  std::size_t weight_ = 0;
  bool ended_ = false;    // `next` has no more
  bool stopped_ = false;  // no more is wanted
  std::exception_ptr failure_;
};

}  // namespace dechaff::io
