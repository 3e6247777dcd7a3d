/** `name | signatures separated by ; | one line of documentation`. Read by `../functions.ts`. */
export const arrayFunctions = `
all_match | (array(t), function(t, boolean)) -> boolean | Whether all elements match.
any_match | (array(t), function(t, boolean)) -> boolean | Whether any element matches.
array_distinct | (array(t)) -> array(t) | The array without duplicates.
array_except | (array(t), array(t)) -> array(t) | The elements of the first that are not in the second, without duplicates.
array_intersect | (array(t), array(t)) -> array(t) | The elements in both, without duplicates.
array_join | (array(t), varchar) -> varchar; (array(t), varchar, varchar) -> varchar | Joins the elements with a delimiter; NULLs are left out or replaced.
array_max | (array(t)) -> t | The greatest element; NULL if one is NULL.
array_min | (array(t)) -> t | The least element; NULL if one is NULL.
array_position | (array(t), t) -> bigint | Where an element first stands, from 1; 0 if nowhere.
array_remove | (array(t), t) -> array(t) | The array without an element.
array_sort | (array(t)) -> array(t) | The elements in order, NULLs last.
array_union | (array(t), array(t)) -> array(t) | The elements in either, without duplicates.
arrays_overlap | (array(t), array(t)) -> boolean | Whether the arrays share an element.
cardinality | (array(t)) -> bigint; (map(k, v)) -> bigint | The number of elements or entries.
contains | (array(t), t) -> boolean | Whether an array holds an element.
element_at | (array(t), bigint) -> t; (map(k, v), k) -> v | An element (negative: from the end) or a value; NULL if there is none.
filter | (array(t), function(t, boolean)) -> array(t) | The elements that match.
flatten | (array(array(t))) -> array(t) | The arrays of an array, joined.
none_match | (array(t), function(t, boolean)) -> boolean | Whether no element matches.
reduce | (array(t), s, function(s, t, s), function(s, r)) -> r | Folds an array into one value.
repeat | (t, bigint) -> array(t) | An array of a value, so many times.
sequence | (bigint, bigint) -> array(bigint); (bigint, bigint, bigint) -> array(bigint); (date, date) -> array(date); (date, date, interval day to second) -> array(date); (date, date, interval year to month) -> array(date); (timestamp, timestamp, interval day to second) -> array(timestamp); (timestamp, timestamp, interval year to month) -> array(timestamp) | The values from start to stop, both included.
slice | (array(t), bigint, bigint) -> array(t) | Elements from a position (negative: from the end), so many.
transform | (array(t), function(t, u)) -> array(u) | The array with each element turned into another.
trim_array | (array(t), bigint) -> array(t) | The array without its last so many elements.
zip | (array(t), array(u)) -> array(row(t, u)) | An array of pairs.
zip_with | (array(t), array(u), function(t, u, r)) -> array(r) | Joins two arrays element by element.
`;

export const mapFunctions = `
map | () -> map(unknown, unknown); (array(k), array(v)) -> map(k, v) | A map of keys and values.
map_concat | (map(k, v)...) -> map(k, v) | The union of maps; the last value of a key wins.
map_entries | (map(k, v)) -> array(row(k, v)) | The entries of a map.
map_filter | (map(k, v), function(k, v, boolean)) -> map(k, v) | The entries that match.
map_from_entries | (array(row(k, v))) -> map(k, v) | A map of entries.
map_keys | (map(k, v)) -> array(k) | The keys of a map.
map_values | (map(k, v)) -> array(v) | The values of a map.
transform_keys | (map(k, v), function(k, v, r)) -> map(r, v) | The map with each key turned into another.
transform_values | (map(k, v), function(k, v, r)) -> map(k, r) | The map with each value turned into another.
`;
