#include "rules/words/finding.h"

namespace exotap {

std::string_view to_string(Owner owner) {
  switch (owner) {
    case Owner::unnamed:
      return "";
    case Owner::user:
      return "user";
    case Owner::admin:
      return "admin";
    case Owner::network:
      return "network";
    case Owner::microsoft:
      return "microsoft";
  }
  return "";
}

}  // namespace exotap
