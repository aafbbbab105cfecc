package lifecycle_test

import (
	"fmt"
	"time"

	"github.com/authtabs/tabgate/auth/lifecycle"
)

// A session of an hour is refreshed a minute before its end. The new tokens are
// stored first, and then they are current and other processes hear of them.
func ExampleStep() {
	before := tokens(5, time.Hour)
	state := lifecycle.State{Current: before}
	state, effects := lifecycle.Step(state, lifecycle.Tick{Now: noon})
	fmt.Println(list(effects))
	state, effects = lifecycle.Step(state, lifecycle.Tick{Now: noon.Add(59 * time.Minute)})
	fmt.Println(list(effects))
	state, effects = lifecycle.Step(state, lifecycle.Refreshed{Before: before, Session: tokens(0, 2*time.Hour), Shared: true})
	fmt.Println(list(effects), "with", describe(state))
	state, effects = lifecycle.Step(state, lifecycle.Stored{Session: effects[0].(lifecycle.Save).Session})
	fmt.Println(list(effects), "with", describe(state))
	// Output:
	// WakeAt 12:59:00
	// Refresh
	// Save 6 with ada 5
	// Announce 6 with ada 6
}
