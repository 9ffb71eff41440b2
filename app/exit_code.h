// The program's exit codes, a promise of the command line.
#pragma once

namespace exotap {

inline constexpr int kDone = 0;
inline constexpr int kSomethingIsWrong = 1;  // the command's answer
inline constexpr int kUsage = 2;             // wrong usage or configuration
inline constexpr int kCouldNotStart = 3;     // port in use, no permission, authority unreadable
inline constexpr int kUnreadableInput = 4;   // an input file could not be read

}  // namespace exotap
