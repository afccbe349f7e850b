#include <stdio.h>
#include "tally.h"

int main(void)
{
    puts(tally_version());
    return 0;
}
