# What a member means in every struct alike is said here, once, and not at each of them: Doxygen and
# the printer of the npm package's types read the headers through this (sed -E -f). Lines that speak
# for themselves are left alone.
# Doxygen 1.9.4 complains of it.
/^template <taskrouter::SidKind kind>$/,/^};$/d
/\/\/\//b
s#^using ([A-Z][a-z]+)([A-Z][a-z]+)?Sid = Sid<.*$#&  ///< Names one.#
/^ {2,4}[A-Za-z]/!b

# Fields
s#^  using Output = .*;$#&  ///< What it answers.#
s#^  static constexpr Route route.*$#/// Its name, method, path, and the status of its success.\n&#
s#^  static constexpr std::string_view plural = .*;$#&  ///< What a page calls a list of these.#
s#^  \S+ account_sid[; {][^(]*$#&  ///< The account that owns it.#
s#^  \S*Timestamp> date_created.*;$#&  ///< When it was created.#
s#^  \S*Timestamp> date_updated.*;$#&  ///< When it was last changed.#
s#^  \S*Timestamp> start_time.*;$#&  ///< When the span of time begins.#
s#^  \S*Timestamp> end_time.*;$#&  ///< When the span of time ends.#
s#^  std::string url[; {][^(]*$#&  ///< Where it can be fetched.#
s#^  JsonValue links[; {][^(]*$#&  ///< Where what belongs to it can be fetched.#
s#^  \S*Sid sid;$#&  ///< Which one: its SID.#
/\/\/\//b
s#^  \S*Sid sid[; {][^(]*$#&  ///< Its own SID.#
/\/\/\//b
s#^  \S*Sid>? ([a-z]+)_sid[; {][^(]*$#&  ///< The \1's SID.#
s#^  \S*Sid>? ([a-z]+)_([a-z]+)_sid[; {][^(]*$#&  ///< The \1 \2's SID.#

# Functions and types
s#^ +friend (constexpr )?bool operator.*$#/// Compares two.\n&#
s#^ +[A-Za-z_:<>&* ]+(\*|->)\(\).*$#/// The value.\n&#
s#^ +(explicit )?operator bool\(\).*$#/// Whether there is a value.\n&#
s#^ +(constexpr )?operator std::int64_t\(\).*$#/// The number.\n&#
s#^ +[A-Za-z&]+ operator=\(.*$#/// Takes another's place.\n&#
s#^ +[A-Za-z&]+ operator\+\+\(.*$#/// Moves on.\n&#
s#^ +bool operator==\(.*$#/// Whether it has come to the end.\n&#
s#^ +T value\(\) && .*$#/// The same.\n&#
s#^ +[A-Za-z_:&* ]+ \*?(begin|end|size)\(\) (const )?.*$#/// As every range has it.\n&#
s#^ +using (value_type|difference_type|iterator_concept) = .*$#/// As every iterator has it.\n&#
s#^    explicit Iterator\(.*$#/// Where the range stands.\n&#
s#^  Headers\(Headers&& other\).*$#/// The other is empty then.\n&#
s#^  OpenEnum\(E value\).*$#/// This enumerator.\n&#
s#^  using Options = \S*;$#&  ///< What can be set.#
s#^  struct Options \{$#/// What can be set.\n&#
s#^  explicit [A-Za-z]+\(Options options\).*$#/// With other options.\n&#
s#^  [A-Za-z]+\(const Credentials& credentials, T& transport\).*$#/// The same, for Twilio's usual endpoint.\n&#
s#^  const Endpoint& endpoint\(\) const.*$#/// Where its requests go.\n&#
s#^  Result<Response> send\(const Request& request\) \{$#/// See Transport.\n&#
