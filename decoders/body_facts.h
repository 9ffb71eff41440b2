// What can be said of bodies before any protocol reads them: codings, charset, parts, and each
// limit that stopped the reading, stated here once for every decoder that meets it (RFC 9110
// section 8.4, RFC 7303 section 3, RFC 2046 section 5.1). The limits themselves stand in body.h,
// xml.h, json.h and multipart.h.
//
// A body without a coding is looked at in place. One with a coding is decoded here as it is in its
// protocol's decoder, but not where no decoder reads it: pictures, fonts, scripts and style sheets.
#pragma once

#include "decoders/decoder.h"

namespace exotap {

namespace fact {

inline constexpr FactSpec kRequestBodyCoding{
    "http.request.body.coding", FactType::text,
    "content coding of the request body, lower case, in the order they were applied; may repeat"};
inline constexpr FactSpec kRequestBodyDecodedBytes{
    "http.request.body.decoded_bytes", FactType::integer,
    "bytes that came out of the request body's codings, as far as they were read"};
inline constexpr FactSpec kRequestBodyCharset{
    "http.request.body.charset", FactType::text,
    "how the request body was read where that is not UTF-8 or its charset is not known: utf-16le, "
    "utf-16be, iso-8859-1, utf-8; else absent"};
inline constexpr FactSpec kRequestBodyCharsetSource{
    "http.request.body.charset_source", FactType::text,
    "who said so: mark (byte order mark), look (its first bytes), header, declaration (of XML) or "
    "assumed (nobody)"};
inline constexpr FactSpec kRequestBodyTrailingBytes{
    "http.request.body.trailing_bytes", FactType::integer,
    "bytes behind the end of the request body's coding: they belong to nothing; else absent"};
inline constexpr FactSpec kRequestBodyTruncated{
    "http.request.body.truncated", FactType::boolean,
    "true: the end of the request body could not be read: it is not recorded, a limit stopped it, "
    "or its "
    "coding breaks off; else absent"};
inline constexpr FactSpec kRequestBodyLimit{
    "http.request.body.limit", FactType::text,
    "limit that what was read of the request body stops at: recorded, codings, decoded_size, "
    "expansion, "
    "xml_size, xml_tags, xml_depth, json_size, json_values, json_depth, multipart_parts, "
    "multipart_head or multipart_depth; may repeat"};
inline constexpr FactSpec kRequestBodyParts{
    "http.request.body.parts", FactType::integer,
    "parts of the multipart request body, those inside others included"};
inline constexpr FactSpec kRequestBodyPartType{
    "http.request.body.part_type", FactType::text,
    "media type of each part, lower case, the first 16; may repeat"};
inline constexpr FactSpec kResponseBodyCoding{
    "http.response.body.coding", FactType::text,
    "content coding of the answer's body, lower case, in the order they were applied; may repeat"};
inline constexpr FactSpec kResponseBodyDecodedBytes{
    "http.response.body.decoded_bytes", FactType::integer,
    "bytes that came out of the answer's codings, as far as they were read"};
inline constexpr FactSpec kResponseBodyCharset{
    "http.response.body.charset", FactType::text,
    "how the answer's body was read where that is not UTF-8 or its charset is not known: utf-16le, "
    "utf-16be, iso-8859-1, utf-8; else absent"};
inline constexpr FactSpec kResponseBodyCharsetSource{
    "http.response.body.charset_source", FactType::text,
    "who said so: mark (byte order mark), look (its first bytes), header, declaration (of XML) or "
    "assumed (nobody)"};
inline constexpr FactSpec kResponseBodyTrailingBytes{
    "http.response.body.trailing_bytes", FactType::integer,
    "bytes behind the end of the answer's coding: they belong to nothing; else absent"};
inline constexpr FactSpec kResponseBodyJsonUnfinished{
    "http.response.body.json_unfinished", FactType::boolean,
    "true: the answer is whole by its length, and its JSON breaks off; else absent"};
inline constexpr FactSpec kResponseBodyTruncated{
    "http.response.body.truncated", FactType::boolean,
    "true: the end of the answer's body could not be read: it is not recorded, a limit stopped it, "
    "or its "
    "coding breaks off; else absent"};
inline constexpr FactSpec kResponseBodyLimit{
    "http.response.body.limit", FactType::text,
    "limit that what was read of the answer's body stops at: recorded, codings, decoded_size, "
    "expansion, "
    "xml_size, xml_tags, xml_depth, json_size, json_values, json_depth, multipart_parts, "
    "multipart_head or multipart_depth; may repeat"};
inline constexpr FactSpec kResponseBodyParts{
    "http.response.body.parts", FactType::integer,
    "parts of the multipart answer's body, those inside others included"};
inline constexpr FactSpec kResponseBodyPartType{
    "http.response.body.part_type", FactType::text,
    "media type of each part, lower case, the first 16; may repeat"};
inline constexpr FactSpec kDecodeBodyError{
    "decode.body.error", FactType::text,
    "what stopped the decoding of a body, with the offset; may repeat"};

}  // namespace fact

inline constexpr std::size_t kMaxPartTypes = 16;

extern const Decoder kBodyDecoder;

}  // namespace exotap
