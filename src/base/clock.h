/* clock.h - time stamps for the figures in lt_result. */
#ifndef LT_BASE_CLOCK_H
#define LT_BASE_CLOCK_H

/* Milliseconds of a clock that never goes back, from an arbitrary zero: only differences mean anything. */
double clock_ms(void);

#endif
