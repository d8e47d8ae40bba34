// The least that a user of the installed library writes: cleans one text with the shipped rules.

#include <dechaff/cleaner.hpp>
#include <iostream>

int main() {
  const dechaff::LoadedRules loaded = dechaff::load_rules({});
  for (const dechaff::Error& error : loaded.errors) std::cerr << to_string(error) << '\n';
  if (!loaded.rules) return 1;

  const auto cleaner = dechaff::Cleaner::make(*loaded.rules, {});
  if (!cleaner) {
    std::cerr << to_string(cleaner.error()) << '\n';
    return 1;
  }
  dechaff::Workspace workspace;
  const dechaff::Cleaned cleaned = cleaner->clean({.bytes = "Soup of the day\r\n"}, workspace);
  std::cout << cleaned.text;
  return cleaned.text == "Soup of the day\n" ? 0 : 1;
}
