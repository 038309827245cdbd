/*
 * wide.h - which builds run the models of other people.
 *
 * A model of our own training holds few types and operators, and a first visit of the app fetches no code for more. So
 * the builds for WebAssembly that it starts with define LT_NARROW; every other build has all of it. What is only for
 * other people's models stands behind `if (LT_WIDE)`, or in a file that the narrow builds leave out (engine.mk).
 */
#ifndef LT_BASE_WIDE_H
#define LT_BASE_WIDE_H

#if defined(LT_NARROW)
#define LT_WIDE 0
#else
#define LT_WIDE 1
#endif

#endif
