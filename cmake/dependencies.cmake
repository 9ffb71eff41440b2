# Everything comes from the system's packages (or vcpkg): find_package only, nothing is copied in.
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(pugixml REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(BROTLI REQUIRED IMPORTED_TARGET libbrotlidec)
pkg_check_modules(ZSTD REQUIRED IMPORTED_TARGET libzstd)

# Signing in to proxies: GSS-API here, SSPI on Windows (proxy/wire/upstream/token_maker-*.cc).
if(NOT WIN32)
  pkg_check_modules(GSSAPI REQUIRED IMPORTED_TARGET krb5-gssapi)
endif()

# The system's proxy settings and PAC files. Where it is missing, `exotap run --upstream system` goes
# by the environment variables alone and `--upstream pac+URL` says what is missing.
pkg_check_modules(LIBPROXY QUIET IMPORTED_TARGET libproxy-1.0)

# The program's allocator: records are made on the I/O threads and freed on the analysis thread, and a
# TLS handshake is thousands of small blocks. tcmalloc has a free list a thread and is a tenth cheaper
# per new connection than glibc's (docs/performance.md). Without it the program works as well. The
# sanitizers bring their own.
if(NOT WIN32 AND NOT EXOTAP_SANITIZE)
  pkg_check_modules(TCMALLOC QUIET IMPORTED_TARGET libtcmalloc_minimal)
endif()

# llhttp: as a package where there is one; Debian's node-llhttp ships its C sources instead.
find_package(llhttp CONFIG QUIET)
pkg_check_modules(LLHTTP QUIET IMPORTED_TARGET libllhttp)
if(TARGET llhttp::llhttp_static)
  add_library(exotap_llhttp ALIAS llhttp::llhttp_static)
elseif(TARGET llhttp::llhttp)
  add_library(exotap_llhttp ALIAS llhttp::llhttp)
elseif(TARGET llhttp::llhttp_shared)
  add_library(exotap_llhttp ALIAS llhttp::llhttp_shared)
elseif(LLHTTP_FOUND)
  add_library(exotap_llhttp ALIAS PkgConfig::LLHTTP)
else()
  find_path(LLHTTP_INCLUDE_DIR llhttp.h PATHS /usr/share/include/llhttp REQUIRED)
  find_path(LLHTTP_SOURCE_DIR llhttp.c PATHS /usr/share/llhttp REQUIRED)
  add_library(exotap_llhttp_sources STATIC ${LLHTTP_SOURCE_DIR}/llhttp.c
              ${LLHTTP_SOURCE_DIR}/api.c ${LLHTTP_SOURCE_DIR}/http.c)
  target_include_directories(exotap_llhttp_sources SYSTEM PUBLIC ${LLHTTP_INCLUDE_DIR})
  target_compile_options(exotap_llhttp_sources PRIVATE -w)
  # Version 8 is built loose unless told otherwise; from 9 on it is strict unless told otherwise.
  target_compile_definitions(exotap_llhttp_sources PUBLIC LLHTTP_STRICT_MODE=1)
  add_library(exotap_llhttp ALIAS exotap_llhttp_sources)
endif()

if(NOT TARGET yaml-cpp::yaml-cpp)
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()
