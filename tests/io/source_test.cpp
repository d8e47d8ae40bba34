#include "io/source.hpp"

#include <gtest/gtest.h>
