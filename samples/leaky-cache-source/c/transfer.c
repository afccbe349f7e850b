/* A library on top of two others. */
extern unsigned adler32(const char *data, unsigned length);
extern unsigned digest(const char *data, unsigned length);

unsigned transfer(const char *data, unsigned length)
{
    return adler32(data, length) ^ digest(data, length);
}
