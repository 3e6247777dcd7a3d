/** `name | signatures separated by ; | one line of documentation`. Read by `../functions.ts`. */
export const mathFunctions = `
abs | (t) -> t | The absolute value.
acos | (double) -> double | The arc cosine.
asin | (double) -> double | The arc sine.
atan | (double) -> double | The arc tangent.
atan2 | (double, double) -> double | The arc tangent of y / x.
bit_count | (bigint, bigint) -> bigint | The bits set in a number of so many bits.
bitwise_and | (bigint, bigint) -> bigint | The bitwise AND.
bitwise_left_shift | (t, bigint) -> t | The value shifted left.
bitwise_not | (bigint) -> bigint | The bitwise NOT.
bitwise_or | (bigint, bigint) -> bigint | The bitwise OR.
bitwise_right_shift | (t, bigint) -> t | The value shifted right, zeros coming in.
bitwise_right_shift_arithmetic | (t, bigint) -> t | The value shifted right, the sign coming in.
bitwise_xor | (bigint, bigint) -> bigint | The bitwise exclusive OR.
cbrt | (double) -> double | The cube root.
ceil | (t) -> t | Rounds up.
ceiling | (t) -> t | Rounds up.
cos | (double) -> double | The cosine.
cosh | (double) -> double | The hyperbolic cosine.
degrees | (double) -> double | Radians as degrees.
e | () -> double | Euler's number.
exp | (double) -> double | Euler's number raised to a power.
floor | (t) -> t | Rounds down.
from_base | (varchar, bigint) -> bigint | A number written in a base of 2 to 36.
infinity | () -> double | Positive infinity.
is_finite | (double) -> boolean | Whether a number is finite.
is_infinite | (double) -> boolean | Whether a number is infinite.
is_nan | (double) -> boolean | Whether a value is not a number.
ln | (double) -> double | The natural logarithm.
log | (double, double) -> double | The logarithm to a base (the first argument).
log10 | (double) -> double | The logarithm to base 10.
log2 | (double) -> double | The logarithm to base 2.
mod | (t, t) -> t | The remainder, with the dividend's sign.
nan | () -> double | Not a number.
pi | () -> double | The number pi.
pow | (double, double) -> double | A number raised to a power.
power | (double, double) -> double | A number raised to a power.
radians | (double) -> double | Degrees as radians.
rand | () -> double; (t) -> t; (t, t) -> t | A random number.
random | () -> double; (t) -> t; (t, t) -> t | A random number.
round | (t) -> t; (t, integer) -> t | Rounds half away from zero, to so many decimals.
sign | (t) -> t | -1, 0 or 1.
sin | (double) -> double | The sine.
sinh | (double) -> double | The hyperbolic sine.
sqrt | (double) -> double | The square root.
tan | (double) -> double | The tangent.
tanh | (double) -> double | The hyperbolic tangent.
to_base | (bigint, bigint) -> varchar | A number written in a base of 2 to 36.
truncate | (t) -> t; (t, integer) -> t | Cuts off the decimals (after so many).
uuid | () -> uuid | A random UUID.
width_bucket | (double, double, double, bigint) -> bigint; (double, array(double)) -> bigint | The bucket a value falls into.
`;

export const conditionalFunctions = `
coalesce | (t...) -> t | The first argument that is not NULL.
greatest | (t...) -> t | The greatest argument; NULL if any is NULL.
if | (boolean, t) -> t; (boolean, t, t) -> t | The second argument if the first is true, else the third or NULL.
least | (t...) -> t | The least argument; NULL if any is NULL.
nullif | (t, u) -> t | NULL if both are equal, else the first.
try | (t) -> t | NULL where the expression fails.
typeof | (t) -> varchar | The name of the expression's type.
`;

export const jsonFunctions = `
is_json_scalar | (json) -> boolean; (varchar) -> boolean | Whether the value is no array or object.
json_array_contains | (json, boolean) -> boolean; (json, bigint) -> boolean; (json, double) -> boolean; (json, varchar) -> boolean; (varchar, boolean) -> boolean; (varchar, bigint) -> boolean; (varchar, double) -> boolean; (varchar, varchar) -> boolean | Whether a JSON array holds a value.
json_array_get | (json, bigint) -> json; (varchar, bigint) -> json | An element of a JSON array, from 0 (negative: from the end).
json_array_length | (json) -> bigint; (varchar) -> bigint | The number of elements of a JSON array.
json_extract | (json, varchar) -> json; (varchar, varchar) -> json | The value at a JSON path.
json_extract_scalar | (json, varchar) -> varchar; (varchar, varchar) -> varchar | The scalar at a JSON path, as text.
json_format | (json) -> varchar | The JSON value as text.
json_parse | (varchar) -> json | Reads a text as JSON.
json_size | (json, varchar) -> bigint; (varchar, varchar) -> bigint | The size of the value at a JSON path.
`;
