#ifndef TALLY_H
#define TALLY_H
#include <sys/types.h>

#define TALLY_VERSION "1.4"
#define TALLY_HAS_LARGE_FILES 1

typedef off64_t tally_off_t;

const char *tally_version(void);
long tally_lines(const char *file, tally_off_t from);
tally_off_t tally_size(const char *file);
#endif
