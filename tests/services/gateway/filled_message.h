// Messages of any type with something in every field.
#ifndef LUMBUNG_TESTS_SERVICES_GATEWAY_FILLED_MESSAGE_H_
#define LUMBUNG_TESTS_SERVICES_GATEWAY_FILLED_MESSAGE_H_

#include <google/protobuf/message.h>

namespace lumbung::gateway {

// How many ways there are to fill a message: other values, other fields of a oneof.
inline constexpr int kFillings = 4;

// Sets every field, those of the messages in it as well, down to a few levels. No value is a
// default, and all can be written as JSON.
void Fill(int filling, google::protobuf::Message* message);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_TESTS_SERVICES_GATEWAY_FILLED_MESSAGE_H_
