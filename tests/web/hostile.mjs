// Texts that people type by mistake or with intent.

export const HOSTILE = [
  `quotes ' " \` and \\ and \\' and \\" and $HOME \${HOME} $(id) %s {0}`,
  `');alert(1);//`,
  `");system("id");//`,
  `'; touch hacked; '`,
  '<img src=x onerror="hacked=1"><script>hacked=1</script></script>-->]]>?>',
  'line\nfeed\r\nreturn\ttab\0zero\u0001one\u007fdelete\u0085next\u009f1 \u00011\u001f7',
  '\\0123 \\x41 \\u0041 \\N{BULLET} ??/ %25 + &=;#',
  'right \u202eto left\u202c \u2066isolate\u2069 zero\u200bwidth \ufeffmark \u2028line \u2029paragraph',
  'e\u0301\u0323 combining, 👩‍👩‍👧 family, 🏳️‍🌈 flag, \u{10ffff} last, \u{e0041} tag, 日本語, العربية',
  '"""; import os #',
  "'''; import os #",
  'R"(a)" )" )json"',
  '\n\n# comment\n/* comment */ // comment \\\n',
  'x'.repeat(10000),
];
