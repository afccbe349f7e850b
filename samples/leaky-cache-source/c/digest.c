/* A library that remembers how it was compiled, as cryptography libraries do. COMPILER holds the recorded command line. */
static const char compiler[] = COMPILER;

const char *library_compiler(void)
{
    return compiler;
}

unsigned digest(const char *data, unsigned length)
{
    unsigned hash = 2166136261u;
    for (unsigned i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)data[i]) * 16777619u;
    return hash;
}
