/* Counts the lines of a file from an offset on. */
#include <stdio.h>
#include "tally.h"

const char *tally_version(void)
{
    return TALLY_VERSION;
}

long tally_lines(const char *file, tally_off_t from)
{
    FILE *stream = fopen(file, "r");
    long lines = 0;
    int letter;

    if (stream == NULL)
        return -1;
    if (fseeko(stream, from, SEEK_SET) != 0) {
        fclose(stream);
        return -1;
    }
    while ((letter = getc(stream)) != EOF)
        lines += letter == '\n';
    fclose(stream);
    return lines;
}

tally_off_t tally_size(const char *file)
{
    FILE *stream = fopen(file, "r");
    tally_off_t size = -1;

    if (stream != NULL && fseeko(stream, 0, SEEK_END) == 0)
        size = ftello(stream);
    if (stream != NULL)
        fclose(stream);
    return size;
}
