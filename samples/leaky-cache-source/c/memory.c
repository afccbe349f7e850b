/* What a C library and a loader offer at the least. */
void *memcpy(void *to, const void *from, unsigned long length)
{
    for (unsigned long i = 0; i < length; i++)
        ((volatile char *)to)[i] = ((const char *)from)[i];
    return to;
}

unsigned long strlen(const char *text)
{
    unsigned long length = 0;
    while (((volatile const char *)text)[length] != 0)
        length++;
    return length;
}
