import type { CommandLine } from 'electron';

/**
 * Keeps Chromium itself from the network. Requests of pages are refused by the session (lock-down.ts), but its network
 * service looks up names of its own accord: for a proxy, for dictionaries, to try whether IPv6 works. Found by
 * `npm run air-gap`, which counts every attempt.
 */
export function stayOffline(commandLine: CommandLine): void {
  commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  commandLine.appendSwitch('no-proxy-server');
  commandLine.appendSwitch('disable-background-networking');
  commandLine.appendSwitch('disable-component-update');
}
