/* The part of a compression library that fits on a page: Adler-32 as RFC 1950 defines it. */
unsigned adler32(const char *data, unsigned length)
{
    unsigned a = 1, b = 0;
    for (unsigned i = 0; i < length; i++) {
        a += (unsigned char)data[i];
        if (a >= 65521)
            a -= 65521;
        b += a;
        if (b >= 65521)
            b -= 65521;
    }
    return b << 16 | a;
}
