package main

import "golang.org/x/sys/unix"

// coreLimit is in bytes. A limit of 0 prevents a file, but not that the core
// is piped to a program that core_pattern names (apport, systemd-coredump); of
// 1 byte prevents both (core(5)).
const coreLimit = 1

// unreadable keeps other programs of this user from reading this one's memory,
// core files included.
func unreadable() { _ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) }
