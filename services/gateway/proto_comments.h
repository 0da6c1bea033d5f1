// The comments of protos, as text for readers of the API: Markdown, in which they are written
// anyway. Empty where the descriptors were built without source information.
#ifndef LUMBUNG_SERVICES_GATEWAY_PROTO_COMMENTS_H_
#define LUMBUNG_SERVICES_GATEWAY_PROTO_COMMENTS_H_

#include <string>

#include <google/protobuf/descriptor.h>

#include "absl/strings/string_view.h"

namespace lumbung::gateway {

// The lines of a comment as protoc keeps them, without the blank after `//`.
std::string CommentText(absl::string_view comment);

// What stands above an element, and then what stands beside it.
template <typename Element>
std::string CommentOf(const Element& element) {
  google::protobuf::SourceLocation location;
  if (!element.GetSourceLocation(&location)) return "";
  return CommentText(location.leading_comments + location.trailing_comments);
}

// What stands at the top of a file, right above `syntax`.
std::string FileComment(const google::protobuf::FileDescriptor& file);

// "Posts one balanced entry", the first sentence of a method's comment; "Create person", its name
// in words, when it has no comment or one that begins with the reasons of its refusals.
std::string SummaryOf(const google::protobuf::MethodDescriptor& method);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_SERVICES_GATEWAY_PROTO_COMMENTS_H_
