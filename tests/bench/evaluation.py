"""Measures moat eval: start-up, policies by themselves, and inventories beside jq.

An inventory is read from memory, by one policy and by the 200 of a project; what is
printed is CSV, one row for each policy a resource is put to. jq does the work of the
one policy in the same run, turn by turn. What moat needs for a policy of a type that
is not there is cutting and parsing; the rest is evaluating and writing.
"""
# SPDX-License-Identifier: MIT

import gzip
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

import inventory
import project

SMALL, LARGE = 10_000, 100_000
JUDGED = [0, 1, 3]  # exit codes of a run that came to its end
TOP = pathlib.Path(__file__).resolve().parents[2]
CORPUS = TOP.parent / "shared/corpus/policyDefinitions.ndjson.gz"
FILTER = ('select(.type == "microsoft.storage/storageaccounts" and '
          '.properties.publicNetworkAccess != "Disabled") | .id')

ONE = """
kind account "{type}"
requirement closed "Storage is closed" {{
    effect audit | deny
    for account {{ require {member} == "Disabled" }}
}}
"""
RESOURCE = {"id": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a",
            "name": "a", "type": "Microsoft.Storage/storageAccounts", "location": "westeurope",
            "properties": {"publicNetworkAccess": "Disabled"}}


class Evaluation:
    def __init__(self, bench):
        self.bench, self.memory = bench, bench.memory / "eval"
        self.memory.mkdir()
        self.files = {n: self.memory / f"{n}.ndjson" for n in (SMALL, LARGE)}
        self.sizes = {n: inventory.make(path, n) for n, path in self.files.items()}

    def write(self, name, text):
        path = self.memory / name
        path.write_text(text, "utf-8")
        return str(path)

    def startup(self):
        source = self.write("one.moat", ONE.format(type="Microsoft.Storage/storageAccounts",
                                                   member="publicNetworkAccess"))
        resource = self.write("resource.json", json.dumps(RESOURCE))
        spent = self.bench.measure([self.bench.moat, "eval", source, "--resource", resource],
                                   4 * self.bench.runs)
        empty = self.bench.empty()
        print(f"moat eval of one rule        {spent:8.2f} ms   (an empty C program {empty:.2f} ms)",
              flush=True)
        self.bench.goal("to judge one resource by one rule takes at most 1.5 times an empty program "
                        "and 3 ms", spent <= 1.5 * empty + 3)
        return source

    def by_themselves(self, policies):
        program = self.bench.build / "tests/bench/bench_eval"
        done = subprocess.run([program, policies, self.files[SMALL]], check=False)
        return done.returncode == 0

    def policies(self):
        """The folder of 200 requirements, and what is made of them in one file."""
        folder, out = self.memory / "p200", self.memory / "out"
        project.make(folder, 200)
        subprocess.run([self.bench.moat, "build", str(folder), "-o", str(out)],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        made = sorted((out / "policyDefinitions").glob("*.json"))
        return str(folder), self.write("p200.ndjson", "\n".join(p.read_text("utf-8") for p in made))

    def candidates(self, policies):
        done = subprocess.run([self.bench.moat, "eval", policies, "--inventory",
                               str(self.files[SMALL]), "--csv"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        return (done.stdout.count(b"\r\n") - 1) / SMALL

    @staticmethod
    def run(command):
        """Seconds of one run, on the clock and of the processors."""
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in JUDGED:
            sys.exit(f"{' '.join(command[:4])} … failed; run it to see why")
        return time.perf_counter() - began, used.ru_utime + used.ru_stime

    def inventories(self, named):
        """Times of each command, of jq too, turn by turn: the machine is as busy for all."""
        commands = {what: [self.bench.moat, "eval", policies, "--inventory", str(self.files[LARGE]),
                           "--csv"] for what, policies in named.items()}
        jq = shutil.which("jq")
        if jq:
            commands["jq"] = [jq, "-r", FILTER, str(self.files[LARGE])]
        times = {what: [] for what in commands}
        for _ in range(max(3, self.bench.runs // 2)):
            for what, command in commands.items():
                times[what].append(self.run(command))
        return commands, {what: [statistics.median(t) for t in zip(*runs)]
                          for what, runs in times.items()}

    def peaks(self, command):
        small = [str(self.files[SMALL]) if word == str(self.files[LARGE]) else word for word in command]
        return self.bench.peak(small) / 1e6, self.bench.peak(command) / 1e6

    def table(self, named):
        commands, times = self.inventories(named)
        size, (jq, jq_cpu) = self.sizes[LARGE] / 1e6, times.get("jq", (None, None))
        parsing = times["none"][1]
        print(f"\n{LARGE} resources, {size:.0f} MB, {os.cpu_count()} processors, load "
              f"{os.getloadavg()[0]:.1f}; "
              + (f"jq takes {jq:.2f} s, {jq_cpu:.2f} of a processor" if jq else "there is no jq") +
              "\n         candidates           thousand          of processors, s    peak MB at"
              "\npolicies  a resource        s         /s     MB/s  parsing evaluating  "
              f"{SMALL:>7} {LARGE:>7}  jq/moat")
        for what, goal in (("1", 15), ("200", 8)):
            spent, cpu = times[what]
            small, large = self.peaks(commands[what])
            print(f"{what:>8} {self.candidates(named[what]):>11.1f} {spent:8.2f} {LARGE / spent / 1e3:10.0f} "
                  f"{size / spent:8.0f} {parsing:8.2f} {max(0, cpu - parsing):10.2f}  {small:7.1f} "
                  f"{large:7.1f} " + (f"{jq / spent:8.1f}" if jq else ""), flush=True)
            if jq:
                self.bench.goal(f"moat eval is {goal} times as fast as jq (policies: {what})",
                                jq / spent >= goal)
            self.bench.goal(f"memory does not grow with the inventory (policies: {what})",
                            large <= 1.1 * small)

    def all(self):
        one = self.startup()
        folder, definitions = self.policies()
        median = self.by_themselves(definitions)
        if CORPUS.exists():
            corpus = self.write("corpus.ndjson", gzip.decompress(CORPUS.read_bytes()).decode())
            print("\nAzure's own:", flush=True)
            median = self.by_themselves(corpus)
        else:
            print("Azure's own policies are not next to the checkout: not measured")
        self.bench.goal("half of the candidates take at most 0.5 us each", median)
        none = self.write("none.moat", ONE.format(type="Microsoft.Batch/batchAccounts",
                                                  member="publicNetworkAccess"))
        self.table({"none": none, "1": one, "200": folder})
