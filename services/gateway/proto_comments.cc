#include "services/gateway/proto_comments.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include <google/protobuf/descriptor.pb.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"

namespace lumbung::gateway {
namespace {

// "POSTS_CLOSED, ..." in place of a sentence.
bool BeginsWithReason(absl::string_view comment) {
  const absl::string_view word = comment.substr(0, comment.find_first_of(" \n,;.:"));
  return std::all_of(word.begin(), word.end(),
                     [](unsigned char c) { return absl::ascii_isupper(c) || c == '_'; }) &&
         word.find('_') != absl::string_view::npos;
}

absl::string_view FirstSentence(absl::string_view text) {
  for (std::size_t dot = text.find('.'); dot != absl::string_view::npos;
       dot = text.find('.', dot + 1)) {
    if (dot + 1 == text.size() || absl::ascii_isspace(static_cast<unsigned char>(text[dot + 1]))) {
      return text.substr(0, dot);
    }
  }
  return text;
}

// "ListCsvMappings" gives "List csv mappings".
std::string InWords(absl::string_view name) {
  std::string words;
  for (const char c : name) {
    const bool begins = absl::ascii_isupper(static_cast<unsigned char>(c)) && !words.empty();
    if (begins) words += ' ';
    words += begins ? absl::ascii_tolower(static_cast<unsigned char>(c)) : c;
  }
  return words;
}

}  // namespace

std::string CommentText(absl::string_view comment) {
  std::vector<absl::string_view> lines = absl::StrSplit(comment, '\n');
  for (absl::string_view& line : lines) {
    absl::ConsumePrefix(&line, " ");
    line = absl::StripTrailingAsciiWhitespace(line);
  }
  return std::string(absl::StripAsciiWhitespace(absl::StrJoin(lines, "\n")));
}

std::string FileComment(const google::protobuf::FileDescriptor& file) {
  google::protobuf::SourceLocation location;
  const std::vector<int> syntax = {google::protobuf::FileDescriptorProto::kSyntaxFieldNumber};
  if (!file.GetSourceLocation(syntax, &location)) return "";
  return CommentText(location.leading_comments);
}

std::string SummaryOf(const google::protobuf::MethodDescriptor& method) {
  const std::string comment = CommentOf(method);
  if (comment.empty() || BeginsWithReason(comment)) return InWords(method.name());
  return absl::StrReplaceAll(FirstSentence(comment), {{"\n", " "}});
}

}  // namespace lumbung::gateway
