/* The two system calls a program without a C library needs, for the two machines of this sample. */
#pragma once

static long system_call(long number, long a, long b, long c)
{
#if defined(__x86_64__)
    long result;
    __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
    return result;
#elif defined(__arm__)
    register long r7 __asm__("r7") = number;
    register long r0 __asm__("r0") = a;
    register long r1 __asm__("r1") = b;
    register long r2 __asm__("r2") = c;
    __asm__ volatile("svc 0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2) : "memory");
    return r0;
#else
#error "x86_64 or armv7l"
#endif
}

#if defined(__x86_64__)
enum { CALL_WRITE = 1, CALL_EXIT = 60 };
#else
enum { CALL_WRITE = 4, CALL_EXIT = 1 };
#endif

static void print(const char *text)
{
    long length = 0;
    while (text[length] != 0)
        length++;
    system_call(CALL_WRITE, 1, (long)text, length);
}
