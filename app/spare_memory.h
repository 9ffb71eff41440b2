// Memory that the program holds and does not use. One implementation a platform.
#pragma once

namespace exotap {

// Gives what is free back to the system; takes a few milliseconds. For after something large was
// replaced: the allocator keeps what the former one had, and each replacement adds to that.
void give_back_spare_memory();

}  // namespace exotap
