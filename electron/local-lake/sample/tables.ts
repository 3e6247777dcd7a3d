import type { GlueColumn, StorageDescriptor } from '../glue/index.ts';
import { OPEN_CSV, STORED_AS } from '../athena/tables/serdes.ts';

/** A table of the sample lake: one file of vega-datasets, how it is stored and how it reads. */
export interface SampleTable {
  name: string;
  description: string;
  /** In the package's `data/`. */
  source: string;
  /** `copy`: as it is; `gzip`: compressed; `lines`: JSON, one object a line; `monthly`: Parquet, partitioned by month. */
  store: 'copy' | 'gzip' | 'lines' | 'monthly';
  columns: GlueColumn[];
  partitionKeys?: GlueColumn[];
  format: Pick<StorageDescriptor, 'InputFormat' | 'OutputFormat' | 'SerdeInfo'>;
  parameters: Record<string, string>;
}

/** `name type` pairs. */
const columns = (text: string): GlueColumn[] =>
  text.split(';').map((pair) => {
    const [Name = '', Type = ''] = pair.trim().split(/ (.*)/s);
    return { Name, Type };
  });

const withParameters = (name: keyof typeof STORED_AS & string, Parameters: Record<string, string>) => {
  const format = STORED_AS[name]!;
  return { ...format, SerdeInfo: { ...format.SerdeInfo, Parameters } };
};
const csv = { format: withParameters('TEXTFILE', { 'field.delim': ',', 'serialization.format': ',' }), parameters: { classification: 'csv', 'skip.header.line.count': '1' } };
const quotedCsv = {
  format: { ...STORED_AS['TEXTFILE']!, SerdeInfo: { SerializationLibrary: OPEN_CSV, Parameters: { separatorChar: ',', quoteChar: '"' } } },
  parameters: csv.parameters,
};
const json = { format: withParameters('JSON', { 'serialization.format': '1' }), parameters: { classification: 'json' } };
const parquet = { format: withParameters('PARQUET', { 'serialization.format': '1' }), parameters: { classification: 'parquet' } };

/** The large one last: the others are there at once. */
export const SAMPLE_TABLES: SampleTable[] = [
  {
    name: 'airports',
    description: 'Airports of the United States and where they are',
    source: 'airports.csv',
    store: 'copy',
    columns: columns('iata string; name string; city string; state string; country string; latitude double; longitude double'),
    ...quotedCsv,
  },
  {
    name: 'flights_by_route',
    description: 'How many flights went from one airport to another in 2008',
    source: 'flights-airport.csv',
    store: 'copy',
    columns: columns('origin string; destination string; count int'),
    ...csv,
  },
  {
    name: 'birdstrikes',
    description: 'Reports of aircraft striking wildlife',
    source: 'birdstrikes.csv',
    store: 'copy',
    columns: columns(
      'airport_name string; aircraft_make_model string; effect_amount_of_damage string; flight_date date; aircraft_airline_operator string; origin_state string; phase_of_flight string; wildlife_size string; wildlife_species string; time_of_day string; cost_other bigint; cost_repair bigint; cost_total bigint; speed_ias_in_knots int',
    ),
    ...csv,
  },
  {
    name: 'earthquakes',
    description: 'A week of earthquakes as GeoJSON features',
    source: 'earthquakes.json',
    store: 'lines',
    columns: columns(
      'id string; type string; properties struct<mag:double,place:string,time:bigint,updated:bigint,tz:int,url:string,detail:string,felt:int,cdi:double,mmi:double,alert:string,status:string,tsunami:int,sig:int,net:string,code:string,ids:string,sources:string,types:string,nst:int,dmin:double,rms:double,gap:double,magtype:string,type:string,title:string>; geometry struct<type:string,coordinates:array<double>>',
    ),
    ...json,
  },
  {
    name: 'seattle_weather',
    description: 'Daily weather of Seattle, 2012 to 2015',
    source: 'seattle-weather.csv',
    store: 'copy',
    columns: columns('date date; precipitation double; temp_max double; temp_min double; wind double; weather string'),
    ...csv,
  },
  {
    name: 'weather',
    description: 'Daily weather of Seattle and New York, 2012 to 2015',
    source: 'weather.csv',
    store: 'copy',
    columns: columns('location string; date date; precipitation double; temp_max double; temp_min double; wind double; weather string'),
    ...csv,
  },
  {
    name: 'zipcodes',
    description: 'ZIP codes of the United States and where they are (gzip)',
    source: 'zipcodes.csv',
    store: 'gzip',
    columns: columns('zip_code string; latitude double; longitude double; city string; state string; county string'),
    ...csv,
  },
  {
    name: 'species',
    description: 'Habitat of species by county of the United States',
    source: 'species.csv',
    store: 'copy',
    columns: columns('item_id string; common_name string; scientific_name string; gap_species_code string; county_id string; habitat_yearround_pct double'),
    ...csv,
  },
  {
    name: 'co2_concentration',
    description: 'Carbon dioxide in the air at Mauna Loa, monthly since 1958',
    source: 'co2-concentration.csv',
    store: 'copy',
    columns: columns('date date; co2 double; adjusted_co2 double'),
    ...csv,
  },
  {
    name: 'global_temperature',
    description: 'Yearly anomaly of the global temperature since 1880',
    source: 'global-temp.csv',
    store: 'copy',
    columns: columns('year int; temp double'),
    ...csv,
  },
  {
    name: 'iowa_electricity',
    description: 'Electricity generated in Iowa by source',
    source: 'iowa-electricity.csv',
    store: 'copy',
    columns: columns('year date; source string; net_generation bigint'),
    ...csv,
  },
  {
    name: 'gapminder',
    description: 'Life expectancy, fertility and population of countries, every five years',
    source: 'gapminder.json',
    store: 'lines',
    columns: columns('year int; country string; cluster int; pop bigint; life_expect double; fertility double'),
    ...json,
  },
  {
    name: 'unemployment_across_industries',
    description: 'Unemployment in the United States by industry, monthly from 2000 to 2010',
    source: 'unemployment-across-industries.json',
    store: 'lines',
    columns: columns('series string; year int; month int; count int; rate double; date string'),
    ...json,
  },
  {
    name: 'flights',
    description: 'Three million flights in the United States, January to June 2001, with their delays',
    source: 'flights-3m.parquet',
    store: 'monthly',
    columns: columns('date timestamp; delay bigint; distance bigint; origin string; destination string'),
    partitionKeys: columns('month string'),
    ...parquet,
  },
];
