/** `name | signatures separated by ; | one line of documentation`. Read by `../functions.ts`. */
export const stringFunctions = `
chr | (bigint) -> varchar | The character of a Unicode code point.
codepoint | (varchar) -> integer | The Unicode code point of a single character.
concat | (varchar...) -> varchar; (array(t)...) -> array(t); (varbinary...) -> varbinary | Joins its arguments; NULL if any is NULL.
concat_ws | (varchar, varchar...) -> varchar; (varchar, array(varchar)) -> varchar | Joins with a separator, skipping NULLs.
format | (varchar, t...) -> varchar | Formats values by a Java format string.
from_utf8 | (varbinary) -> varchar | Decodes UTF-8; invalid bytes become U+FFFD.
hamming_distance | (varchar, varchar) -> bigint | The number of positions at which two texts of one length differ.
length | (varchar) -> bigint; (varbinary) -> bigint | The number of characters or bytes.
levenshtein_distance | (varchar, varchar) -> bigint | The number of single-character edits between two texts.
lower | (varchar) -> varchar | The text in lower case.
lpad | (varchar, bigint, varchar) -> varchar | Pads on the left to a length, or truncates to it.
ltrim | (varchar) -> varchar; (varchar, varchar) -> varchar | Removes white space (or the given characters) at the start.
regexp_count | (varchar, varchar) -> bigint | How often a pattern matches.
regexp_extract | (varchar, varchar) -> varchar; (varchar, varchar, bigint) -> varchar | The first match of a pattern, or one of its groups.
regexp_extract_all | (varchar, varchar) -> array(varchar); (varchar, varchar, bigint) -> array(varchar) | All matches of a pattern, or one of its groups.
regexp_like | (varchar, varchar) -> boolean | Whether a pattern matches anywhere in a text.
regexp_position | (varchar, varchar) -> integer; (varchar, varchar, bigint) -> integer; (varchar, varchar, bigint, bigint) -> integer | Where a pattern first matches, or -1.
regexp_replace | (varchar, varchar) -> varchar; (varchar, varchar, varchar) -> varchar | Removes or replaces all matches of a pattern; \$1 and \${name} stand for groups.
regexp_split | (varchar, varchar) -> array(varchar) | Splits a text at the matches of a pattern.
replace | (varchar, varchar) -> varchar; (varchar, varchar, varchar) -> varchar | Removes or replaces all occurrences of a text.
reverse | (varchar) -> varchar; (array(t)) -> array(t) | The characters or elements in reverse order.
rpad | (varchar, bigint, varchar) -> varchar | Pads on the right to a length, or truncates to it.
rtrim | (varchar) -> varchar; (varchar, varchar) -> varchar | Removes white space (or the given characters) at the end.
split | (varchar, varchar) -> array(varchar); (varchar, varchar, bigint) -> array(varchar) | Splits a text at a delimiter, into at most so many parts.
split_part | (varchar, varchar, bigint) -> varchar | One part of a text split at a delimiter, counted from 1; NULL past the end.
split_to_map | (varchar, varchar, varchar) -> map(varchar, varchar) | A map of the entries of a text, e.g. 'a=1,b=2'.
starts_with | (varchar, varchar) -> boolean | Whether a text starts with another.
strpos | (varchar, varchar) -> bigint; (varchar, varchar, bigint) -> bigint | Where a text (its n-th occurrence) starts in another, from 1; 0 if nowhere.
substr | (varchar, bigint) -> varchar; (varchar, bigint, bigint) -> varchar | Part of a text from a position (negative: from the end), of a length.
substring | (varchar, bigint) -> varchar; (varchar, bigint, bigint) -> varchar | Part of a text from a position (negative: from the end), of a length.
to_utf8 | (varchar) -> varbinary | The text as UTF-8.
translate | (varchar, varchar, varchar) -> varchar | Replaces characters one by one.
trim | (varchar) -> varchar; (varchar, varchar) -> varchar | Removes white space (or the given characters) at both ends.
upper | (varchar) -> varchar | The text in upper case.
crc32 | (varbinary) -> bigint | The CRC-32 of the bytes.
from_base64 | (varchar) -> varbinary | Decodes base64.
from_base64url | (varchar) -> varbinary | Decodes base64 of the URL-safe alphabet.
from_hex | (varchar) -> varbinary | Decodes hexadecimal digits.
hmac_md5 | (varbinary, varbinary) -> varbinary | The HMAC with MD5 of bytes and a key.
hmac_sha1 | (varbinary, varbinary) -> varbinary | The HMAC with SHA-1 of bytes and a key.
hmac_sha256 | (varbinary, varbinary) -> varbinary | The HMAC with SHA-256 of bytes and a key.
hmac_sha512 | (varbinary, varbinary) -> varbinary | The HMAC with SHA-512 of bytes and a key.
md5 | (varbinary) -> varbinary | The MD5 of the bytes.
sha1 | (varbinary) -> varbinary | The SHA-1 of the bytes.
sha256 | (varbinary) -> varbinary | The SHA-256 of the bytes.
sha512 | (varbinary) -> varbinary | The SHA-512 of the bytes.
to_base64 | (varbinary) -> varchar | Encodes as base64.
to_base64url | (varbinary) -> varchar | Encodes as base64 of the URL-safe alphabet.
to_hex | (varbinary) -> varchar | Encodes as hexadecimal digits, in upper case.
xxhash64 | (varbinary) -> varbinary | The xxHash64 of the bytes.
`;

export const urlFunctions = `
url_decode | (varchar) -> varchar | Undoes url_encode.
url_encode | (varchar) -> varchar | Encodes a text for a URL's query.
url_extract_fragment | (varchar) -> varchar | The fragment of a URL.
url_extract_host | (varchar) -> varchar | The host of a URL.
url_extract_parameter | (varchar, varchar) -> varchar | A parameter of a URL's query.
url_extract_path | (varchar) -> varchar | The path of a URL.
url_extract_port | (varchar) -> bigint | The port of a URL.
url_extract_protocol | (varchar) -> varchar | The protocol of a URL.
url_extract_query | (varchar) -> varchar | The query of a URL.
`;
