// Bytes in content codings, for tests: made by the libraries where they are linked, else at rest.
#pragma once

#include <zlib.h>
#include <zstd.h>

#include <string>
#include <string_view>

namespace exotap::testing {

// Window bits choose the format as zlib has it: 15 zlib, 31 gzip, -15 raw deflate.
inline std::string deflated(std::string_view text, int window_bits) {
  z_stream stream{};
  if (deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) != Z_OK) return {};
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string gzipped(std::string_view text) { return deflated(text, 31); }

inline std::string zstd_coded(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 19));
  return out;
}

inline constexpr std::string_view kManagedText = "<a>Managed Managed Managed</a>";
inline constexpr std::string_view kManagedInBrotli(
    "\x1B\x1D\x00\xF8\x25\x79\x7C\xC2\x52\x90\x4E\x84\x49\x07\x56\x79\x28\x77\xAD\xA3\x01", 21);
// Four million zero bytes.
inline constexpr std::string_view kZerosInBrotli(
    "\x9B\xFF\x08\x3D\xF8\x27\x00\xE2\xB1\x40\x20\x17\xA0\x07", 14);

}  // namespace exotap::testing
