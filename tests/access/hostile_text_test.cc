// SQL in every text of every request: it is refused by name or taken for the text that it is, and
// never reaches the database as anything else.
#include <memory>
#include <string>
#include <vector>

#include <google/protobuf/message.h>
#include <gtest/gtest.h>
#include <pqxx/pqxx>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "ledger/core/status.h"
#include "lumbung/ledger/v1/books_service.pb.h"
#include "tests/access/access_server.h"
#include "tests/support/refusal_matchers.h"

namespace lumbung::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr const char* kHostile[] = {
    "'; drop table ledger.journal_entry cascade; --",
    "x' or '1'='1",
    "1; select pg_sleep(60)",
    "\\'; truncate identity.audit_event; --",
    "name desc, (select password_hash from identity.person)",
    "{\"a\": \"'||version()||'\"}",
};

// Where a text can be put: fields from the request down, into the first of each list.
using Place = std::vector<const FieldDescriptor*>;

void FindPlaces(const google::protobuf::Descriptor& message, const Place& above,
                std::vector<Place>* places) {
  constexpr std::size_t kDeepest = 4;
  for (int i = 0; i < message.field_count(); ++i) {
    Place place = above;
    place.push_back(message.field(i));
    const auto type = message.field(i)->cpp_type();
    if (type == FieldDescriptor::CPPTYPE_STRING) places->push_back(place);
    if (type == FieldDescriptor::CPPTYPE_MESSAGE && place.size() < kDeepest) {
      FindPlaces(*message.field(i)->message_type(), place, places);
    }
  }
}

void Put(const Place& place, std::size_t depth, const std::string& text, Message* message) {
  const auto* const reflection = message->GetReflection();
  const FieldDescriptor* const field = place[depth];
  if (depth + 1 == place.size()) {
    if (field->is_repeated()) {
      reflection->AddString(message, field, text);
    } else {
      reflection->SetString(message, field, text);
    }
    return;
  }
  Put(place, depth + 1, text,
      field->is_repeated() ? reflection->AddMessage(message, field)
                           : reflection->MutableMessage(message, field));
}

// So that the request comes as far as it can.
void SayWhereItIs(Message* message) {
  for (const char* name : {"parent", "name"}) {
    const FieldDescriptor* const field = message->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr && field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      message->GetReflection()->SetString(message, field, "books/main");
    }
  }
}

std::unique_ptr<Message> RequestOf(const Method& method) {
  return std::unique_ptr<Message>(google::protobuf::MessageFactory::generated_factory()
                                      ->GetPrototype(method.descriptor->input_type())
                                      ->New());
}

// What a handler answers when something went wrong that nobody foresaw.
bool IsAccident(const absl::Status& status) {
  return absl::IsInternal(status) || absl::IsUnknown(status) || absl::IsDataLoss(status) ||
         absl::IsDeadlineExceeded(status);
}

class HostileTextTest : public ::testing::Test {
 protected:
  std::string Tables() {
    pqxx::connection connection(server_.database().app_uri());
    pqxx::nontransaction work(connection);
    return work
        .exec1(
            "select string_agg(schemaname || '.' || tablename, ' ' order by schemaname, tablename) "
            "from pg_tables where schemaname not in ('pg_catalog', 'information_schema')")[0]
        .c_str();
  }

  AccessServer server_;
};

TEST_F(HostileTextTest, IsRefusedByNameOrTakenForText) {
  const std::string tables = Tables();
  const std::string manager = server_.Token(identity::Role::kManager);
  const std::string admin = server_.Token(identity::Role::kOrganizationAdmin);
  ledger::v1::CreateBookRequest book;
  book.set_book_id("main");
  book.set_chart_template("isak35-ngo");
  EXPECT_THAT(server_.Ask("/lumbung.ledger.v1.BooksService/CreateBook", manager, "melati",
                          book.SerializeAsString()),
              IsOk());
  int asked = 0;
  for (const Method& method : AllMethods()) {
    // A session that has ended says nothing about what follows.
    if (absl::EndsWith(method.path, "/SignOut") || absl::EndsWith(method.path, "/SignIn")) continue;
    std::vector<Place> places;
    FindPlaces(*method.descriptor->input_type(), {}, &places);
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::unique_ptr<Message> request = RequestOf(method);
      SayWhereItIs(request.get());
      Put(places[i], 0, kHostile[i % std::size(kHostile)], request.get());
      for (const std::string& token : {manager, admin}) {
        const absl::Status status =
            server_.Ask(method.path, token, "melati", request->SerializeAsString());
        EXPECT_FALSE(IsAccident(status))
            << method.path << " " << places[i].back()->full_name() << ": " << status;
        ++asked;
      }
    }
  }
  EXPECT_GT(asked, 500);
  EXPECT_EQ(Tables(), tables);
}

// Metadata is text as well.
TEST_F(HostileTextTest, InMetadataToo) {
  const std::string path = "/lumbung.ledger.v1.BooksService/ListBooks";
  for (const char* text : kHostile) {
    const absl::Status foreign = server_.Ask(path, server_.Token(identity::Role::kManager), text);
    EXPECT_FALSE(foreign.ok());
    EXPECT_FALSE(IsAccident(foreign)) << foreign;
    EXPECT_THAT(server_.Ask(path, text, "melati"), Refuses("SIGN_IN_REQUIRED"));
  }
}

}  // namespace
}  // namespace lumbung::testing
