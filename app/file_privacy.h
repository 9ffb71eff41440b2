// Whether a file is its owner's alone, for files that hold a password. One implementation a
// platform.
#pragma once

#include <filesystem>

namespace exotap {

// Whether the file's group or others may do anything with it, as ssh asks of its keys. False where
// there is no such file, and where the platform keeps a user's folders from others by itself.
[[nodiscard]] bool others_may_read(const std::filesystem::path& file);

}  // namespace exotap
