/** `name | signatures separated by ; | one line of documentation`. Read by `../functions.ts`. */
export const aggregateFunctions = `
any_value | (t) -> t | Some value of the group that is not NULL.
approx_distinct | (t) -> bigint; (t, double) -> bigint | The number of different values (exact here).
approx_percentile | (bigint, double) -> bigint; (double, double) -> double; (real, double) -> real; (bigint, array(double)) -> array(bigint); (double, array(double)) -> array(double); (real, array(double)) -> array(real) | The value at a percentile (exact here).
arbitrary | (t) -> t | Some value of the group that is not NULL.
array_agg | (t) -> array(t) | All values as an array, in the order of its ORDER BY.
avg | (double) -> double; (real) -> real; (decimal) -> decimal | The average.
bitwise_and_agg | (bigint) -> bigint | The bitwise AND of all values.
bitwise_or_agg | (bigint) -> bigint | The bitwise OR of all values.
bool_and | (boolean) -> boolean | Whether all are true.
bool_or | (boolean) -> boolean | Whether any is true.
corr | (double, double) -> double | The correlation of y and x.
count | () -> bigint; (t) -> bigint | The number of rows, or of values that are not NULL.
count_if | (boolean) -> bigint | The number of rows for which it is true.
covar_pop | (double, double) -> double | The population covariance.
covar_samp | (double, double) -> double | The sample covariance.
every | (boolean) -> boolean | Whether all are true.
geometric_mean | (double) -> double | The geometric mean.
histogram | (t) -> map(t, bigint) | How often each value occurs.
listagg | (varchar, varchar) -> varchar | The values joined with a separator, WITHIN GROUP (ORDER BY …).
map_agg | (k, v) -> map(k, v) | A map of keys and values.
max | (t) -> t; (t, bigint) -> array(t) | The greatest value, or the n greatest.
max_by | (t, u) -> t; (t, u, bigint) -> array(t) | The value at the greatest of another, or at the n greatest.
min | (t) -> t; (t, bigint) -> array(t) | The least value, or the n least.
min_by | (t, u) -> t; (t, u, bigint) -> array(t) | The value at the least of another, or at the n least.
regr_intercept | (double, double) -> double | The intercept of the regression line of y on x.
regr_slope | (double, double) -> double | The slope of the regression line of y on x.
stddev | (double) -> double | The sample standard deviation.
stddev_pop | (double) -> double | The population standard deviation.
stddev_samp | (double) -> double | The sample standard deviation.
sum | (bigint) -> bigint; (double) -> double; (real) -> real; (decimal) -> decimal; (interval day to second) -> interval day to second; (interval year to month) -> interval year to month | The sum.
var_pop | (double) -> double | The population variance.
var_samp | (double) -> double | The sample variance.
variance | (double) -> double | The sample variance.
`;

export const windowFunctions = `
cume_dist | () -> double | The share of rows up to this one.
dense_rank | () -> bigint | The rank without gaps.
first_value | (t) -> t | The first value of the frame.
lag | (t) -> t; (t, bigint) -> t; (t, bigint, t) -> t | The value so many rows before.
last_value | (t) -> t | The last value of the frame.
lead | (t) -> t; (t, bigint) -> t; (t, bigint, t) -> t | The value so many rows after.
nth_value | (t, bigint) -> t | The n-th value of the frame.
ntile | (bigint) -> bigint | The bucket of the row when all are divided into so many.
percent_rank | () -> double | The rank as a share.
rank | () -> bigint | The rank with gaps.
row_number | () -> bigint | The number of the row, from 1.
`;
