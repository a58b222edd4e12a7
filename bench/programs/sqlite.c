/* SQLite as a workload: an in-memory database, from Debian's source, in one unit with it. SQLite is
   told that there is no operating system it knows; the one below has no files and no clock, so that
   the answers are the same everywhere. */
#include "../workloads/export.h"

#define SQLITE_OS_OTHER 1
#define SQLITE_THREADSAFE 0
#define SQLITE_TEMP_STORE 3
#define SQLITE_DEFAULT_MEMSTATUS 0
#define SQLITE_DQS 0
#define SQLITE_OMIT_LOAD_EXTENSION 1
#define SQLITE_OMIT_LOCALTIME 1
#define SQLITE_OMIT_AUTOINIT 1
#define SQLITE_UNTESTABLE 1
/* One of 80 bits here and one of 128 bits in software there would not say the same. */
#define LONGDOUBLE_TYPE double
#include "sqlite3.c"

static int no_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
  file->pMethods = 0;
  return SQLITE_CANTOPEN;
}
static int no_deletion(sqlite3_vfs* vfs, const char* name, int sync) { return SQLITE_IOERR; }
static int no_access(sqlite3_vfs* vfs, const char* name, int flags, int* granted) {
  *granted = 0;
  return SQLITE_OK;
}
static int same_name(sqlite3_vfs* vfs, const char* name, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}
static int same_numbers(sqlite3_vfs* vfs, int size, char* out) {
  memset(out, 7, (size_t)size);
  return size;
}
static int no_sleep(sqlite3_vfs* vfs, int microseconds) { return microseconds; }
static int same_time(sqlite3_vfs* vfs, double* days) {
  *days = 2460000.5;
  return SQLITE_OK;
}
static int no_error(sqlite3_vfs* vfs, int size, char* out) { return 0; }

int sqlite3_os_init(void) {
  static sqlite3_vfs nothing = {
      .iVersion = 1,
      .szOsFile = sizeof(sqlite3_file),
      .mxPathname = 64,
      .zName = "nothing",
      .xOpen = no_file,
      .xDelete = no_deletion,
      .xAccess = no_access,
      .xFullPathname = same_name,
      .xRandomness = same_numbers,
      .xSleep = no_sleep,
      .xCurrentTime = same_time,
      .xGetLastError = no_error,
  };
  return sqlite3_vfs_register(&nothing, 1);
}
int sqlite3_os_end(void) { return SQLITE_OK; }

static unsigned checksum;

static void mix(unsigned value) { checksum = (checksum ^ value) * 16777619u; }

static void check(int code) {
  if (code != SQLITE_OK) abort();
}

static sqlite3* open_database(void) {
  sqlite3* db = 0;
  check(sqlite3_initialize());
  check(sqlite3_open(":memory:", &db));
  checksum = 2166136261u;
  return db;
}

static void execute(sqlite3* db, const char* text) { check(sqlite3_exec(db, text, 0, 0, 0)); }

static sqlite3_stmt* prepare(sqlite3* db, const char* text) {
  sqlite3_stmt* made = 0;
  check(sqlite3_prepare_v2(db, text, -1, &made, 0));
  return made;
}

/* Every column of every row goes into the checksum: as text where it is text, else as a whole
   number, thousandths of it where it is a float. */
static void query(sqlite3* db, const char* text) {
  sqlite3_stmt* statement = prepare(db, text);
  int code;
  while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      if (sqlite3_column_type(statement, i) == SQLITE_TEXT) {
        for (const unsigned char* c = sqlite3_column_text(statement, i); *c; ++c) mix(*c);
      } else if (sqlite3_column_type(statement, i) == SQLITE_FLOAT) {
        mix((unsigned)(sqlite3_int64)(sqlite3_column_double(statement, i) * 1000));
      } else {
        mix((unsigned)sqlite3_column_int64(statement, i));
      }
    }
  }
  if (code != SQLITE_DONE) abort();
  check(sqlite3_finalize(statement));
}

static void step(sqlite3_stmt* statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) abort();
  check(sqlite3_reset(statement));
}

static void fill(sqlite3* db, unsigned rows) {
  unsigned random = 12345;
  execute(db, "BEGIN");
  sqlite3_stmt* customer = prepare(db, "INSERT INTO customer VALUES (?, ?, ?)");
  static const char* const towns[] = {"Aachen", "Bremen", "Celle", "Dresden", "Erfurt"};
  for (unsigned i = 0; i < rows / 10 + 1; ++i) {
    char name[32];
    random = random * 1103515245u + 12345u;
    sqlite3_snprintf(sizeof name, name, "customer %04u", random >> 16 & 4095);
    check(sqlite3_bind_int(customer, 1, (int)i));
    check(sqlite3_bind_text(customer, 2, name, -1, SQLITE_TRANSIENT));
    check(sqlite3_bind_text(customer, 3, towns[i % 5], -1, SQLITE_STATIC));
    step(customer);
  }
  sqlite3_finalize(customer);
  sqlite3_stmt* sale = prepare(db, "INSERT INTO sale VALUES (NULL, ?, ?, ?, ?)");
  for (unsigned i = 0; i < rows; ++i) {
    char thing[32];
    random = random * 1103515245u + 12345u;
    sqlite3_snprintf(sizeof thing, thing, "thing-%u", (random >> 16) % 50);
    check(sqlite3_bind_int(sale, 1, (int)((random >> 8) % (rows / 10 + 1))));
    check(sqlite3_bind_text(sale, 2, thing, -1, SQLITE_TRANSIENT));
    check(sqlite3_bind_int(sale, 3, (int)(random >> 20 & 63)));
    check(sqlite3_bind_double(sale, 4, (double)(random >> 16 & 1023) / 8));
    step(sale);
  }
  sqlite3_finalize(sale);
  execute(db, "COMMIT");
}

WORKLOAD_EXPORT(sqlite) unsigned sqlite(unsigned rows) {
  sqlite3* db = open_database();
  execute(db,
          "CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, town TEXT);"
          "CREATE TABLE sale (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customer,"
          " thing TEXT, pieces INTEGER, price REAL);");
  fill(db, rows);
  execute(db,
          "CREATE INDEX sale_customer ON sale (customer);"
          "CREATE INDEX sale_thing ON sale (thing, pieces);");
  query(db,
        "SELECT thing, count(*), sum(pieces), avg(price), max(price) FROM sale"
        " GROUP BY thing ORDER BY sum(pieces * price) DESC, thing");
  query(db,
        "SELECT town, count(DISTINCT name), sum(pieces * price) FROM sale"
        " JOIN customer ON customer.id = sale.customer GROUP BY town HAVING count(*) > 2"
        " ORDER BY town");
  query(db,
        "SELECT name, (SELECT sum(pieces) FROM sale WHERE customer = customer.id) AS total"
        " FROM customer WHERE name LIKE '%1%' ORDER BY total DESC, id LIMIT 20");
  query(db,
        "SELECT a.id, b.id FROM sale AS a JOIN sale AS b ON b.thing = a.thing"
        " AND b.pieces = a.pieces AND b.id > a.id ORDER BY a.id, b.id LIMIT 100");
  query(db,
        "SELECT upper(substr(thing, 1, 3)) || length(thing), group_concat(pieces)"
        " FROM (SELECT * FROM sale WHERE price BETWEEN 20 AND 40 ORDER BY id) GROUP BY 1");
  query(db,
        "SELECT id, sum(pieces) OVER (PARTITION BY thing ORDER BY id ROWS 5 PRECEDING)"
        " FROM sale ORDER BY id LIMIT 200");
  execute(db,
          "UPDATE sale SET price = price * 1.5 WHERE customer % 3 = 0;"
          "DELETE FROM sale WHERE thing IN ('thing-1', 'thing-2');");
  query(db,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
        " SELECT count(*), sum(i * price) FROM n JOIN sale ON sale.id = n.i");
  query(db, "PRAGMA integrity_check");
  check(sqlite3_close(db));
  return checksum;
}

/* The least that is worth a database: what a host waits for after it has loaded the module. */
WORKLOAD_EXPORT(sqlite_first) unsigned sqlite_first(unsigned times) {
  sqlite3* db = open_database();
  execute(db,
          "CREATE TABLE pair (name TEXT, value INTEGER);"
          "INSERT INTO pair VALUES ('one', 1), ('two', 2), ('three', 3);");
  query(db, "SELECT name, value FROM pair ORDER BY value DESC");
  check(sqlite3_close(db));
  return checksum + times;
}
