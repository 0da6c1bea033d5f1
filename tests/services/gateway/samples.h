// The protos of samples/, which show what the protos of the API do not need.
#ifndef LUMBUNG_TESTS_SERVICES_GATEWAY_SAMPLES_H_
#define LUMBUNG_TESTS_SERVICES_GATEWAY_SAMPLES_H_

#include <string>

#include <google/protobuf/descriptor.pb.h>

namespace lumbung::gateway {

// The sample of this name after the files that it imports, with their comments.
google::protobuf::FileDescriptorSet ReadSample(const std::string& name);

}  // namespace lumbung::gateway

#endif  // LUMBUNG_TESTS_SERVICES_GATEWAY_SAMPLES_H_
