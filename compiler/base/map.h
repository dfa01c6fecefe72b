// map.h - from names to things; keys compare by pointer.
//
// A Map lives in an arena; {0} is empty. Order of insertion is kept in `keys`,
// so that whoever walks a map gets the same order on every machine.
//
// SPDX-License-Identifier: MIT
#ifndef MOAT_BASE_MAP_H
#define MOAT_BASE_MAP_H

#include "base/intern.h"

#include <stdint.h>

typedef struct Map {
    Name *keys;
    void **values;
    uint32_t len, cap;
    uint32_t *slots; // open addressing over keys, made from the ninth key on
    uint32_t slot_count;
} Map;

void *map_get(const Map *m, Name key);                 // NULL where there is none
void map_put(Map *m, Arena *a, Name key, void *value); // replaces

#endif
