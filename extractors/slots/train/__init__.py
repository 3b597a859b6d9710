"""How sure an answer in a slot is: fitting it on annotated documents."""
