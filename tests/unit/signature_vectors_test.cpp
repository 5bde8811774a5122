#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "taskrouter/crypto/openssl.hpp"
#include "taskrouter/webhooks/signature.hpp"

// The signatures that the unit tests of Twilio's own libraries expect.

using namespace taskrouter;

namespace {

using Form = std::vector<FormField>;

struct Vector {
  std::string url;
  Form form;
  std::string signature;
};

const OpenSslCrypto crypto;
const std::string token = "12345";

const Form call{{"CallSid", "CA1234567890ABCDE"},
                {"Caller", "+14158675309"},
                {"Digits", "1234"},
                {"From", "+14158675309"},
                {"To", "+18005551212"}};

Form conference() {
  Form form = call;
  form.push_back({"ReasonConferenceEnded", "test"});
  form.push_back({"Reason", "Participant"});
  return form;
}

const std::string path = "/myapp.php?foo=1&bar=2";
const std::string url = "https://mycompany.com" + path;

// As Twilio wrote them: each is the signature of this very URL.
const std::vector<Vector> vectors{
    {url, call, "RSOYDt4T1cUTdK1PDd93/VVr8B8="},
    {"https://mycompany.com:443" + path, call, "kvajT1Ptam85bY51eRf/AJRuM3w="},
    {"https://mycompany.com:1234" + path, call, "CYn1h0gLBdNxDGkKJg6hYohgeD8="},
    {"http://mycompany.com:80" + path, call, "0ZXoZLH/DfblKGATFgpif+LLRf4="},
    {"http://mycompany.com:1234" + path, call, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="},
    {"https://user:pass@mycompany.com" + path, call, "CukzLTc1tT5dXEDIHm/tKBanW10="},
    {"https://user:pass@mycompany.com:443" + path, call, "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI="},
    {"https://user@mycompany.com" + path, call, "2YRLlVAflCqxaNicjMpJcSTgzSs="},
    {"https://user@mycompany.com:443" + path, call, "aZfj4hyX1MLZhSS6QIL18Vn2/RA="},
    {"https://MyCompany.com" + path, call, "g9IN/x4Cft2g517EjYvEvM/W7LU="},
    {"https://MyCompany.com:1234" + path, call, "PCqOZm8cnu/L6+u5i5fuEd+Iac4="},
    {"http://MyCompany.com" + path, call, "XY7AlKOKL6im4yWyX84gldUrtis="},
    {"http://username:password@MyCompany.com" + path, call, "PJ08CxXr7KLPjEQCTc8LkUSMwSM="},
    {"http://username:password@MyCompany.com:80" + path, call, "bd4QXW6YVFvx/wTnWYFRP1gwK5s="},
    {"HTTP://username:password@MyCompany.com" + path, call, "hy/l8pca+LFms4cvRdv8uiP6NGc="},
    {"HTTP://username:password@MyCompany.com:80" + path, call, "n76gmJqcZm/Ggih8wbb+5gKw+Qo="},
    {"http://Username:Password@MyCompany.com" + path, call, "SkTSKyDJH9kUlhItI0slbgZ1UsI="},
    {"http://Username:Password@MyCompany.com:80" + path, call, "BakPFjxsj0ROBLq0OenRR+tfJMg="},
    {url + "&Body=It%27s+amazing", call, "TfZzewPq8wqrGlMfyAud8+/IvJ0="},
    {url + "&Body=It's+amazing", call, "dsq4Ehbj6cs+KdTkpF5sSSplOWw="},
    {url + "&Body=It's%20amazing", call, "bD9iT2C/HNMwZ/yCH1s/5R2+wUs="},
    {url + "&type=thiswontbeusedinthesignaturegeneratorandsoshouldbeignored", call, "hYkNsTBttoNGkyCS0p+wWmQoRTg="},
    {"https://mycompany.com/myapp.php", call, "1xaxFBvyzXYvWplzNOSs28HWO94="},
    {"https://mycompany.com:443//myapp.php?foo=1&bar=2", call, "A9lH3u16NjyiiM/+wylw5rirFUs="},
    {"https://mycompany.com/myapp.php?foo=hello%20world&bar=test%2Bvalue", call, "er2tvAP1Wx+iuTTE2BPgvEaN1cs="},
    {"https://mycompany.com/webhook/España?año=2023", call, "G/Hx6mqqnjUNlPAoi2Sp9bGst0g="},
    {url, {}, "zYQTYrRWXE7LtzbG4PfP7/bkkGo="},
    {url, {{"property", "value"}, {"boolean", "true"}}, "NBdBDr/T/lgjI+tlgpXjKZQZs/k="},
    {url,
     {{"MessagingBinding.Address", "+1325xxxxxxx"}, {"MessagingBinding.Address", "+1415xxxxxxx"}},
     "83O6e2vORAoJHUNzJjDWN1jz+BA="},
    {url,
     {{"Sid", "CA123"}, {"SidAccount", "AC123"}, {"Digits", "5678"}, {"Digits", "1234"}, {"Digits", "1234"}},
     "IK+Dwps556ElfBT0I3Rgjkr1wJU="},
    {url,
     {{"Message", "Hello & goodbye! @#$%^*()"}, {"From", "+1 (415) 867-5309"}, {"Special", "unicode: ñáéíóú"}},
     "dCPiR4WtQ6QFN6pJh81CtlCcWLQ="},
    {url, {{"Digits", ""}, {"CallSid", "CA1234567890ABCDE"}, {"EmptyParam", ""}}, "9HHp/OqQMEwdrVebHDdA/+tqjX8="},
    {url, {{"Digits", ""}, {"CallSid", "CA1234567890ABCDE"}, {"NullParam", ""}}, "L9lTTwIlxM1xGAtLRwhOSZggRhM="},
    {url,
     {{"Zebra", "last"}, {"Alpha", "first"}, {"Beta", "second"}, {"Gamma", "third"}},
     "enveUe73ZTVLAekHxez3Qx6JuuQ="},
    {url, {{"callSid", "lowercase"}, {"CallSid", "uppercase"}, {"CALLSID", "allcaps"}}, "jDK7WKT8wiNrwggd4ceTv4e1MJ4="},
    {url, conference(), "vOEb5UThFn24KEfnOFLQY2AE5FY="},
    {"http://mycompany.com" + path, conference(), "n2xBNyzSW7rfYStDtOFiFMv7qNo="},
};

bool genuine(const std::string& address, const Form& form, const std::string& signature) {
  return webhooks::verify(address, form, signature, {token}, crypto).has_value();
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("every signature of Twilio's own tests is made and is genuine") {
  for (const Vector& vector : vectors) {
    const auto& [address, form, signature] = vector;
    CAPTURE(vector.url);
    CHECK(webhooks::sign(address, form, token, crypto).value() == signature);
    CHECK(genuine(address, form, signature));
    CHECK(genuine(address, Form(form.rbegin(), form.rend()), signature));
  }
}

TEST_CASE("no vector's signature is genuine for another vector's request, unless the URL differs only in spelling") {
  int shared = 0;
  for (const Vector& one : vectors) {
    for (const Vector& other : vectors) {
      if (&one == &other || !genuine(one.url, one.form, other.signature)) continue;
      CAPTURE(one.url);
      CAPTURE(other.url);
      // The spelling that was signed is one of those that are tried.
      const auto tried = webhooks::signed_texts(one.url, one.form);
      CHECK(std::find(tried.begin(), tried.end(), other.url + webhooks::signed_fields(other.form)) != tried.end());
      ++shared;
    }
  }
  CHECK(shared == 17);
}

TEST_CASE("a signature is genuine whether or not Twilio signed the port") {
  for (const Vector& vector : vectors) {
    const auto& [address, form, signature] = vector;
    CAPTURE(vector.url);
    for (const std::string port : {":443", ":80", ":1234"}) {
      if (address.find(port) != std::string::npos)
        CHECK(genuine(replaced(address, port, ""), form, signature) == (port != ":1234"));
    }
  }
  CHECK(genuine("https://mycompany.com:1234" + path, call, "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
  CHECK(genuine("https://someurl.com:443/somepath?param1=client%3AAnonymous", {},
                webhooks::sign("https://someurl.com/somepath?param1=client%3AAnonymous", {}, token, crypto).value()));
  CHECK(webhooks::verify("https://someurl.com:443/somepath?param1=client%3AAnonymous", {},
                         "PM+bjB+ITJ9a3LIYStKWOTMZMlU=", {"1234567890"}, crypto));
}

TEST_CASE("a signature over an escaped form of the query is genuine") {
  CHECK(genuine(url + "&Body=It's+amazing", call, "TfZzewPq8wqrGlMfyAud8+/IvJ0="));
  CHECK(genuine(url + "&Body=It's+amazing", call, "bD9iT2C/HNMwZ/yCH1s/5R2+wUs="));
  CHECK(genuine(url + "&Body=It%27s+amazing", call, "bD9iT2C/HNMwZ/yCH1s/5R2+wUs="));
  CHECK(genuine("https://mycompany.com:443" + path + "&Body=It's+amazing", call, "TfZzewPq8wqrGlMfyAud8+/IvJ0="));
}

TEST_CASE("names are sorted by their bytes, not together with their values") {
  CHECK_FALSE(genuine(url, conference(), "95+Bu0JVPi0r/SsESZCVf0dWAjw="));
}

TEST_CASE("a body that is no form is known by its hash in the URL") {
  const std::string body = R"({"property": "value", "boolean": true})";
  const std::string hashed = webhooks::with_body_hash(url, body, crypto).value();
  CHECK(hashed == url + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620");
  CHECK(webhooks::sign(hashed, {}, token, crypto).value() == "a9nBmqA0ju/hNViExpshrM61xv4=");

  const auto verdict = [](const std::string& address, const std::string& content, const std::string& signature) {
    const Request request{.url = address, .headers = {{"x-twilio-signature", signature}}, .body = content};
    return webhooks::verify(request, {token}, crypto).has_value();
  };
  CHECK(verdict(hashed, body, "a9nBmqA0ju/hNViExpshrM61xv4="));
  CHECK_FALSE(verdict(hashed, body + ' ', "a9nBmqA0ju/hNViExpshrM61xv4="));
  CHECK_FALSE(verdict(hashed, "", "a9nBmqA0ju/hNViExpshrM61xv4="));
  CHECK(verdict(webhooks::with_body_hash("https://mycompany.com/myapp.php", body, crypto).value(), body,
                "y77kIzt2vzLz71DgmJGsen2scGs="));
  CHECK(verdict(webhooks::with_body_hash("https://mycompany.com:443" + path, "{}", crypto).value(), "{}",
                "Ldidvp12m26NI7eqEvxnEpkd9Hc="));
}
