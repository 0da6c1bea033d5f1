#include "services/gateway/proto_comments.h"

#include <gtest/gtest.h>

#include "tests/services/gateway/samples.h"

namespace lumbung::gateway {
namespace {

class ProtoCommentsTest : public ::testing::Test {
 protected:
  ProtoCommentsTest() : file_(pool_.BuildFile(ReadSample("comments").file(0))) {}

  const google::protobuf::MethodDescriptor& Method(const char* name) const {
    return *file_->service(0)->FindMethodByName(name);
  }

  google::protobuf::DescriptorPool pool_;
  const google::protobuf::FileDescriptor* file_;
};

TEST(CommentTextTest, LosesTheBlankAfterTheSlashes) {
  EXPECT_EQ(CommentText(" One:\n\n  * two \n"), "One:\n\n * two");
  EXPECT_EQ(CommentText(""), "");
}

TEST_F(ProtoCommentsTest, StandAboveOrBesideTheirElement) {
  EXPECT_EQ(CommentOf(Method("Open")), "Opens at v1.5 of\nthe day. SHOP_CLOSED.");
  EXPECT_EQ(CommentOf(Method("Close")), "At night.");
  EXPECT_EQ(CommentOf(Method("Rest")), "");
}

TEST_F(ProtoCommentsTest, OpenTheFile) {
  EXPECT_EQ(FileComment(*file_), "What the file\nis about.");
}

TEST_F(ProtoCommentsTest, BeginWithASummary) {
  EXPECT_EQ(SummaryOf(Method("Open")), "Opens at v1.5 of the day");
  EXPECT_EQ(SummaryOf(Method("Close")), "At night");
}

TEST_F(ProtoCommentsTest, LeaveTheSummaryToTheNameWhereThereIsNone) {
  EXPECT_EQ(SummaryOf(Method("BuyManyThings")), "Buy many things");
  EXPECT_EQ(SummaryOf(Method("Rest")), "Rest");
}

}  // namespace
}  // namespace lumbung::gateway
