package lifecycle

import (
	"time"

	"github.com/authtabs/tabgate/auth/store"
)

// Effect is something to do. Effects are performed in their order; what became
// of a Save, Load or Refresh comes back as an Input.
type Effect interface{ effect() }

type (
	// Save stores the set; then comes Stored.
	Save struct{ Session Session }
	// Announce tells other processes of a stored set.
	Announce struct{ Generation uint64 }
	// MarkEnded tells other processes that sets up to this one are nobody's.
	MarkEnded struct{ Generation uint64 }
	// Delete removes what is stored.
	Delete struct{}
	// Revoke ends the set's refresh token at the user pool.
	Revoke struct{ Saved store.Saved }
	// Clean removes what is stored once it is sure that it cannot be used.
	Clean struct{}
	// Load reads and verifies what another process stored; then comes Found.
	Load struct{}
	// Refresh refreshes the session; then comes RefreshEnded.
	Refresh struct{}
	// WakeAt asks for a Tick at a time, or never where it is zero.
	WakeAt struct{ At time.Time }
	// Tell reports a change that nobody at this screen asked for.
	Tell struct {
		Text string
		Err  error
	}
	// SignedOutElsewhere says that another process ended the session: an event
	// where nobody asked, else the error of whoever did.
	SignedOutElsewhere struct{}
	// NotPersisted says that a session that was stored before now lives in
	// memory alone.
	NotPersisted struct{ Err error }
)

func (Save) effect()               {}
func (Announce) effect()           {}
func (MarkEnded) effect()          {}
func (Delete) effect()             {}
func (Revoke) effect()             {}
func (Clean) effect()              {}
func (Load) effect()               {}
func (Refresh) effect()            {}
func (WakeAt) effect()             {}
func (Tell) effect()               {}
func (SignedOutElsewhere) effect() {}
func (NotPersisted) effect()       {}
