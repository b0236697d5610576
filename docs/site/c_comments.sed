# Doxygen reads the plain comments of the C headers as descriptions: one that begins a line tells of what follows, one
# behind code tells of that code.
s,^\( *\)/\* -.*,,
1s,.*,,
s,^\( *\)/\* ,\1/** ,
s:^/\*$:/** @file:
s,\([^ ].*[^ ]\) */\* \(.*\*/\)$,\1 /**< \2,
