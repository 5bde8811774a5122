// taskrouter.wasm: requests from operations, outputs from responses.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "taskrouter/by_name.hpp"
#include "taskrouter/describe.hpp"
#include "taskrouter/endpoint.hpp"
#include "text_abi.hpp"

namespace {

using namespace taskrouter;

/// What JavaScript says about an endpoint.
struct EndpointJson {
  std::string account_sid{};
  std::string auth_token{};
  std::string base_url{};

  TASKROUTER_FIELDS(account_sid, auth_token, base_url)
};

/// The request for texts that hold an operation's name, its fields and the endpoint. It has no
/// User-Agent: browsers set their own, and another one would make every call ask for permission.
Result<Request> build_request(std::size_t operation_size, std::size_t fields_size, std::size_t endpoint_size) {
  text_abi::Texts texts;
  const std::string_view operation = texts.take(operation_size);
  const std::string_view fields = texts.take(fields_size);
  EndpointJson endpoint;
  detail::JsonReader reader{texts.take(endpoint_size), detail::Reading::strict};
  if (!reader.read_document(detail::fields_of<EndpointJson>, &endpoint)) return reader.error(Error::Kind::argument);
  return by_name::build(operation, fields,
                        Endpoint{Credentials{endpoint.account_sid, endpoint.auth_token},
                                 {.base_url = std::move(endpoint.base_url), .user_agent = {}}});
}

}  // namespace

/// The request as JSON: `{"method":"POST","url":"...","headers":[["Name","value"]],"body":"..."}`.
TASKROUTER_EXPORT(build) int build(std::size_t operation_size, std::size_t fields_size, std::size_t endpoint_size) {
  const Result<Request> request = build_request(operation_size, fields_size, endpoint_size);
  if (!request) return text_abi::answer(request.error());
  std::string json = "{\"method\":\"";
  json.append(text(request->method)).append("\",\"url\":");
  detail::write_json_string(json, request->url);
  json.append(",\"headers\":[");
  for (const Header& header : request->headers) {
    json.append(json.back() == '[' ? "[" : ",[");
    detail::write_json_string(json, header.name);
    json.push_back(',');
    detail::write_json_string(json, header.value);
    json.push_back(']');
  }
  json.append("],\"body\":");
  detail::write_json_string(json, request->body);
  json.push_back('}');
  return text_abi::answer(std::move(json));
}

/// The operation's output as JSON. The texts are the operation's name, the response's headers as
/// `Name: value` lines, and its body as it came.
TASKROUTER_EXPORT(parse)
int parse(std::size_t operation_size, std::size_t headers_size, std::size_t body_size, int status) {
  text_abi::Texts texts;
  const std::string_view operation = texts.take(operation_size);
  Response response{.status = status, .headers = text_abi::read_headers(texts.take(headers_size)), .body = {}};
  response.body = texts.take(body_size);
  Result<std::string> json = by_name::parse(operation, response);
  return json ? text_abi::answer(*std::move(json)) : text_abi::answer(json.error());
}

/// The request as a curl command, without its secrets.
TASKROUTER_EXPORT(curl) int curl(std::size_t operation_size, std::size_t fields_size, std::size_t endpoint_size) {
  const Result<Request> request = build_request(operation_size, fields_size, endpoint_size);
  return request ? text_abi::answer(curl_command(*request)) : text_abi::answer(request.error());
}
