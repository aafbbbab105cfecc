package prompt

import "sync"

// endings undo what was done to terminals, until each is undone.
var endings struct {
	sync.Mutex
	all map[*func()]bool
}

// OnRestore has [Restore] call f until remove is called, which waits while
// Restore runs.
func OnRestore(f func()) (remove func()) {
	endings.Lock()
	defer endings.Unlock()
	if endings.all == nil {
		endings.all = map[*func()]bool{}
	}
	endings.all[&f] = true
	return func() {
		endings.Lock()
		defer endings.Unlock()
		delete(endings.all, &f)
	}
}

// Restore gives every terminal back as it was, where the process has to end at
// once.
func Restore() {
	endings.Lock()
	defer endings.Unlock()
	for f := range endings.all {
		(*f)()
	}
}
