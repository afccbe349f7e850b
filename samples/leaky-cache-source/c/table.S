/* Read-only data from the file that TABLE names: what makes a compiler heavy. */
    .section .rodata
    .globl instruction_table
instruction_table:
    .incbin TABLE
    .byte 0
    .section .note.GNU-stack, "", %progbits
