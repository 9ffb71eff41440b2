#include <cstdlib>

#include "app/environment.h"

namespace exotap {

std::optional<std::string> environment_variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return value;
}

// An empty value removes a variable here: there are no empty ones.
void set_environment_variable(const std::string& name, const std::optional<std::string>& value) {
  _putenv_s(name.c_str(), value ? value->c_str() : "");
}

}  // namespace exotap
