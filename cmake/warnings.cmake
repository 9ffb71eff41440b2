# Every target of ours links exotap_warnings; third-party sources do not.
add_library(exotap_warnings INTERFACE)
target_compile_options(exotap_warnings INTERFACE -Wall -Wextra -Wshadow -Wconversion -Werror)
target_include_directories(exotap_warnings INTERFACE ${CMAKE_SOURCE_DIR})

# GCC 12 warns falsely on the frames of asio::awaitable with -O2.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(exotap_warnings INTERFACE -Wno-mismatched-new-delete)
endif()

if(EXOTAP_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(EXOTAP_LIBFUZZER)
  # clang 14 stops at coroutines that it marks for the check of function pointers.
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize=function)
endif()

# What people run is optimised over the whole program; it is worth a tenth of a request.
include(CheckIPOSupported)
check_ipo_supported(RESULT EXOTAP_IPO OUTPUT ignored LANGUAGES CXX)
if(EXOTAP_IPO AND NOT EXOTAP_SANITIZE)
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION_RELEASE ON)
endif()
