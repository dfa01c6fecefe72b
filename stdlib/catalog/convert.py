#!/usr/bin/python3
"""convert.py - makes the text files of this folder from tables of public facts.

    /usr/bin/python3 stdlib/catalog/convert.py TABLES [BUILT_IN_DEFINITIONS]

TABLES is a folder of tab-separated files with a header line: aliases, resource-types,
builtins, roles, locations, private-dns-zones and data-plane-fields (README.md says which
public sources they were made from, and when). BUILT_IN_DEFINITIONS is a folder with
*.ndjson.gz, a built-in definition or initiative a line, read for the titles alone.

The same tables give the same bytes. The form of the files is in spec/catalog.md.
"""
# SPDX-License-Identifier: MIT
import collections
import glob
import gzip
import json
import os
import re
import sys

DATE = "2026-08-22"
LARGEST = 1_000_000  # bytes of a file; a larger namespace is split by the first letter of its types
HERE = os.path.dirname(os.path.abspath(__file__))

MODES = [  # name, what it is about, flags, effects; source: Azure Policy's documentation of modes
    ("Microsoft.CognitiveServices.Data", "model deployments and their content filters",
     "preview", "audit|deny|disabled"),
    ("Microsoft.ContainerService.Data", "objects in AKS clusters, older form",
     "deprecated", "EnforceRegoPolicy|disabled"),
    ("Microsoft.DataFactory.Data", "outbound traffic of data factories",
     "preview", "deny|disabled"),
    ("Microsoft.KeyVault.Data", "keys, secrets and certificates in vaults",
     "", "audit|deny|disabled"),
    ("Microsoft.Kubernetes.Data", "objects in AKS and Arc-enabled clusters",
     "custom", "audit|deny|disabled|mutate"),
    ("Microsoft.LoadTestService.Data", "test runs of load tests",
     "preview", "audit|deny|disabled"),
    ("Microsoft.MachineLearningServices.Data", "jobs of machine learning workspaces, older form",
     "preview", "enforceSetting|disabled"),
    ("Microsoft.MachineLearningServices.v2.Data", "model deployments in machine learning workspaces",
     "preview", "audit|deny|disabled"),
    ("Microsoft.ManagedHSM.Data", "keys in managed HSMs", "preview", "audit|deny|disabled"),
    ("Microsoft.Network.Data", "membership of network groups of Virtual Network Manager",
     "custom", "addToNetworkGroup"),
]

# What built-ins compare a data-plane field with, where that settles its type.
DATA_PLANE_TYPES = {
    "string": "model.assetId model.publisher model.registryName raiPolicy.mode "
              "raiPolicy.contentFilters[*].name raiPolicy.contentFilters[*].severityThreshold "
              "raiPolicy.contentFilters[*].source properties.domainNames[*] attributes.createdOn "
              "attributes.expiresOn attributes.notBefore issuer.commonName issuer.name "
              "keyProperties.ellipticCurveName keyProperties.keyType ellipticCurveName keyType "
              "scheduledRotationDate contentType subnetId computeName computeType",
    "boolean": "raiPolicy.contentFilters[*].blocking raiPolicy.contentFilters[*].enabled",
    "integer": "keySize keyProperties.keySize lifetimeAction.daysBeforeExpiry "
               "lifetimeAction.lifetimePercentage properties.validityInMonths",
    "object": "raiPolicy.contentFilters[*]",
}

FORMER_ROLE_NAMES = {  # role ids stay when a role is renamed; source: history of iann0036/iam-dataset
    "Foundry User": ["Azure AI User"],
    "Foundry Project Manager": ["Azure AI Project Manager"],
    "Foundry Account Owner": ["Azure AI Account Owner"],
    "Foundry Owner": ["Azure AI Owner"],
    "Cognitive Services Data Reader": ["Cognitive Services Data Reader (Preview)"],
    "Healthcare Agent Admin": ["Health Bot Admin"],
    "Healthcare Agent Editor": ["Health Bot Editor"],
    "Healthcare Agent Reader": ["Health Bot Reader"],
    "Defender Containers Sensor": ["Kubernetes Agent Operator"],
    "Defender Kubernetes API Access": ["Kubernetes Agentless Operator"],
    "Defender Agentless VM Scan": ["VM Scanner Operator"],
    "Defender Sensitive Data Discovery": ["Defender CSPM Storage Data Scanner"],
    "Schema Registry Contributor": ["Schema Registry Contributor (Preview)"],
    "Schema Registry Reader": ["Schema Registry Reader (Preview)"],
    "Storage Account Backup Contributor": ["Storage Account Backup Contributor Role"],
    "Purview role 1 (Deprecated)": ["Purview Data Curator (Legacy)"],
    "Purview role 2 (Deprecated)": ["Purview Data Source Administrator (Legacy)"],
    "Purview role 3 (Deprecated)": ["Purview Data Reader (Legacy)"],
}


def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="\n") as f:
        return [line.rstrip("\n").split("\t") for line in f][1:]


def spell_namespaces(types, aliases):
    """The tables write microsoft.insights beside Microsoft.Insights: no namespace begins small."""
    seen = collections.defaultdict(collections.Counter)
    for row in types + aliases:
        space = row[0].split("/")[0]
        seen[fold(space)][space] += 1
    for row in types + aliases:
        space, slash, rest = row[0].partition("/")
        if space[0].islower():
            names = seen[fold(space)]
            best = max(names, key=lambda n: (sum(w[0].isupper() for w in n.split(".")), names[n], n))
            row[0] = best[0].upper() + best[1:] + slash + rest


def line(*columns):
    return "\t".join(columns).rstrip("\t")


def fold(name):
    """Azure compares without case; only ASCII letters are folded."""
    return name.encode("utf-8").lower()


def write(name, lines):
    text = "moat-catalog 1\n" + "\n".join(lines) + "\n"
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="\n") as f:
        f.write(text)


PRESENCE = {"required": "!", "optional": "", "readonly": "="}


def type_line(row):
    name, stable, newest, _, *body = row
    presence, (readable, writable, note) = body[:5], body[5:]
    if presence[0] == "?":
        members = "?"
    else:
        words = ("location", "tags", "identity", "kind", "sku")
        members = " ".join(w + PRESENCE[p] for w, p in zip(words, presence) if p != "-") or "-"
    gone = "gone" if note == "gone" else ""
    return line("type", name, stable or "-", newest or "-", members, readable, writable, gone)


def alias_line(field, row, api_of_type):
    _, path, kind, enum, flags, api = row
    if api == api_of_type:
        api = ""
    else:
        api = api or "-"
    return "\t" + line(field, kind, "" if path == "=" else path, flags.replace(",", " "), enum, api)


def blocks(types, aliases):
    """The lines of each resource type, and of each namespace that has aliases without one."""
    by_fold = {fold(t[0]): t for t in types}
    rows = collections.defaultdict(lambda: collections.defaultdict(list))
    for row in aliases:
        owner, _, field = row[0].rpartition("/")
        rows[fold(owner)][owner].append((field, row))
    for owner in sorted(set(by_fold) | set(rows)):
        spellings = rows.get(owner, {})
        own = by_fold.get(owner)
        if own:
            head, first, api = type_line(own), own[0], own[1] or own[2]
        else:
            first, api = min(spellings), ""
            head = line("namespace", first)
        lines = [head]
        for spelling in sorted(spellings, key=lambda s: (s != first, s)):
            if spelling != first:
                lines.append(line("as", spelling))
            for field, row in sorted(spellings[spelling], key=lambda x: fold(x[0])):
                lines.append(alias_line(field, row, api))
        yield first, lines


def namespaces(folder):
    files = collections.defaultdict(list)
    names = collections.defaultdict(collections.Counter)
    types, aliases = table(folder, "resource-types.tsv"), table(folder, "aliases.tsv")
    spell_namespaces(types, aliases)
    for name, lines in blocks(types, aliases):
        space = name.split("/")[0]
        names[fold(space)][space] += 1
        files[fold(space)].append((name, lines))
    for key, members in sorted(files.items()):
        space = min(names[key], key=lambda n: (-names[key][n], n))
        size = sum(len(text) + 1 for _, lines in members for text in lines)
        if size <= LARGEST:
            yield space, [text for _, lines in members for text in lines]
            continue
        parts = collections.defaultdict(list)
        for name, lines in members:
            parts[(name + "/-").split("/")[1][0].lower()] += lines
        for letter, lines in sorted(parts.items()):
            yield f"{space}-{letter}", lines


def titles(folder):
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, "*.ndjson.gz"))):
        with gzip.open(path, "rt", encoding="utf-8") as f:
            for text in f:
                body = json.loads(text)
                title = body.get("properties", {}).get("displayName", "")
                found[body.get("name", "").lower()] = " ".join(title.split())
    return found


def parameters(text):
    """name:type or name:type=default, joined by `;`; the default is JSON, or … where long."""
    decoder, at = json.JSONDecoder(), 0
    while at < len(text):
        m = re.compile(r"([^:;=]+):([^:;=]*)(=?)").match(text, at)
        name, kind, has_default = m.groups()
        at, initial = m.end(), ""
        if has_default:
            end = at + 1 if text[at] == "…" else decoder.raw_decode(text, at)[1]
            initial, at = text[at:end], end
        if at < len(text) and text[at] != ";":
            sys.exit(f"convert.py: cannot read the parameters at {text[at:at + 40]!r}")
        at += 1
        yield line("", "param", name, kind, initial)


def builtin_lines(row, title):
    ident, kind, mode, policy_type, version, category, flags, effect, effects, params, types = row
    static = ["static"] if policy_type == "Static" else []
    words = " ".join(static + flags.replace(",", " ").split())
    yield line("initiative" if kind == "set" else "definition", ident, version, category, mode,
               words, title)
    if effect or effects:
        yield line("", "effect", effect, effects)
    if types:
        yield line("", "types", types)
    yield from parameters(params)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: convert.py TABLES [BUILT_IN_DEFINITIONS]")
    folder = sys.argv[1]
    title = titles(sys.argv[2]) if len(sys.argv) == 3 else {}
    for old in glob.glob(os.path.join(HERE, "*.txt")):
        os.remove(old)

    write("date.txt", [line("date", DATE)])
    for name, lines in namespaces(folder):
        write(name + ".txt", lines)

    builtins = collections.defaultdict(list)
    for row in sorted(table(folder, "builtins.tsv")):
        name = "initiatives" if row[1] == "set" else "static" if row[3] == "Static" else "builtins"
        builtins[name + ".txt"] += builtin_lines(row, title.get(row[0].lower(), ""))
    for name, lines in builtins.items():
        write(name, lines)

    roles = sorted(table(folder, "roles.tsv"), key=lambda r: fold(r[0]))
    if unknown := set(FORMER_ROLE_NAMES) - {r[0] for r in roles}:
        sys.exit(f"convert.py: no roles to have former names: {sorted(unknown)}")
    write("roles.txt", [text for name, ident, *_ in roles
                        for text in [line("role", name, ident)] +
                        [line("", "formerly", old) for old in FORMER_ROLE_NAMES.get(name, [])]])

    write("locations.txt", [line("location", *row)
                            for row in sorted(table(folder, "locations.tsv"))])
    write("private_dns_zones.txt",
          [line("zone", *row) for row in sorted(table(folder, "private-dns-zones.tsv"),
                                                key=lambda r: [fold(c) for c in r])])

    kinds = {f: kind for kind, fields in DATA_PLANE_TYPES.items() for f in fields.split()}
    planes = collections.defaultdict(list)
    for _, field, _ in table(folder, "data-plane-fields.tsv"):
        owner, _, rest = field.rpartition("/")
        planes[owner].append(rest)
    lines = [line("mode", *mode) for mode in MODES]
    for owner, fields in sorted(planes.items(), key=lambda x: fold(x[0])):
        lines.append(line("type", owner, "-", "-", "?", "?", "?"))
        lines += ["\t" + line(f, kinds.get(f, "any"), f, "builtin", "", "-")
                  for f in sorted(fields, key=fold)]
    write("data_plane.txt", lines)


if __name__ == "__main__":
    main()
