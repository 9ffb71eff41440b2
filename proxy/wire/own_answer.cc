#include "proxy/wire/own_answer.h"

#include "proxy/wire/error_names.h"

namespace exotap::wire {
namespace {

std::string_view reason_phrase(std::uint16_t status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 408:
      return "Request Timeout";
    case 431:
      return "Request Header Fields Too Large";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    default:
      return "Error";
  }
}

void append_escaped(std::string& to, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '<':
        to += "&lt;";
        break;
      case '>':
        to += "&gt;";
        break;
      case '&':
        to += "&amp;";
        break;
      case '"':
        to += "&quot;";
        break;
      default:
        to += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
}

std::string_view problem_words(CertificateProblem problem) {
  switch (problem) {
    case CertificateProblem::expired:
      return "it has expired";
    case CertificateProblem::not_yet_valid:
      return "it is not valid yet";
    case CertificateProblem::wrong_name:
      return "it was issued for another name";
    case CertificateProblem::self_signed:
      return "it vouches for itself";
    case CertificateProblem::untrusted_issuer:
      return "its issuer is not trusted";
    case CertificateProblem::incomplete_chain:
      return "an intermediate certificate is missing";
    case CertificateProblem::wrong_usage:
      return "it is not meant for servers";
    case CertificateProblem::weak:
      return "its key or signature is too weak";
    case CertificateProblem::revoked:
      return "it has been revoked";
    case CertificateProblem::other:
      return "it could not be verified";
  }
  return {};
}

}  // namespace

std::string own_answer(std::uint16_t status, std::string_view title, std::string_view text) {
  std::string body = "<!doctype html><meta charset=\"utf-8\"><title>exotap: ";
  append_escaped(body, title);
  body += "</title><h1>";
  append_escaped(body, title);
  body += "</h1><p>";
  append_escaped(body, text);
  body += "<p>exotap, the diagnostic proxy on this computer, gives this answer.\n";
  std::string answer = "HTTP/1.1 " + std::to_string(status) + " ";
  answer += reason_phrase(status);
  answer +=
      "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nContent-Length: ";
  answer += std::to_string(body.size());
  answer += "\r\nConnection: close\r\nVia: 1.1 exotap\r\n\r\n";
  return answer + body;
}

std::uint16_t fault_status(const Fault& fault) {
  return fault.type == FaultType::timeout ? 504 : 502;
}

std::string fault_answer(const Fault& fault, std::string_view host, std::uint16_t port) {
  return own_answer(fault_status(fault), "The server could not be reached",
                    fault_sentence(fault, host, port));
}

std::string refusal_answer(http::FramingError error, std::string_view reason) {
  const std::string text = "The request was refused: " + std::string(reason) + ".";
  switch (error) {
    case http::FramingError::head_too_large:
    case http::FramingError::too_many_fields:
      return own_answer(431, "The request's head is too large", text);
    case http::FramingError::unsupported_version:
      return own_answer(505, "Only HTTP/1.1 is spoken here", text);
    default:
      return own_answer(400, "The request cannot be read safely", text);
  }
}

std::string bad_certificate_answer(const TlsRecord& tls, std::string_view host) {
  std::string text = "The certificate that " + std::string(host) + " sent is bad: ";
  bool first = true;
  for (const CertificateProblem problem : tls.problems) {
    if (!first) text += ", and ";
    text += problem_words(problem);
    first = false;
  }
  text += ".";
  if (!tls.chain.empty()) {
    text +=
        " It names " + tls.chain.front().subject + ", issued by " + tls.chain.front().issuer + ".";
  }
  return own_answer(502, "The server's certificate is bad", text);
}

Message as_message(std::string_view answer) {
  http::Framer framer(http::Direction::answers);
  while (true) {
    const http::Step step = framer.read(answer, {.to_connect = true});
    answer.remove_prefix(step.consumed);
    if (step.part != http::Part::head && step.part != http::Part::body) break;
  }
  return framer.message();
}

}  // namespace exotap::wire
