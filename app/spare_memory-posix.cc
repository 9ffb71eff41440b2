#include <malloc.h>

#include "app/spare_memory.h"

// tcmalloc's (gperftools/malloc_extension_c.h), where the program is linked with it.
extern "C" [[gnu::weak]] void MallocExtension_ReleaseFreeMemory();

namespace exotap {

void give_back_spare_memory() {
  if (MallocExtension_ReleaseFreeMemory != nullptr) {
    MallocExtension_ReleaseFreeMemory();
  } else {
    ::malloc_trim(0);
  }
}

}  // namespace exotap
