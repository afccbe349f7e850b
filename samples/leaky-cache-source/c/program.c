/* A program that tells its name: the stand-in for every executable here. TITLE and, where a build would have left one
 * behind, NOTE come from the command line. */
#include "runtime.h"

#ifdef NOTE
static const char note[] = NOTE;
#endif

#ifdef USES
extern unsigned USES(const char *data, unsigned length);
#endif

void _start(void)
{
    print(TITLE "\n");
#ifdef NOTE
    print(note);
    print("\n");
#endif
#ifdef USES
    print(USES(TITLE, sizeof TITLE) != 0 ? "ready\n" : "empty\n");
#endif
    system_call(CALL_EXIT, 0, 0, 0);
    for (;;)
        ;
}
