#include "io/either_signal.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>

namespace dechaff::io {

EitherSignal::EitherSignal() : event_(::eventfd(0, EFD_CLOEXEC)), both_(::epoll_create1(EPOLL_CLOEXEC)) {
  watch(event_.number());
}

int EitherSignal::with(int other) const {
  if (other >= 0) watch(other);
  return both_.number();
}

void EitherSignal::raise() const { (void)::eventfd_write(event_.number(), 1); }

void EitherSignal::watch(int descriptor) const {
  epoll_event event{};
  event.events = EPOLLIN;
  (void)::epoll_ctl(both_.number(), EPOLL_CTL_ADD, descriptor, &event);
}

}  // namespace dechaff::io
