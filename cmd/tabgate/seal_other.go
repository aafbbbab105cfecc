//go:build !linux

package main

// unreadable does nothing: what Linux has for it is not to be had here.
func unreadable() {}
