#pragma once

#include <algorithm>
#include <vector>

namespace dechaff {

/// Sorts the values and leaves each of them once.
template <class Value>
void sort_each_once(std::vector<Value>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace dechaff
