#include "services/gateway/connect_protocol.h"

#include <algorithm>
#include <cstdint>
#include <map>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "ledger/core/status.h"
#include "services/gateway/connect_error.h"
#include "services/gateway/envelope.h"
#include "services/gateway/gzip.h"

namespace lumbung::gateway {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::MethodOptions;

// The specification's longest Connect-Timeout-Ms, in digits.
constexpr std::size_t kMaxTimeoutDigits = 10;
constexpr std::size_t kMaxMetadataBytes = 8 * 1024;

// Which headers travel on, and what gRPC calls them.
constexpr struct {
  const char* header;
  const char* metadata;
} kMetadataHeaders[] = {{"Authorization", "authorization"},
                        {"Lumbung-Organization", "lumbung-organization"},
                        {"Traceparent", "traceparent"}};

struct ContentType {
  Codec codec;
  bool is_stream;
};

// Parameters other than UTF-8 would mean that the message has to be converted.
std::optional<ContentType> ParseContentType(absl::string_view value) {
  const std::vector<absl::string_view> parts = absl::StrSplit(value, absl::MaxSplits(';', 1));
  if (parts.size() == 2) {
    const std::string parameter = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts[1]));
    if (parameter != "charset=utf-8" && parameter != "charset=\"utf-8\"") return std::nullopt;
  }
  const std::string type = absl::AsciiStrToLower(absl::StripAsciiWhitespace(parts[0]));
  for (const Codec codec : {Codec::kJson, Codec::kProto}) {
    for (const bool is_stream : {false, true}) {
      if (type == ContentTypeOf(codec, is_stream)) return ContentType{codec, is_stream};
    }
  }
  return std::nullopt;
}

absl::StatusOr<std::string> PercentDecode(absl::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else if (i + 2 < text.size() && absl::ascii_isxdigit(text[i + 1]) &&
               absl::ascii_isxdigit(text[i + 2])) {
      decoded += absl::HexStringToBytes(text.substr(i + 1, 2));
      i += 2;
    } else {
      return InvalidArgument("MALFORMED_QUERY", "", "found a '%' without two hexadecimal digits");
    }
  }
  return decoded;
}

absl::StatusOr<std::map<std::string, std::string>> ParseQuery(absl::string_view query) {
  std::map<std::string, std::string> values;
  for (const absl::string_view part : absl::StrSplit(query, '&', absl::SkipEmpty())) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(part, absl::MaxSplits('=', 1));
    LUMBUNG_ASSIGN_OR_RETURN(std::string key, PercentDecode(pair.first));
    LUMBUNG_ASSIGN_OR_RETURN(std::string value, PercentDecode(pair.second));
    if (!values.emplace(key, std::move(value)).second) {
      return InvalidArgument("MALFORMED_QUERY", "",
                             absl::StrCat("found the parameter \"", key.substr(0, kQuotedLength),
                                          "\" twice; which one counts would be a guess"));
    }
  }
  return values;
}

absl::StatusOr<bool> IsGzip(absl::string_view encoding) {
  if (encoding.empty() || absl::EqualsIgnoreCase(encoding, "identity")) return false;
  if (absl::EqualsIgnoreCase(encoding, "gzip")) return true;
  return Refusal(absl::StatusCode::kUnimplemented, "COMPRESSION_UNSUPPORTED", "",
                 "messages are read here as they are or in gzip: identity, gzip");
}

// Reads what a GET says in its query into the call.
absl::Status ReadQuery(absl::string_view query, ConnectCall* call) {
  LUMBUNG_ASSIGN_OR_RETURN(const auto values, ParseQuery(query));
  const auto value_or = [&values](const char* name, const char* otherwise) {
    const auto found = values.find(name);
    return found == values.end() ? std::string(otherwise) : found->second;
  };
  if (value_or("connect", "v1") != "v1") {
    return InvalidArgument("PROTOCOL_VERSION", "", "connect=v1 is the version spoken here");
  }
  const std::string encoding = value_or("encoding", "");
  if (encoding == "proto") {
    call->codec = Codec::kProto;
  } else if (encoding != "json") {
    return InvalidArgument("ENCODING_UNSUPPORTED", "", "encoding=json and encoding=proto are read");
  }
  LUMBUNG_ASSIGN_OR_RETURN(const bool is_gzip, IsGzip(value_or("compression", "")));
  if (values.count("message") == 0) {
    return InvalidArgument("MALFORMED_QUERY", "", "the parameter \"message\" is missing");
  }
  const std::string message = value_or("message", "");
  const std::string base64 = value_or("base64", "0");
  if (base64 == "0") {
    call->message = message;
  } else if (base64 != "1" || !absl::WebSafeBase64Unescape(message, &call->message)) {
    return InvalidArgument("MALFORMED_QUERY", "",
                           "with base64=1 the parameter \"message\" is URL-safe base64");
  }
  if (!is_gzip) return absl::OkStatus();
  LUMBUNG_ASSIGN_OR_RETURN(call->message, Gunzip(call->message, kMaxMessageBytes));
  return absl::OkStatus();
}

absl::Status CheckVersion(const Headers& headers) {
  const absl::string_view version = FindHeader(headers, "Connect-Protocol-Version");
  if (version.empty() || version == "1") return absl::OkStatus();
  return InvalidArgument("PROTOCOL_VERSION", "", "Connect-Protocol-Version is 1 here");
}

// Of streams each message is compressed by itself, not the body.
absl::string_view ContentEncodingOf(const Headers& headers, bool is_stream) {
  return FindHeader(headers, is_stream ? "Connect-Content-Encoding" : "Content-Encoding");
}

absl::Status ReadTimeout(const Headers& headers, ConnectCall* call) {
  const absl::string_view text = FindHeader(headers, "Connect-Timeout-Ms");
  if (text.empty()) return absl::OkStatus();
  std::int64_t milliseconds = 0;
  const bool is_number = std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
  if (!is_number || text.size() > kMaxTimeoutDigits || !absl::SimpleAtoi(text, &milliseconds)) {
    return InvalidArgument("MALFORMED_TIMEOUT", "",
                           "Connect-Timeout-Ms is a whole number of at most ten digits");
  }
  call->timeout = absl::Milliseconds(milliseconds);
  return absl::OkStatus();
}

// gRPC aborts the process on metadata that it cannot carry, so it must not see any.
absl::Status ReadMetadata(const Headers& headers, ConnectCall* call) {
  for (const auto& row : kMetadataHeaders) {
    int found = 0;
    for (const auto& [name, value] : headers) {
      if (!absl::EqualsIgnoreCase(name, row.header)) continue;
      const bool is_printable = std::all_of(value.begin(), value.end(), absl::ascii_isprint);
      if (++found > 1 || !is_printable || value.size() > kMaxMetadataBytes) {
        return InvalidArgument(
            "INVALID_METADATA", "",
            absl::StrCat("the header ", row.header, " may occur once, with at most ",
                         kMaxMetadataBytes, " printable ASCII characters"));
      }
      call->metadata.emplace_back(row.metadata, value);
    }
  }
  return absl::OkStatus();
}

HttpResponse Refuse(int http_status, absl::StatusCode code, absl::string_view reason,
                    absl::string_view message) {
  HttpResponse response = ErrorResponse(Refusal(code, reason, "", message));
  response.status = http_status;
  return response;
}

HttpResponse UnsupportedMediaType(bool is_stream) {
  const std::string allowed = absl::StrCat(ContentTypeOf(Codec::kJson, is_stream), ", ",
                                           ContentTypeOf(Codec::kProto, is_stream));
  HttpResponse response =
      Refuse(415, absl::StatusCode::kInvalidArgument, "CONTENT_TYPE_UNSUPPORTED",
             absl::StrCat("this method reads the content types ", allowed));
  response.headers.emplace_back("Accept-Post", allowed);
  return response;
}

HttpResponse MethodNotAllowed(bool may_get) {
  const char* const allowed = may_get ? "GET, POST" : "POST";
  HttpResponse response = Refuse(405, absl::StatusCode::kUnimplemented, "HTTP_METHOD_NOT_ALLOWED",
                                 absl::StrCat("this method answers ", allowed));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

// What is the same for every request of a known method.
absl::Status ReadHeaders(const Headers& headers, ConnectCall* call) {
  LUMBUNG_RETURN_IF_ERROR(CheckVersion(headers));
  call->takes_gzip = TakesGzip(
      FindHeader(headers, call->is_stream ? "Connect-Accept-Encoding" : "Accept-Encoding"));
  LUMBUNG_RETURN_IF_ERROR(ReadTimeout(headers, call));
  return ReadMetadata(headers, call);
}

absl::Status ReadBody(HttpRequest request, ConnectCall* call) {
  LUMBUNG_ASSIGN_OR_RETURN(const bool is_gzip,
                           IsGzip(ContentEncodingOf(request.headers, call->is_stream)));
  if (call->is_stream) {
    LUMBUNG_ASSIGN_OR_RETURN(call->message, OpenEnvelope(request.body, is_gzip));
  } else if (is_gzip) {
    LUMBUNG_ASSIGN_OR_RETURN(call->message, Gunzip(request.body, kMaxMessageBytes));
  } else {
    call->message = std::move(request.body);
  }
  return absl::OkStatus();
}

}  // namespace

const MethodDescriptor* MethodTable::Find(absl::string_view path) const {
  const std::size_t slash = path.rfind('/');
  if (path.empty() || path.front() != '/' || slash == 0) return nullptr;
  const absl::string_view service = path.substr(1, slash - 1);
  if (std::find(services_.begin(), services_.end(), service) == services_.end()) return nullptr;
  const auto* const descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(std::string(service));
  if (descriptor == nullptr) return nullptr;
  return descriptor->FindMethodByName(std::string(path.substr(slash + 1)));
}

absl::string_view ContentTypeOf(Codec codec, bool is_stream) {
  if (codec == Codec::kJson) return is_stream ? "application/connect+json" : "application/json";
  return is_stream ? "application/connect+proto" : "application/proto";
}

std::variant<ConnectCall, HttpResponse> ParseConnectRequest(const MethodTable& methods,
                                                            HttpRequest request) {
  const std::pair<std::string, std::string> target =
      absl::StrSplit(request.target, absl::MaxSplits('?', 1));
  ConnectCall call;
  call.method = methods.Find(target.first);
  if (call.method == nullptr) {
    return Refuse(404, absl::StatusCode::kUnimplemented, "METHOD_UNKNOWN",
                  "there is no such method; paths are /package.Service/Method");
  }
  call.path = target.first;
  call.client_address = request.address;
  call.client_certificate = request.client_certificate;
  call.is_secure = request.is_secure;
  if (call.method->client_streaming()) {
    return Refuse(501, absl::StatusCode::kUnimplemented, "CLIENT_STREAM_UNSUPPORTED",
                  "streams of requests are answered over gRPC only");
  }
  call.is_stream = call.method->server_streaming();
  const bool may_get = !call.is_stream &&
                       call.method->options().idempotency_level() == MethodOptions::NO_SIDE_EFFECTS;
  const absl::Status admitted = AdmitBrowser(&request, &call.browser);
  if (!admitted.ok()) return ErrorResponse(admitted);
  const bool is_get = request.method == "GET";
  if (is_get ? !may_get : request.method != "POST") return MethodNotAllowed(may_get);
  if (is_get) {
    absl::Status status = ReadQuery(target.second, &call);
    if (status.ok()) status = ReadHeaders(request.headers, &call);
    if (!status.ok()) return ErrorResponse(status);
    return call;
  }
  const auto type = ParseContentType(FindHeader(request.headers, "Content-Type"));
  if (!type.has_value() || type->is_stream != call.is_stream) {
    return UnsupportedMediaType(call.is_stream);
  }
  call.codec = type->codec;
  call.refusal = ReadHeaders(request.headers, &call);
  if (call.refusal.ok()) call.refusal = ReadBody(std::move(request), &call);
  if (!call.refusal.ok() && !call.is_stream) return ErrorResponse(call.refusal);
  return call;
}

}  // namespace lumbung::gateway
