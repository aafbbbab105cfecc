//go:build windows || darwin

package store

// reachable has nothing to look at: the keyring is part of the system.
func reachable() error { return nil }

// explained has nothing to ask.
func explained(err error) error { return err }

// named has nothing to add: these systems' errors have no names.
func named(error) string { return "" }
