#include "io/pipeline.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <latch>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace dechaff::io {
namespace {

struct Job {
  int number = 0;
  std::size_t size = 1;
  bool last = false;

  std::size_t weight() const { return size; }
  bool ends_input() const { return last; }
};

using Numbers = std::vector<int>;
using TestPipeline = Pipeline<Job, int>;

Numbers up_to(int count) {
  Numbers out(static_cast<std::size_t>(count));
  std::iota(out.begin(), out.end(), 0);
  return out;
}

/// Gives jobs with the numbers from 0 on.
class Counter {
 public:
  explicit Counter(int count, std::size_t size = 1) : count_(count), size_(size) {}

  std::optional<Job> operator()() {
    if (next_ == count_) return std::nullopt;
    return Job{next_++, size_, false};
  }

 private:
  int count_;
  std::size_t size_;
  int next_ = 0;
};

/// Something that can be waited for, by any thread.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    is_open_ = true;
    opened_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    opened_.wait(lock, [&] { return is_open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable opened_;
  bool is_open_ = false;
};

const auto no_wake = [] {};

class AnyWorkers : public testing::TestWithParam<unsigned> {
 protected:
  PipelineLimits limits(std::size_t jobs = 16) const { return {GetParam(), 1000, jobs}; }
};

INSTANTIATE_TEST_SUITE_P(Workers, AnyWorkers, testing::Values(1U, 2U, 3U, 8U));

TEST_P(AnyWorkers, KeepTheOrder) {
  Numbers taken;
  const auto work = [](const Job& job, unsigned) {
    volatile int spin = job.number * 7919 % 1000;  // some are slower than others
    while (spin > 0) spin = spin - 1;
    return job.number;
  };
  const auto take = [&](int number) {
    taken.push_back(number);
    return true;
  };
  EXPECT_TRUE(TestPipeline(limits()).run(Counter(5000), work, take, no_wake));
  EXPECT_EQ(taken, up_to(5000));
}

TEST_P(AnyWorkers, TakeNothingOfNothing) {
  const auto work = [](const Job&, unsigned) { return 0; };
  const auto take = [](int) {
    ADD_FAILURE();
    return true;
  };
  EXPECT_TRUE(TestPipeline(limits()).run(Counter(0), work, take, no_wake));
}

TEST_P(AnyWorkers, HaveNumbersOfTheirOwn) {
  std::mutex mutex;
  std::set<unsigned> at_work;
  const auto work = [&](const Job& job, unsigned worker) {
    {
      const std::lock_guard lock(mutex);
      EXPECT_LT(worker, GetParam());
      EXPECT_TRUE(at_work.insert(worker).second) << "two jobs at the same time";
    }
    const std::lock_guard lock(mutex);
    at_work.erase(worker);
    return job.number;
  };
  EXPECT_TRUE(TestPipeline(limits()).run(
      Counter(2000), work, [](int) { return true; }, no_wake));
}

TEST_P(AnyWorkers, EndEarlyWhereNoMoreIsTaken) {
  Numbers taken;
  const auto take = [&](int number) {
    taken.push_back(number);
    return number < 9;
  };
  const auto work = [](const Job& job, unsigned) { return job.number; };
  EXPECT_FALSE(TestPipeline(limits()).run(Counter(100'000), work, take, no_wake));
  EXPECT_EQ(taken, up_to(10));
}

/// Where an exception comes from.
enum class Part { next, work, take };

TEST_P(AnyWorkers, ThrowWhatAnyPartThrows) {
  for (const Part part : {Part::next, Part::work, Part::take}) {
    Counter counter(1000);
    const auto may_throw = [&](Part where, int number) {
      if (where == part && number == 40) throw std::runtime_error("out of memory, say");
    };
    const auto next = [&] {
      auto job = counter();
      may_throw(Part::next, job->number);
      return job;
    };
    const auto work = [&](const Job& job, unsigned) {
      may_throw(Part::work, job.number);
      return job.number;
    };
    const auto take = [&](int number) {
      may_throw(Part::take, number);
      return true;
    };
    EXPECT_THROW(TestPipeline(limits()).run(next, work, take, no_wake), std::runtime_error);
  }
}

class SeveralWorkers : public AnyWorkers {};

INSTANTIATE_TEST_SUITE_P(Workers, SeveralWorkers, testing::Values(2U, 3U, 8U));

TEST_P(SeveralWorkers, HoldNoMoreJobsThanTheLimit) {
  constexpr int most = 6;
  std::atomic<int> held = 0, highest = 0;
  Gate full;
  Counter counter(500);
  const auto next = [&]() -> std::optional<Job> {
    auto job = counter();
    if (!job) return job;
    highest = std::max(highest.load(), ++held);
    if (held == most) full.open();
    return job;
  };
  const auto work = [&](const Job& job, unsigned) {
    if (job.number == 0) full.wait();  // a slow one: others go on until the window is full
    return job.number;
  };
  const auto take = [&](int) {
    --held;
    return true;
  };
  EXPECT_TRUE(TestPipeline(limits(most)).run(next, work, take, no_wake));
  EXPECT_LE(highest, most + 1);  // what is being taken is no longer waiting
}

TEST_P(SeveralWorkers, HoldNoMoreBytesThanTheLimitAndOneJob) {
  std::atomic<std::size_t> held = 0, highest = 0;
  Gate full;
  Counter counter(100, 300);  // of a limit of 1000: a fourth one begins below it
  const auto next = [&]() -> std::optional<Job> {
    auto job = counter();
    if (!job) return job;
    highest = std::max(highest.load(), held += job->size);
    if (held == 1200) full.open();
    return job;
  };
  const auto work = [&](const Job& job, unsigned) {
    if (job.number == 0) full.wait();
    return job.number;
  };
  const auto take = [&](int) {
    held -= 300;
    return true;
  };
  EXPECT_TRUE(TestPipeline(limits(50)).run(next, work, take, no_wake));
  EXPECT_LE(highest, 1500U);
}

TEST_P(SeveralWorkers, TakeAJobLargerThanTheLimit) {
  Numbers taken;
  const auto take = [&](int number) {
    taken.push_back(number);
    return true;
  };
  const auto work = [](const Job& job, unsigned) { return job.number; };
  EXPECT_TRUE(TestPipeline(limits()).run(Counter(20, 5000), work, take, no_wake));
  EXPECT_EQ(taken, up_to(20));
}

TEST_P(SeveralWorkers, GiveWhatIsDoneWhileTheReaderWaits) {
  Gate taken;
  Counter counter(40);
  const auto next = [&] {
    auto job = counter();
    if (!job) taken.wait();  // input that comes no sooner than somebody saw the output before it
    return job;
  };
  const auto work = [](const Job& job, unsigned) { return job.number; };
  const auto take = [&](int number) {
    if (number == 39) taken.open();
    return true;
  };
  EXPECT_TRUE(TestPipeline(limits()).run(next, work, take, no_wake));
}

/// A `next` that waits for input that never comes, until it is woken.
struct Waiting {
  Counter counter{20};
  Gate woken;

  std::optional<Job> next() {
    auto job = counter();
    if (!job) woken.wait();
    return job;
  }
};

TEST_P(SeveralWorkers, WakeTheReaderAtAnEarlyEnd) {
  Waiting input;
  const auto work = [](const Job& job, unsigned) { return job.number; };
  EXPECT_FALSE(TestPipeline(limits(50))
                   .run([&] { return input.next(); }, work, [](int number) { return number < 19; },
                        [&] { input.woken.open(); }));
}

TEST_P(SeveralWorkers, WakeTheReaderWhereAnotherThrows) {
  for (const Part part : {Part::work, Part::take}) {
    Waiting input;
    const auto work = [&](const Job& job, unsigned) {
      if (part == Part::work && job.number == 19) throw std::runtime_error("out of memory, say");
      return job.number;
    };
    const auto take = [&](int number) {
      if (part == Part::take && number == 19) throw std::runtime_error("out of memory, say");
      return true;
    };
    EXPECT_THROW(
        TestPipeline(limits(50)).run([&] { return input.next(); }, work, take, [&] { input.woken.open(); }),
        std::runtime_error);
  }
}

TEST(OneWorker, DoesAllOnTheCallingThreadOneJobAfterTheOther) {
  const auto caller = std::this_thread::get_id();
  std::string order;
  Counter counter(3);
  const auto note = [&](char what) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    order += what;
  };
  const auto next = [&] {
    note('n');
    return counter();
  };
  const auto work = [&](const Job& job, unsigned) {
    note('w');
    return job.number;
  };
  const auto take = [&](int) {
    note('t');
    return true;
  };
  EXPECT_TRUE(TestPipeline({1, 1000, 64}).run(next, work, take, no_wake));
  EXPECT_EQ(order, "nwtnwtnwtn");
}

TEST(OneSmallInput, NeedsNoThreads) {
  const auto caller = std::this_thread::get_id();
  bool given = false;
  const auto next = [&]() -> std::optional<Job> {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    return std::exchange(given, true) ? std::nullopt : std::optional(Job{0, 1, true});
  };
  const auto work = [&](const Job&, unsigned) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    return 7;
  };
  int taken = 0;
  const auto take = [&](int number) {
    taken = number;
    return true;
  };
  EXPECT_TRUE(TestPipeline({8, 1000, 64}).run(next, work, take, no_wake));
  EXPECT_EQ(taken, 7);
}

}  // namespace
}  // namespace dechaff::io
