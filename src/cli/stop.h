/* stop.h - ends a run by Ctrl+C after the photo it is on. */
#ifndef LT_CLI_STOP_H
#define LT_CLI_STOP_H

/* From now on the first SIGINT or SIGTERM is only noted; the second ends the program at once. */
void stop_listen(void);

/* Not 0 once one has come. */
int stop_asked(void);

/* End as the signal would have, so that a shell sees why (its exit code is 128 + the signal's number); returns if none came. */
void stop_finish(void);

#endif
