#!/usr/bin/env python3
"""Counts the instructions that a delivery takes: other work on the machine changes the time that they take, not their number.

  instructions.py confab raw-netty -n 5

Load w1-k1 on warm servers that take turns: each member of a room is written to once for each message, so that a server's
system calls for sending are its deliveries. Counting these takes instructions too, which are in the kernel's of all servers.
Each start of Java compiles a little differently, so compare several runs. Needs Linux's perf with the processor's counters,
as root, and what bench.py needs.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

import bench

SEND = 'syscalls:sys_enter_sendto'
COUNTED = ['instructions:u', 'instructions:k', 'cycles:u', 'cycles:k']
WARM_UP = ['-n 1000 -k 4 -w 5 -t 15 -u a', '-n 1000 -k 1 -w 5 -t 10 -u b']
LOAD = '-n 1000 -k 1 -w 2 -t 8 -u c'
INTO_THE_LOAD = 4
COUNTING = 4


def begin(dialect, port, pid, arguments):
    return subprocess.Popen(
        ['taskset', '-c', '1', f'{bench.WORK}/lg', '-d', dialect, '-p', str(port), '-P', str(pid), '-a', '1', *arguments.split()],
        stdout=subprocess.PIPE, text=True)


def end(load):
    """Waits for a load, which has to have gone well."""
    said = load.communicate()[0]
    figures = dict(pair.split('=', 1) for pair in said.split() if '=' in pair)
    if load.returncode or not bench.is_whole(figures):
        sys.exit(f'the load failed: {said}')


def perf(pid, seconds):
    """What perf counted of a process, by event."""
    run = subprocess.run(
        ['perf', 'stat', '-x', ',', '-e', ','.join([*COUNTED, SEND]), '-p', str(pid), '--', 'sleep', str(seconds)],
        stderr=subprocess.PIPE, text=True, env={**os.environ, 'LC_ALL': 'C'})
    fields = [line.split(',') for line in run.stderr.splitlines() if line.count(',') > 4]
    figures = {line[2]: int(line[0]) for line in fields if line[0].isdigit() and float(line[4]) == 100}
    if run.returncode or len(figures) != len(COUNTED) + 1:
        sys.exit(f'perf can\'t count this here: {run.stderr}')
    return figures


def count(at):
    """What the server takes for one delivery, in the middle of the load."""
    load = begin(*at, LOAD)
    time.sleep(INTO_THE_LOAD)
    figures = perf(at[-1], COUNTING)
    end(load)
    return {event: figures[event] / figures[SEND] for event in COUNTED}


def measure(servers, rounds):
    started = []
    running = {}
    found = {name: [] for name in servers}
    try:
        for name, (command, dialect, _) in servers.items():
            with open(f'{bench.WORK}/{name}.log', 'w') as log:
                process, port = bench.start(name, command, log)
            started.append(process)
            running[name] = dialect, port, bench.serving_pid(process.pid)
        for at in running.values():
            for arguments in WARM_UP:
                end(begin(*at, arguments))
        for _ in range(rounds):
            for name, at in running.items():
                found[name].append(count(at))
    finally:
        for process in started:
            bench.stop(process)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('known', nargs='+', metavar='SERVER', choices=['confab', 'raw-netty'], help='confab, raw-netty')
    parser.add_argument('-n', dest='rounds', type=int, default=5, help='rounds')
    options = parser.parse_args()
    if not shutil.which('perf'):
        parser.error('there is no perf here')
    if options.rounds < 1:
        parser.error('one round at least')
    servers = {name: bench.KNOWN[name] for name in options.known}
    bench.build(servers)
    found = measure(servers, options.rounds)
    print('w1-k1, for one delivery, median (least–most)\n')
    print('| server | instructions | of them the kernel\'s | cycles | of them the kernel\'s |')
    print('|---|---|---|---|---|')
    for name, rows in found.items():
        cells = [cell([sum(row[event] for event in events) for row in rows])
                 for events in (COUNTED[:2], COUNTED[1:2], COUNTED[2:], COUNTED[3:])]
        print(f'| {name} | ' + ' | '.join(cells) + ' |')


def cell(values):
    return f'{statistics.median(values):,.0f} ({min(values):,.0f}–{max(values):,.0f})'


if __name__ == '__main__':
    main()
