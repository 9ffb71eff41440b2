#include "decoders/content_coding.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <array>
#include <memory>

#include "capture/message.h"

namespace exotap {
namespace {

constexpr std::size_t kPiece = std::size_t{16} << 10;
// The largest window a decoder of zstd must support, and may grant (RFC 8878, RFC 9659): 8 MiB.
constexpr int kZstdWindowLog = 23;
constexpr Bytef kGzipMagic[] = {0x1F, 0x8B};
constexpr std::string_view kZstdMagic = "\x28\xB5\x2F\xFD";

// Appends what fits; false where it did not all fit.
bool append(Inflated& out, const void* piece, std::size_t size, std::size_t limit) {
  const std::size_t room = limit - out.bytes.size();
  out.bytes.append(static_cast<const char*>(piece), std::min(size, room));
  out.over_limit = size > room;
  return !out.over_limit;
}

// zlib's window bits choose the format: 15 zlib, 15 + 16 gzip, -15 raw deflate.
Inflated inflate_zlib(std::string_view input, std::size_t limit, int window_bits) {
  Inflated out;
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return out;
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, inflateEnd);
  // zlib takes its input through a pointer to non-const and does not write to it.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(input.size(), 1U << 30));
  std::array<Bytef, kPiece> piece{};
  int status = Z_OK;
  int members = 1;
  while (status == Z_OK) {
    stream.next_out = piece.data();
    stream.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&stream, Z_NO_FLUSH);
    if (!append(out, piece.data(), piece.size() - stream.avail_out, limit)) break;
    const bool more = status == Z_STREAM_END && window_bits > MAX_WBITS && stream.avail_in > 1 &&
                      stream.next_in[0] == kGzipMagic[0] && stream.next_in[1] == kGzipMagic[1];
    if (more && ++members <= kMaxCodedMembers) status = inflateReset(&stream);
  }
  out.consumed = input.size() - stream.avail_in;
  out.ended = status == Z_STREAM_END;
  out.invalid = status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR;
  return out;
}

Inflated inflate_deflate(std::string_view input, std::size_t limit) {
  Inflated out = inflate_zlib(input, limit, MAX_WBITS);
  if (out.invalid && out.bytes.empty()) {
    Inflated raw = inflate_zlib(input, limit, -MAX_WBITS);
    if (!raw.invalid || !raw.bytes.empty()) return raw;
  }
  return out;
}

Inflated inflate_brotli(std::string_view input, std::size_t limit) {
  Inflated out;
  const std::unique_ptr<BrotliDecoderState, void (*)(BrotliDecoderState*)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  if (!state) return out;
  std::size_t left = input.size();
  const auto* next = reinterpret_cast<const std::uint8_t*>(input.data());
  std::array<std::uint8_t, kPiece> piece{};
  BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
    std::size_t room = piece.size();
    std::uint8_t* to = piece.data();
    result = BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &to, nullptr);
    if (!append(out, piece.data(), piece.size() - room, limit)) break;
  }
  out.consumed = input.size() - left;
  out.ended = result == BROTLI_DECODER_RESULT_SUCCESS;
  out.invalid = result == BROTLI_DECODER_RESULT_ERROR;
  return out;
}

Inflated inflate_zstd(std::string_view input, std::size_t limit) {
  Inflated out;
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context(ZSTD_createDCtx(),
                                                                        ZSTD_freeDCtx);
  if (!context) return out;
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kZstdWindowLog);
  ZSTD_inBuffer in{input.data(), input.size(), 0};
  std::array<char, kPiece> piece{};
  int frames = 1;
  while (true) {
    ZSTD_outBuffer to{piece.data(), piece.size(), 0};
    const std::size_t hint = ZSTD_decompressStream(context.get(), &to, &in);
    out.invalid = ZSTD_isError(hint) != 0;
    if (!append(out, piece.data(), to.pos, limit) || out.invalid) break;
    out.ended = hint == 0;
    const bool drained = in.pos == in.size && to.pos < to.size;
    const bool more = out.ended && input.substr(in.pos).starts_with(kZstdMagic);
    if (drained || (out.ended && !(more && ++frames <= kMaxCodedMembers))) break;
  }
  out.consumed = in.pos;
  return out;
}

}  // namespace

ContentCoding content_coding(std::string_view name) {
  if (name.empty() || equal_ignoring_case(name, "identity")) return ContentCoding::identity;
  if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip")) {
    return ContentCoding::gzip;
  }
  if (equal_ignoring_case(name, "deflate")) return ContentCoding::deflate;
  if (equal_ignoring_case(name, "br")) return ContentCoding::brotli;
  if (equal_ignoring_case(name, "zstd")) return ContentCoding::zstd;
  return ContentCoding::unknown;
}

Inflated remove_content_coding(ContentCoding coding, std::string_view input, std::size_t limit) {
  switch (coding) {
    case ContentCoding::gzip:
      return inflate_zlib(input, limit, MAX_WBITS + 16);
    case ContentCoding::deflate:
      return inflate_deflate(input, limit);
    case ContentCoding::brotli:
      return inflate_brotli(input, limit);
    case ContentCoding::zstd:
      return inflate_zstd(input, limit);
    case ContentCoding::identity:
    case ContentCoding::unknown:
      break;
  }
  Inflated out;
  append(out, input.data(), input.size(), limit);
  out.ended = coding == ContentCoding::identity;
  out.invalid = coding == ContentCoding::unknown;
  return out;
}

}  // namespace exotap
