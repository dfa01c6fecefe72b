// names.c - duplicates among many names: sorted, so that no choice of names makes it slow.
//
// SPDX-License-Identifier: MIT
#include "json/names.h"

#include <stdlib.h>

static int compare_exact(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int d = n ? memcmp(a.p, b.p, n) : 0;
    return d ? d : (a.n > b.n) - (a.n < b.n);
}

// Members of one object stand in one array: what is written first has the lower address.
static int by_name(const void *a, const void *b)
{
    const Pending *x = *(const Pending *const *)a, *y = *(const Pending *const *)b;
    int d = compare_exact(x->name, y->name);
    return d ? d : (x > y) - (x < y);
}

static int by_name_nocase(const void *a, const void *b)
{
    const Pending *x = *(const Pending *const *)a, *y = *(const Pending *const *)b;
    int d = str_compare_nocase(x->name, y->name);
    return d ? d : (x > y) - (x < y);
}

const Pending *names_duplicate(const Pending *members, uint32_t count, bool nocase,
                               const Pending **ret_first)
{
    Buf memory = {0};
    buf_reserve(&memory, count * sizeof(const Pending *));
    const Pending **sorted = (const Pending **)(void *)memory.p, *found = NULL;
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &members[i];
    qsort(sorted, count, sizeof *sorted, nocase ? by_name_nocase : by_name);
    for (uint32_t i = 1, first = 0; i < count; i++) {
        if (!name_equal(sorted[first]->name, sorted[i]->name, nocase)) {
            first = i;
        } else if (!found || sorted[i] < found) {
            found = sorted[i];
            *ret_first = sorted[first];
        }
    }
    buf_free(&memory);
    return found;
}

static int members_by_name(const void *a, const void *b)
{
    const DataMember *x = *(const DataMember *const *)a, *y = *(const DataMember *const *)b;
    return compare_exact(x->name, y->name);
}

void names_sort(const Data *object, const DataMember **ret)
{
    for (uint32_t i = 0; i < object->count; i++)
        ret[i] = &object->members[i];
    qsort(ret, object->count, sizeof *ret, members_by_name);
}
