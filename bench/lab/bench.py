#!/usr/bin/env python3
"""Drives room servers with the load generator lg and prints what a delivery costs them.

  bench.py confab raw-netty raw-c                        the servers it knows, some of them
  bench.py confab raw-netty socket.io chat-service netty-socketio
                                                         beside other room servers
  bench.py confab --cmd mine='COMMAND with $P'           any other one; $P stands for the port
  bench.py confab -l w1-k1,w2 -n 5 --json figures.json   some loads, five rounds
  bench.py confab raw-netty -l w1-k1 --at-most 2.5       fails if the ratio's best round is above that

A server runs on CPU 0 and the generator on CPU 1. Several servers take turns within one round, so that their ratios
hold when the machine drifts. A server given by --cmd needs rooms r0 ... r999 and has to accept any login.
README.md says what the loads and figures are. Needs gcc and taskset, npm and node for socket.io and chat-service, mvn for
netty-socketio; Java is the one that confab finds.
"""
import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time

LAB = os.path.dirname(os.path.abspath(__file__))
HOME = os.path.dirname(os.path.dirname(LAB))
RIVALS = os.path.join(os.path.dirname(LAB), 'rivals')
WORK = os.environ.get('LAB_WORK', os.path.join(tempfile.gettempdir(), 'confab-lab'))
JDK = subprocess.run([f'{HOME}/confab', '--jdk'], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
JAVA_BIN = os.path.join(JDK, 'bin', '')

# Generator arguments; {warm} stands for seconds of warm-up.
LOADS = {
    'w1-k4': '-n 1000 -k 4 -w {warm} -t 6',
    'w1-k1': '-n 1000 -k 1 -w 2 -t 5 -u v',
    'w1-open20': '-n 1000 -R 20 -w 5 -t 15 -u w',
    'w2': '-n 2000 -r 500 -b 0 -k 1 -w 6 -t 6 -u x',
    'w3': '-n 10000 -r 1000 -i 20 -u y',
}

FLOOR = 'raw-netty'

# Command, dialect, seconds of warm-up.
KNOWN = {
    'confab': (f"{HOME}/confab serve --port $P --rooms 'r[0-999]'", 'chatservice4', 15),
    'raw-netty': (f"{JAVA_BIN}java -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED"
                  f" --sun-misc-unsafe-memory-access=allow -cp '{HOME}/server/target/confab/lib/*'"
                  f" dev.confab.bench.RawNetty $P", 'raw', 10),
    'raw-c': (f'{WORK}/raw-c $P', 'raw', 1),
    'socket.io': (f'env NODE_ENV=production node {RIVALS}/socket.io/server.js $P', 'socketio4', 10),
    'chat-service': (f'env NODE_ENV=production node {RIVALS}/chat-service/server.js $P', 'chatservice2', 10),
    'netty-socketio': (f"{JAVA_BIN}java -XX:+UseG1GC -XX:+UseCompactObjectHeaders -XX:MinHeapFreeRatio=10"
                       f" -XX:MaxHeapFreeRatio=30 -XX:TrimNativeHeapInterval=10000 --enable-native-access=ALL-UNNAMED"
                       f" --sun-misc-unsafe-memory-access=allow"
                       f" -cp '{RIVALS}/netty-socketio/target/classes:{RIVALS}/netty-socketio/target/dependency/*'"
                       f" dev.confab.rivals.NettySocketIo $P", 'socketio4', 15),
}

# How a server is built.
CONFAB = f'{HOME}/confab build'
NPM = 'npm ci --prefer-offline --ignore-scripts --no-audit --no-fund --loglevel=error --prefix'
BUILDS = {
    'confab': CONFAB,
    'raw-netty': CONFAB,
    'raw-c': f'gcc -O2 -Wall -o {WORK}/raw-c {LAB}/raw-c.c',
    'socket.io': f'{NPM} {RIVALS}/socket.io',
    'chat-service': f'{NPM} {RIVALS}/chat-service',
    'netty-socketio': f'mvn -q -B -f {RIVALS}/netty-socketio/pom.xml',
}

COLUMNS = [
    ('cpu_us_del', 'µs CPU/delivery'), ('del_s', 'deliveries/s'), ('msgs_s', 'messages/s'), ('p50_us', 'p50 µs'),
    ('p99_us', 'p99 µs'), ('kb_per_conn', 'KiB/conn'), ('kb_per_conn_after_cmd', 'KiB/conn after GC'),
    ('conn_per_s', 'logins/s'), ('cpu_pct', 'server %'), ('host_pct', 'CPU0 %'),
]
SHOWN_AT_ONCE = ('error', 'cpu_us_del', 'del_s', 'p99_us', 'kb_per_conn', 'kb_per_conn_after_cmd', 'gaps', 'undelivered')


def build(servers):
    os.makedirs(WORK, exist_ok=True)
    subprocess.run(['gcc', '-O2', '-Wall', '-o', f'{WORK}/lg', f'{LAB}/lg.c'], check=True)
    for command in sorted({BUILDS[name] for name in servers if name in BUILDS}):
        subprocess.run(command, shell=True, check=True, stdin=subprocess.DEVNULL, env={**os.environ, 'JAVA_HOME': JDK})


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def listens(port):
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex(('127.0.0.1', port)) == 0


def is_java(pid):
    with open(f'/proc/{pid}/comm') as comm:
        return comm.read().strip() == 'java'


def serving_pid(pid):
    """The process that serves: the given one, or the java below a launcher."""
    children = subprocess.run(['pgrep', '-P', str(pid)], stdout=subprocess.PIPE, text=True).stdout.split()
    below = (serving_pid(int(child)) for child in children)
    return next((child for child in below if is_java(child)), pid)


def start(name, command, log):
    """Starts a server on CPU 0 and waits until it listens."""
    port = free_port()
    process = subprocess.Popen(
        ['taskset', '-c', '0', 'sh', '-c', 'exec ' + command.replace('$P', str(port))],
        stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    deadline = time.time() + 120
    while not listens(port):
        if time.time() > deadline or process.poll() is not None:
            process.kill()
            sys.exit(f'{name} did not start, see {log.name}')
        time.sleep(0.2)
    time.sleep(2)
    return process, port


def stop(process):
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def drive(load, dialect, port, pid, warm):
    """Runs one load from CPU 1 and returns its figures by name, or why there are none."""
    arguments = LOADS[load].format(warm=warm).split()
    if load == 'w3' and is_java(pid):
        arguments += ['-x', f'{JAVA_BIN}jcmd {pid} GC.run']
    run = subprocess.run(
        ['taskset', '-c', '1', f'{WORK}/lg', '-d', dialect, '-p', str(port), '-P', str(pid), '-a', '1', *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=400)
    if run.returncode:
        return {'error': (run.stderr or 'no output').strip()[-200:]}
    return dict(pair.split('=', 1) for pair in run.stdout.split() if '=' in pair)


def measure(name, server, loads):
    """Runs loads one after the other; the memory of idle connections is that of a server of its own."""
    for group in [load for load in loads if load != 'w3'], [load for load in loads if load == 'w3']:
        if group:
            yield from measure_with_one_server(name, server, group)


def measure_with_one_server(name, server, loads):
    command, dialect, warm = server
    with open(f'{WORK}/{name}.log', 'w') as log:
        process, port = start(name, command, log)
        try:
            pid = serving_pid(process.pid)
            for load in loads:
                yield load, drive(load, dialect, port, pid, warm)
        finally:
            stop(process)


def print_table(load, names, rows):
    rows = [row for row in rows if row['load'] == load]
    columns = [(key, title) for key, title in COLUMNS if any(key in row for row in rows)]
    print(f'\n### {load}\n\n| server | ' + ' | '.join(title for _, title in columns) + ' |')
    print('|' + '---|' * (len(columns) + 1))
    for name in names:
        cells = [cell([float(row[key]) for row in rows if row['server'] == name and key in row]) for key, _ in columns]
        print(f'| {name} | ' + ' | '.join(cells) + ' |')


def ratios(rows, name, load):
    """A server's cost per delivery over that of the raw loop, round by round."""
    cost = {(row['server'], row['round']): float(row['cpu_us_del']) for row in rows
            if row['load'] == load and float(row.get('cpu_us_del', 0)) > 0}
    return [cost[name, turn] / cost[FLOOR, turn] for turn in sorted({turn for _, turn in cost})
            if (name, turn) in cost and (FLOOR, turn) in cost]


def compare(rows, names, loads, at_most):
    """Prints the ratios to the raw loop, and says whether all are as low as they have to be in their best round."""
    found = {(name, load): ratios(rows, name, load) for name in names if name != FLOOR for load in loads}
    loads = [load for load in loads if any(found.get((name, load)) for name in names)]
    if not loads:
        return True
    print(f'\n### µs CPU/delivery, ratio to {FLOOR} in the same round\n\n| server | ' + ' | '.join(loads) + ' |')
    print('|' + '---|' * (len(loads) + 1))
    for name in names:
        if name != FLOOR:
            print(f'| {name} | ' + ' | '.join(cell(found[name, load]) for load in loads) + ' |')
    dear = [name for (name, load), values in found.items() if at_most and values and min(values) > at_most]
    for name in dear:
        print(f'{name} costs more than {at_most} times what {FLOOR} does', file=sys.stderr)
    return not dear


def is_whole(row):
    """Whether everything was delivered, once and in order."""
    return 'error' not in row and all(row.get(key, '0') == '0' for key in ('gaps', 'undelivered'))


def cell(values):
    return f'{statistics.median(values):,.2f} ({min(values):,.2f}–{max(values):,.2f})' if values else '-'


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('known', nargs='*', metavar='SERVER', help=', '.join(KNOWN))
    parser.add_argument('--cmd', action='append', default=[], metavar='NAME=COMMAND', help='another server')
    parser.add_argument('--dialect', action='append', default=[], metavar='NAME=DIALECT', help='what a server speaks; chatservice4 unless said')
    parser.add_argument('-l', dest='loads', default='w1,w2,w3', help='loads, or how their names begin')
    parser.add_argument('-n', dest='rounds', type=int, default=3, help='rounds')
    parser.add_argument('--at-most', type=float, metavar='RATIO', help='fail where a ratio to raw-netty is above this in every round')
    parser.add_argument('--json', metavar='FILE', help='write every figure of every round')
    options = parser.parse_args()
    for name in options.known:
        if name not in KNOWN:
            parser.error(f'no such server: {name}; there are {", ".join(KNOWN)}')
    servers = {name: KNOWN[name] for name in options.known}
    for pair in options.cmd:
        name, command = pair.split('=', 1)
        servers[name] = (command, 'chatservice4', 15)
    for pair in options.dialect:
        name, dialect = pair.split('=', 1)
        command, _, warm = servers[name]
        servers[name] = (command, dialect, warm)
    if not servers:
        parser.error('no server')
    loads = [load for load in LOADS if any(load.startswith(begin) for begin in options.loads.split(','))]
    return options, servers, loads


def main():
    options, servers, loads = parse()
    build(servers)
    rows = []
    for turn in range(options.rounds):
        for name, server in servers.items():
            for load, figures in measure(name, server, loads):
                rows.append({'server': name, 'load': load, 'round': turn, **figures})
                print(turn, name, load, {key: figures[key] for key in SHOWN_AT_ONCE if key in figures}, flush=True)
    if options.json:
        with open(options.json, 'w') as out:
            json.dump(rows, out, indent=1)
    for load in loads:
        print_table(load, servers, rows)
    good = FLOOR not in servers or compare(rows, servers, loads, options.at_most)
    return 0 if good and all(map(is_whole, rows)) else 1


if __name__ == '__main__':
    sys.exit(main())
