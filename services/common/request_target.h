// What a request is about, as far as its message says: the organization, book and fund that it
// names. Roles may be confined to a book or fund, and one place checks that for every method.
//
// A request says where it works in its field `parent` or `name`, or, when it has neither, in the
// `name` of the one message it carries; that is the field its handler reads, too. `fund` narrows
// it.
#ifndef LUMBUNG_SERVICES_COMMON_REQUEST_TARGET_H_
#define LUMBUNG_SERVICES_COMMON_REQUEST_TARGET_H_

#include <string>

#include <google/protobuf/message.h>

namespace lumbung {

struct RequestTarget {
  // Ids; empty when the request names none.
  std::string organization = "";
  std::string book = "";
  std::string fund = "";
  // The resource name itself: `books/main/accounts/1.1`.
  std::string resource = "";
};

RequestTarget TargetOf(const google::protobuf::Message& request);

}  // namespace lumbung

#endif  // LUMBUNG_SERVICES_COMMON_REQUEST_TARGET_H_
